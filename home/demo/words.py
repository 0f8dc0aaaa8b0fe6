"""What the home room's share of the demonstration says: organisations, support services, settings and pages."""

from datetime import date
from typing import Any

from core.enums import SupportKind, SupportLanguage, SupportNeed

# The day the sources below were read, and the last day of the year that a dated source speaks of.
READ = date(2026, 11, 22)
OF_2020, OF_2021 = date(2020, 12, 31), date(2021, 12, 31)
NOT_CONFIRMED = "Read in a public source; the service has not confirmed it yet: ring or look first."

ORGANISATIONS = (
    ("demo-strategy-team", "Hate crime strategy team (demonstration)"),
    ("demo-partner", "Calder Bridge Neighbours (a fictional charity)"),
)

SERVICES: tuple[dict[str, Any], ...] = (
    {
        "name": "Police, fire or ambulance",
        "kind": SupportKind.EMERGENCY,
        "description": "When somebody is in danger or a crime is happening now.",
        "telephone": "999",
        "hours": "Every day, 24 hours.",
        "helps_with": [SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "Police, when it is not an emergency",
        "kind": SupportKind.REPORT,
        "description": "Report what happened, as the person targeted or as a witness.",
        "telephone": "101",
        "hours": "Every day, 24 hours.",
        "helps_with": [SupportNeed.REPORT, SupportNeed.CASE],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "True Vision",
        "kind": SupportKind.REPORT,
        "description": "The police forces' own website for reporting hate crime online.",
        "website": "https://www.report-it.org.uk/",
        "helps_with": [SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "Crimestoppers",
        "kind": SupportKind.REPORT,
        "description": "Say what you know about a crime without giving your name.",
        "telephone": "0800 555 111",
        "helps_with": [SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "British Transport Police",
        "kind": SupportKind.REPORT,
        "description": "For what happens on trains and at stations.",
        "telephone": "0800 40 50 40",
        "text_number": "61016",
        "helps_with": [SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "Kirklees: reporting hate",
        "kind": SupportKind.REPORT,
        "description": "Where the Kirklees strategy of 2017 to 2020 sends people to report.",
        "website": "https://www.kirklees.gov.uk/hatereporting",
        "last_checked": OF_2020,
        "helps_with": [SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "Stop Hate UK",
        "kind": SupportKind.SUPPORT,
        "description": "Independent support for anybody targeted by hate. What it offers differs from place to place.",
        "telephone": "0800 138 1625",
        "text_number": "07717 989 025",
        "email": "talk@stophateuk.org",
        "last_checked": OF_2020,
        "helps_with": [SupportNeed.TALK, SupportNeed.REPORT],
        "languages": [SupportLanguage.ENGLISH],
    },
    {
        "name": "Victim Support",
        "kind": SupportKind.SUPPORT,
        "description": "Free, confidential help for people affected by crime, whether or not it was reported.",
        "telephone": "0808 1689 111",
        "last_checked": OF_2021,
        "helps_with": [SupportNeed.TALK, SupportNeed.CASE],
        "languages": [SupportLanguage.ENGLISH],
    },
)

# Invented, so that the asking of a service by mail can be tried: its review is near, and its address is nobody's.
FICTIONAL: tuple[dict[str, Any], ...] = (
    {
        "name": "Calder Bridge Neighbours",
        "description": "Sample data: a fictional charity that listens, and goes along to appointments.",
        "helps_with": [SupportNeed.TALK, SupportNeed.ADVICE, SupportNeed.HOME, SupportNeed.WORK, SupportNeed.YOUNG],
        "languages": [SupportLanguage.ENGLISH, SupportLanguage.POLISH, SupportLanguage.URDU],
        "telephone": "01632 960456",
        "email": "neighbours@example.org",
        "address": "The Old Chapel (fictional)\nCalder Bridge",
        "access_notes": "Sample data: one step at the door, a ramp at the side.",
        "hours": "Sample data: Tuesdays and Thursdays, 10am to 3pm.",
        "last_checked": date(2026, 6, 8),
    },
)

SETTINGS: dict[str, Any] = {
    "council_name": "Kirklees (demonstration)",
    "area_name": "Kirklees",
    "area_code": "E08000034",
    "contact_email": "groundswell@example.org",
    "contact_telephone": "01632 960123",
    "postal_address": "Hate crime strategy team (demonstration)\n1 Example Street\nAnytown",
    "data_protection_officer": "Data Protection Officer (demonstration)",
    "data_protection_email": "data-protection@example.org",
    "data_transfers": "This demonstration runs on one machine and sends nothing anywhere.",
    "report_url": "https://www.kirklees.gov.uk/hatereporting",
    "accessibility_prepared": READ,
    "accessibility_reviewed": READ,
}

HOME = {
    "title": "Hate has no place in Kirklees",
    "summary": "See what is on, teach a lesson, come to an event, say how safe you feel, and find who can help.",
}

# No speaker has checked these words, and the pages say so.
HOME_IN = {
    "ur": {
        HOME["title"]: "کرکلیز میں نفرت کی کوئی جگہ نہیں",
        HOME["summary"]: "دیکھیں کیا ہو رہا ہے، سبق پڑھائیں، تقریب میں آئیں، بتائیں آپ کتنا محفوظ محسوس کرتے ہیں، "
        "اور جانیں کہ کون مدد کر سکتا ہے۔",  # noqa: RUF001  (an Urdu full stop)
    },
    "pl": {
        HOME["title"]: "W Kirklees nie ma miejsca na nienawiść",
        HOME["summary"]: "Zobacz, co się dzieje, poprowadź lekcję, przyjdź na wydarzenie, powiedz, jak bezpiecznie się "
        "czujesz, i sprawdź, kto może pomóc.",
    },
}

SOURCE = "Kirklees Hate Crime Strategy 2017-2020"

HATE_CRIME: list[tuple[str, Any]] = [
    (
        "text",
        (
            "<p>Hate crimes and incidents can take place anywhere: at home, in public places, at work or in school. "
            "They can be threats, verbal abuse, graffiti, arson, robbery, violence or damage.</p>"
            "<h2>How the strategy defines it</h2>"
        ),
    ),
    (
        "quotation",
        {
            "quotation": "A hate crime is any crime that is motivated by hostility on the grounds of race, sexual "
            "orientation, disability, and religion or transgender identity.",
            "who": SOURCE,
        },
    ),
    (
        "quotation",
        {
            "quotation": "A hate incident is any incident perceived by the victim, or any other person, to be "
            "motivated by hostility or prejudice based on the person's race, sexual orientation, disability, religion "
            "or transgender identity.",
            "who": SOURCE,
        },
    ),
    (
        "text",
        (
            "<h2>No hierarchy of hate</h2><p>Race, religion, sexual orientation, disability and transgender identity "
            "count the same. Nobody has to prove why it happened to ask for help.</p>"
            "<h2>If it happens to you, or you see it</h2><ul><li>If somebody is in danger, call 999.</li>"
            "<li>Write down what happened, when and where, as soon as you can.</li>"
            "<li>Choose who to tell. You do not have to decide alone.</li></ul>"
        ),
    ),
    ("call_to_action", {"text": "Find who can help", "page": None, "address": "{site}/support/"}),
]

EASY_READ: list[tuple[str, Any]] = [
    (
        "text",
        (
            "<h2>What is a hate crime?</h2><ul><li>A crime is when somebody breaks the law.</li>"
            "<li>A <b>hate crime</b> is a crime against you because of who you are.</li></ul>"
            "<h2>Who you are can mean</h2><ul><li>your race: the colour of your skin, or where your family is from</li>"
            "<li>your religion: what you believe</li><li>who you love</li><li>that you are disabled</li>"
            "<li>that you are transgender</li></ul>"
            "<h2>A hate crime can be</h2><ul><li>somebody hits you</li><li>somebody shouts at you</li>"
            "<li>somebody breaks your things</li><li>somebody takes your money</li></ul>"
            "<h2>What you can do</h2><ul><li>If you are in danger, call <b>999</b>.</li>"
            "<li>If it is not an emergency, call the police on <b>101</b>.</li>"
            "<li>You can tell somebody you trust.</li></ul>"
        ),
    ),
    ("call_to_action", {"text": "Find who can help", "page": None, "address": "{site}/support/"}),
]

REPORTING: list[tuple[str, Any]] = [
    (
        "text",
        (
            "<h2>In danger now</h2><p>Call 999.</p><h2>Not an emergency</h2><ul><li>Call the police on 101.</li>"
            "<li>Or tell an independent service. You can do that without telling the police.</li></ul>"
            "<h2>What helps</h2><ul><li>What happened, when and where.</li><li>What was said.</li>"
            "<li>Who else saw it.</li></ul><p>This site does not take reports. The services on the next page do.</p>"
        ),
    ),
    ("call_to_action", {"text": "Find who can help", "page": None, "address": "{site}/support/"}),
]

STRATEGY: list[tuple[str, Any]] = [
    ("text", "<h2>Three principles</h2>"),
    (
        "quotation",
        {
            "quotation": "No hierarchy of hate: the service is victim focussed and protects everyone equally - no one "
            "type of incident that is reported will have precedence over any other.",
            "who": SOURCE,
        },
    ),
    (
        "quotation",
        {
            "quotation": "Tiered interventions: the best way to address hate crime is to prevent it in the first place "
            "and where it does happen to support victims and hold perpetrators to account at the earliest opportunity.",
            "who": SOURCE,
        },
    ),
    (
        "quotation",
        {
            "quotation": "Community engagement and confidence is critical to the delivery of the strategy.",
            "who": SOURCE,
        },
    ),
    (
        "text",
        (
            "<h2>Four objectives</h2><ul><li>Prevention</li><li>Early intervention</li><li>Developing intelligence led "
            "approaches, tools and powers</li><li>High-risk management and review</li></ul>"
            "<p>The strategy is reviewed every year against its indicators.</p>"
        ),
    ),
    ("call_to_action", {"text": "See how it is going", "page": None, "address": "{site}/indicators/"}),
]

PAGES = (
    (
        "what-is-hate-crime",
        "What is hate crime?",
        "What counts as a hate crime or a hate incident, and what you can do.",
        HATE_CRIME,
    ),
    (
        "how-to-report",
        "How to report a hate crime",
        "Where to tell what happened to you, or what you saw.",
        REPORTING,
    ),
    (
        "about-the-strategy",
        "About the strategy",
        "Three principles, four objectives, and a review every year.",
        STRATEGY,
    ),
)


EASY_READ_SLUG = "easy-read"
SENSITIVE = ("how-to-report",)
