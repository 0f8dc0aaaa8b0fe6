"""How the site is assembled: settings, addresses, roles, the worker, the API."""
