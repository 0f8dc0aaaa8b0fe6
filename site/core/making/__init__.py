"""What the worker makes: claimed by one, made apart where that may go wrong, packed so that it is always alike."""
