"""The calendar of what goes out: entries from every room, what clashes, and how it is shown.

``entries`` says what a room offers, ``awareness`` works out the days of each year, ``clashes`` and ``layout`` ask no
database, ``gathering`` asks every room, ``feed`` makes a file of it for the calendars of staff.
"""
