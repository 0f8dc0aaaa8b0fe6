"""What a person would see wrong with a page: words cut off, a page wider than its screen, focus that gets lost."""

from playwright.sync_api import Page

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCRIPTS = (
    "[...document.scripts].filter(one => one.type !== 'application/ld+json').map(one => new URL(one.src).pathname)"
)

# Words that end beyond the screen or beyond a box that hides what does not fit. Boxes that scroll are left out, and
# what is meant for screen readers alone.
CUT_OFF = """() => {
  const hidden = '.visually-hidden, .skip-link', found = new Set();
  const wide = document.documentElement.clientWidth;
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const around = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || around.closest(hidden) || !around.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    let left = 0, right = wide, top = -Infinity, bottom = Infinity, scrolls = false;
    for (let box = around; box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (['auto', 'scroll'].includes(style.overflowX)) scrolls = true;
      if (style.overflowX !== 'hidden' && style.overflowX !== 'clip') continue;
      const edges = box.getBoundingClientRect();
      [left, right] = [Math.max(left, edges.left), Math.min(right, edges.right)];
      [top, bottom] = [Math.max(top, edges.top), Math.min(bottom, edges.bottom)];
    }
    if (scrolls) continue;
    for (const line of range.getClientRects()) {
      if (line.left < left - 1 || line.right > right + 1 || line.top < top - 1 || line.bottom > bottom + 1)
        found.add(words.currentNode.data.trim().slice(0, 60));
    }
  }
  const boxes = 'button, .button, .tag, .sample-data, .doors a, .facets a, input[type=search]';
  for (const box of document.querySelectorAll(boxes)) {
    if (box.closest(hidden) || !box.checkVisibility() || box.matches('input') && !box.value) continue;
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
      found.add(box.outerHTML.slice(0, 100));
  }
  return [...found];
}"""

# Everything that a keyboard comes to, in the order of the page: a group of radios is come to once.
STOPS = """() => {
  const controls = 'a[href], button, input, select, textarea, summary, video[controls], [tabindex="0"]';
  const groups = new Set();
  const found = [...document.querySelectorAll(controls)].filter(control => {
    if (!control.checkVisibility({visibilityProperty: true}) || control.disabled || control.tabIndex < 0) return false;
    if (control.type !== 'radio') return true;
    if (groups.has(control.name)) return false;
    groups.add(control.name);
    return true;
  });
  window.stops = found;
  return found.map(control => control.outerHTML.slice(0, 100));
}"""

# What has the focus: which stop it is, whether its outline is drawn (a card draws it for its link), whether it can be
# seen whole (of a large box for words, the beginning; of a table taller than what scrolling keeps free of the screen,
# any of it), on the screen and above the strip for leaving, and where it stands on the page.
FOCUS = """() => {
  const found = document.activeElement;
  const drawn = found.closest('.card') ?? found;
  const style = getComputedStyle(drawn), box = found.getBoundingClientRect();
  const strip = document.querySelector('.leave'), inside = strip?.contains(found);
  const floor = strip && !inside && getComputedStyle(strip).position === 'fixed'
    ? strip.getBoundingClientRect().top : innerHeight;
  const root = getComputedStyle(document.documentElement), kept = side => parseFloat(root[side]) || 0;
  const room = Math.min(floor, innerHeight - kept('scrollPaddingTop') - kept('scrollPaddingBottom'));
  const group = found.type === 'radio' ? window.stops.find(one => one.name === found.name) : found;
  return {
    name: found.outerHTML.slice(0, 100),
    stop: window.stops.indexOf(group),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width !== 0 && (box.height > room ? box.top < floor && box.bottom > 0
      : box.top >= -1 && (found.matches('textarea') ? box.top : box.bottom) <= floor + 1),
    top: box.top + scrollY,
    bottom: box.bottom + scrollY,
    floats: Boolean(inside) || found.matches('.skip-link'),
  };
}"""


def cut_off(page: Page) -> list[str]:
    """Return the words of ``page`` that are cut off, and by how many pixels it is wider than the screen."""
    wider = page.evaluate(WIDER)
    return [f"{wider} pixels wider than the screen"] * bool(wider) + page.evaluate(CUT_OFF)


def lost_focus(page: Page, *, columns: bool = False) -> list[str]:
    """Walk through ``page`` with the Tab key; return whatever is wrong on the way.

    Wrong is a control that is never come to, one out of the order of the page, one above the one before it (unless the
    page stands in ``columns``), and a focus without outline or out of sight.
    """
    stops, wrong, reached, before = page.evaluate(STOPS), [], [], None
    for _ in range(len(stops) + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["stop"] < 0:
            break
        if not focus["outlined"]:
            wrong.append(f"no outline: {focus['name']}")
        if not focus["seen"]:
            wrong.append(f"out of sight: {focus['name']}")
        if before and not columns and not focus["floats"] and focus["bottom"] < before["top"]:
            wrong.append(f"jumps up: {focus['name']}")
        before = before if focus["floats"] else focus
        reached.append(focus["stop"])
    missed = [name for number, name in enumerate(stops) if number not in reached]
    wrong += [f"never come to: {name}" for name in missed]
    if reached != sorted(reached):
        wrong.append(f"out of order: {reached}")
    return wrong
