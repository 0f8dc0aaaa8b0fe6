"""Sending a mailing: once, and never twice. Rows say how far it is; whatever is killed is carried on from there."""
