"""Class sessions: what teachers see of one behind their private link, and the page on which pupils answer."""
