"""Take the pictures of the README from a running installation with the demonstration loaded.

python scripts/screenshots.py --base-url http://localhost:8000
"""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from core.health.tools import find_chromium

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images"
PAGES = {"home": "/"}
SCREEN = {"width": 1280, "height": 900}


def take(base_url: str) -> None:
    """Save one picture for each page, in light colours, at the size of a desktop screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page(viewport=SCREEN, color_scheme="light")
        for name, address in PAGES.items():
            answer = page.goto(base_url.rstrip("/") + address)
            if answer is None or not answer.ok:
                raise SystemExit(f"{address} does not answer. Start the site with `make run` first.")
            page.screenshot(path=PICTURES / f"{name}.png")
            print(PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Take the README's pictures from a running installation.")
    parser.add_argument("--base-url", default="http://localhost:8000")
    take(parser.parse_args().base_url)
