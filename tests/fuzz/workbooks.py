"""Workbooks under fuzzing: bytes choose what stands in the cells, or which parts of the packed file are mangled.

They are packed here, part by part: that takes a twentieth of the time of a library, and libraries write one dialect.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fuzz import tables
from fuzz.plans import Bytes
from tracker.errors import InvalidFile
from tracker.intake.goalsheet import sheet_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS = (
    "指标",
    "地区生产总值",
    "城镇化率(%)",
    "gdp",
    "rate",
    "people",
    "a",
    "注：①年末数",
    "注：2024年为目标数",
    "单位：亿元",
    "series",
    "period",
    "value",
)
PERIODS = ("2023年", "2024年", "2024年(预计)①", "2024(f)", "2024-Q1", "2024年1-6月", "单位", "备注", "value")
TEXTS = (
    "1,000", "44%", "12.5万", "868.9①", "—", "", " ", "2024", "2024年", "2024年1-6月", "\u202e1", "<b>", "&amp;",
    "_x000D_", "x" * 5000, "'5", "▲3", "#DIV/0!",
)  # fmt: skip
NUMBERS = (
    "5", "0.405", "-3", "1e300", "1e-300", "123456789012345678", "2024", "45473", "61", "0.5", "2958465", "0", "40.5",
)  # fmt: skip
"""Days and times are numbers with a format."""
DAMAGED = ("NaN", "", "0x1", "1_0", "٣", "-1", "1E400", "#N/A", "#DIV/0!", "2024-06-30", "1", "zz")
"""What only a damaged file, or one of another program, has for a number, an error, a day or a place among the texts."""
FORMULAS = ("1+1", "SUM(B2:B3)", "NOW()", "")
FORMATS = (
    "General", "0%", "0.00%", '0.0"亿元"', "#,##0,", "yyyy", 'yyyy"年"m"月"', "@", "[Red]0;[Blue]-0", "0E+00", '"', "[",
    ";;;", "General;General", "0\\%", "[$¥-804]0", "%%0", "yyyy-mm-dd hh:mm", "[h]:mm",
)  # fmt: skip
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OTHER = (
    f"<worksheet {_MAIN}><sheetData><row><c t='inlineStr'><is><t>series</t></is></c><c><v>1</v></c></row></sheetData>"
    "</worksheet>"
)


def made(choose: Bytes) -> bytes:
    """Return a workbook of chosen cells."""
    width, height = 1 + choose.number() % 5, 1 + choose.number() % 6
    shared: list[str] = []
    formats: list[str] = []
    rows = ""
    for row in range(1, height + 1):
        cells = "".join(
            _cell(
                f"{'ABCDE'[column]}{row}",
                choose,
                shared,
                formats,
                LABELS if not column else PERIODS if row == 1 else (),
            )
            for column in range(width)
        )
        hidden = ' hidden="1"' if choose.number() % 16 == 0 else ""
        rows += f'<row r="{row}"{hidden}>{cells}</row>'
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>' if choose.number() % 8 == 0 else ""
    merged = ""
    if choose.number() % 8 == 0:
        merged = f'<mergeCells><mergeCell ref="A1:{"ABC"[choose.number() % 3]}{1 + choose.number() % 3}"/></mergeCells>'
    sheets = [f"<worksheet {_MAIN}>{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>"]
    if choose.number() % 8 == 0:
        sheets.append(_OTHER)
    return packed(_parts(sheets, shared, formats))


def _cell(place: str, choose: Bytes, shared: list[str], formats: list[str], heads: Sequence[str]) -> str:
    if heads and choose.number() % 8:
        return _text(place, choose.one(heads), choose, shared)
    style = ""
    if choose.number() % 4 == 0:
        form = choose.one(FORMATS)
        if form not in formats:
            formats.append(form)
        style = f' s="{formats.index(form) + 1}"'
    match choose.number() % 8:
        case 0 | 1:
            return _text(place, choose.one(TEXTS), choose, shared)
        case 2:
            value = f"<v>{choose.one(NUMBERS)}</v>" if choose.number() % 4 else ""
            return f'<c r="{place}"{style}><f>{choose.one(FORMULAS)}</f>{value}</c>'
        case 3 if choose.number() % 8 == 0:
            kind = choose.one(("b", "e", "d", "str", "n", "s", "zz"))
            return f'<c r="{place}"{style} t="{kind}"><v>{choose.one(DAMAGED)}</v></c>'
        case _:
            return f'<c r="{place}"{style}><v>{choose.one(NUMBERS)}</v></c>'


def _text(place: str, text: str, choose: Bytes, shared: list[str]) -> str:
    plain = f'<t xml:space="preserve">{escape(text)}</t>'
    if choose.number() % 8 == 0:  # a note raised behind it
        plain = f"<r>{plain}</r><r><rPr><vertAlign val='superscript'/></rPr><t>{1 + choose.number() % 12}</t></r>"
    if choose.number() % 2:
        return f'<c r="{place}" t="inlineStr"><is>{plain}</is></c>'
    shared.append(plain)
    return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'


def _parts(sheets: Sequence[str], shared: Sequence[str], formats: Sequence[str]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings"),
            *((f"worksheets/sheet{n}", "worksheet") for n in numbers),
        )
    )  # fmt: skip
    names = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(one)}/>' for n, one in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="1"/>' for n in range(len(formats)))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{_DEFAULTS}{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId98" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId99" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f"<styleSheet {_MAIN}><numFmts>{codes}</numFmts><fonts><font/></fonts>"
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/>{styles}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{''.join(f'<si>{text}</si>' for text in shared)}</sst>",
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
    }


_DEFAULTS = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)


def packed(parts: dict[str, str]) -> bytes:
    """Return the parts of a workbook as one file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
    return out.getvalue()


def mangled(data: bytes, choose: Bytes) -> bytes:
    """Return a workbook with a part changed, cut short or left out, or with other bytes in the packed file."""
    if choose.number() % 4 == 0:
        found = bytearray(data)
        for _ in range(1 + choose.number() % 4):
            found[(choose.number() * 256 + choose.number()) % len(found)] = choose.number()
        return bytes(found)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = choose.one(sorted(parts))
    at, content = (choose.number() * 256 + choose.number()) % (len(parts[name]) + 1), parts[name]
    put = choose.one(("", "<", "&#0;", "99999999999", "\x00", '"', "<!DOCTYPE a>", "-1", "é", 'r="A0"', "NaN", "<c/>"))
    match choose.number() % 4:
        case 0:
            parts[name] = content[:at]
        case 1:
            del parts[name]
        case _:
            parts[name] = content[:at] + put.encode() + content[at + choose.number() % 20 :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return out.getvalue()


def workbook(data: bytes) -> bool:
    """Read the workbook that the bytes choose; one in two is mangled."""
    choose = Bytes(data)
    is_mangled = choose.number() % 2
    content = made(choose)
    content = mangled(content, choose) if is_mangled else content
    if choose.number() % 8 == 0:  # as a table of goals, by the same library
        with suppress(InvalidFile):
            sheet_rows(content, "plan.xlsx")
    return tables.workbook(content)
