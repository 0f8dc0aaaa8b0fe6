"""Figures of a wave as the engine makes them of people who all count the same, for tests of what is published."""

from math import exp, log, sqrt

from scipy.stats import beta, t


def make_share(count, base):
    """Return a share with its limits: exact ones where few people differ, else on the log-odds."""
    share = count / base
    if min(count, base - count) < 10:
        lower = beta.ppf(0.025, count, base - count + 1) if count else 0.0
        upper = beta.ppf(0.975, count + 1, base - count) if count < base else 1.0
    else:
        reach = t.ppf(0.975, base - 1) / sqrt((base - 1) * share * (1 - share))
        odds = log(share / (1 - share))
        lower, upper = (1 / (1 + exp(-odds - move)) for move in (-reach, reach))
    return {"count": count, "share": share, "se": 0.01, "lower": float(lower), "upper": float(upper), "interval": "x"}


def make_part(counts, top=(), kind="single", base=None):
    """Return the figures of one group of people by how many gave each answer; ``top`` names those at a scale's top."""
    base = sum(counts.values()) if base is None else base
    options = [
        {"code": code, "label": code.title(), "score": None}
        | (make_share(count, base) if base else {"count": 0, "share": None, "lower": None, "upper": None})
        for code, count in counts.items()
    ]
    found = {"base": base, "n_eff": float(base), "why_not": "" if base else "Nobody answered.", "options": options}
    found |= {"outside": [], "net": None, "mean": None, "top": None, "kind": kind}
    if top and base:
        share = make_share(sum(counts[code] for code in top), base)
        found["top"] = {"codes": list(top), "label": " or ".join(code.title() for code in top), **share}
        found["net"] = {"value": 0.1, "se": 0.02, "lower": 0.05, "upper": 0.15}
    return found


def make_item(counts, question="CNF03", *, groups=None, sensitive=False, top=(), kind="single", **more):
    """Return the figures of an item; ``groups`` are its counts in each group, by the groups' codes."""
    base = more.pop("base", None)
    found = make_part(counts, top, kind, base) | {
        "key": question.lower(),
        "question": question,
        "wording": f"{question}.1",
        "text": "Are the police fair?",
        "sensitive": sensitive,
        "strands_omitted": [],
        "left_out": 0,
        "lacking_margin": 0.0,
        "by": [],
        "change": [],
    }
    if groups:
        rows = [
            {"code": code, "label": code.title(), **make_part(inside, top, kind)} for code, inside in groups.items()
        ]
        found["by"] = [{"question": "DEM05", "text": "Which group are you in?", "groups": rows}]
    return found | more


def make_contrasted(counts, sides, *, question="CNF03", top=("agree",), **fields):
    """Return the figures of an item by the answers of people who came across a campaign (``sides["yes"]``) or did not.

    ``counts`` are everybody's: who is in neither side is among them.
    """
    groups = [{"code": code, "label": code.title(), **make_part(inside, top)} for code, inside in sides.items()]
    shares = [group["top"]["share"] for group in groups]
    people = sum(group["base"] for group in groups)
    spread = sum(share * (1 - share) / group["base"] for share, group in zip(shares, groups, strict=True))
    reach = t.ppf(0.975, people - 1) * sqrt(spread * people / (people - 1))
    value = shares[0] - shares[1]
    found = {"code": "+".join(top), "value": value, "lower": value - reach, "upper": value + reach}
    contrast = {"question": "CMP01", "text": "Have you seen it?", "groups": groups}
    contrast["differences"] = [found | {"verdict": "no clear difference"}]
    return make_item(counts, question, top=top, **fields) | {"contrasts": [contrast]}


def make_recall(sides, **counts):
    """Return the figures of the question that says who came across it: those of ``sides``, and further answers."""
    people = {code: sum(inside.values()) for code, inside in sides.items()} | counts
    yes = make_share(people["yes"], sum(people.values()))
    return make_item(people, "CMP01") | {"recalled": {"codes": ["yes"], "label": "Yes", **yes}, "contrasts": []}


def make_figures(*items):
    return {"items": list(items)}


def make_record(responses=400, **fields):
    return {
        "population": "residents aged 16 and over",
        "kind_of_sample": "open",
        "margins": [],
        "weights": {"n": responses, "n_eff": float(responses), "deff": 1.0, "trimmed": 0, "variance": "fixed"},
        "breakdowns": ["DEM05"],
        "compared_with": [],
        "quality": {"responses": responses, "response_rate": None, "by_mode": []},
    } | fields
