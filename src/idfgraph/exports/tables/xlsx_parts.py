"""What holds the sheets of a workbook together: the parts of the package, and what stands around a
sheet's rows.
"""

from collections.abc import Iterator, Sequence

from ...model.vocab import DC, DCT, OOXML, XSI

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = f"{OOXML}spreadsheetml/2006/main"
_RELATIONS = f"{OOXML}officeDocument/2006/relationships"
_PACKAGE = f"{OOXML}package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"

#: Type of a column -> the style of its cells: two decimals, a day.
STYLES = {"decimal": ' s="2"', "date": ' s="3"'}

#: Type of a column -> how wide it is, in characters; others are as wide as a name.
_WIDTHS = {"code": 12, "date": 12, "decimal": 16, "integer": 12, "year": 12}

#: Plain, bold, with two decimals, a day: 4 and 14 are the formats that each program writes in the
#: manner of its language.
_SHEET_STYLES = (
    f'{_XML}<styleSheet xmlns="{_SHEETS}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>\n"
)


def sheet_path(number: int) -> str:
    """The part of a sheet, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def before(types: Sequence[str]) -> str:
    """What stands before the rows of a sheet, by the types of its columns: the first row stays in
    sight.
    """
    widths = (_WIDTHS.get(kind, 24) for kind in types)
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_SHEETS}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
        f"<cols>{columns}</cols><sheetData>\n"
    )


def after(cells: str) -> str:
    """What stands after the rows of a sheet: a filter over these cells."""
    return f'</sheetData><autoFilter ref="{cells}"/></worksheet>\n'


def parts(sheets: Sequence[tuple[int, str]], title: str, day: str) -> Iterator[tuple[str, str]]:
    """The other parts of a workbook, by name; `sheets` has the number and name of each sheet in
    order.
    """
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in sheets)
    yield "[Content_Types].xml", _types(len(sheets))
    yield "_rels/.rels", _relations(
        [("officeDocument/2006/relationships/officeDocument", "xl/workbook.xml"),
         ("package/2006/relationships/metadata/core-properties", "docProps/core.xml")]
    )  # fmt: skip
    yield (
        "docProps/core.xml",
        (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            f' xmlns:dc="{DC}" xmlns:dcterms="{DCT}" xmlns:xsi="{XSI}"><dc:title>{title}</dc:title>'
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
            "</cp:coreProperties>\n"
        ),
    )
    yield (
        "xl/workbook.xml",
        (
            f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}">'
            f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets></workbook>\n"
        ),
    )
    numbers = range(1, len(sheets) + 1)
    targets = [
        ("officeDocument/2006/relationships/worksheet", f"worksheets/sheet{at}.xml")
        for at in numbers
    ]
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*targets, ("officeDocument/2006/relationships/styles", "styles.xml")]),
    )
    yield "xl/styles.xml", _SHEET_STYLES


def _types(sheets: int) -> str:
    named = [
        ("xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
        ("xl/styles.xml", f"{_TYPE}.styles+xml"),
    ]
    named += [("docProps/core.xml", _CORE)]
    named += [(sheet_path(at), f"{_TYPE}.worksheet+xml") for at in range(1, sheets + 1)]
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in named
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>\n"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{OOXML}{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>\n'
