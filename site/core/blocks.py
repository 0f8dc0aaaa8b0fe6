"""The one library of blocks that every page body is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture that says in words what it shows, or is marked as decoration."""

    image = ImageChooserBlock()
    alternative_text = blocks.CharBlock(
        required=False, max_length=250, help_text="What the picture shows, for people who do not see it."
    )
    decorative = blocks.BooleanBlock(
        required=False, help_text="Tick if the picture adds nothing that the words do not say; it is then skipped."
    )
    caption = blocks.CharBlock(required=False, max_length=250)

    def clean(self, value: Any) -> Any:
        """Refuse a picture that neither says what it shows nor is marked decorative, or does both."""
        value = super().clean(value)
        if bool(value["alternative_text"].strip()) == value["decorative"]:
            problem = (
                "A decorative picture is skipped, so its alternative text would never be read. Remove one of the two."
                if value["decorative"]
                else "Say what the picture shows, or tick Decorative."
            )
            raise StructBlockValidationError(block_errors={"alternative_text": ValidationError(problem)})
        return value

    class Meta:
        icon = "image"
        label = "Picture"
        template = "blocks/picture.html"


class VideoBlock(blocks.StructBlock):
    """A video that plays only after a click, always with its transcript."""

    title = blocks.CharBlock(max_length=150)
    address = blocks.URLBlock(help_text="Where the video plays. Nothing is fetched from there until a visitor clicks.")
    length = blocks.CharBlock(required=False, max_length=30, help_text="For example: 2 minutes 10 seconds.")
    transcript = blocks.RichTextBlock(features=["bold", "ol", "ul"], help_text="Everything that is said and shown.")

    class Meta:
        icon = "media"
        template = "blocks/video.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    quotation = blocks.TextBlock()
    who = blocks.CharBlock(max_length=150, help_text="Who said it, or where it stands.")

    class Meta:
        icon = "openquote"
        template = "blocks/quotation.html"


class CallToActionBlock(blocks.StructBlock):
    """The one thing to do next: a page of ours or an outside address."""

    text = blocks.CharBlock(max_length=60, help_text="A verb first: Take the survey.")
    page = blocks.PageChooserBlock(required=False)
    address = blocks.URLBlock(required=False)

    def clean(self, value: Any) -> Any:
        """Refuse a button that leads nowhere or to two places."""
        value = super().clean(value)
        if bool(value["page"]) == bool(value["address"]):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError("Choose a page or give an address: one of the two.")}
            )
        return value

    class Meta:
        icon = "pick"
        label = "Call to action"
        template = "blocks/call_to_action.html"


class SupportCalloutBlock(blocks.StructBlock):
    """Where to turn, from the support directory, so that a number is mended in one place."""

    heading = blocks.CharBlock(default="Get support", max_length=80)
    services = blocks.ListBlock(SnippetChooserBlock("core.SupportService"), min_num=1)

    class Meta:
        icon = "help"
        label = "Support services"
        template = "blocks/support_callout.html"


class DocumentBlock(blocks.StructBlock):
    """A file to download, with what it is."""

    document = DocumentChooserBlock()
    description = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        template = "blocks/document.html"


class EasyReadBlock(blocks.StructBlock):
    """The same in Easy Read: a page of its own, or a file."""

    page = blocks.PageChooserBlock(required=False)
    document = DocumentChooserBlock(required=False)

    def clean(self, value: Any) -> Any:
        """Refuse neither and both."""
        value = super().clean(value)
        if bool(value["page"]) == bool(value["document"]):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError("Choose the page or the file in Easy Read: one of the two.")}
            )
        return value

    class Meta:
        icon = "openquote"
        label = "Easy Read"


VIDEO_FORMATS = ("mp4", "webm")


class SignedVideoBlock(blocks.StructBlock):
    """The same in British Sign Language: a film of ours or elsewhere, played by a click, always with its transcript."""

    document = DocumentChooserBlock(required=False, label="File", help_text="An MP4 or WebM file, kept on this site.")
    address = blocks.URLBlock(required=False, help_text="Or where it plays. Nothing is fetched until a click.")
    length = blocks.CharBlock(required=False, max_length=30, help_text="For example: 2 minutes 10 seconds.")
    transcript = blocks.RichTextBlock(features=["bold", "ol", "ul"], help_text="Everything that is signed, in words.")

    def clean(self, value: Any) -> Any:
        """Refuse neither and both, and a file that browsers do not play."""
        value = super().clean(value)
        if bool(value["document"]) == bool(value["address"]):
            problem = "Choose the film's file, or give the address where it plays: one of the two."
        elif value["document"] and value["document"].file_extension.lower() not in VIDEO_FORMATS:
            problem = "Browsers do not play this file. Choose an MP4 or a WebM file."
        else:
            return value
        raise StructBlockValidationError(block_errors={"document": ValidationError(problem)})

    class Meta:
        icon = "media"
        label = "British Sign Language"


class VersionsBlock(blocks.StreamBlock):
    """The other versions of a page, each once."""

    easy_read = EasyReadBlock()
    bsl = SignedVideoBlock()

    class Meta:
        block_counts = {"easy_read": {"max_num": 1}, "bsl": {"max_num": 1}}


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(features=RICH_TEXT, template="blocks/text.html")
    picture = PictureBlock()
    video = VideoBlock()
    quotation = QuotationBlock()
    call_to_action = CallToActionBlock()
    support = SupportCalloutBlock()
    document = DocumentBlock()
