"""What editors say of each field of a record and of a data set, where the ontology has no words for
it.
"""

from collections.abc import Mapping
from typing import Final

#: The file of a record's JSON Schema, at the top of a data folder.
RECORD_SCHEMA = "record.schema.json"

#: `Struct.field`, or `*.field` for every struct that has it -> what it is.
WORDS: Final[Mapping[str, str]] = {
    "Record": (
        "What pages say of a project or programme (sources), what we take it to mean (values), "
        "and what people decided (decisions, accepted, reviewed). A value that is not known is "
        "left out."
    ),
    "Record.kind": "What the record is about.",
    "*.values": (
        "What the pages and decisions mean. A value that neither a page nor a decision gives is"
        " a violation."
    ),
    "*.format": "The version of this form; may be left out.",
    "*.id": (
        "The Projet ID as printed (V47-805, PX.0220); for a programme, a name that a person "
        "gives it."
    ),
    "*.reviewed": (
        "Who looked these values over, and when. Written by `idfgraph review`; each lapses when a "
        "value changes."
    ),
    "*.sources": "The captured pages, with each value as printed. Written by `idfgraph extract`.",
    "*.decisions": "What people decided. A decision wins over what pages print.",
    "*.accepted": (
        "Doubts that a person has seen. The note on such a doubt is information; it comes back when"
        " its words change."
    ),
    "Acceptance.issue": "What kind of doubt it is, as its note says.",
    "Acceptance.property": "The property that is in doubt.",
    "Acceptance.words": "The printed words, or the values, that are in doubt.",
    "Acceptance.why": "Why it may stand, by language.",
    "Acceptance.by": "Name of who saw it.",
    "Acceptance.on": "The day on which it was seen.",
    "*.title": "The title, by language.",
    "*.association": "Who takes part, and in what role.",
    "*.hasPart": "The numbers of the phases that are told of.",
    "state": "Write the ISO 3166-1 alpha-3 code of a state, as ALB.",
    "Review.by": "Name of who looked the record over.",
    "Review.on": "The day of the review.",
    "Review.fields": "Digest of each field that was looked over. Written by `idfgraph review`.",
    "Review.values": "Digest of the values that were looked over. Written by `idfgraph review`.",
    "Decision.property": "The property that was decided.",
    "Decision.value": (
        "Its value, a list of values, or texts by language; `none` says that it has none."
    ),
    "Decision.insteadOf": (
        "The printed words that were decided against: you are told when they change."
    ),
    "Decision.why": "The reason, by language.",
    "Decision.evidence": "Addresses of the pages that show it, or documents among the sources.",
    "DocumentTitle": "A document among the sources of the record.",
    "DocumentTitle.document": "Its title.",
    "Decision.by": "Name of who decided.",
    "Decision.on": "The day of the decision.",
    "*.withdrawn": (
        "That the record is no longer published: its address then says so, and nothing else of it."
    ),
    "Withdrawal.date": "The day since when.",
    "Withdrawal.reason": "The reason, in all languages.",
    "Withdrawal.replacedBy": (
        "Id of the record, of the same kind, or address of the page, that takes its place."
    ),
    "Money.value": "The amount, without separators: 49997.00.",
    "Money.currency": "ISO 4217 code of the currency.",
    "Partner.agent": "Id of the organisation in the reference data: iom, undp.",
    "Partner.role": "What the organisation does.",
    "Outcome.count": "How many.",
    "Outcome.measure": "Of what.",
    "CitedDocument": "A report, spreadsheet, letter or e-mail, as people cite it.",
    "CitedDocument.title": "Its title, or what the letter or e-mail is about.",
    "CitedDocument.date": "Its day, month or year, as 2022-03-01, 2022-03 or 2022.",
    "CitedDocument.by": "Who wrote it.",
    "CitedDocument.where": "Where it is kept: an address, a folder, a registry.",
    "Source.document": "A document that is no page: what is cited; each value then has a locator.",
    "Source.page": "SHA-256 of the page's bytes.",
    "Source.identifier": "File name of the page, without suffix.",
    "Source.language": "The language of the page.",
    "Source.url": "The address that the page was captured from.",
    "Source.captured": (
        "When it was captured: a moment in UTC, or a day; left out where that is not known."
    ),
    "Source.mediaType": (
        "Media type of a document that is no page, as application/pdf; its values have a locator."
    ),
    "Source.encoding": "How the page is encoded, if not as UTF-8.",
    "Source.values": "The values as the page prints them.",
    "Source.remarks": "What the reader noticed about the page.",
    "Capture.property": (
        "The property that is printed; a part of it after a dot, as in budget.value."
    ),
    "Capture.text": "The text, word for word.",
    "Capture.label": "The label that the text stands under.",
    "Capture.labelLanguage": (
        "The language of the label; of a text without one, that which the page gives to the text."
    ),
    "Capture.span": "Where the text begins and ends, in code points of the page.",
    "Capture.locator": "Where the text stands in a document that is no page, as p. 12.",
    "Capture.certainty": "How sure the reading is, from 0 to 1, where it was read from prose.",
    "Capture.digest": "Digest of a narrative whose text stands among the values alone.",
    "Remark.issue": "What was noticed.",
    "Remark.property": "The property that it is about.",
    "Dataset": "What a data folder says of itself: words for people, rights, and what to publish.",
    "Dataset.reviews": "How many people must have reviewed each value before todo is content.",
    "Dataset.title": "The name of the data set, by language.",
    "Dataset.description": (
        "What it is about, where it comes from and how far it can be trusted, by language."
    ),
    "Dataset.rights": "Who may do what with it, by language.",
    "Dataset.publisher": "Name of who publishes it, by language where it is not the same in all.",
    "Dataset.base": "The address that all names begin with; ends in a slash.",
    "Dataset.asOf": "The day that counts as today when records are checked and dated.",
    "Dataset.expect": "What a release must hold at least; less is refused.",
    "Expectation.projects": "How many projects.",
    "Expectation.fields": "In what share of the projects a field stands, from 0 to 1.",
    "Dataset.publishPages": "Whether the texts of captured pages are published.",
    "Dataset.publishParquet": (
        "Whether the tables are published as Parquet, too; this needs idfgraph[parquet]."
    ),
    "Dataset.withdrawnVersions": (
        "Versions of earlier releases that are described, but no longer given."
    ),
    "Dataset.publishNarratives": (
        "Whether narratives are published; without them, no texts of pages are either."
    ),
    "Dataset.contact": "Address of a page where who publishes it can be asked, if there is one.",
    "Dataset.endpoint": "Address of a SPARQL endpoint over this data set, if there is one.",
}
