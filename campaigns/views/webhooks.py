"""Where Mailchimp tells what happens to subscriptions. It stands outside the languages, and answers in a sentence."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.actions.updates.hearing import hear, listener_at
from campaigns.updates.signatures import HEADER, SignatureError
from campaigns.updates.telling import UnreadableError

LARGEST = 64 * 1024  # bytes; what Mailchimp tells of one person has a few thousand


class TooLargeError(ValueError):
    """More was sent than one delivery holds."""


STATUSES: dict[type[Exception], HTTPStatus] = {
    SignatureError: HTTPStatus.FORBIDDEN,
    UnreadableError: HTTPStatus.BAD_REQUEST,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def hear_mailchimp(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer Mailchimp's look at the address; on POST keep what it tells, answer, and work on it later."""
    listener = listener_at(secret)
    if listener is None:
        return _say(HTTPStatus.NOT_FOUND, "Nothing listens at this address.")
    if request.method != "POST":
        return _say(HTTPStatus.OK, "This address listens to Mailchimp.")
    try:
        hear(listener=listener, body=_body(request), signature=request.headers.get(HEADER, ""))
    except tuple(STATUSES) as refused:
        return _say(STATUSES[type(refused)], str(refused))
    return _say(HTTPStatus.OK, "Heard.")


def _body(request: HttpRequest) -> bytes:
    """Return what was sent, as it came.

    Raises:
        TooLargeError: it is more than one delivery holds, and was not read.
        UnreadableError: it broke off.
    """
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length) > LARGEST:
        raise TooLargeError("This is more than one delivery holds. It was not read.")
    try:
        return request.read(LARGEST)
    except UnreadablePostError:
        raise UnreadableError("What was sent broke off.") from None


def _say(status: HTTPStatus, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
