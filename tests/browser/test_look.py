"""What only a browser can tell of the look: widths, focus, fonts, and the council's colours."""

import pytest
from playwright.sync_api import expect

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What has the focus: what it is, whether its outline is drawn (a card draws it for its link), whether it is in view
# and something of it is not covered.
FOCUS = """() => {
  const found = document.activeElement;
  const drawn = found.closest('.card') ?? found;
  const style = getComputedStyle(drawn), box = drawn.getBoundingClientRect();
  const lines = [...found.getClientRects()], first = lines.at(0), last = lines.at(-1);
  const inset = 4;
  const top = document.elementFromPoint(first.left + inset, Math.max(first.top, 0) + inset);
  const end = document.elementFromPoint(last.right - inset, Math.min(last.bottom, innerHeight) - inset);
  return {
    name: found.outerHTML.slice(0, 80),
    page: found === document.body,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && [top, end].some(
      (shown) => shown && (found.contains(shown) || shown.contains(found) || shown.closest('label')?.control === found)
    ),
  };
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_component_is_wider_than_the_screen_in_any_state(page, sign_in, width):
    """320 pixels are also what a desktop shows at 400 per cent."""
    sign_in(page, "Communications officers")
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/components/")
    expect(page.get_by_role("heading", name="Components", exact=True)).to_be_visible()
    assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize(
    ("address", "height"),
    [
        ("/", 740),
        ("/schools/", 740),
        ("/events/talk-together-an-open-afternoon/", 740),
        ("/support/", 740),
        ("/support/", 256),
    ],
)
def test_focus_can_be_seen_wherever_it_goes(phone, address, height):
    """A screen 256 pixels high is what a desktop shows at 400 per cent; the control to leave stands on support."""
    phone.set_viewport_size({"width": 375, "height": height})
    phone.emulate_media(reduced_motion="reduce")  # a smooth scroll is still on its way when the next key comes
    phone.goto(address)
    unseen, stops = [], 0
    for _ in range(60):
        phone.keyboard.press("Tab")
        focus = phone.evaluate(FOCUS)
        if focus["page"]:
            break
        stops += 1
        if not (focus["outlined"] and focus["seen"]):
            unseen.append(focus["name"])
    assert stops > 10
    assert unseen == []


def test_a_page_in_latin_letters_asks_for_no_font(page):
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto("/")
    assert "stylesheet" in asked
    assert "font" not in asked


def test_nastaliq_comes_from_our_own_files(page):
    page.goto("/")
    loaded = page.evaluate(
        """async () => {
          const sheet = document.createElement('link');
          Object.assign(sheet, {rel: 'stylesheet', href: '/static/css/script-ur.css'});
          const loaded = new Promise((done, failed) => { sheet.onload = done; sheet.onerror = failed; });
          document.head.append(sheet);
          await loaded;
          const faces = await document.fonts.load('16px "Noto Nastaliq Urdu"', 'آ');
          return faces.map(face => [face.family.replaceAll('"', ''), face.status, face.display]);
        }"""
    )
    assert loaded == [["Noto Nastaliq Urdu", "loaded", "optional"]]
