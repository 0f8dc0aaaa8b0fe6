"""One urgent notice on every public page, for the hours after something happened."""
