"""What keeps an email at Mailchimp from going: the number of its recipients, and words that are not those approved."""

import dataclasses

import pytest

from campaigns.mailchimp.shapes import Checklist, Content, RemoteCampaign, Segment, Tracking
from campaigns.mailings.comparing import Standing, differences, is_same_content
from campaigns.mailings.outgoing import Outgoing

pytestmark = pytest.mark.alike

GOES = Outgoing(
    subject="You will be believed",
    preview_text="Who can help",
    html="<style>p{}</style><p>Who can <b>help</b> &amp; when</p><a href='https://example.org/go/x/'>More</a>",
    plain_text="Who can help & when\n",
    from_name="Anytown Council",
    reply_to="news@example.org",
    audience_id="a1",
    audience_name="Residents",
    segment_id=7,
    segment_name="Events",
    expected=12_000,
    ceiling=15_000,
    track_opens=False,
    track_clicks=False,
)


def standing(*, in_email: int, in_segment: int) -> Standing:
    campaign = RemoteCampaign(
        id="c1",
        web_id=1,
        title="mail-x",
        status="save",
        subject_line=GOES.subject,
        preview_text=GOES.preview_text,
        from_name=GOES.from_name,
        reply_to=GOES.reply_to,
        audience_id="a1",
        segment_id=7,
        recipient_count=in_email,
        tracking=Tracking(),
        emails_sent=0,
        send_time=None,
        archive_url="",
    )
    return Standing(
        campaign=campaign,
        content=Content(html="", plain_text=""),
        checklist=Checklist(is_ready=True, items=()),
        segment=Segment(id=7, name="Events", kind="saved", member_count=in_segment),
        members=in_segment,
    )


@pytest.mark.parametrize("found", [12_000, 12_240, 11_760])
def test_two_per_cent_more_or_less_than_expected_go(found):
    assert differences(GOES, standing(in_email=found, in_segment=found)) == []


@pytest.mark.parametrize("found", [14_000, 12_241, 11_759, 0])
def test_twelve_thousand_expected_and_fourteen_thousand_found_stops_in_the_email_and_in_the_segment(found):
    (sentence,) = differences(GOES, standing(in_email=found, in_segment=12_000))
    assert sentence.startswith(f"Mailchimp counts {found:,} people for this email, and 12,000 were expected")
    assert "In the segment are as many as were expected" in sentence
    assert "Lay it there anew." in sentence
    (sentence,) = differences(GOES, standing(in_email=12_000, in_segment=found))
    assert sentence.startswith(f"Mailchimp counts {found:,} people in the segment, and 12,000 were expected")
    assert "“Ask Mailchimp now”" in sentence
    assert "“Write it again”" in sentence


def test_where_both_are_wrong_it_is_told_once_how_to_mend_that():
    in_segment, in_email = differences(GOES, standing(in_email=14_000, in_segment=14_000))
    assert "“Write it again”" in in_segment
    assert in_email.endswith("That is mended with the segment.")


def test_the_ceiling_stops_what_was_expected():
    goes = dataclasses.replace(GOES, ceiling=11_999)
    assert len(differences(goes, standing(in_email=12_000, in_segment=12_000))) == 2


@pytest.mark.parametrize(
    "html",
    [
        '<style>p{color:red}</style>\n<p>Who can\n <b>help</b> & when</p>\n<a href="https://example.org/go/x/">More</a>',
        "<p>Who can help &#38; when</p><a class='x' href='https://example.org/go/x/'>More</a>",
    ],
)
def test_html_that_is_written_in_another_way_is_the_same_to_whoever_reads_it(html):
    assert is_same_content(GOES, Content(html=html, plain_text="Who can help & when"))


@pytest.mark.parametrize(
    "changed",
    [
        {"html": GOES.html.replace("Who", "Nobody")},
        {"html": GOES.html.replace("/go/x/", "/go/y/")},
        {"html": f"{GOES.html}<img src='https://example.org/pixel.gif'>"},
        {"plain_text": "Nobody can help & when"},
    ],
)
def test_another_word_link_or_picture_is_another_email(changed):
    content = {"html": GOES.html, "plain_text": GOES.plain_text} | changed
    assert not is_same_content(GOES, Content(**content))
