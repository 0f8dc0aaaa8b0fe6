"""The peers: the least that Wagtail itself does for the same text and the same fields."""
