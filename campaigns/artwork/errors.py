"""What stops a piece of artwork."""


class ArtworkError(Exception):
    """A design cannot be drawn as it is: one sentence for the officer, that names what is wrong and the mend.

    ``field`` is the part of the design at fault (headline, text, action, picture, layout, language, colours), or empty.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
