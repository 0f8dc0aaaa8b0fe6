"""What each lesson's notes say about pupils who tell of something that happened, and about words that hurt."""

from lessons.shapes import Question

BEFORE = (
    (
        "Tell the designated safeguarding lead that you will teach this lesson, and when. Ask whether there is a "
        "pupil whom you should speak to beforehand, or who should have the choice to be elsewhere."
    ),
    (
        "Speak in private, the day before, to any pupil who may feel looked at. Say what the lesson is about, that "
        "nobody will be asked to speak for a group, and that they may step out without giving a reason."
    ),
    "Decide who can take over the class for five minutes if a pupil needs you.",
)

HELP = (
    "Is something on your mind? Talk to an adult you trust, or to Childline: 0800 1111, free, day and night, or "
    "www.childline.org.uk. If you are in danger, call 999."
)

DISCLOSURE = (
    (
        "Stay calm and listen. Let the pupil use their own words; do not ask leading questions, and do not ask for "
        "more than you need to know that they are safe."
    ),
    "Say that they were right to tell you, and that what happened was not their fault.",
    "Do not promise to keep it secret. Say whom you will tell, and that you tell them in order to help.",
    (
        "If it comes out before the class, thank the pupil, say that you would like to hear more afterwards, and "
        "carry on with something else. See them before the day is over."
    ),
    (
        "Write down what was said, in the pupil's words, with date and time, as soon as you can. Tell the designated "
        "safeguarding lead the same day, as your school's policy says."
    ),
    (
        "What a pupil is, believes or lives with may be known neither at home nor in class. Ask the safeguarding lead "
        "what is safe before you say anything to the family, and say nothing to other pupils."
    ),
    (
        "If somebody is in immediate danger, call 999. A pupil who would rather talk to nobody at school can call "
        "Childline, 0800 1111: it stands on the worksheet."
    ),
    (
        "A hate crime can be reported to the police (101, or 999 in an emergency) or through True Vision "
        "(www.report-it.org.uk). The safeguarding lead decides with the pupil who does that and, where it is safe, "
        "with their family; nothing that is written in this lesson is a report."
    ),
)

MOMENTS = (
    Question(
        "A pupil uses a slur, or repeats one that they have heard.",
        "Stop it without repeating it: 'We do not use that word here, because it is used to hurt people for who "
        "they are.' Go back to the task. Speak to the pupil afterwards, and to anybody whom the word is used against.",
    ),
    Question(
        "'It was only a joke.'",
        "Ask who laughs and who does not, and whether it would be as funny if it were about them. What is meant "
        "does not undo what is felt.",
    ),
    Question(
        "The class turns to one pupil as an example.",
        "Step in at once: 'Nobody here has to speak for anybody else.' Move on to the invented example of the lesson.",
    ),
    Question(
        "'Which of them is the worst?'",
        "None. Being hurt for who you are is as wrong whatever the reason. The law names five; school rules and "
        "the Equality Act protect pupils for other reasons as well.",
    ),
)
