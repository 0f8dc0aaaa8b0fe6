"""Mail that survives: a row for every message, sent by the worker, once."""
