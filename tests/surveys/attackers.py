"""Readers with bad intent: they have what is published and know how it is made, and share no line with what hides."""

from functools import lru_cache
from math import exp, floor, log, sqrt

from scipy.optimize import linprog
from scipy.stats import beta, binomtest, t


def percent(share):
    return floor(100 * share + 0.5)


@lru_cache(maxsize=50_000)
def as_printed(count, base):
    """Return the whole percentage and limits that the site would print for ``count`` of ``base``."""
    share = count / base
    if min(count, base - count) < 10:
        lower = beta.ppf(0.025, count, base - count + 1) if count else 0
        upper = beta.ppf(0.975, count + 1, base - count) if count < base else 1
    else:
        odds, reach = log(count / (base - count)), t.ppf(0.975, base - 1) / sqrt((base - 1) * share * (1 - share))
        lower, upper = (1 / (1 + exp(-odds - move)) for move in (-reach, reach))
    return percent(share), percent(lower), percent(upper)


def as_printed_joined(count, base):
    """Return the same of answers that are shown as one."""
    lower, upper = binomtest(count, base).proportion_ci(method="wilson")
    return percent(count / base), percent(lower), percent(upper)


def counts_that_fit(shown, base):
    """Return every count of people that a printed share can stand for."""
    printed = shown["value"], shown["lower"], shown["upper"]
    about = range(floor(base * (shown["value"] - 1) / 100) - 3, floor(base * (shown["value"] + 1) / 100) + 4)
    print_as = as_printed_joined if "+" in shown.get("code", "") else as_printed
    return [
        count
        for people in range(max(1, base - 2), base + 3)
        for count in about
        if 0 <= count <= people and print_as(count, people) == printed
    ]


def sides_that_fit(shown, base):
    """Return every count of people that a printed share can stand for, each with the number of people it is of."""
    printed = shown["value"], shown["lower"], shown["upper"]
    return [
        (count, people)
        for people in range(max(1, base - 2), base + 3)
        for count in range(people + 1)
        if abs(100 * count / people - shown["value"]) < 1 and as_printed(count, people) == printed
    ]


def as_printed_difference(first, second):
    """Return the difference of two shares in whole points, with its limits, as the site would print it."""
    shares = [count / base for count, base in (first, second)]
    people = first[1] + second[1]
    spread = sum(share * (1 - share) / base for share, (_, base) in zip(shares, (first, second), strict=True))
    reach = t.ppf(0.975, people - 1) * sqrt(spread * people / (people - 1))
    value = shares[0] - shares[1]
    return percent(value), percent(value - reach), percent(value + reach)


def what_a_difference_leaves(whole, base, sides, difference):
    """Return the least and the most people in neither side, of ``whole`` among ``base``, and of those not in ``whole``.

    ``sides`` are the pairs of share and base of both; ``difference`` is what is printed between them, None where
    nothing is. Every pair of counts that fits is tried.
    """
    printed = difference and (difference["value"], difference["lower"], difference["upper"])
    pairs = [
        (one, two)
        for one in sides_that_fit(*sides[0])
        for two in sides_that_fit(*sides[1])
        if printed is None or as_printed_difference(one, two) == printed
    ]
    fits = sides_that_fit(whole, base)
    ends = []
    for side in (lambda count, people: count, lambda count, people: people - count):
        all_ends, sums = [side(*fit) for fit in fits], [side(*one) + side(*two) for one, two in pairs]
        ends.append((max(0, min(all_ends) - max(sums)), max(0, max(all_ends) - min(sums))))
    return ends


def shares_that_give_a_small_count_back(public, fewest=10):
    """Return the printed shares of everybody, and of groups, whose count, or the rest, is certainly small."""
    found = []
    for item in public["items"]:
        named = [(option["code"], item["base"], option) for option in item["options"]]
        named += [("top", item["base"], item["top"])] if item["top"] else []
        for table in item["by"]:
            named += [
                (f"{group['code']} {option['code']}", group["base"], option)
                for group in table["groups"]
                for option in group["options"]
            ]
        for name, base, shown in named:
            if shown["value"] is None:
                continue
            fit = counts_that_fit(shown, base)
            assert fit, (name, shown, base)
            if max(fit) < fewest or base - min(fit) + 2 < fewest:
                found.append((item["question"], name, base, shown))
    return found


def what_is_left(whole, base, groups):
    """Return the least and the most people in groups that are not shown, of ``whole`` among ``base``.

    ``groups`` are the pairs of share and base of those that are. Found by linear programming over all counts that fit.
    """
    fits = [counts_that_fit(whole, base), *(counts_that_fit(*group) for group in groups)]
    bounds = [(min(fit), max(fit)) for fit in fits] + [(0, None)]
    sums = [[1, *(-1 for _ in groups), -1]]
    ends = [linprog([0] * len(fits) + [way], A_eq=sums, b_eq=[0], bounds=bounds) for way in (1, -1)]
    return tuple(round(end.x[-1]) for end in ends)
