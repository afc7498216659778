"""What the format of a workbook's cell says that its value does not.

A cell that shows `$1,000,000` holds the number 1000000.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

_MONTH_AND_YEAR = 17
"""The number of the built-in format `mmm-yy`."""
_PERCENT = {9, 10}
_POUNDS = {"£", "GBP"}
_SYMBOL_IN_BRACKETS = re.compile(r"\[\$([^\]\-]+)")
_SYMBOL = re.compile(r"[$€¥₹₩₽₪]|\b[A-Z]{3}\b")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_UNIT = re.compile(r"\b(?:k|m|mn|bn|thousand|million|billion)\b", re.IGNORECASE)
_WHITE = {"FFFFFFFF", "00FFFFFF"}


@dataclass(frozen=True, slots=True)
class CellFormat:
    """`currency` is a symbol other than £; `unit` is what is shown after the number,
    and `scaled` is whether the number is shown divided by thousands.
    `shown_as` is how a date without its day, or a number with leading zeros, is shown.
    """

    struck: bool = False
    hidden: bool = False
    percent: bool = False
    coloured: bool = False
    currency: str = ""
    unit: str = ""
    scaled: bool = False
    shown_as: str = ""


def read(styles: bytes | None) -> list[CellFormat]:
    """The formats in the order in which cells refer to them."""
    if styles is None:
        return []
    root = ElementTree.fromstring(styles)
    codes = {
        number.get("numFmtId", ""): number.get("formatCode", "")
        for number in root.iterfind(".//{*}numFmts/{*}numFmt")
    }
    struck = [is_struck(font) for font in root.iterfind(".//{*}fonts/{*}font")]
    coloured = [_is_coloured(fill) for fill in root.iterfind(".//{*}fills/{*}fill")]
    return [
        _cell_format(
            codes.get(xf.get("numFmtId", "0"), ""),
            number=int(xf.get("numFmtId", "0")),
            struck=_flag(struck, xf.get("fontId")),
            coloured=_flag(coloured, xf.get("fillId")),
        )
        for xf in root.iterfind(".//{*}cellXfs/{*}xf")
    ]


def is_struck(font: ElementTree.Element) -> bool:
    """Whether a font, or the part of a text that has one, is struck through."""
    strikes = [*font.iterfind(".//{*}strike"), *font.iterfind(".//{*}dstrike")]
    return any(strike.get("val", "1") not in ("0", "false") for strike in strikes)


def has_raised_number(text: ElementTree.Element) -> bool:
    """Whether a part of it is a raised or lowered number, as of a footnote."""
    return any(
        (run.findtext("{*}t") or "").strip().isdigit()
        and run.find("{*}rPr/{*}vertAlign") is not None
        for run in text.iterfind(".//{*}r")
    )


def _cell_format(code: str, *, number: int, struck: bool, coloured: bool) -> CellFormat:
    literals = " ".join(" ".join(pair) for pair in _QUOTED.findall(code)).strip()
    plain = _QUOTED.sub("", re.sub(r"\[[^\]]*\]", "", code))
    return CellFormat(
        struck=struck,
        coloured=coloured,
        hidden=plain.strip() == ";;;",
        percent="%" in plain or number in _PERCENT,
        currency=_currency(code, plain, literals),
        unit=_unit(plain, literals),
        scaled=_SCALED.search(plain) is not None,
        shown_as=_shown_as(plain.casefold(), number),
    )


def _currency(code: str, plain: str, literals: str) -> str:
    symbols = [
        *_SYMBOL_IN_BRACKETS.findall(code),
        *_SYMBOL.findall(literals),
        *re.findall("[$€¥₹₩₽₪]", plain),
    ]
    return next((s.strip() for s in symbols if s.strip() not in _POUNDS), "")


def _unit(plain: str, literals: str) -> str:
    """The unit after the number, unless the format divides by it."""
    unit = _UNIT.search(literals)
    return unit[0] if unit and not _SCALED.search(plain) else ""


def _shown_as(plain: str, number: int) -> str:
    """A format of `date.strftime`, or as many zeros as a number is filled up to."""
    if number == _MONTH_AND_YEAR:
        return "%Y-%m"
    if re.fullmatch("0{2,20}", plain):
        return plain
    if set(plain) & set("dhs") or not set(plain) & set("ym"):
        return ""
    return "%Y-%m" if "m" in plain else "%Y"


def _is_coloured(fill: ElementTree.Element) -> bool:
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return False
    colour = pattern.find("{*}fgColor")
    return colour is None or not (
        colour.get("rgb") in _WHITE or colour.get("theme") == "0"
    )


def _flag(flags: list[bool], place: str | None) -> bool:
    return place is not None and int(place) < len(flags) and flags[int(place)]
