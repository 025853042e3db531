"""Pages in a real browser: each kind in three languages, on phone and desktop; hostile words; HTML,
accessibility.

Needs Chromium (CHROMIUM, or on the path) with playwright, and `npm ci --ignore-scripts` with Java:
on a machine without them these tests are skipped, in CI they fail.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support.chromium import CHROMIUM, chromium
from support.hostile import HOSTILE, hostile_entries
from support.making_pages import VERSION, data_setting, rendered, saved, site_of, woven

from idfgraph.model.layout import MODEL_PICTURE
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"
CI = os.environ.get("CI") == "true"
FULL = os.environ.get("IDFGRAPH_FULL") == "1"
KINDS = (
    "index",
    "lists/states",
    "lists/projects",
    "lists/without-start-year",
    "quality",
    "downloads",
    "def",
    "profile",
    "shapes/index",
    "rights",
    "queries",
    "ask",
    "answers/beneficiary-projects",
    f"release/{VERSION}",
    "doc/project/V57-805",
    "doc/programme/mainstreaming-migration",
    "doc/state/ALB",
    "doc/org/iom",
    "doc/source/ea0243d4edc78dd7",
    "doc/code/status",
    "doc/code/status-completed",
)
PAGES = [f"{kind}{suffix}" for kind in KINDS for suffix in (".html", ".fr.html", ".es.html")] + [
    "404.html",
    "410.html",
]
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "desktop": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}

without_browser = pytest.mark.skipif(
    not CI and not (CHROMIUM and find_spec("playwright")),
    reason="Chromium or playwright is not installed",
)
without_modules = pytest.mark.skipif(
    not CI and not (MODULES / "axe-core").is_dir(), reason="`npm ci --ignore-scripts` was not run"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    setting = data_setting()
    made = saved(rendered(woven(setting), site_of(setting)), tmp_path_factory.mktemp("pages"))
    (made / MODEL_PICTURE).write_bytes(resources.MODEL_PICTURE.read_bytes())
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@without_browser
@pytest.mark.parametrize("device", DEVICES)
def test_pages_fit_their_screen_and_load_nothing_else(
    browser: Any, folder: Path, device: str
) -> None:
    context = browser.new_context(**DEVICES[device])
    page, said, loaded = context.new_page(), [], set()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: loaded.add(request.url.removeprefix(folder.as_uri())))
    for path in PAGES:
        page.goto((folder / path).as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size.get("width"), path
        header = page.evaluate("document.querySelector('header')?.offsetHeight")
        assert (header or 0) <= 130, path
        assert (
            page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        ), path
    context.close()
    assert not said
    data = {f"/lists/rows-{language}.js" for language in ("en", "fr", "es")}
    scripts = {f"/{name}.js" for name in ("ask", "csv", "list", "narratives", "things")}
    maps = {f"/map/{name}.svg" for name in ("land", "ALB", "MEX")} | {f"/{MODEL_PICTURE}"}
    assert (
        loaded
        == {f"/{path}" for path in PAGES} | {"/style.css", "/icon.svg"} | scripts | data | maps
    )


@without_browser
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("suffix", [".html", ".fr.html", ".es.html"])
def test_what_can_be_searched_is_said_whole(
    browser: Any, folder: Path, device: str, suffix: str
) -> None:
    """The words in the box of the search fit it, beside the menu of each language."""
    context = browser.new_context(**DEVICES[device])
    page = context.new_page()
    page.goto((folder / f"index{suffix}").as_uri())
    box = page.locator(".search input")
    assert box.get_attribute("placeholder")
    box.evaluate("box => box.value = box.placeholder")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    context.close()


@without_browser
def test_what_is_folded_is_printed(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "doc/project/V57-805.html").as_uri())
    high = "all => all.map(one => one.getBoundingClientRect().height)"
    folded = page.locator("details:not([open])")
    before = folded.evaluate_all(high)
    page.emulate_media(media="print")
    after = folded.evaluate_all(high)
    page.close()
    assert len(before) > 5
    assert all(one > 1.5 * other for one, other in zip(after, before, strict=True))


@without_browser
@without_modules
@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_nothing(browser: Any, folder: Path, device: str) -> None:
    axe = (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    context = browser.new_context(bypass_csp=True, **DEVICES[device])
    page, found = context.new_page(), []
    for path in PAGES if FULL else PAGES[list(DEVICES).index(device) :: 8]:
        page.goto((folder / path).as_uri())
        page.evaluate(axe)
        result = page.evaluate("axe.run()")
        found += [
            (path, one.get("id"), one.get("nodes")[0].get("html"))
            for one in result.get("violations")
        ]
    context.close()
    assert not found


_SHIFTS = """window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(one => one.value)))
  .observe({ type: "layout-shift", buffered: true });"""


@without_browser
@pytest.mark.parametrize("device", DEVICES)
def test_nothing_moves_while_a_page_loads(browser: Any, folder: Path, device: str) -> None:
    """Scripts fill what has its place from the first."""
    context = browser.new_context(**DEVICES[device])
    page = context.new_page()
    page.add_init_script(_SHIFTS)
    for path in ("index.html", "lists/projects.fr.html", "doc/project/V57-805.es.html"):
        page.goto((folder / path).as_uri())
        page.wait_for_timeout(300)
        assert page.evaluate("window.shifts") == [], path
    context.close()


@without_browser
def test_hostile_words_run_nowhere(browser: Any, folder: Path, tmp_path: Path) -> None:
    """Without the policy, so that it is the escaping that is tested: no dialog, no PWNED, no link
    but to the web.
    """
    assert folder
    site, step = site_of(data_setting()), 1 if FULL else 20
    visited = (
        "doc/project/XX.0001.html",
        "doc/state/XAA.fr.html",
        "doc/source/0123456789abcdef.es.html",
        "lists/states.html",
    )
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    dialogs: list[Any] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    for number in range(0, len(HOSTILE), step):
        made = saved(rendered(hostile_entries(HOSTILE[number]), site), tmp_path / str(number))
        for path in visited:
            page.goto((made / path).as_uri())
            assert page.evaluate("window.PWNED") is None, HOSTILE[number]
            protocols = page.evaluate(
                "[...new Set([...document.links].map(link => link.protocol))].sort()"
            )
            assert set(protocols) <= {"file:", "https:", "http:"}, HOSTILE[number]
            assert page.evaluate("document.images.length") == 0
            scripts = page.evaluate("[...document.scripts].map(one => one.getAttribute('src'))")
            is_list = path == "lists/states.html"
            assert scripts == ["../narratives.js", "../things.js"][: 2 * is_list], HOSTILE[number]
            forms = page.evaluate("[...document.forms].map(one => one.className)")
            assert forms == ["search", "live placed"][: 1 + is_list]
    context.close()
    assert len(range(0, len(HOSTILE), step)) == (200 if FULL else 10)
    assert not dialogs


@without_browser
def test_the_policy_stops_what_would_get_through(
    browser: Any, folder: Path, tmp_path: Path
) -> None:
    text = (folder / "index.html").read_text("utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(
        text.replace(
            "<h1>", "<h1><script>window.PWNED=1</script><img src=x onerror=window.PWNED=1>"
        ),
        "utf-8",
    )
    page = browser.new_page()
    page.goto(planted.as_uri())
    assert page.evaluate("window.PWNED") is None
    page.close()


@without_browser
def test_the_keyboard_comes_first_to_the_content_and_sees_where_it_is(
    browser: Any, folder: Path
) -> None:
    page = browser.new_page()
    page.goto((folder / "doc/project/V47-805.html").as_uri())
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.className") == "skip"
    assert page.evaluate(f"{focused}.getBoundingClientRect().left") >= 0
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.close()


@without_modules
@pytest.mark.skipif(not CI and not shutil.which("java"), reason="Java is not installed")
def test_the_checker_of_the_w3c_finds_no_error(folder: Path, tmp_path: Path) -> None:
    site = site_of(data_setting())
    saved(
        {
            f"hostile/{path}": page
            for path, page in rendered(hostile_entries(HOSTILE[3]), site).items()
        },
        tmp_path,
    )
    command = [
        "java",
        "-jar",
        str(MODULES / "vnu-jar/build/dist/vnu.jar"),
        "--format",
        "json",
        "--skip-non-html",
    ]
    done = subprocess.run(
        [*command, str(folder), str(tmp_path)], capture_output=True, text=True, check=False
    )
    messages = json.loads(done.stderr).get("messages")
    assert [message for message in messages if message.get("type") != "info"] == []
