"""The lesson for key stage 2."""

from lessons.shapes import STRANDS, Lesson, Question, Slide, Step, Task

LESSON = Lesson(
    code="what-is-prejudice",
    title="What is prejudice?",
    audience="Key stage 2, years 3 to 6. PSHE, religious education, assembly.",
    learning=(
        "Explain in their own words what prejudice means.",
        "Tell a fact about a person from a guess about a group.",
        "Name one thing to do when somebody is treated unfairly.",
    ),
    curriculum=(
        (
            "Relationships education: respectful relationships, stereotypes and why they can be unfair, and how to "
            "ask a trusted adult for help."
        ),
        "Religious education: that people in the same community can believe different things and live well together.",
        "Speaking and listening: giving a reason for what you think.",
    ),
    preparation=(
        "Print one worksheet for each pupil.",
        "Read the teacher notes, at least 'Before the lesson' and 'If a pupil tells you something'.",
        "Put a box for questions by the door, with slips of paper. Pupils may use it without a name.",
    ),
    steps=(
        Step(
            5,
            "Agree the rules",
            "Read the rules on the slide aloud. Ask: what else would help everybody join in? Add one or two of the "
            "class's own and leave them on the board.",
            slide=2,
        ),
        Step(
            10,
            "The new club member",
            "Read the story. Sam has just moved house and comes to a chess club for the first time. Before Sam has "
            "sat down, somebody says: 'People from that street are never any good at chess.' In pairs: what does "
            "the speaker know about Sam? What do they only guess? Collect answers in two columns, KNOWS and "
            "GUESSES. The first stays empty. "
            "Draw out that the deciding came before (pre-) the judging: pre-judging, prejudice.",
            slide=3,
        ),
        Step(
            10,
            "Fact or guess?",
            "Introduce the three words. Pupils do part 1 of the worksheet alone, then compare in pairs. Take two "
            "sentences with the class, and each time ask: how could we find out? A guess about everybody in a "
            "group is a stereotype, even where it sounds kind.",
            slide=4,
        ),
        Step(
            10,
            "Many kinds of different",
            "Some people are treated unfairly because of " + STRANDS + ", and some for other reasons. None of "
            "these is worse or better than another. Ask how the people in the story might feel: Sam, the speaker, "
            "somebody who heard it. Take feelings about Sam, not stories from pupils' own lives.",
            slide=5,
        ),
        Step(
            7,
            "What could you do?",
            "Pupils fill in part 2: one thing to say, one person to tell, one kind thing to do. Hear a few. Praise "
            "what is safe: telling an adult is never telling tales when somebody is being hurt.",
            slide=6,
        ),
        Step(
            3,
            "Close",
            "Each pupil finishes the sentence 'Before I decide about somebody, I will...', aloud or in their head. "
            "Point to the box for questions and to the help at the foot of the worksheet. Say where you will be at "
            "break.",
        ),
    ),
    support="Read part 1 aloud and let pupils point to a card with FACT or GUESS. Give the opening of each "
    "sentence in part 2: 'I could say: That is not...'.",
    stretch="Ask for a guess that sounds like a compliment ('People from there are all good at maths') and why it "
    "can still be unfair to somebody.",
    check="Listen during part 1 for a reason and not only a letter. The closing sentence shows who has understood "
    "that finding out comes before deciding.",
    slides=(
        Slide(
            "Our rules",
            ("We listen to each other", "Anybody may pass", "We talk about what happens, not about who"),
            "Read each rule aloud. Ask: what else would help everybody join in?",
        ),
        Slide(
            "Sam comes to the chess club",
            (
                "'People from that street are never any good at chess.'",
                "What does the speaker know about Sam?",
                "What do they only guess?",
            ),
            "Two columns on the board: KNOWS and GUESSES. The first stays empty.",
        ),
        Slide(
            "Words for today",
            (
                "Prejudice: deciding about somebody before you know them",
                "Stereotype: a guess about everybody in a group",
                "Fair: giving everybody the chance that they need",
            ),
            "Ask for an example from a book or a film, not from the class.",
        ),
        Slide(
            "Many kinds of different",
            (
                "The colour of our skin, or where our family comes from",
                "What we believe",
                "Who we love",
                "How our bodies and minds work",
                "Being transgender",
            ),
            "None of these is worse or better than another. Take feelings about Sam, not stories from pupils' "
            "lives. If a pupil asks: a transgender person is somebody who lives, or wishes to live, as another sex "
            "than "
            "the one that was written down when they were born. Say no more than your school's policy on "
            "relationships education does.",
        ),
        Slide(
            "What could you do?",
            ("Say something kind or fair", "Tell an adult you trust", "Ask the person to join in"),
            "All three are enough. Nobody has to do the bravest thing.",
        ),
    ),
    worksheet=(
        Task(
            "Part 1. Fact or guess? Write F or G in each box.",
            (
                "Aisha has two brothers.",
                "Everybody who uses a wheelchair needs help.",
                "Boys do not like dancing.",
                "Jo's family goes to the temple on Sundays.",
                "People who speak with an accent are not clever.",
                "Ben has two mums.",
                "Transgender people all like the same things.",
            ),
        ),
        Task("Choose one guess. How could you find out what is true?", ("",), lines=2),
        Task(
            "Part 2. When somebody is treated unfairly",
            ("One thing I could say:", "One grown-up I could tell:", "One kind thing I could do:"),
            lines=2,
        ),
    ),
    background=(
        (
            "Prejudice is an opinion about a person that is made up beforehand, from the group that they are thought "
            "to belong to. A stereotype is the picture of the group that it draws on. Discrimination is treating "
            "somebody worse because of it. Pupils of this age know the third well under the name of unfairness; the "
            "lesson works back from there."
        ),
        (
            "The story names no group. That is on purpose: pupils meet the pattern first, and nobody in the room is "
            "the example."
        ),
        (
            "The five reasons on slide 5 are those that police and courts in England and Wales record as hate crime. "
            "Show all five. A lesson that leaves one out tells a child that it matters less."
        ),
    ),
    answers=(
        (
            "Part 1. Facts: Aisha's brothers, Jo's family, Ben's mums (each is about one person and can be checked). "
            "Guesses: the wheelchair, boys and dancing, accents, transgender people (each is about everybody in a "
            "group)."
        ),
        "How to find out: ask the person, spend time with them, look at more than one example.",
        (
            "Part 2. Take any answer that is safe. If a pupil writes that they would hit back, ask what might happen "
            "next and what else would stop it."
        ),
    ),
    moments=(
        Question(
            "'But my grandad says that it is true.'",
            "Do not argue about the grandad. 'People we love can guess too. How could we find out about one person?'",
        ),
    ),
    after=(
        "Read the slips in the box the same day, and pass on what worries you.",
        "Come back to the closing sentences in a week: who has found something out about somebody?",
        "The next lesson in this series, for years 7 to 9, is 'Being an upstander'.",
    ),
)
