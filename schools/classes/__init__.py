"""Class sessions, what of them knows no row: what a class may be asked, and what may be told of how it answered."""
