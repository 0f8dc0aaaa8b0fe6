"""Whom we reached, counted without cookies."""
