"""The pages on which people ask and check, in a real browser: three languages, phone and desktop,
with and without scripts.

Needs Chromium (CHROMIUM, or on the path) with playwright, and `npm ci --ignore-scripts`.
"""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support.chromium import CHROMIUM, chromium
from support.command import ROOT
from support.desk import Desk

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = ("en", "fr", "es")
DEVICES = {
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desktop": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}
PAGES = (
    "ask?",
    "ask?question=beneficiary-projects&state=FJI&",
    "ask?question=budget-by-region&",
    "ask?question=beneficiary-projects&state=XXX&",
    f"ask?query={quote('SELECT * { ?s ?p ?o } LIMIT 600')}&",
    f"ask?query={quote('CONSTRUCT WHERE { ?s a ?o } LIMIT 5')}&",
    f"ask?query={quote('SELECT ?project WHERE {')}&",
    "ask?query=ASK+{}&",
    "check?",
)

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (CHROMIUM and find_spec("playwright") and AXE.is_file()),
    reason="Chromium, playwright or axe-core is not installed",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("device", DEVICES)
def test_pages_fit_and_axe_finds_nothing(browser: Any, desk: Desk, device: str) -> None:
    axe = AXE.read_text("utf-8")
    context = browser.new_context(bypass_csp=True, **DEVICES[device])
    page, found = context.new_page(), []
    place, full = list(DEVICES).index(device), bool(os.environ.get("IDFGRAPH_FULL"))
    for at, path in enumerate(PAGES if full else PAGES[place :: len(DEVICES)]):
        for language in LANGUAGES if full else [LANGUAGES[at % len(LANGUAGES)]]:
            page.goto(f"{desk.address}{path}lang={language}")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= page.viewport_size.get("width"), path
            page.evaluate(axe)
            result = page.evaluate("axe.run()")
            found += [(path, language, one.get("id")) for one in result.get("violations")]
    context.close()
    assert not found


def test_all_of_it_works_without_scripts(browser: Any, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "V47-805.yaml"
    shutil.copy(ROOT / "data" / "records" / "V47-805.yaml", file)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.address}ask?lang=fr&question=beneficiary-projects")
    page.select_option("#state", "FJI")
    page.click("main form button >> nth=0")
    assert page.url.endswith("ask?lang=fr&question=beneficiary-projects&state=FJI")
    page.click("table a >> nth=0")
    assert page.url.endswith("doc/project/PX.0220.fr.html")
    page.goto(f"{desk.address}ask?lang=es")
    page.fill("#query", "ASK {}")
    page.click("main form button")
    assert page.locator("section:has(#answer) strong").inner_text() == "Sí"
    page.goto(f"{desk.address}check?lang=fr")
    page.set_input_files("#file", file)
    page.click("main form button")
    assert "0 erreur" in page.locator("#report").inner_text()
    page.fill("#text", "format: 2\nkind: project\nid: V47-805\nsurprise: 1\n")
    page.click("main form button")
    assert "1 erreur" in page.locator("#report").inner_text()
    context.close()


def test_the_policy_lets_nothing_else_in(browser: Any, desk: Desk) -> None:
    page, said, loaded = browser.new_page(), [], set()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: loaded.add(request.url.partition("?")[0]))
    for path in PAGES:
        page.goto(f"{desk.address}{path}lang=en")
    page.close()
    assert not [text for text in said if "the server responded with a status of" not in text]
    assert loaded == {f"{desk.address}{name}" for name in ("ask", "check", "style.css", "icon.svg")}
