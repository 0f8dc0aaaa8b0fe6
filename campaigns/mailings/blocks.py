"""The few blocks that an email is made of: what every mail program draws alike."""

from wagtail import blocks

from core.blocks import CallToActionBlock, PictureBlock

RICH_TEXT = ["bold", "italic", "ol", "ul", "link"]


def _heading() -> blocks.CharBlock:
    """Return the block of a heading, which brings its name along: Wagtail gives a block of one field no label."""
    block = blocks.CharBlock(max_length=120, icon="title")
    block.field.widget.attrs["aria-label"] = "Heading"
    return block


class TeaserBlock(blocks.StructBlock):
    """A page of ours as lists show it: its title and its summary, as they stand when the email is sent in."""

    page = blocks.PageChooserBlock()

    class Meta:
        icon = "doc-empty"
        label = "Event, lesson pack or other page"


class MailingBody(blocks.StreamBlock):
    """The body of an email. Its subject is the heading of the first level, so the headings here are of the second."""

    heading = _heading()
    text = blocks.RichTextBlock(features=RICH_TEXT)
    picture = PictureBlock()
    button = CallToActionBlock(label="Button")
    teaser = TeaserBlock()
    divider = blocks.StaticBlock(icon="horizontalrule", label="Divider", admin_text="A line across.")
