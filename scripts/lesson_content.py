"""The words of the demonstration's three lessons, from which make_lesson_files.py writes their files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One part of a lesson: how long, its heading, and what the teacher does."""

    minutes: int
    title: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """A lesson of 45 minutes: what the teacher reads, what the class sees, what pupils work on."""

    code: str
    title: str
    audience: str
    learning: tuple[str, ...]
    preparation: str
    steps: tuple[Step, ...]
    care: str
    slides: tuple[tuple[str, tuple[str, ...]], ...]
    worksheet: tuple[tuple[str, tuple[str, ...]], ...]


STRANDS = "race, religion, sexual orientation, disability and transgender identity"

DISCLOSURE = (
    "A pupil may tell you about something that happened to them or their family. Listen, thank them, promise no "
    "secrecy, and follow your school's safeguarding policy the same day. Do not ask them to retell it to the class. "
    "In immediate danger call 999. True Vision (www.report-it.org.uk) explains how hate crime is reported."
)

PREJUDICE = Lesson(
    code="what-is-prejudice",
    title="What is prejudice?",
    audience="Key stage 2, years 3 to 6. PSHE, religious education, assembly.",
    learning=(
        "Explain in their own words what prejudice means.",
        "Tell a fact about a person from a guess about a group.",
        "Name one thing to do when somebody is treated unfairly.",
    ),
    preparation="Print one worksheet for each pupil. Agree rules: we listen, we may pass, we use no names.",
    steps=(
        Step(5, "Agree the rules", "Read the rules on slide 2 aloud. Ask: what else would help everybody join in?"),
        Step(
            10,
            "The new club member",
            "Read the story: Sam starts at a chess club. Before Sam has played, somebody says 'People from that "
            "street are never any good at chess.' In pairs: what does the speaker know about Sam? What do they only "
            "guess? Draw out that the guess came before (pre-) any judging: pre-judging.",
        ),
        Step(
            10,
            "Fact or guess?",
            "Pupils do part 1 of the worksheet alone, then compare. Take two sentences with the class. Ask each time: "
            "how could we find out? A guess about a whole group is called a stereotype.",
        ),
        Step(
            10,
            "Many kinds of different",
            "Show slide 5. People are treated unfairly because of " + STRANDS + ", and for other reasons. None of "
            "them is worse or better than another. Ask: how might it feel? What would help? Take feelings, not "
            "personal stories.",
        ),
        Step(
            7,
            "What could you do?",
            "Pupils fill in part 2: one thing to say, one person to tell, one kind thing to do. Share a few.",
        ),
        Step(3, "Close", "Each pupil finishes the sentence 'Before I decide about somebody, I will...' or passes."),
    ),
    care=DISCLOSURE,
    slides=(
        ("Our rules", ("We listen to each other", "Anybody may pass", "We talk about what happens, not about who")),
        ("Sam and the chess club", ("What does the speaker know about Sam?", "What do they only guess?")),
        (
            "Words for today",
            (
                "Prejudice: deciding about somebody before you know them",
                "Stereotype: a guess about everybody in a group",
                "Fair: giving everybody the same chance",
            ),
        ),
        (
            "Many kinds of different",
            (
                "The colour of our skin or where our family comes from",
                "What we believe",
                "Whom we love",
                "How our bodies and minds work",
                "Being transgender",
            ),
        ),
        ("What could you do?", ("Say something kind or fair", "Tell an adult you trust", "Ask the person to join in")),
    ),
    worksheet=(
        (
            "Part 1. Fact or guess? Write F or G beside each sentence.",
            (
                "___ Aisha has two brothers.",
                "___ Everybody who uses a wheelchair needs help.",
                "___ Boys do not like dancing.",
                "___ Jo's family goes to the temple on Sundays.",
                "___ People who speak with an accent are not clever.",
                "Choose one guess. How could you find out what is true?",
            ),
        ),
        (
            "Part 2. When somebody is treated unfairly",
            ("One thing I could say:", "One grown-up I could tell:", "One kind thing I could do:"),
        ),
    ),
)

UPSTANDER = Lesson(
    code="being-an-upstander",
    title="Being an upstander",
    audience="Key stage 3, years 7 to 9. PSHE, citizenship, tutor time.",
    learning=(
        "Explain the difference between a bystander and an upstander.",
        "Describe four safe ways to help: distract, get help, check in, speak up.",
        "Tell a hate incident from a hate crime, and know where both can be reported.",
    ),
    preparation="Print one worksheet for two pupils. Read the notes on care below before the lesson.",
    steps=(
        Step(5, "Agree the rules", "Slide 2. Nobody has to speak. No names, no acting out of insults."),
        Step(
            8,
            "What stops us?",
            "Ask: why do people who see something wrong often do nothing? Collect answers: fear, not being sure, "
            "thinking somebody else will. Say that these are normal, and that helping need not mean confronting.",
        ),
        Step(
            10,
            "Four ways to help",
            "Slides 4 and 5. Distract: start talking to the person targeted about something else. Get help: fetch "
            "staff or a driver. Check in: afterwards ask 'Are you all right? Can I walk with you?' Speak up: say "
            "calmly that it is not all right, only if it is safe. Safety comes first, always.",
        ),
        Step(
            14,
            "Five situations",
            "Pairs take the five situations on the worksheet, one for each monitored strand (" + STRANDS + "). For "
            "each: which way would you choose, and what exactly would you say or do? Hear one answer for each "
            "situation, so that all five are talked about.",
        ),
        Step(
            5,
            "Incident or crime?",
            "Slide 6. A hate incident is something that the person targeted, or anybody else, thinks is driven by "
            "hostility to who they are. When it also breaks the law it is a hate crime. Both may be reported; nobody "
            "has to be certain first.",
        ),
        Step(3, "Close", "Each pupil writes down the way to help that they would find easiest."),
    ),
    care=DISCLOSURE,
    slides=(
        ("Our rules", ("Nobody has to speak", "No names", "We describe what is done, we do not repeat insults")),
        ("Bystander or upstander?", ("A bystander sees it happen", "An upstander does something safe that helps")),
        ("Four ways to help: in the moment", ("Distract: talk to the person targeted", "Get help: fetch an adult")),
        ("Four ways to help: if it is safe, and after", ("Speak up, calmly", "Check in: are you all right?")),
        (
            "Hate incident, hate crime",
            (
                "Hostility because of race, religion, sexual orientation, disability or transgender identity",
                "An incident is reported by what it seemed to be; nobody needs proof",
                "A crime also breaks the law",
                "In danger: 999. To report: www.report-it.org.uk or 101",
            ),
        ),
    ),
    worksheet=(
        (
            "For each situation: which way to help would you choose? What would you say or do?",
            (
                "1. On the bus, somebody tells a girl to go back where she came from.",
                "2. Pupils pull at the head covering of a classmate and laugh.",
                "3. A boy's bag is marked with a word used against gay people.",
                "4. Somebody films a man with a learning disability in a shop and makes fun of him.",
                "5. A group keeps calling a trans pupil by a name that is no longer theirs.",
            ),
        ),
        ("For yourself", ("The way to help that I would find easiest:", "An adult in school I would go to:")),
    ),
)

ONLINE = Lesson(
    code="words-online",
    title="Words online",
    audience="Key stage 4, years 10 and 11. Computing, citizenship, English.",
    learning=(
        "Analyse how posts turn people into a group to be blamed.",
        "Weigh freedom of expression against the harm that words do.",
        "Choose what to do with a hateful post: pause, block, report, support.",
    ),
    preparation="Print one worksheet for each pupil. No phones are needed; show no real posts.",
    steps=(
        Step(5, "Agree the rules", "Slide 2. We describe posts, we do not repeat slurs. Anybody may step out."),
        Step(
            10,
            "How a post works",
            "Slide 3. Four moves: 'they' (a group made out of individuals), a claim without a source, a feeling "
            "(fear, disgust, pride), and a call to share. Pupils mark the moves in the invented post of part 1, "
            "which is about people who own dogs, so that the pattern is seen before any real target.",
        ),
        Step(
            10,
            "The same moves, real targets",
            "Discuss: the same four moves are used against people because of " + STRANDS + ". Why does the pattern "
            "spread? What happens to somebody who reads it every day?",
        ),
        Step(
            10,
            "Where is the line?",
            "Slide 5. Article 10 of the European Convention on Human Rights protects expression, also when it "
            "offends, and allows limits that law sets to protect others. Pairs place the four statements of part 2 "
            "on a line from 'free to say' to 'not acceptable' to 'may be a crime', and give reasons. There can be "
            "disagreement: insist on reasons.",
        ),
        Step(
            7,
            "What to do",
            "Slide 6. Pause before sharing. Keep evidence if somebody is targeted. Block and report to the service. "
            "Message the person targeted. Threats and stirring up of hatred can be reported to the police.",
        ),
        Step(3, "Close", "Pupils write one sentence: the next time I see such a post, I will..."),
    ),
    care=DISCLOSURE,
    slides=(
        ("Our rules", ("We describe, we do not repeat", "Anybody may step out", "Reasons, not insults")),
        (
            "Four moves of a post",
            ("A 'they'", "A claim without a source", "A feeling: fear, disgust, pride", "A call to share"),
        ),
        ("What does it do?", ("To the people named", "To those who read it every day", "To those who share it")),
        (
            "Where is the line?",
            (
                "Article 10: everybody has the right to freedom of expression",
                "It carries duties, and the law may limit it to protect the rights of others",
                "Free to say - not acceptable - may be a crime",
            ),
        ),
        ("What to do", ("Pause before you share", "Keep evidence", "Block and report", "Support the person targeted")),
    ),
    worksheet=(
        (
            "Part 1. Mark the four moves in this invented post.",
            (
                (
                    "'Dog owners are ruining our parks. Everybody knows they never clean up. It makes me sick that "
                    "our children have to walk there. Share this if you have had enough!'"
                ),
                "Which words make a group out of different people?",
                "What would you ask the writer?",
            ),
        ),
        (
            "Part 2. Place each on the line and give your reason: free to say, not acceptable, may be a crime.",
            (
                "A. 'I do not agree with what that religion teaches.'",
                "B. A joke that makes fun of how disabled people speak.",
                "C. 'Gay people should not be served in that shop.'",
                "D. 'Let us all go to their house tonight and make them leave.'",
            ),
        ),
        ("Part 3. The next time I see such a post, I will:", ("",)),
    ),
)

LESSONS = (PREJUDICE, UPSTANDER, ONLINE)
