"""Two stewards at work: each step is a real command or an edit by hand, with the outcome that the
book expects of it.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path

from support.command import run
from support.year_book import (
    DOUBT,
    GUEST,
    STATES,
    STATUS,
    Entry,
    entry,
    page_of,
    record_by_hand,
)

#: What becomes of a value that is changed by a decision or by hand.
_NEXT: Mapping[str, Callable[[str], str]] = {
    "startYear": lambda said: str(int(said) - 1),
    "endYear": lambda said: str(int(said) + 1),
    "status": lambda said: "active" if said == "completed" else "completed",
    "coverage": lambda said: "regional" if said == "national" else "national",
    "budget": lambda said: f"{int(said.partition('.')[0]) + 5}.00",
    "beneficiary": lambda said: {"ALB": "MEX", "MEX": "GHA", "GHA": "ALB"}[said],
    "title": lambda said: f"{said}+",
}

_numbers = count(1)


def later(one: Entry, name: str) -> str:
    """The next value of a field of a project."""
    return _NEXT[name.partition(".")[0]](one.values[name])


def words_for(one: Entry, name: str, value: str) -> str:
    """A value as a person writes it, in the language of the project's page."""
    names = {"status": STATUS, "beneficiary": STATES}.get(name, {})
    return names[value][one.column] if value in names else value


class Steward:
    """A person, a clone of the repository, and a folder where pages come in."""

    def __init__(self, name: str, desk: Path, inbox: Path) -> None:
        self.name, self.desk, self._inbox = name, desk, inbox
        self.day = ""
        self.refused = self.commands = 0

    def does(self, *args: str | Path, code: int = 0, says: str = "") -> str:
        """A command with the outcome that is expected; what it printed."""
        done = run(*args, cwd=self.desk, IDFGRAPH_BY=self.name)
        told = done.stdout + done.stderr
        self.commands += 1
        self.refused += code != 0
        assert done.returncode == code and says in told, (self.name, args, code, says, told)
        return told

    def git(self, *args: str, code: int = 0) -> str:
        """A command of git with the outcome that is expected; what it printed."""
        who = ["-c", f"user.name={self.name}", "-c", "user.email=a@example.org"]
        words = ["git", *who, "-c", "commit.gpgsign=false", *args]
        done = subprocess.run(words, cwd=self.desk, check=False, capture_output=True, text=True)
        assert done.returncode == code, (self.name, args, done.stdout, done.stderr)
        return done.stdout

    def commits(self, words: str) -> None:
        """All that changed goes into the history."""
        self.git("add", "-A")
        self.git("commit", "-qm", words, "--allow-empty")

    def file(self, one: Entry) -> Path:
        """The record of a project."""
        return self.desk / "records" / f"{one.id}.yaml"

    def begins(self, numbers: Iterable[int]) -> list[Entry]:
        """Projects become records: some of a page, some of a document that is cited."""
        new = [entry(number) for number in numbers]
        self.extracts([one for one in new if not one.cited])
        for one in (one for one in new if one.cited):
            self.does("new", "project", one.id)
            with self.file(one).open("a", encoding="utf-8") as file:
                file.write(record_by_hand(one))
        return new

    def extracts(self, entries: list[Entry], code: int = 0) -> str:
        """The pages of projects come in and are extracted, with their addresses."""
        if not entries:
            return ""
        shutil.rmtree(self._inbox, ignore_errors=True)
        self._inbox.mkdir()
        facts = ""
        for one in entries:
            (self._inbox / f"{one.id}.txt").write_bytes(page_of(one).encode())
            facts += f"{one.id}.txt: {{url: '{one.address}', captured: {self.day}}}\n"
        (self._inbox / "pages.yaml").write_text(facts, "utf-8")
        return self.does("extract", self._inbox, code=code)

    def decides(self, one: Entry, name: str) -> None:
        """A field is decided."""
        value, why = later(one, name), self._signs(one, name)
        words = words_for(one, name, value)
        self.does("decide", one.id, name, words, *why)
        _decided(one, name, value)

    def edits(self, one: Entry, name: str, *, decides: bool = True) -> str:
        """A value is edited by hand, which `validate` refuses until it is decided; that value. What
        goes back to what the page says, which the record states, is decided.
        """
        value = later(one, name)
        if value == one.printed[name]:
            self.decides(one, name)
            return value
        text = self.file(one).read_text("utf-8")
        edited, found = re.subn(rf"(?m)^(  {name}: ).*$", rf"\g<1>'{value}'", text, count=1)
        assert found, (one.id, name)
        self.file(one).write_bytes(edited.encode())
        self.does("validate", self.file(one), code=1, says="unsupported-value")
        if decides:
            self.decides_edits(one, name, value)
        return value

    def decides_edits(self, one: Entry, name: str, value: str) -> None:
        """What was edited by hand becomes a decision."""
        self.does("decide", "--from-edits", one.id, *self._signs(one, name))
        self.does("validate", self.file(one))
        _decided(one, name, value)

    def quotes(self, one: Entry) -> None:
        """Words of the page are quoted for a field that no label gives."""
        self.does("quote", one.id, "otherBeneficiary", GUEST[one.column])
        one.printed["otherBeneficiary"] = "KEN"

    def accepts(self, one: Entry) -> None:
        """A doubt is seen."""
        one.seen = self._reason()
        self.does("accept", one.id, DOUBT[0], "--why", one.seen, "--on", self.day)

    def remarks(self, one: Entry) -> None:
        """A comment is written by hand, within the values."""
        one.remark = f"# {self._reason()}"
        text = self.file(one).read_text("utf-8")
        self.file(one).write_bytes(text.replace("values:\n", f"values:\n  {one.remark}\n").encode())

    def reviews(self, one: Entry) -> None:
        """A record is looked over."""
        self.does("review", one.id, "--on", self.day)

    def follows(self, one: Entry, name: str) -> None:
        """A page prints something else: what nobody decided follows."""
        one.printed[name] = _NEXT[name](one.printed[name])
        self.extracts([one])

    def clashes(self, one: Entry) -> None:
        """A page changes where a value was edited by hand as well: told, and the edit stays."""
        name = "endYear"
        value = self.edits(one, name, decides=False)
        one.printed[name] = str(int(one.printed[name]) + 2)
        assert "conflict" in self.extracts([one], code=1)
        self.decides_edits(one, name, value)

    def withdraws(self, one: Entry) -> None:
        """A record is withdrawn, after it was removed, which publishing refuses."""
        text = self.file(one).read_text("utf-8")
        lines = f"withdrawn:\n  date: '{self.day}'\n  reason: {{en: A., fr: B., es: C.}}\n"
        self.file(one).write_bytes((text + lines).encode())
        one.withdrawn = True

    def _signs(self, one: Entry, name: str) -> list[str]:
        one.reasons[name] = self._reason()
        return ["--why", one.reasons[name], "--on", self.day]

    def _reason(self) -> str:
        """Words that nobody else wrote."""
        return f"Reason {next(_numbers)} of {self.name}."


def _decided(one: Entry, name: str, value: str) -> None:
    """Notes a decision, or that none is kept where the page says so itself."""
    one.decided[name] = value
    if value == one.printed[name]:
        del one.decided[name], one.reasons[name]
