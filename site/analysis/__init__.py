"""The statistics: pure NumPy and SciPy, no Django, nothing of ours."""
