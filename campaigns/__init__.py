"""Plans and pages of campaigns."""
