"""A lesson's sheets as HTML: plan, notes and worksheet on upright pages, slides on wide ones."""

from collections.abc import Iterable
from html import escape

from lessons.care import BEFORE, DISCLOSURE, HELP, MOMENTS
from lessons.shapes import LICENCE, Lesson, Question, Task

FONT = 'font-family: "Paper", "Paper Extended"; color: #1a1a1a;'
UPRIGHT = f"""
@page {{ size: A4; margin: 14mm 20mm 16mm; @bottom-right {{ content: counter(page); {FONT} font-size: 9pt; }} }}
body {{ {FONT} font-size: 11.5pt; line-height: 1.45; }}
h1 {{ font-size: 22pt; line-height: 1.2; margin: 0 0 4mm; color: #1f4e79; }}
h2 {{ font-size: 15pt; margin: 5mm 0 1.5mm; break-after: avoid; color: #1f4e79; }}
h3 {{ font-size: 11.5pt; margin: 3mm 0 0.5mm; break-after: avoid; }}
p {{ margin: 0 0 2mm; }}
ul {{ margin: 0 0 2mm; padding-left: 5mm; }}
li {{ margin-bottom: 1mm; }}
.item {{ break-inside: avoid; margin-bottom: 2.5mm; }}
.line {{ border-bottom: 0.3mm solid #767676; height: 8mm; }}
.box {{ display: inline-block; width: 7mm; height: 7mm; margin-right: 3mm; border: 0.4mm solid #595959; }}
.boxed {{ margin-bottom: 2.5mm; }}
.help {{ margin: 3mm 0 0; }}
footer {{ margin-top: 4mm; font-size: 9.5pt; }}
"""
WIDE = f"""
@page {{ size: 254mm 142.9mm; margin: 14mm 18mm; }}
body {{ {FONT} font-size: 24pt; line-height: 1.35; }}
section {{ break-after: page; height: 114mm; padding-left: 10mm; border-left: 3mm solid #1f4e79; }}
section:last-child {{ break-after: auto; }}
h1 {{ font-size: 44pt; margin: 0 0 5mm; padding-top: 30mm; line-height: 1.15; color: #1f4e79; }}
h2 {{ font-size: 32pt; margin: 0 0 7mm; line-height: 1.2; color: #1f4e79; }}
p {{ margin: 0 0 3mm; }}
ul {{ margin: 0; padding-left: 9mm; }}
li {{ margin-bottom: 3.5mm; }}
"""


def plan(lesson: Lesson) -> str:
    """Return the lesson plan, part by part with its minutes."""
    parts = "".join(
        f"<h3>{escape(step.title)} ({step.minutes} minutes{f', slide {step.slide}' if step.slide else ''})</h3>"
        f"<p>{escape(step.text)}</p>"
        for step in lesson.steps
    )
    return _document(
        f"Lesson plan: {lesson.title}",
        f"<p>{escape(lesson.audience)} {lesson.minutes} minutes.</p>"
        f"<h2>Pupils will be able to</h2>{_list(lesson.learning)}"
        f"<h2>Where it fits</h2>{_list(lesson.curriculum)}"
        f"<h2>Before the lesson</h2>{_list(lesson.preparation)}"
        f"<h2>The lesson</h2>{parts}"
        f"<h2>Making it fit your class</h2><h3>With more support</h3><p>{escape(lesson.support)}</p>"
        f"<h3>Going further</h3><p>{escape(lesson.stretch)}</p>"
        f"<h2>How you can tell that it worked</h2><p>{escape(lesson.check)}</p>",
    )


def notes(lesson: Lesson) -> str:
    """Return what the teacher needs to know: before, when somebody tells something, difficult moments, answers."""
    return _document(
        f"Teacher notes: {lesson.title}",
        "<p>For the teacher alone. Read them before the lesson, and have them at hand.</p>"
        f"<h2>What the lesson is about</h2>{_paragraphs(lesson.background)}"
        f"<h2>Before the lesson</h2>{_list(BEFORE)}"
        f"<h2>If a pupil tells you something</h2>{_list(DISCLOSURE)}"
        f"<h2>Difficult moments</h2>{_questions(MOMENTS + lesson.moments)}"
        f"<h2>Answers to the worksheet</h2>{_paragraphs(lesson.answers)}"
        f"<h2>After the lesson</h2>{_list(lesson.after)}",
    )


def worksheet(lesson: Lesson) -> str:
    """Return the pupils' worksheet, with room to answer, and where to find help."""
    tasks = "".join(map(_task, lesson.worksheet))
    return _document(f"Worksheet: {lesson.title}", f'{tasks}<p class="help">{escape(HELP)}</p>')


def slides(lesson: Lesson) -> str:
    """Return the slides on wide pages, for who has no program for slides."""
    opening = f"<section><h1>{escape(lesson.title)}</h1><p>{escape(lesson.audience)}</p></section>"
    shown = "".join(f"<section><h2>{escape(s.title)}</h2>{_list(s.points)}</section>" for s in lesson.slides)
    return _page(f"Slides: {lesson.title}", opening + shown)


def _task(task: Task) -> str:
    boxed = len(task.items) > 1 and not task.lines
    items = "".join(_boxed(item) if boxed else _lined(item, task.lines) for item in task.items)
    return f"<h2>{escape(task.title)}</h2>{items}"


def _boxed(item: str) -> str:
    return f'<p class="boxed"><span class="box"></span>{escape(item)}</p>'


def _lined(item: str, lines: int) -> str:
    words = f"<p>{escape(item)}</p>" if item else ""
    return f'<div class="item">{words}{"<div class=line></div>" * lines}</div>'


def _list(points: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in points)}</ul>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _questions(questions: Iterable[Question]) -> str:
    return "".join(f"<h3>{escape(q.asked)}</h3><p>{escape(q.answer)}</p>" for q in questions)


def _document(title: str, body: str) -> str:
    return _page(title, f"<h1>{escape(title)}</h1>{body}<footer>{LICENCE}</footer>")


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="Groundswell"></head><body>{body}</body></html>'
    )
