"""Draw docs/page.png, the picture in the README: ``python docs/picture.py output/index.html docs/page.png``.

It needs Chromium and the dev extra. The page is the one that ``make demo`` writes.
"""
# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATE = "#node=park-zhangjiang-science-city&lang=zh&theme=light"


def main(page: Path, picture: Path) -> None:
    """Open the page with a park picked and the sentence behind its first fact open, and take its picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 1366, "height": 768}, device_scale_factor=1.5)
        tab.goto(page.resolve().as_uri() + STATE)
        tab.wait_for_selector("html[data-drawn]")
        tab.locator("#panel .fact .about").first.click()
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
