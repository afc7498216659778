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
from innovation.documents.validators.names import LONGEST, extension, tidy_name
from tests.documents import sample_files
from tests.documents.sample_files import WHOLE, docx, opendocument, upload, zipped


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
    wanted = extension(name)
    assert kind_of(upload(name, content)) == ("jpeg" if "j" in wanted else wanted)


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


def test_macros_are_refused() -> None:
    held = [
        ("plan.docx", docx(word__vbaProject=b"", **{"word__vbaProject.bin": b"x"})),
        ("plan.odt", opendocument("text", Basic__Standard=b"x")),
        ("plan.doc", sample_files.old_office("WordDocument", "_VBA_PROJECT")),
    ]
    for name, content in held:
        assert refusal_text(name, content).endswith(
            "contains macros: save it without them"
        )


def test_the_refusal_of_a_protected_file_says_what_to_do() -> None:
    protected = sample_files.old_office("EncryptedPackage")
    assert refusal_text("plan.docx", protected).endswith("save it without a password")
    flagged = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(mark)
        flagged[place + at] |= 1
    assert refusal_text("plan.docx", bytes(flagged)).endswith(
        "save it without a password"
    )


def test_a_bomb_is_refused_before_it_takes_time_or_memory() -> None:
    bomb = docx(word__media=bytes(archives.MAX_UNPACKED_BYTES))
    assert len(bomb) < 1_000_000
    began = time.process_time()
    assert "unpacks to more than we can check" in refusal_text("plan.docx", bomb)
    assert time.process_time() - began < 1


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
    tidied = tidy_name(name)
    assert 0 < len(tidied) <= LONGEST
    assert not {"/", "\\", "\n", "\x00", "\u202e", "\u200b"} & set(tidied)
    assert tidy_name(tidied) == tidied


def test_a_name_keeps_its_extension_and_its_accents() -> None:
    assert tidy_name("C:\\Users\\me\\Réunion d’été.PDF") == "Réunion d’été.PDF"
    assert tidy_name("../../etc/passwd") == "passwd"
    assert tidy_name("x" * 400 + ".docx").endswith("x.docx")
    assert extension("photo\u202egpj.exe") == "exe"


def test_a_checked_file_is_at_its_beginning() -> None:
    taken = upload("costs.xlsx", sample_files.xlsx())
    kind_of(taken)
    assert taken.read() == sample_files.xlsx()
    assert zipfile.is_zipfile(io.BytesIO(sample_files.xlsx()))
