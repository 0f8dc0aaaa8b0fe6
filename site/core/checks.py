"""Conventions that `manage.py check` holds."""
