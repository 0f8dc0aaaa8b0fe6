"""Lesson packs and their files."""
