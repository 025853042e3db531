"""What is printed: whatever words of others hold, a terminal is told nothing by them."""

import io
import re
import sys

import pytest

from idfgraph.cli.output import put, put_markdown, say, show
from idfgraph.model.errors import BadInput, Place
from idfgraph.model.visible import masked, shielded, told
from idfgraph.system.terminal import table

#: Escapes as a terminal obeys them, of seven bits and of eight, and text that is turned about.
ESCAPES = "\x1b]0;owned\x07 \x9b31m \u202eabc \x08\x7f"


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_no_way_to_print_lets_escapes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """The colours of a table are our own."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    put(f"{ESCAPES}\n")
    put(f"{ESCAPES}\n".encode())
    show(ESCAPES)
    say(ESCAPES)
    say(str(BadInput(ESCAPES, Place(ESCAPES, field=ESCAPES), hint=ESCAPES)))
    said = terminal.getvalue()
    assert said.count("owned") == 8
    assert said == shielded(said)
    shown = table((ESCAPES,), [[ESCAPES]])
    assert "owned" in shown and not re.search("[\x07\x08\x7f\x9b\u202e]|\x1b\\]", shown)


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_a_table_cuts_no_word(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal is too narrow for its columns, its rows stand below one another."""
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", str(width))
    heads = ("weight", "record", "where", "why")
    why = "startYear: No start year is published; endYear: No end year that can be accepted"
    for name in (
        "IB.0049",
        "code:reason-unopposed",
        "project/allocation-year-present-and-more",
        "x",
    ):
        row = ("14", name, f"records/{name[:9]}.yaml:3:1: id", why)
        lines = [re.sub("\x1b\\[[0-9;]*m", "", one) for one in table(heads, [row]).splitlines()]
        assert max(map(len, lines)) <= width
        assert set(" ".join((*heads, *row)).split()) <= set(" ".join(lines).split())


def test_signs_of_markdown_are_read_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of what they stand for is obeyed there."""
    for stream, shown in (
        (Terminal(), "(USD) [1m"),
        (io.StringIO(), "&#40;USD&#41; &#27;[1m"),
    ):
        monkeypatch.setattr(sys, "stdout", stream)
        put_markdown("&#40;USD&#41; &#27;[1m")
        assert stream.getvalue() == shown


def test_a_pipe_gets_results_as_they_are(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    put(ESCAPES.encode())
    assert capsysbinary.readouterr().out == ESCAPES.encode()


@pytest.mark.parametrize(
    "address",
    [
        "http://me:hunter2@example.org/a?b#c",
        "HTTPS://me:hunter2@example.org/a?b#c",
        "ftp://hunter2@example.org/a?b#c",
        "http://me:hun/hunter2@example.org/a?b#c",
        "http://me:hun hunter2@example.org/a?b#c",
        "http://me:hun?hunter2@example.org/a?b#c",
        "http://me:a@hunter2@example.org/a?b#c",
        "http:\\\\me:hunter2@example.org/a?b#c",
        "http:me:hunter2@example.org/a?b#c",
        "http://me:%68unter2@example.org/a?b#c",
        "git+ssh://me:hunter2@example.org/a?b#c",
        "https://other.org/?next=http://me:hunter2@example.org/a?b#c",
        "http://:hunter2@example.org/a?b#c",
    ],
)
def test_passwords_are_masked_wherever_they_stand(address: str) -> None:
    error = BadInput(f"{address!r} is no address", Place(address), hint=f"not {address}")
    for text in (masked(address), error.message, error.hint, error.place.file, str(error)):
        assert "hunter2" not in text and "unter2@" not in text
        assert "example.org/a?b#c" in text


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/@me",
        "https://example.org:8080/@me",
        "https://[::1]:80/x@y",
        "mailto:me@example.org",
        "write to me@example.org",
        "st:ALB and prj:V47-805 @ noon",
    ],
)
def test_what_is_no_password_stays(text: str) -> None:
    assert masked(text) == text


def test_what_is_told_is_bounded() -> None:
    error = BadInput(400_000 * "x", Place(400_000 * "f", 1, 1, 400_000 * "y"), hint=400_000 * "z")
    assert len(str(error)) < 4_000
    assert len(told("http://" * 100_000)) <= 1_000
