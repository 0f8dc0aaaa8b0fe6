"""The lesson for key stage 3."""

from lessons.shapes import STRANDS, Lesson, Question, Slide, Step, Task

LESSON = Lesson(
    code="being-an-upstander",
    title="Being an upstander",
    audience="Key stage 3, years 7 to 9. PSHE, citizenship, tutor time.",
    learning=(
        "Explain the difference between a bystander and an upstander.",
        "Describe four safe ways to help: distract, get help, check in, speak up.",
        "Tell a hate incident from a hate crime, and know whom to tell about either.",
    ),
    curriculum=(
        "Citizenship: the law and how it protects people; what citizens can do to make their community better.",
        (
            "Relationships and sex education and health education: respectful relationships, bullying, the part that "
            "bystanders play, and where to get help."
        ),
        "PSHE: judging risk, and choosing what is safe.",
    ),
    preparation=(
        "Print one worksheet for two pupils.",
        "Read the teacher notes, at least 'Before the lesson' and 'If a pupil tells you something'.",
        "Write the name of the school's safeguarding lead where everybody can see it.",
    ),
    steps=(
        Step(
            5,
            "Agree the rules",
            "Nobody has to speak. No names, no acting out of insults. Add the class's own.",
            slide=2,
        ),
        Step(
            8,
            "What stops us?",
            "Ask: why do people who see something wrong often do nothing? Collect answers without judging: being "
            "afraid, not being sure, thinking that somebody else will. Say that these are normal, that the more "
            "people watch the less each feels that it is their turn, and that to help need not mean to confront.",
            slide=3,
        ),
        Step(
            10,
            "Four ways to help",
            "Distract: start to talk to the person targeted about something else, or ask the time. Get help: fetch "
            "staff, a driver, an adult. Check in: afterwards, ask 'Are you all right? Can I walk with you?' Speak "
            "up: say calmly that it is not all right, and only if it is safe. Ask for one example of each on the "
            "way to school. Safety comes first, always.",
            slide=4,
        ),
        Step(
            14,
            "Five situations",
            "Pairs take the five situations on the worksheet, one for each reason that the law names ("
            + STRANDS
            + "). "
            "For each: which way would you choose, and what exactly would you say or do? After eight minutes hear "
            "one answer for each situation, so that all five are talked about.",
            slide=5,
        ),
        Step(
            5,
            "Incident or crime?",
            "A hate incident is something that the person targeted, or anybody else, believes was driven by "
            "hostility to who they are. When it also breaks the law (an assault, damage, a threat) it is a hate "
            "crime, and the police can be told. Tell an adult about either; nobody has to be certain first. "
            "Go back to two of the situations: which might be crimes?",
            slide=6,
        ),
        Step(
            3,
            "Close",
            "Each pupil writes down the way to help that they would find easiest, and one adult in school to go "
            "to. Nobody reads it out. Point to where help is: the foot of the worksheet.",
        ),
    ),
    support="Give pairs two of the five situations and the first words of an answer: 'I would walk up to... and "
    "say...'. Make sure that all five are covered in the class.",
    stretch="Ask which way to help would change if the people watching were strangers, friends, or online.",
    check="In the round after the situations, listen for exact words and for safety. The closing note shows "
    "whether each pupil has one way and one adult.",
    slides=(
        Slide(
            "Our rules",
            ("Nobody has to speak", "No names", "We describe what is done; we do not repeat insults"),
            "Say that anybody may step out, and with whom.",
        ),
        Slide(
            "Bystander or upstander?",
            ("A bystander sees it happen", "An upstander does something safe that helps", "What stops us?"),
            "Collect what stops people, without judging. All of it is normal.",
        ),
        Slide(
            "Four ways to help",
            (
                "Distract: talk to the person targeted about something else",
                "Get help: fetch an adult",
                "Check in: are you all right?",
                "Speak up, calmly, and only if it is safe",
            ),
            "Ask for one example of each. To check in afterwards is enough, and is what people remember.",
        ),
        Slide(
            "Five situations",
            ("Which way to help would you choose?", "What exactly would you say or do?", "Is it safe?"),
            "Leave this up while pairs work. All five situations are heard.",
        ),
        Slide(
            "Hate incident, hate crime",
            (
                "Hostility because of race, religion, sexual orientation, disability or transgender identity",
                "Tell an adult about either: nobody needs proof",
                "A hate crime also breaks the law",
                "In danger: 999. To report a crime: 101 or www.report-it.org.uk",
            ),
            "Reporting is a choice of the person targeted, and of those who look after them.",
        ),
    ),
    worksheet=(
        Task(
            "For each situation: which way to help would you choose, and what would you say or do?",
            (
                "1. On the bus, somebody tells a girl to go back to where she came from.",
                "2. Pupils pull at the head covering of a classmate and laugh.",
                "3. A boy's bag is marked with a word that is used against gay people.",
                "4. Somebody films a man with a learning disability in a shop and makes fun of him.",
                "5. A group keeps calling a trans pupil by a name that is no longer theirs.",
            ),
            lines=2,
        ),
        Task(
            "For yourself", ("The way to help that I would find easiest:", "An adult in school I would go to:"), lines=1
        ),
    ),
    background=(
        (
            "Bystanders are often taken for people who do not care. Most do: they are afraid, unsure, or wait for "
            "somebody else. To name these reasons makes it easier to act."
        ),
        (
            "None of the four ways asks a pupil to stand between two people. If a pupil proposes to fight, ask what "
            "happens in the minute after that."
        ),
        (
            "Police in England and Wales record a crime as hate crime when the victim or any other person believes "
            "that hostility for one of five reasons drove it; a court that finds it proved makes the sentence "
            "heavier. The "
            "Equality Act 2010 protects pupils at school for these and for other reasons as well, among them sex and "
            "pregnancy."
        ),
        (
            "How the police record what is hateful and no crime was reviewed in 2026 and is changing: look it up "
            "before you answer a question about it. In school nothing changes. What hurts a pupil for who they are "
            "is dealt "
            "with as bullying is, whether or not it is a crime."
        ),
    ),
    answers=(
        (
            "Several answers are right for each situation. Good ones are safe, exact, and about the person targeted "
            "more than about those who target."
        ),
        (
            "1. Sit down beside her and ask about something else; tell the driver. 2. Fetch staff; go with the "
            "classmate. To pull at clothes can be an assault. 3. Help to clean or cover it, and tell a teacher with "
            "him; to mark it is damage. 4. Speak to staff of the shop; ask the man whether he is all right. 5. Use the "
            "pupil's name, and carry on the talk with them."
        ),
        (
            "Situations 2 and 3 may be crimes, and so may 1: abusive words in public can be one by themselves. 4 and 5 "
            "are incidents, and can become crimes when they go with threats or are done again and again."
        ),
    ),
    moments=(
        Question(
            "'If I tell, it will get worse.'",
            "Take it seriously. Talk about telling without being seen, about who needs to know, and what the adult "
            "will do next. Say truthfully what you cannot promise.",
        ),
        Question(
            "'I did something like that.'",
            "Thank the pupil for being honest, and do not go on before the class. Talk afterwards about what could "
            "put it right, and follow the school's policy.",
        ),
    ),
    after=(
        "Ask in a week, in general: has anybody seen somebody help? Collect ways, not names.",
        "Talk with colleagues about where on the way to school pupils said that they see things happen.",
        "The next lesson in this series, for years 10 and 11, is 'Words online'.",
    ),
)
