"""The schools lead's own pages in the admin."""
