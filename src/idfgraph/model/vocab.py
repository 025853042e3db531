"""The words of others, and the few of ours that code has to say: the only file with a foreign IRI
in it.
"""

from typing import Final, Literal, get_args

DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
EARL: Final = "http://www.w3.org/ns/earl#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
PTR: Final = "http://www.w3.org/2009/pointers#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
VOID: Final = "http://rdfs.org/ns/void#"
W3C_FORMATS: Final = "http://www.w3.org/ns/formats/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE: Final = f"{RDF}type"

#: The kind of page that describes something else, as typed links name it.
ABOUT_PAGE: Final = f"{SCHEMA}AboutPage"

#: What profiles of descriptions are called by others: DCAT-AP, and the list of what there is
#: (https://www.w3.org/TR/dx-prof-conneg/).
DCAT_AP: Final = "http://data.europa.eu/r5r/"
PROF: Final = "http://www.w3.org/ns/dx/prof/"
ALTERNATES: Final = "http://www.w3.org/ns/dx/connegp/altr"

#: Where IANA's media types have their addresses.
IANA: Final = "https://www.iana.org/assignments/media-types/"

#: Namespaces of site maps, and of the links in them to other languages.
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"

#: Namespaces of the parts of a workbook, and of the properties that it has.
OOXML: Final = "http://schemas.openxmlformats.org/"
DC: Final = "http://purl.org/dc/elements/1.1/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

#: What describes tables: CSV on the Web, and Data Packages with the profiles of their parts.
CSVW: Final = "http://www.w3.org/ns/csvw"
CSVW_STANDARD: Final = "https://www.w3.org/TR/tabular-metadata/"
PACKAGE_STANDARD: Final = "https://specs.frictionlessdata.io/data-package/"
SSSOM_STANDARD: Final = "https://w3id.org/sssom/schema/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
TABULAR_PACKAGE: Final = "tabular-data-package"
TABULAR_RESOURCE: Final = "tabular-data-resource"

#: Standards that parts of the application profile follow.
SHACL_STANDARD: Final = "https://www.w3.org/TR/shacl/"
OWL_STANDARD: Final = "http://www.w3.org/ns/owl-profile/DL"
JSON_LD_STANDARD: Final = "https://www.w3.org/TR/json-ld11/"

#: The severities of SHACL, gravest first (https://www.w3.org/TR/shacl/#severity).
Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

#: What a record is about, as its `kind` says.
RecordKind = Literal["project", "programme"]

#: The dialect of our JSON Schemas.
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"

#: The schema of SARIF 2.1.0, as logs name it.
SARIF_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

#: A page on which a project's end year, printed as 2024 on its French page, is another: the
#: evidence that completed French pages without a start date print a year that is not the project's.
TEMPLATE_EVIDENCE: Final = "https://iom.int/project/support-participation-former-soviet-union-countries-soderkoping-process"

#: A project page whose IATI record (XM-DAC-47066-PO.0195) names the Fund as funding and IOM as
#: accountable.
ROLES_EVIDENCE: Final = "https://iom.int/fr/node/187101"

#: A page that prints "USD" beside the budget of a project (RT.1130) whose old page prints the
#: amount alone.
CURRENCY_EVIDENCE: Final = "https://iom.int/fr/node/177811"

#: The licence of our own statements.
APACHE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
