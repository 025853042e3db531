"""The issues that a quality note can be about: how grave each is, what it says, why it matters."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from ...model import iris
from ...model.judgements import Acceptance
from ...model.nodes import LiteralValue, Term
from ...model.text import N_

#: Issues that are told apart by the value that they are about; others are one for a property.
_BY_VALUE = frozenset({"implausible-date"})

#: What is said of an end year that comes too late.
TOO_LONG = N_(
    "{year} comes after {start}, when the work or its funding began, by more than {most} years."
)

#: What is said of a text whose language cannot be told for certain.
PERHAPS = N_("The text may be in another language ({told}) than its page ({page}), whose is taken.")

#: What is said where a page and its texts are in a language that is none of ours.
FOREIGN = N_("The page is in a language ({told}) whose texts are kept, but not searched for facts.")

#: What is said of a missing value of a page with labels that are not known.
UNTAUGHT = N_("No page gives this under a label that is known; see the labels that are not.")

#: What is said of a span of time in the place of one date.
SPAN = N_("“{text}” is a span of time, not one date; {year} is taken.")

#: What is said of a stated value where its pages differ, and where nothing gives it.
DIFFERENT = N_("The record says {stated}, but its pages differ: {texts}.")
UNSAID = N_("The record says {stated}, but none of its pages and decisions gives it.")


class Issue(NamedTuple):
    """One thing found about a property: its code, the values and evidence it concerns, words for
    the places of its message, in order.

    The severity and the message are those of its kind unless others are given. `seen` are
    acceptances of the doubt.
    """

    code: str
    property: str
    values: tuple[Term, ...] = ()
    references: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    severity: str = ""
    seen: tuple[Acceptance, ...] = ()
    message: str = ""

    def note(self, subject: str) -> str:
        """The compact IRI of the note on it, in the record of a subject.

        >>> Issue("contradiction", "title").note("prj:V47-805")
        'prj:V47-805#note-contradiction-title'
        """
        by_value = self.values if self.code in _BY_VALUE else ()
        texts = (value.value for value in by_value if isinstance(value, LiteralValue))
        return iris.part(subject, "note", self.code, ".".join((self.property, *texts)))


class IssueKind(NamedTuple):
    """The severity of an issue (a local name of SHACL), its message with {places}, and why it
    matters; both in English, to be translated. `bare` is the message where its last place has
    nothing.
    """

    severity: str
    message: str
    why: str = ""
    bare: str = ""


@lru_cache(maxsize=256)
def places(message: str) -> tuple[str, ...]:
    """The names of the places of a message, in order.

    >>> places(KINDS["unresolved-name"].message)
    ('name', 'near')
    """
    return tuple(name for _, name, _, _ in Formatter().parse(message) if name)


KINDS: Mapping[str, IssueKind] = {
    "missing-value": IssueKind(
        "Warning",
        N_("The page does not give this."),
    ),
    "unreadable-value": IssueKind(
        "Violation",
        N_("“{text}” cannot be read as this kind of value."),
        N_(
            "The words are kept as printed, but they give no value that can be compared or added "
            "up."
        ),
    ),
    "ambiguous-value": IssueKind(
        "Warning",
        N_("“{text}” can be read in several ways, and none is taken: {readings}."),
        N_(
            "People write thousands, decimals and years in several ways; a guess could be wrong a "
            "thousand times over."
        ),
    ),
    "leading-zeros": IssueKind(
        "Warning",
        N_("“{text}” begins with zeros, and is not taken as an amount."),
        N_("No amount is written so: a digit may be missing, or it is the number of something."),
    ),
    "other-currency": IssueKind(
        "Warning",
        N_("“{text}” is not in US dollars, as the Fund's budgets are; it is not taken as one."),
        N_("Amounts in several currencies cannot be compared or added up."),
    ),
    "other-language": IssueKind(
        "Info",
        N_("The text is in another language ({told}) than its page ({page})."),
        N_("Readers and programs look for a text under its own language."),
    ),
    "unknown-code": IssueKind(
        "Warning",
        N_("“{text}” is on no list; it is kept as printed, as a provisional code."),
        N_(
            "Projects are counted by it as a value of its own until somebody says what it means: "
            "it may be new, or another spelling of one that is known."
        ),
    ),
    "unknown-field": IssueKind(
        "Warning",
        N_("Not known as a label: “{label}”; known and much like it: “{near}”."),
        N_("What stands under the label is kept as printed, but nobody can search or count it."),
        N_("Not known as a label: “{label}”."),
    ),
    "unidentified-page": IssueKind(
        "Warning",
        N_("The page names no project, so only what it prints is kept."),
        N_("Without its ID the page cannot be put to a project, and what it says is in no list."),
    ),
    "unresolved-name": IssueKind(
        "Violation",
        N_("“{name}” is no known name; did you mean: {near}?"),
        N_("A beneficiary may be missing from the record."),
        N_("“{name}” is no known name."),
    ),
    "duplicate-name": IssueKind(
        "Info",
        N_("Named more than once: {names}."),
        N_("The state is counted once; the page may have meant another one."),
    ),
    "contradiction": IssueKind(
        "Warning",
        N_("The captured pages differ: {texts}."),
        N_("Only one of the values can be right, and no rule can tell which."),
    ),
    "unsupported-value": IssueKind(
        "Violation",
        N_("The record says {stated}, but its pages and decisions give {given}."),
        N_(
            "Every value must lead back to words of a page or to a decision; this one leads "
            "nowhere."
        ),
    ),
    "implausible-date": IssueKind(
        "Warning",
        N_(
            "The page prints {year} without a start date; other completed French pages that print "
            "the same have earlier years on their English pages."
        ),
        N_(
            "The year was not written for this project, or no project lasts so long: it is kept as "
            "printed but not taken as its end."
        ),
    ),
    "date-out-of-range": IssueKind(
        "Violation",
        N_("{year} is before the Fund (2001) or too far ahead."),
        N_("No project of the Fund can have such a year; it is likely to be mistyped."),
    ),
    "date-order": IssueKind(
        "Warning",
        N_("The year {year} comes after the start year {start}."),
        N_("Money is set aside before work starts, so one of the two years may be wrong."),
    ),
    "stale-status": IssueKind(
        "Warning",
        N_("The page calls the project active, though its end year {year} is past."),
        N_(
            "The page may not have been brought up to date, so active projects are counted too "
            "high."
        ),
    ),
    "coverage-mismatch": IssueKind(
        "Warning",
        N_("Coverage {coverage} does not go with {number} beneficiary state(s)."),
        N_("Either the coverage or the list of states may be wrong."),
    ),
    "outside-region": IssueKind(
        "Info",
        N_("Outside the UN area of the project's region: {states}."),
        N_(
            "Either the region or the state may be wrong; the Fund's regions are not quite those "
            "of the United Nations."
        ),
    ),
    "eu-member": IssueKind(
        "Info",
        N_("Member of the European Union today: {states}."),
        N_(
            "The Fund no longer supports states once they join the European Union; an older "
            "project may still be right."
        ),
    ),
    "mentioned-only": IssueKind(
        "Info",
        N_("Named in the text, but no beneficiary: {states}."),
        N_("The state may be a beneficiary that the list leaves out, or just be spoken of."),
    ),
    "suggested-value": IssueKind(
        "Info",
        N_("The text may say this, but not surely enough to be taken: {texts}."),
        N_("A person can look at the words, and take the value with a decision or leave it."),
    ),
    "outside-funding-range": IssueKind(
        "Info",
        N_("USD {amount} is outside the Fund's published range of USD {low}–{high}."),
        N_(
            "A digit may be missing or doubled; but the published range has changed over the years."
        ),
    ),
    "prima-prefix-mismatch": IssueKind(
        "Warning",
        N_("The PRIMA ID begins with {prefix}, which is no beneficiary's code."),
        N_("The identifier may belong to another project."),
    ),
    "amount-mismatch": IssueKind(
        "Info",
        N_("The text gives a budget of USD {told}, the field USD {amount}."),
        N_("One of the two amounts may be out of date or mistyped."),
    ),
    "count-mismatch": IssueKind(
        "Warning",
        N_("The text counts {told} states, {number} are listed."),
        N_("A state may be missing from the list, or the text may be about other states."),
    ),
    "quoted-narrative": IssueKind(
        "Info",
        N_("The page puts its text in quotation marks, which were left out."),
        N_(
            "The marks belong to the page's layout, not to the text; this tells that they were "
            "there."
        ),
    ),
    "truncated-title": IssueKind(
        "Info",
        N_(
            "The title reaches the site's limit (255 characters) or ends inside a character's "
            "code: it may be cut off."
        ),
        N_("The words that were cut off are missing from the title."),
    ),
    "mended-text": IssueKind(
        "Info",
        N_("Read as people see it: “{read}”, where the page has “{printed}”."),
        N_(
            "Characters that do not show, or were encoded wrongly or twice, are read as they were "
            "meant; the page keeps them."
        ),
    ),
    "other-encoding": IssueKind(
        "Info",
        N_("The page is not in UTF-8; it was read as {encoding}."),
        N_(
            "In another encoding some letters would be others; the words show whether it is the "
            "right one."
        ),
    ),
    "decided-otherwise": IssueKind(
        "Info",
        N_("Printed as {printed}; {person} decided otherwise on {day}."),
        N_("Readers should see that a person, not the page, gave the value."),
    ),
    "decision-not-needed": IssueKind(
        "Warning",
        N_(
            "The pages have come to agree with what {person} decided on {day}: the decision is no "
            "longer needed."
        ),
        N_(
            "What the page says needs no decision; one that stays could hide a later change of the"
            " page."
        ),
    ),
    "decision-overtaken": IssueKind(
        "Warning",
        N_("Decided against the printed {then}, but now the pages print {now}."),
        N_(
            "The decision was about other words than the page prints now, so it may no longer be "
            "right."
        ),
    ),
    "acceptance-overtaken": IssueKind(
        "Warning",
        N_("{person} accepted a doubt about {then} on {day}, but now {now} is in doubt."),
        N_("The doubt that was accepted was about other words, so it stands again."),
    ),
    "acceptance-not-needed": IssueKind(
        "Warning",
        N_("{person} accepted a doubt on {day} that is no longer there: it is no longer needed."),
        N_("An acceptance that stays could hide a later doubt of the same kind."),
    ),
    "older-version": IssueKind(
        "Warning",
        N_(
            "A newer version of this record breaks a rule and is held back; this is its version of"
            " {day}."
        ),
        N_("Readers should know that more is known by now, though not yet soundly."),
    ),
}
