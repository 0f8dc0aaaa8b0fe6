"""Which way an answer points, for a net score and the share at the top of a scale.

An option's own score decides where it has one. The ready-made scales of the question bank have none, so the codes of
their options are listed here: they never change, whatever the label says in another language.
"""

from surveys.dataset import Asked

FOR = frozenset(
    {
        "definitely-agree", "strongly-agree", "tend-to-agree", "agree", "agree-a-lot", "agree-a-little",
        "very-strongly", "fairly-strongly",
        "very-satisfied", "fairly-satisfied", "very-safe", "fairly-safe", "safe",
        "excellent", "very-good", "good", "very-confident", "fairly-confident",
        "much-more-confident", "a-little-more-confident", "very-likely", "fairly-likely", "very-useful", "quite-useful",
    }
)  # fmt: skip
BETWEEN = frozenset(
    {
        "neither-agree-nor-disagree", "neither-satisfied-nor-dissatisfied", "neither-safe-nor-unsafe",
        "neither-good-nor-poor", "fair", "no-difference",
    }
)  # fmt: skip
AGAINST = frozenset(
    {
        "definitely-disagree", "strongly-disagree", "tend-to-disagree", "disagree", "disagree-a-little",
        "disagree-a-lot", "not-very-strongly", "not-at-all-strongly",
        "fairly-dissatisfied", "very-dissatisfied", "fairly-unsafe", "unsafe", "very-unsafe",
        "poor", "very-poor", "not-very-confident", "not-at-all-confident",
        "a-little-less-confident", "much-less-confident", "not-very-likely", "not-at-all-likely",
        "not-very-useful", "not-at-all-useful",
    }
)  # fmt: skip
SIGNS = dict.fromkeys(FOR, 1.0) | dict.fromkeys(BETWEEN, 0.0) | dict.fromkeys(AGAINST, -1.0)


def scores_of(asked: Asked) -> dict[str, float]:
    """Return a number for each option in the base: its own score, or its sign; empty where some have neither."""
    if asked.takes_several or len(asked.base_options) < 2:
        return {}
    own = {option.code: float(option.score) for option in asked.base_options if option.score is not None}
    found = own or {option.code: SIGNS[option.code] for option in asked.base_options if option.code in SIGNS}
    return found if len(found) == len(asked.base_options) else {}


def is_net(scores: dict[str, float]) -> bool:
    """Tell whether the mean of ``scores`` is a net score: those for, less those against."""
    return set(scores.values()) <= {1.0, 0.0, -1.0} and {1.0, -1.0} <= set(scores.values())
