"""Is this installation well? What `/readyz` and `manage.py doctor` ask."""
