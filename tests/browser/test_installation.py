"""The installation that every browser test looks at, and the eyes they look with."""

from tests.installations import answers


def test_the_demonstration_answers(page, site):
    assert page.goto("/").status == 200
    assert answers(f"{site.base_url}/readyz")


def test_a_page_asks_nobody_but_us_for_anything(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    assert asked
    assert [url for url in asked if not url.startswith((f"{site.base_url}/", "data:"))] == []


def test_axe_sees_a_fault_where_there_is_one(page, axe):
    page.goto("/healthz")
    page.set_content('<html lang="en"><title>A page</title><main><h1>A page</h1><img src="data:,"></main></html>')
    assert [fault.partition(" ")[0] for fault in axe(page)] == ["image-alt"]


def test_axe_sees_none_where_there_is_none(page, axe):
    page.goto("/healthz")
    page.set_content(
        '<html lang="en"><title>A page</title><main><h1>A page</h1><img alt="" src="data:,"></main></html>'
    )
    assert axe(page) == []


def test_every_role_can_sign_in(browser, browser_context_args, accounts, sign_in):
    assert accounts
    for role in accounts:
        context = browser.new_context(**browser_context_args)
        sign_in(context.new_page(), role)
        context.close()
