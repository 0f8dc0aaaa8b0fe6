"""What each number means and how it came to be, in the words that stand beside it."""

from reach.enums import CONFIDENCE_MEANS, Confidence, Method, Metric

COUNTED_HERE = "Counted on this site, without cookies"
COUNTED_BY_STAFF = "Counted by staff"

_WHO_COUNTS = (
    "Not counted are robots and known scanners of links, pages that a browser fetches ahead, staff who are signed in "
    "and whoever asked not to be counted."
)
RULES: dict[Metric, str] = {
    Metric.VIEWS: f"Each time a page is opened. Views are not people. {_WHO_COUNTS}",
    Metric.DAILY_VISITORS: "One for each visitor, page and day, told apart by a digest whose key is thrown away at "
    f"midnight. Added over days or pages it is visits by day, never people. {_WHO_COUNTS}",
    Metric.ARRIVALS: "Each time somebody follows the placement's short link or code; a second time within 30 seconds "
    "counts once. By email only where the browser says that it goes to the page, since programs that check links in "
    f"mails do not; one that runs a whole browser cannot be told apart. {_WHO_COUNTS}",
    Metric.DOWNLOADS: "Files taken from a page of this site, from their first byte; the same file a second time within "
    "30 seconds counts once. A link to a file opened from elsewhere, such as an email, is not in it: programs that "
    f"check links follow those. {_WHO_COUNTS}",
    Metric.OPENS: "Emails that a mail program reported as opened. Programs that open everything for their users are "
    "in it where the source says nothing else.",
    Metric.CLICKS: "Clicks on links in emails, as the mailing service reports them; scanners of links may be in it.",
    Metric.ATTENDANCE: "People who were there. Somebody who came to two dates is in it twice.",
    Metric.DISTRIBUTED: "Copies given out, posted or laid out; not people, and not copies read.",
    Metric.IMPRESSIONS: "Times that something could be seen or heard. Not people: one person may see it many times.",
}


# Counts by an earlier version of the rule stay what they were, and apart.
EARLIER_RULES = {
    1: "By the rule until November 2026: a second click counted again, and scanners of links were not looked for.",
}


def rule(metric: str, *, method: str, confidence: str = "", version: int = 0) -> str:
    """Return how a number of ``metric`` came to be: the rule it was counted by, or what an estimate rests on."""
    words = RULES[Metric(metric)]
    if version in EARLIER_RULES:
        return f"{Metric(metric).label}. {EARLIER_RULES[version]}"
    if method == Method.COUNTED or not confidence:
        return words
    return f"{words} {Confidence(confidence).label} confidence: {CONFIDENCE_MEANS[Confidence(confidence)]}"
