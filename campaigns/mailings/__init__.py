"""Mailings: what an email of a campaign says, how every mail program shows it, and what is wrong with it."""
