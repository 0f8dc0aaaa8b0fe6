"""What the three campaigns say, and when.

The days are real: National Hate Crime Awareness Week runs from the second to the third Saturday of October; the five
days are the international days of their names. Nothing here counts anything, and nobody is quoted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Words:
    """One campaign of the demonstration. ``when`` gives its first and last day, seen from a day."""

    code: str
    title: str
    aim: str
    objective: str
    body: str
    colours: tuple[str, ...]
    when: Callable[[date], tuple[date, date]]


def awareness_week(year: int) -> tuple[date, date]:
    """Return National Hate Crime Awareness Week: the second to the third Saturday of October."""
    first = date(year, 10, 1)
    second_saturday = first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 7)
    return second_saturday, second_saturday + timedelta(days=7)


def latest_week(today: date) -> tuple[date, date]:
    """Return the week that runs, or the last one that has been."""
    this_year = awareness_week(today.year)
    return this_year if this_year[0] <= today else awareness_week(today.year - 1)


def between_weeks(today: date) -> tuple[date, date]:
    """Return the year from the day after that week to the day before the next one."""
    _, last_day = latest_week(today)
    return last_day + timedelta(days=1), awareness_week(last_day.year + 1)[0] - timedelta(days=1)


def next_march(today: date) -> tuple[date, date]:
    """Return the coming fortnight around 21 March, the next year's once this year's has ended."""
    year = today.year if today <= date(today.year, 3, 28) else today.year + 1
    return date(year, 3, 14), date(year, 3, 28)


NO_PLACE = """
<p>Nobody should have to change their walk home, take a badge off their bag or stop holding a hand because of
who they are. For one week in October, people across Kirklees say so together, and say where help is.</p>
<h2>Why this week</h2>
<p>National Hate Crime Awareness Week runs every year from the second to the third Saturday of October.
Councils, police forces, charities and neighbours all over the country take part.</p>
<p>The police and prosecutors monitor five kinds of hate crime: those driven by hostility on the grounds of race,
religion, sexual orientation, disability or transgender identity. No kind matters more than another. This
campaign speaks of all five, in the same words.</p>
<h2>What we want to change</h2>
<ul>
<li>More people know that shouting, spitting, graffiti and messages online can be hate crime, not only
blows.</li>
<li>More people know that they can report without going to a police station.</li>
<li>More people who see it happen know something safe that they can do.</li>
</ul>
<h2>What you can do this week</h2>
<ol>
<li><b>Talk about it once.</b> At work, at your club, after prayers or at the school gate: ask what people would
do if they saw somebody being abused.</li>
<li><b>Share where to turn.</b> Pass on our <a href="/support/">page of services</a> rather than a telephone
number from memory. Numbers change, and each entry there says when it was last checked.</li>
<li><b>Say it out loud.</b> If somebody tells you it happened to them, the first words matter: “I believe you.
What would you like to do?”</li>
</ol>
<h2>If it has happened to you</h2>
<p>You do not need proof of why somebody did it. The police record a crime as hate crime when the person
targeted, or anybody else, believes that it was. You can report as a witness, and you can ask for support
without reporting anything.</p>
<p>In an emergency call 999. This site does not take reports.</p>
"""

FIVE_DAYS = """
<p>A calendar full of awareness days can feel like a competition. Ours is not. Through the year we mark one
international day for each of the five strands, in the same way and with the same care.</p>
<h2>The five days</h2>
<ul>
<li><b>Race:</b> 21 March, International Day for the Elimination of Racial Discrimination</li>
<li><b>Religion:</b> 22 August, International Day Commemorating the Victims of Acts of Violence Based on
Religion or Belief</li>
<li><b>Sexual orientation:</b> 17 May, International Day Against Homophobia, Biphobia and Transphobia</li>
<li><b>Disability:</b> 3 December, International Day of Persons with Disabilities</li>
<li><b>Transgender identity:</b> 20 November, Transgender Day of Remembrance</li>
</ul>
<p>The five stand in the same order everywhere on this site. It is not a ranking.</p>
<h2>The one message</h2>
<p>If you are targeted because of who you are, you will be believed, and you will not stand alone. If you see
it, there is something you can do.</p>
<h2>Each day gets the same</h2>
<ul>
<li>One page here, in plain words, with where to turn.</li>
<li>One lesson that a teacher can use in that week.</li>
<li>One place to come together, in the north or the south of Kirklees in turn.</li>
</ul>
<h2>Take part</h2>
<p>Pick the day that is furthest from your own life. Read one thing, ask one person, or come along once. People
who have nothing to gain are often heard where those concerned are not.</p>
<p>If your group would like to host one of the days, write to us. The address is at the foot of every page.</p>
"""

SAFE_WAYS = """
<p>Most people who see somebody being abused want to help and do not know how. You do not need to be brave, or
strong, or quick with words. Doing one small thing is better than planning a big one.</p>
<h2>Five things that help</h2>
<ol>
<li><b>Stay safe yourself.</b> Look around first. If you would be in danger, do not step in: get help
instead.</li>
<li><b>Get help.</b> In an emergency call 999. On a bus or a train tell the driver or the staff. In a shop or a
café tell whoever works there.</li>
<li><b>Be with the person.</b> Speak to whoever is being targeted, not to whoever is doing it. “Is this seat
free?” or “Have you been waiting long?” is enough. It shows that they are not alone.</li>
<li><b>Write it down.</b> The place, the time, the words, what people looked like. Do it within the hour: memory
fades. Do not put a film of it online; offer it to the person or to the police.</li>
<li><b>Ask afterwards.</b> “Shall I wait with you? Would you like me to tell somebody?” What happens next is
their choice.</li>
</ol>
<h2>Why March</h2>
<p>21 March is the International Day for the Elimination of Racial Discrimination, and this campaign runs in the
weeks around it. The ways to help are the same, whichever of the five strands is the pretext: race, religion,
sexual orientation, disability or transgender identity.</p>
<h2>For teams, clubs and congregations</h2>
<p>Take ten minutes at your next meeting. Read the five things aloud, then ask everybody to tell the person
beside them which one they could do tomorrow. People who have said it once are readier when it counts.</p>
<h2>Afterwards</h2>
<p>What you saw may stay with you. The services that help people who were targeted help witnesses too: see
<a href="/support/">where to turn</a>.</p>
"""

CAMPAIGNS = (
    Words(
        code="no-place-for-hate",
        title="No place for hate",
        aim="In National Hate Crime Awareness Week, Kirklees says together that nobody should be targeted for who they "
        "are, and where help is.",
        objective="intelligence",
        body=NO_PLACE,
        colours=("#fde8d6", "#f2b48a", "#d9692a", "#a64a6b", "#6b2762", "#3f1839"),
        when=latest_week,
    ),
    Words(
        code="five-days-one-message",
        title="Five days, one message",
        aim="Through the year we mark one international day for each of the five strands, with the same care for all "
        "of them.",
        objective="prevention",
        body=FIVE_DAYS,
        colours=("#dfeeec", "#9fcfc8", "#5aa39b", "#2f7a75", "#17504d", "#0d3433"),
        when=between_weeks,
    ),
    Words(
        code="safe-ways-to-help",
        title="Safe ways to help",
        aim="If you see somebody being targeted, there is nearly always something safe that you can do. This fortnight "
        "is about what.",
        objective="early",
        body=SAFE_WAYS,
        colours=("#f5ecdf", "#e9c46a", "#e08e45", "#b5533c", "#7d3c5d", "#3c2a4d"),
        when=next_march,
    ),
)
