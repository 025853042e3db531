"""A year of two stewards, by real commands in a real repository: no command refuses what is right,
each refuses what is wrong, and every release says what a book kept beside it says.
"""

import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from support.year_book import BASE, Entry, Release
from support.year_work import Steward


class Size(NamedTuple):
    """How long a year is, and what is done in it."""

    months: int
    records: int
    edits: int
    changes: int
    withdrawn: int


FULL = os.environ.get("IDFGRAPH_FULL") == "1"
SIZE = Size(12, 200, 60, 10, 5)

#: What is done to a value, in turn.
KINDS = ("decide", "edit", "quote", "accept", "decide", "edit")

#: Fields that are decided, or edited by hand; of a record with a doubt none that it is about.
CALM = ("title", "status", "budget", "beneficiary", "coverage")
FIELDS: Mapping[tuple[bool, bool], Sequence[str]] = {
    (False, False): (*CALM, "endYear", "startYear"),
    (False, True): CALM,
    (True, False): ("status", "endYear", "coverage", "startYear"),
    (True, True): ("status", "coverage"),
}


class Year:
    """The two, their book, and how far they are."""

    def __init__(self, folder: Path) -> None:
        self.ada = Steward("Ada", folder / "ada", folder / "in-ada")
        self.bo = Steward("Bo", folder / "bo", folder / "in-bo")
        self.book: dict[str, Entry] = {}
        self.names: list[str] = []
        self._chance = random.Random(16)
        self._done = dict.fromkeys(("edits", "changes", "withdrawn"), 0)

    def begin(self) -> None:
        """A data folder with one record, in a repository with a clone."""
        self.ada.desk.mkdir()
        self.ada.git("init", "-q", "-b", "main")
        self.ada.does("init", ".", "--install", "registry")
        (self.ada.desk / "records" / "EX.0001.yaml").unlink()
        (self.ada.desk / "pages" / "example.txt").unlink()
        words = {
            "Name of the publisher": "Ada and Bo",
            "https://example.org/idf/": BASE,
            "Name of this data set": "A year",
            "Nom de ce jeu de données": "Une année",
            "Nombre de este conjunto de datos": "Un año",
            "What the data set is about, where it comes from, and how far it can be trusted.": "A.",
        }
        file = self.ada.desk / "dataset.yaml"
        text = file.read_text("utf-8")
        for before, after in words.items():
            assert before in text
            text = text.replace(before, after)
        file.write_bytes(text.encode())
        self.ada.day = "2024-12-31"
        self._take(self.ada.begins([0]))
        self.ada.commits("begun")
        self.ada.git("clone", "-q", ".", str(self.bo.desk))

    @property
    def _shared(self) -> Entry:
        """The record that both work at."""
        return next(iter(self.book.values()))

    def month(self, number: int) -> None:
        """Both work, apart; what they did joins, and is published."""
        day = f"2025-{number:02}-28"
        self.bo.git("pull", "-q", "--ff-only")
        wanted = 1 + (SIZE.records - 1) * number // SIZE.months
        new = range(len(self.book), wanted)
        known = [one for one in self.book.values() if not one.withdrawn and one != self._shared]
        for steward, odd in ((self.ada, 0), (self.bo, 1)):
            steward.day = day
            own = [one for one in known if int(one.id[-1]) % 2 == odd]
            begun = steward.begins(one for one in new if one % 2 == odd)
            self._take(begun)
            self._work(steward, [*own, *begun], number, share=(odd + 1) / 2)
        self.ada.decides(self._shared, "status")
        self.bo.decides(self._shared, "coverage")
        for steward in (self.ada, self.bo):
            steward.reviews(self._shared)
        for steward in (self.ada, self.bo):
            steward.commits(day)
        self.ada.git("pull", "-q", "--no-rebase", str(self.bo.desk), "main")
        self.release(day)

    def _take(self, entries: list[Entry]) -> None:
        self.book |= {one.id: one for one in entries}

    def _work(self, steward: Steward, own: list[Entry], month: int, share: float) -> None:
        """One does a part of what is to be done by then."""
        due = {
            name: round(getattr(SIZE, name) * (month - 1 + share) / SIZE.months)
            for name in self._done
        }
        for _ in self._left("edits", due):
            self._edit(steward, own)
        for number in self._left("changes", due):
            paged = [one for one in own if not one.cited]
            if number % 3 == 2:
                steward.clashes(
                    self._chosen([one for one in paged if "endYear" not in one.decided])
                )
            else:
                steward.follows(self._chosen(paged), "endYear" if number % 2 else "status")
        for _ in self._left("withdrawn", due):
            published = [one for one in own if self.names and self._is_published(one)]
            if published:
                steward.withdraws(self._chosen(published))
        if own:
            steward.reviews(self._chosen(own))
            steward.remarks(self._chosen(own))

    def _left(self, name: str, due: dict[str, int]) -> Iterator[int]:
        while self._done[name] < due[name]:
            yield self._done[name]
            self._done[name] += 1

    def _is_published(self, one: Entry) -> bool:
        return one.id in self._before

    def _chosen(self, among: list[Entry]) -> Entry:
        return self._chance.choice([one for one in among if not one.withdrawn])

    def _edit(self, steward: Steward, own: list[Entry]) -> None:
        """One edit of the kind whose turn it is, or a decision where nothing is there for it."""
        number = self._done["edits"]
        kind = KINDS[number % len(KINDS)]
        alive = [one for one in own if not one.withdrawn]
        quotable = [one for one in alive if not one.cited and "otherBeneficiary" not in one.printed]
        doubtful = [one for one in alive if _is_doubtful(one) and not one.seen]
        if kind == "quote" and quotable:
            steward.quotes(self._chance.choice(quotable))
        elif kind == "accept" and doubtful:
            steward.accepts(self._chance.choice(doubtful))
        else:
            one = self._chance.choice(alive)
            names = FIELDS[kind == "edit", _is_doubtful(one)]
            name = names[number % len(names)]
            step = steward.edits if kind == "edit" else steward.decides
            step(one, one.title if name == "title" else name)

    def release(self, day: str) -> None:
        """A release is made, and says what the book does; what differs from the one before, too."""
        ada = self.ada
        file = ada.desk / "dataset.yaml"
        text = file.read_text("utf-8")
        start = text.index("asOf:")
        file.write_bytes((text[:start] + f"asOf: {day}" + text[start + 16 :]).encode())
        self._lost_is_told()
        ada.does("validate")
        ada.does("todo")
        ada.does("publish")
        ada.commits(f"release of {day}")
        self._compared(Release(ada.desk / "public"))
        self.names = [
            line.split()[0]
            for line in ada.does("releases").splitlines()
            if " projects" not in line and day[:5] in line
        ]
        if len(self.names) > 1:
            told = ada.does("diff", self.names[-2], self.names[-1], "--format", "json")
            assert json.loads(told)

    def _lost_is_told(self) -> None:
        """A record that is removed and no more is not lost in silence."""
        if len(self.names) != 1:
            return
        one = next(one for one in self.book.values() if not one.withdrawn)
        desk, record = self.ada.desk, self.ada.file(one)
        signed = list(desk.glob(f"records/signed/{one.id}_*.yaml"))
        pages = list(desk.glob(f"pages/{one.id}.txt"))
        kept = {file: file.read_bytes() for file in (record, *pages, *signed)}
        for file in (record, *pages):
            file.unlink()
        if signed:
            self.ada.does("publish", "--site", "none", code=2, says="there is no such record")
        for file in signed:
            file.unlink()
        if pages:
            self.ada.does("publish", "--site", "none", code=1, says=f"--accept-loss {one.id}")
        for file, data in kept.items():
            file.write_bytes(data)

    def _compared(self, release: Release) -> None:
        alive = {one.id: one for one in self.book.values() if not one.withdrawn}
        self._before = set(alive)
        assert set(release.values) - release.withdrawn == set(alive)
        assert release.withdrawn == {one.id for one in self.book.values() if one.withdrawn}
        for id_, one in alive.items():
            assert release.values[id_] == one.values, id_
            for reason in one.reasons.values():
                assert reason in release.texts, (id_, reason)
            text = self.ada.file(one).read_text("utf-8")
            assert one.remark in text
            if one.seen:
                assert release.doubts[id_] == "Info", id_
                assert any(one.seen in said for said in release.texts), id_


def _is_doubtful(one: Entry) -> bool:
    return one.printed["allocationYear"] > one.printed["startYear"]


@pytest.mark.skipif(not FULL, reason="takes long: .ci/long attacks")
@pytest.mark.skipif(os.name == "nt", reason="a year of a steward with git, on POSIX")
def test_a_year(tmp_path: Path) -> None:
    year = Year(tmp_path)
    year.begin()
    for number in range(1, SIZE.months + 1):
        year.month(number)
    both = (year.ada, year.bo)
    assert sum(one.refused for one in both) >= 3
    assert len(year.names) == SIZE.months
    year.ada.does("releases", "--check")
