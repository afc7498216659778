"""Small files that made-up applicants add to their applications."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {more} >>"
_FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def letter(name: str, lines: Sequence[str]) -> "SimpleUploadedFile":
    """A PDF of one page with these lines."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 72 770 Td 18 TL {shown} ET"
    return SimpleUploadedFile(
        name,
        _pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                _PAGE.format(more=f"/Resources {_FONT} /Contents 4 0 R"),
                f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            ]
        ),
    )


def _pdf(objects: Sequence[str]) -> bytes:
    """The file with its table of where each object begins."""
    content, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    ).encode("ascii")


def costs(name: str, rows: Sequence[Sequence[object]]) -> "SimpleUploadedFile":
    """A workbook of one sheet with these rows."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Costs")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile(name, output.getvalue())
