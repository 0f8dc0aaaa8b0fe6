"""Reading the national register of schools: what its files are, and what their rows say. It changes nothing."""
