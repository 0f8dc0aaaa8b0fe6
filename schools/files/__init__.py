"""What a lesson file is made of: looked for what could harm, freed of personal details, drawn and read.

Nothing here knows the database, or Django. A file made to harm is opened here for the first time, so it runs in a
process of its own (:mod:`schools.files.__main__`).
"""
