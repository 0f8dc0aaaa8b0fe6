"""The school register: what the national one's files and their rows say, and the form that asks for a school."""
