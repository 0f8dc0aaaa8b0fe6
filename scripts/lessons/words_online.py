"""The lesson for key stage 4."""

from lessons.shapes import STRANDS, Lesson, Question, Slide, Step, Task

LESSON = Lesson(
    code="words-online",
    title="Words online",
    audience="Key stage 4, years 10 and 11. Computing, citizenship, English.",
    learning=(
        "Analyse how posts turn people into a group to be blamed.",
        "Weigh freedom of expression against the harm that words do.",
        "Choose what to do with a hateful post: pause, block, report, support.",
    ),
    curriculum=(
        (
            "Citizenship: human rights, freedom of expression and its limits, the part that media play in what people "
            "think, and respect between people of different identities."
        ),
        "Computing: staying safe, and reporting what worries you, as technology changes.",
        "English: how language persuades; telling statements from evidence.",
    ),
    preparation=(
        "Print one worksheet for each pupil. No phones are needed; show no real posts.",
        "Read the teacher notes, at least 'Before the lesson' and 'If a pupil tells you something'.",
        "Mark a line along one wall: FREE TO SAY at one end, MAY BE A CRIME at the other, NOT ACCEPTABLE between.",
    ),
    steps=(
        Step(
            5,
            "Agree the rules",
            "We describe posts, we do not repeat slurs. Reasons, not insults. Anybody may step out.",
            slide=2,
        ),
        Step(
            10,
            "How a post works",
            "Four moves: a 'they' (one group made out of many people), a claim without a source, a feeling (fear, "
            "disgust, pride), and a call to share. Pupils mark the moves in the invented post of part 1. It is "
            "about people who own dogs, so that the pattern is seen before any real target.",
            slide=3,
        ),
        Step(
            10,
            "The same moves, real targets",
            "The same four moves are used against people because of " + STRANDS + ". In threes: why does the "
            "pattern spread? What happens to somebody who reads it about themselves every day? To somebody who "
            "only reads along? Hear one point from each group.",
            slide=4,
        ),
        Step(
            10,
            "Where is the line?",
            "Article 10 of the European Convention on Human Rights protects expression, also when it offends, and "
            "lets the law set limits to protect others. Pairs place the five statements of part 2 along the line "
            "and give reasons. People may "
            "disagree; ask for the reason each time, and what would have to change to move it.",
            slide=5,
        ),
        Step(
            7,
            "What to do",
            "Pause before sharing: sharing in order to mock spreads it too. Keep evidence if somebody is targeted. "
            "Block, and report to the service. Write to the person targeted. Threats can be reported to the "
            "police, and so can what stirs up hatred.",
            slide=6,
        ),
        Step(
            3,
            "Close",
            "Pupils write one sentence: the next time I see such a post, I will... Nobody reads it out. Point to where "
            "help is: the foot of the worksheet.",
        ),
    ),
    support="Give the names of the four moves beside the post, to be joined up by lines. Read statements A to E aloud.",
    stretch="Write the dog post again so that the writer's worry is said without any of the four moves. What is "
    "lost? Who would share it?",
    check="Part 1: are all four moves found? At the line, listen for reasons that name a harm or a right.",
    slides=(
        Slide(
            "Our rules",
            ("We describe, we do not repeat", "Anybody may step out", "Reasons, not insults"),
            "Say with whom pupils can speak if something stays with them.",
        ),
        Slide(
            "Four moves of a post",
            ("A 'they'", "A claim without a source", "A feeling: fear, disgust, pride", "A call to share"),
            "The post of part 1 is invented, and is about people who own dogs.",
        ),
        Slide(
            "The same moves, real targets",
            ("What does it do to the people named?", "To those who read it every day?", "To those who share it?"),
            "Race, religion, sexual orientation, disability, transgender identity: name all five.",
        ),
        Slide(
            "Where is the line?",
            (
                "Article 10: everybody has the right to freedom of expression",
                "It carries duties, and the law may limit it to protect the rights of others",
                "Free to say - not acceptable - may be a crime",
            ),
            "Ask what would have to change for a statement to move along the line.",
        ),
        Slide(
            "What to do",
            (
                "Pause before you share",
                "Keep evidence",
                "Block and report",
                "Support the person targeted",
                "In danger: 999. To report a crime: 101 or www.report-it.org.uk",
            ),
            "Every service has a button to report a post. To report is no pupil's duty: an adult can help with it.",
        ),
    ),
    worksheet=(
        Task(
            "Part 1. Mark the four moves in this invented post, then answer.",
            (
                (
                    "'Dog owners are ruining our parks. Everybody knows they never clean up. It makes me sick that "
                    "our children have to walk there. Share this if you have had enough!'"
                ),
            ),
        ),
        Task(
            "About the post",
            ("Which words make one group out of different people?", "What would you ask the writer?"),
            lines=1,
        ),
        Task(
            "Part 2. Where on the line is each: free to say, not acceptable, may be a crime? Give your reason.",
            (
                "A. 'I do not agree with what that religion teaches.'",
                "B. A joke that makes fun of how disabled people speak.",
                "C. 'Gay people should not be served in that shop.'",
                "D. About a family from abroad: 'Let us all go to their house tonight and make them leave.'",
                "E. Below each photo of a transgender classmate, from the same person: 'You should not exist.'",
            ),
            lines=1,
        ),
        Task("Part 3. The next time I see such a post, I will:", ("",), lines=1),
    ),
    background=(
        (
            "The lesson shows a pattern of persuasion, not examples of hate. Pupils know the examples; to show more "
            "only spreads them."
        ),
        (
            "Freedom of expression protects words that offend, shock or disturb. Its limits are set by law: threats, "
            "harassment, and stirring up hatred because of race, religion or sexual orientation are offences in "
            "England and Wales, and hostility for any of the five reasons can make a sentence for another offence "
            "heavier. Between these and what is kind lies much that is lawful and still not acceptable in a school."
        ),
        "You are not asked to say what is a crime. 'May be' is the right answer, and courts decide.",
    ),
    answers=(
        (
            "Part 1. They: 'Dog owners', 'they'. Claim: 'Everybody knows they never clean up'. Feeling: 'It makes me "
            "sick', 'our children'. Call: 'Share this'."
        ),
        (
            "Part 2, one statement for each of the five reasons. A: free to say; it is about teaching, not about "
            "people. B: not acceptable, and in a school it is "
            "bullying; aimed at one person again and again it may become harassment. C: to say it is not acceptable; "
            "for a shop to do it is unlawful discrimination. D: may be a crime; "
            "it calls for people to be threatened in their home. E: not acceptable, and as it is done again and again "
            "it may be harassment, which is a crime."
        ),
        (
            "Pupils may place B, C and E differently. What matters is the reason, and that both harm and right are "
            "weighed."
        ),
    ),
    moments=(
        Question(
            "'You cannot say anything any more.'",
            "Treat it as a claim to be examined: what could one say last year and not now, who decides, and which "
            "of that is law? Point to statement A, which is free to say.",
        ),
        Question(
            "A pupil shows a real post.",
            "Do not pass it round. 'Thank you, I will look at it with you afterwards.' Keep the evidence, and "
            "follow the school's policy for online safety.",
        ),
    ),
    after=(
        "Ask in a week, without names: who paused before sharing something?",
        "Tell parents and carers what the lesson was about, and where a post can be reported.",
        "Pupils can look for the four moves in old posters and speeches in history lessons.",
    ),
)
