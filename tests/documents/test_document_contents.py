"""What a file says it is must be what is in it."""

import io
import random
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.documents.validators import FileRejected, archives, kind_of
from innovation.documents.validators.kinds import MEDIA_TYPES
from innovation.documents.validators.names import LONGEST, extension, tidy_name
from tests.documents import sample_files
from tests.documents.encrypted_pdfs import ENCRYPTED_PDFS, EncryptedPdf
from tests.documents.sample_files import (
    EXCEL_TYPE,
    WHOLE,
    WORD_TYPE,
    content_types,
    docx,
    old_office,
    opendocument,
    upload,
    zipped,
)

KIND_CODES = set(MEDIA_TYPES)
LOCKED_DOCUMENT = bytes(10) + struct.pack("<H", 0x0100)
WORKBOOK = struct.pack("<HH16x", 0x0809, 16)
"""The first record of one."""


def refusal_text(name: str, content: bytes) -> str:
    with pytest.raises(FileRejected) as raised:
        kind_of(upload(name, content))
    return str(raised.value)


def is_accepted_or_named(name: str, content: bytes) -> bool:
    """True where it is taken, or refused in words that begin with its name."""
    try:
        return bool(kind_of(upload(name, content)))
    except FileRejected as error:
        return str(error).startswith(f"“{name}” ")


@pytest.mark.parametrize(("name", "content"), WHOLE.items(), ids=WHOLE)
def test_a_whole_file_of_each_kind_is_taken(name: str, content: bytes) -> None:
    suffix = extension(name)
    assert kind_of(upload(name, content)) == ("jpeg" if "j" in suffix else suffix)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("other", WHOLE)
def test_a_file_with_the_extension_of_another_kind_is_refused(
    name: str, other: str
) -> None:
    if extension(name)[:2] == extension(other)[:2] and "j" in extension(name):
        return
    if extension(name) != extension(other):
        refusal_text(name, WHOLE[other])


@pytest.mark.parametrize("name", [n for n in WHOLE if n not in {"plan.doc"}])
def test_a_truncated_file_is_refused(name: str) -> None:
    content = WHOLE[name]
    if extension(name) not in {"doc", "xls"}:
        assert "damaged" in refusal_text(name, content[: len(content) // 2])


@pytest.mark.parametrize(
    "name",
    ["run.exe", "page.html", "image.svg", "plan", "plan.pdf.exe", ".pdf", "a.zip"],
)
def test_other_extensions_are_refused(name: str) -> None:
    assert refusal_text(name, sample_files.PDF).endswith(
        "must be a PDF, Word, OpenDocument, Excel, PNG or JPEG file"
    )


def test_an_empty_file_and_a_large_one_are_refused() -> None:
    assert refusal_text("plan.pdf", b"") == "“plan.pdf” is empty"
    large = sample_files.PDF + bytes(10_000_000)
    assert refusal_text("plan.pdf", large) == "“plan.pdf” must be smaller than 10MB"


def test_macros_are_refused_in_every_kind_that_can_have_them() -> None:
    macros = {"word__vbaProject.bin": b"x"}
    office_files = [
        ("plan.docx", docx(**macros)),
        ("costs.xlsx", zipped({**content_types(EXCEL_TYPE), "xl/vbaProject.bin": b""})),
        ("plan.odt", opendocument("text", Basic__Standard=b"x")),
        ("costs.ods", opendocument("spreadsheet", Basic__Standard=b"x")),
        ("slides.odp", opendocument("presentation", Scripts__python=b"x")),
        ("plan.doc", old_office("WordDocument", "_VBA_PROJECT")),
        ("costs.xls", old_office("Workbook", "_VBA_PROJECT_CUR")),
    ]
    assert {extension(name) for name, _ in office_files} == KIND_CODES - {
        "pdf",
        "png",
        "jpeg",
    }
    for name, content in office_files:
        assert refusal_text(name, content) == (
            f"“{name}” contains macros: save it without them"
        )


def test_a_password_is_found_in_every_kind_that_can_have_one() -> None:
    package = old_office("EncryptedPackage")
    manifest = {"META-INF__manifest.xml": b"<manifest:encryption-data/>"}
    pdf = next(pdf for pdf in ENCRYPTED_PDFS if pdf.needs_password)
    locked = [
        ("plan.pdf", pdf.with_trailer()),
        ("plan.docx", package),
        ("costs.xlsx", package),
        ("plan.odt", opendocument("text", **manifest)),
        ("costs.ods", opendocument("spreadsheet", **manifest)),
        ("slides.odp", opendocument("presentation", **manifest)),
        ("plan.doc", old_office("WordDocument", content=LOCKED_DOCUMENT)),
        ("costs.xls", old_office("Workbook", content=WORKBOOK + b"\x2f\0\x04\0")),
    ]
    assert {extension(name) for name, _ in locked} == KIND_CODES - {"png", "jpeg"}
    for name, content in locked:
        assert refusal_text(name, content) == (
            f"“{name}” cannot be checked: save it without a password"
        )
    document = old_office("Workbook", content=WORKBOOK + b"\x42\0\x02\0")
    assert kind_of(upload("costs.xls", document)) == "xls"


def test_the_refusal_of_a_protected_file_says_what_to_do() -> None:
    protected = sample_files.old_office("EncryptedPackage")
    assert refusal_text("plan.docx", protected).endswith("save it without a password")
    assert refusal_text("plan.doc", protected).endswith("save it without a password")
    flagged = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(mark)
        flagged[place + at] |= 1
    assert refusal_text("plan.docx", bytes(flagged)).endswith(
        "save it without a password"
    )


def test_an_opendocument_that_is_encrypted_as_a_whole_is_found() -> None:
    """As LibreOffice 24.8 writes it: without `content.xml`."""
    manifest = {"META-INF__manifest.xml": b"<manifest:encryption-data/>"}
    locked = opendocument("text", **manifest).replace(b"content.xml", b"package.bin")
    assert refusal_text("plan.odt", locked).endswith("save it without a password")


def test_a_workbook_with_macros_is_refused_under_the_name_of_one_without() -> None:
    macro_type = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    named = {
        "listed": zipped(content_types(macro_type)),
        "in a part": zipped({**content_types(EXCEL_TYPE), "xl/vbaProject.bin": b"x"}),
        "of Excel 4": zipped({**content_types(EXCEL_TYPE), "xl/macrosheets/a": b"x"}),
    }
    for where, content in named.items():
        message = refusal_text("costs.xlsx", content)
        assert message.endswith("contains macros: save it without them"), where


def test_macros_of_an_embedded_workbook_are_refused() -> None:
    inner = zipped({**content_types(EXCEL_TYPE), "xl/vbaProject.bin": b"x"})
    assert "contains macros" in refusal_text("plan.docx", docx(word__sheet=inner))


def test_the_main_part_may_have_another_name() -> None:
    parts = content_types(WORD_TYPE, "/word/document2.xml")
    content = zipped({**parts, "word/document2.xml": b"<document/>"})
    assert kind_of(upload("plan.docx", content)) == "docx"
    listed = parts["[Content_Types].xml"].decode().encode("utf-16")
    assert kind_of(upload("plan.docx", zipped({"[Content_Types].xml": listed})))


@pytest.mark.parametrize(
    "pdf",
    ENCRYPTED_PDFS,
    ids=lambda pdf: f"{pdf.revision} {'locked' if pdf.needs_password else 'open'}",
)
def test_a_pdf_that_needs_a_password_is_refused_and_one_that_opens_is_taken(
    pdf: EncryptedPdf,
) -> None:
    for content in (pdf.with_trailer(), pdf.with_stream()):
        if pdf.needs_password:
            assert refusal_text("plan.pdf", content) == (
                "“plan.pdf” cannot be checked: save it without a password"
            )
        else:
            assert kind_of(upload("plan.pdf", content)) == "pdf"


def test_a_pdf_for_the_holders_of_a_certificate_is_refused() -> None:
    content = ENCRYPTED_PDFS[0].with_trailer().replace(b"/Standard", b"/Adobe.PubSec")
    assert refusal_text("plan.pdf", content).endswith("save it without a password")


def test_a_pdf_that_writes_about_encryption_is_taken() -> None:
    text = b"2 0 obj <<>> stream\n(/Encrypt 5 0 R) Tj endstream endobj\ntrailer"
    content = sample_files.PDF.replace(b"trailer", text)
    assert kind_of(upload("plan.pdf", content)) == "pdf"


def test_a_pdf_may_have_other_bytes_before_and_after_it() -> None:
    for content in (
        b"\xef\xbb\xbf" + sample_files.PDF,
        b"Content-Type: application/pdf\r\n\r\n" + sample_files.PDF,
        sample_files.PDF + bytes(9_000),
    ):
        assert kind_of(upload("plan.pdf", content)) == "pdf"
    assert "damaged" in refusal_text("plan.pdf", bytes(2_000) + sample_files.PDF)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.doc", docx(), "is a Word document: change the end of its name to .docx"),
        (
            "plan.docx",
            old_office("WordDocument"),
            "is a Word document: change the end of its name to .doc",
        ),
        (
            "photo.png",
            sample_files.JPEG,
            "is a JPEG image: change the end of its name to .jpg",
        ),
        (
            "plan.doc",
            b"{\\rtf1 Plan}",
            "is a Rich Text file, which we cannot take: save it as a Word document",
        ),
        (
            "costs.xls",
            b"\n<!DOCTYPE html><table>",
            "is a web page, which we cannot take: save it as an Excel workbook",
        ),
        (
            "photo.jpg",
            bytes(4) + b"ftypheic" + bytes(40),
            "is a HEIC or AVIF image, which we cannot take: save it as a JPEG image",
        ),
        (
            "photo.png",
            b"RIFF0000WEBPVP8 ",
            "is a WebP image, which we cannot take: save it as a PNG image",
        ),
    ],
)
def test_the_refusal_of_a_misnamed_file_says_what_it_is(
    name: str, content: bytes, sentence: str
) -> None:
    assert refusal_text(name, content) == f"“{name}” {sentence}"


def test_a_bomb_is_refused_before_it_takes_time_or_memory() -> None:
    bomb = docx(word__media=bytes(archives.MAX_UNPACKED_BYTES))
    assert len(bomb) < 1_000_000
    started = time.process_time()
    assert "unpacks to more than we can check" in refusal_text("plan.docx", bomb)
    assert time.process_time() - started < 1


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(docx(word__media=bytes(archives.MAX_UNPACKED_BYTES)))
    place = bomb.rfind(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 1000)
    refusal_text("plan.docx", bytes(bomb))


def test_a_bomb_of_many_parts_spends_one_budget() -> None:
    part = bytes(archives.MAX_UNPACKED_BYTES // 10)
    parts = {f"word__part{number}": part for number in range(11)}
    refusal = refusal_text("plan.docx", docx(**parts))
    assert "unpacks to more than we can check" in refusal


def test_a_bomb_inside_an_embedded_file_is_refused() -> None:
    inner = zipped({"xl/sheet.xml": bytes(archives.MAX_UNPACKED_BYTES)})
    message = refusal_text("plan.docx", docx(word__embeddings__sheet=inner))
    assert "unpacks to more" in message


def test_an_embedded_spreadsheet_is_accepted_but_not_a_third_level() -> None:
    sheet = sample_files.xlsx()
    assert kind_of(upload("plan.docx", docx(word__sheet=sheet))) == "docx"
    deep = zipped({"one": zipped({"two": b"x"})})
    assert "archives within archives" in refusal_text(
        "plan.docx", docx(word__deep=deep)
    )


def test_an_archive_of_too_many_entries_is_refused() -> None:
    many = {f"word/{number}": b"" for number in range(25_000)}
    assert "unpacks to more than we can check" in refusal_text(
        "plan.docx", zipped({**sample_files.TYPES, **many})
    )


def test_archive_entries_outside_the_folder_and_other_compressions_are_refused() -> (
    None
):
    assert "damaged" in refusal_text("plan.docx", docx(**{"..__..__etc__passwd": b"x"}))
    entries = {**sample_files.TYPES, "word/document.xml": b"<document/>"}
    packed = zipped(entries, zipfile.ZIP_LZMA)
    assert "damaged" in refusal_text("plan.docx", packed)


def test_an_image_with_too_many_pixels_is_refused() -> None:
    assert "too many pixels" in refusal_text(
        "map.png", sample_files.png(50_000, 50_000)
    )


@given(st.binary(max_size=300), st.sampled_from(sorted(WHOLE)))
def test_no_content_breaks_the_check(content: bytes, name: str) -> None:
    assert is_accepted_or_named(name, content)


@given(st.randoms(use_true_random=False), st.sampled_from(["plan.docx", "costs.xlsx"]))
def test_no_damage_breaks_the_check(chance: random.Random, name: str) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    assert is_accepted_or_named(name, bytes(content))


@given(st.text(max_size=300))
def test_a_tidied_name_is_short_and_has_no_invisible_characters(name: str) -> None:
    clean_name = tidy_name(name)
    assert 0 < len(clean_name) <= LONGEST
    assert not {"/", "\\", "\n", "\x00", "\u202e", "\u200b"} & set(clean_name)
    assert tidy_name(clean_name) == clean_name


def test_a_name_keeps_its_extension_and_its_accents() -> None:
    assert tidy_name("C:\\Users\\me\\Réunion d’été.PDF") == "Réunion d’été.PDF"
    assert tidy_name("../../etc/passwd") == "passwd"
    assert tidy_name("x" * 400 + ".docx").endswith("x.docx")
    assert extension("photo\u202egpj.exe") == "exe"


def test_a_checked_file_is_at_its_beginning() -> None:
    uploaded = upload("costs.xlsx", sample_files.xlsx())
    kind_of(uploaded)
    assert uploaded.read() == sample_files.xlsx()
    assert zipfile.is_zipfile(io.BytesIO(sample_files.xlsx()))
