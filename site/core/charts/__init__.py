"""Pictures of numbers over time, drawn on the server and kept as files.

Drawing uses vl-convert, which breaks a process that forks afterwards: only worker children and commands draw,
never a web process, and never while a visitor waits.
"""
