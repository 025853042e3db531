"""Two hundred strings that want to be markup, and a document that holds one of them in each of six
places.
"""

from idfgraph.graph.lines.documents import own_entry
from idfgraph.model.nodes import Node

_DO = "window.PWNED=1"
_BREAKS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</title>",
    "</bdi></a>",
    "-->",
    "</script>",
    "\u202e\u2066</p>\x00",
)
_PAYLOADS = (
    f"<script>{_DO}</script>",
    f"<ScRiPt src=data:text/javascript,{_DO}></sCrIpT>",
    f"<img src=x onerror={_DO}>",
    f"<svg/onload={_DO}>",
    f"<svg><script>{_DO}</script></svg>",
    f"<body onload={_DO}>",
    f"<iframe srcdoc='<script>parent.PWNED=1;{_DO}</script>'></iframe>",
    f"<iframe src=javascript:parent.{_DO}></iframe>",
    f"<details open ontoggle={_DO}>x</details>",
    f"<input autofocus onfocus={_DO}>",
    f"<video><source onerror={_DO}></video>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={_DO}>",
    f"<noscript><p title='</noscript><img src=x onerror={_DO}>'>",
    f"<style>@import 'data:text/css,x'</style><img src=x onerror={_DO}>",
    f" onmouseover={_DO} autofocus onfocus={_DO} x=",
    f"javascript:{_DO}//",
    f"jAvA\tScRiPt:{_DO}//",
    f"data:text/html,<script>opener.{_DO}</script>",
    f"{{{{ ''.__class__ }}}}{{% for x in y %}}<script>{_DO}</script>",
    f"&lt;script&gt;{_DO}&lt;/script&gt;&#60;img src=x onerror={_DO}&#62;",
)

#: Each payload after each way out of what is around it.
HOSTILE = tuple(out + payload for payload in _PAYLOADS for out in _BREAKS)


def hostile_entries(words: str) -> list[str]:
    """The sorted spool lines of a project, a state, a source page and an organisation that hold
    these words.

    They are the project's title and narrative, the state's label, the quoted text, the page's
    address and the reasons of a decision; and a note's text, the label of a field and a decision's
    author.
    """
    page: Node = {
        "id": "src:0123456789abcdef",
        "type": "SourceRecord",
        "language": "fr",
        "pageUrl": words
        if words.startswith(("java", "jAvA", "data"))
        else f"https://example.org/{words}",
        "sourceValue": [
            {
                "id": f"src:0123456789abcdef#{key}",
                "type": "SourceValue",
                "aboutResource": "prj:XX.0001",
                "aboutProperty": key,
                "method": "read",
                "sourceText": words,
                "sourceField": {"fr": words},
                "spanStart": "1",
                "spanEnd": "2",
            }
            for key in ("title", "beneficiary")
        ],
    }
    decision: Node = {
        "id": "graph:decision/XX.0001#startYear",
        "type": "Decision",
        "aboutResource": "prj:XX.0001",
        "aboutProperty": "startYear",
        "method": "person",
        "comment": dict.fromkeys(("en", "fr", "es"), words),
        "decidedBy": words,
        "evidence": [words, "src:0123456789abcdef"],
    }
    note: Node = {
        "id": "prj:XX.0001#note-missing-value-endYear",
        "type": "QualityNote",
        "issueType": "missing-value",
        "severity": "Warning",
        "aboutProperty": "endYear",
        "references": [words],
        "motivatedBy": "qualityAssessment",
        "hasTarget": ["base:doc/project/XX.0001"],
        "comment": dict.fromkeys(("en", "fr", "es"), words),
    }
    project: Node = {
        "id": "prj:XX.0001",
        "type": "Project",
        "title": {"fr": words},
        "narrative": {"fr": words},
        "startYear": "2011",
        "beneficiary": ["XAA"],
        "budget": {
            "id": "prj:XX.0001#budget",
            "type": "MonetaryAmount",
            "value": words,
            "currency": words,
        },
        "record": {
            "id": "base:doc/project/XX.0001",
            "type": "Record",
            "primaryTopic": "prj:XX.0001",
            "source": ["src:0123456789abcdef"],
            "qualityNote": [note],
        },
        "unheardOf": [words],
    }
    state: Node = {
        "id": "st:XAA",
        "type": "State",
        "prefLabel": dict.fromkeys(("en", "fr", "es"), words),
        "iso3": words,
    }
    return sorted(
        [
            own_entry("prj:XX.0001", project),
            own_entry("prj:XX.0001", {"id": "graph:decision/XX.0001", "@graph": [decision]}),
            own_entry("prj:XX.0001", {"id": "graph:source/0123456789abcdef", "@graph": [page]}),
            own_entry("src:0123456789abcdef", page),
            own_entry("st:XAA", state),
            own_entry(
                "st:XAA", {key: project[key] for key in ("id", "type", "title", "beneficiary")}
            ),
        ]
    )
