"""The home page, plain pages, the support directory, search and statements."""
