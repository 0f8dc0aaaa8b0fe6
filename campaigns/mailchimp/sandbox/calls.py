"""One call of the API: what is asked, and the two ways to answer it."""

from dataclasses import dataclass, field
from typing import Any

from campaigns.mailchimp.sandbox.state import Row, State

COUNT, MOST = 10, 1000  # rows on a page: unless asked for more, and at most


class Problem(Exception):  # noqa: N818  (what RFC 9457 calls it)
    """An answer of 4xx with a problem document, in Mailchimp's words."""

    def __init__(self, status: int, title: str, detail: str, errors: list[tuple[str, str]] | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.document: Row = {
            "type": "https://mailchimp.com/developer/marketing/docs/errors/",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": "00000000-0000-0000-0000-000000000000",
        }
        if errors:
            self.document["errors"] = [{"field": name, "message": message} for name, message in errors]


@dataclass
class Call:
    """What one request asks of the state."""

    state: State
    base: str
    """Where this server answers, such as http://127.0.0.1:8025."""
    query: dict[str, str] = field(default_factory=dict)
    body: Row = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    """What the faults ask this one call to do wrong."""

    def page(self, name: str, rows: list[Row], **more: Any) -> Row:
        """Return the part of ``rows`` that was asked for, under ``name``."""
        offset, count = self._number("offset", 0), min(self._number("count", COUNT), MOST)
        return {name: [public(row) for row in rows[offset : offset + count]], "total_items": len(rows), **more}

    def require(self, *names: str) -> None:
        """Refuse a body that lacks one of ``names``."""
        missing = [name for name in names if self.body.get(name) in (None, "")]
        if missing:
            raise invalid(*((name, "Required fields were not provided") for name in missing))

    def _number(self, name: str, default: int) -> int:
        value = self.query.get(name, str(default))
        if not value.isdecimal():
            raise Problem(400, "Invalid Resource", f"{name} is no number.", [(name, "Schema describes integer")])
        return int(value)


def invalid(*errors: tuple[str, str]) -> Problem:
    """Return the refusal of fields that are wrong."""
    detail = "The resource submitted could not be validated. For field-specific details, see the 'errors' array."
    return Problem(400, "Invalid Resource", detail, list(errors))


def missing() -> Problem:
    """Return the answer for what there is not."""
    return Problem(404, "Resource Not Found", "The requested resource could not be found.")


def public(row: Row) -> Row:
    """Return ``row`` without what the sandbox keeps for itself."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def narrowed(answer: Row, query: dict[str, str]) -> Row:
    """Return ``answer`` with only the ``fields`` asked for, or without those in ``exclude_fields``."""
    if "fields" in query and "exclude_fields" in query:
        raise Problem(400, "Bad Request", "You can specify either fields or exclude_fields, not both.")
    if fields := query.get("fields"):
        return _keep(answer, [name.split(".") for name in fields.split(",")])
    for name in query.get("exclude_fields", "").split(","):
        answer = _drop(answer, name.split("."))
    return answer


def _keep(value: Any, paths: list[list[str]]) -> Any:
    if isinstance(value, list):
        return [_keep(row, paths) for row in value]
    if not isinstance(value, dict) or not all(paths):
        return value
    wanted: dict[str, list[list[str]]] = {}
    for name, *rest in paths:
        wanted.setdefault(name, []).append(rest)
    return {name: _keep(value[name], rest) for name, rest in wanted.items() if name in value}


def _drop(value: Any, path: list[str]) -> Any:
    if isinstance(value, list):
        return [_drop(row, path) for row in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    name, *rest = path
    if rest:
        return value | {name: _drop(value[name], rest)}
    return {key: kept for key, kept in value.items() if key != name}
