"""What to do about each thing that can go wrong at Mailchimp, and whether it mends itself."""

from campaigns.mailchimp import (
    Ambiguous,
    Forbidden,
    Invalid,
    MailchimpError,
    NotFound,
    NotSetUp,
    RemoteDown,
    Throttled,
    Unauthorised,
)

MENDS_ITSELF = (RemoteDown, Throttled, Ambiguous)
# After these it is certain that what was asked did not happen.
NOTHING_HAPPENED = (NotSetUp, Unauthorised, Forbidden, NotFound, Invalid, RemoteDown)
UNFORESEEN = "Something went wrong that nobody foresaw ({}). Tell whoever runs the site."

WHAT_TO_DO: dict[type[MailchimpError], str] = {
    NotSetUp: "Nothing is lost: go on here once that is done.",
    Unauthorised: "Nothing is lost: go on here once the new key is set.",
    Forbidden: "Nothing is lost: go on here once that is put right at Mailchimp.",
    NotFound: "Have the account refreshed on the page Mailchimp, and see whether audience and segment are there.",
    Invalid: "Change what it names, and have the mailing approved anew.",
}
# Their own sentences say that somebody should try again, which the site does where it comes back each minute.
MEANWHILE: dict[type[MailchimpError], str] = {
    Throttled: "Mailchimp was asked too much at once. It is tried again by itself each minute.",
    RemoteDown: "Mailchimp does not answer. It is tried again by itself each minute.",
    Ambiguous: "Mailchimp broke off in the middle. It is looked into by itself each minute.",
}


def in_words(error: MailchimpError) -> str:
    """Return what happened, and what to do about it; of what mends itself, that it is tried again meanwhile."""
    if type(error) in MEANWHILE:
        return MEANWHILE[type(error)]
    advice = next(WHAT_TO_DO[kind] for kind in type(error).__mro__ if kind in WHAT_TO_DO or kind is MailchimpError)
    return f"{error} {advice}"
