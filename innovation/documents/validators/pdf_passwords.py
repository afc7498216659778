"""Whether a PDF needs a password to be opened: ISO 32000-2, 7.6.

A PDF that is only protected against printing or changes is encrypted with an empty
password, so everybody can open it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import md5, sha256, sha384, sha512
from itertools import islice

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_DICTIONARY_BYTES = 16_384
"""Trailers and the dictionary of the encryption are shorter."""
_MAX_TRAILERS = 100
"""If one of them names the encryption, all do."""
Value = bytes | int
"""A string or a name is bytes. Other values are not read."""
_PADDING = bytes.fromhex(
    "28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a"
)
_TRAILER = re.compile(rb"\btrailer\b(.*?)(?:startxref|%%EOF|\Z)", re.DOTALL)
_CROSS_REFERENCES = re.compile(rb"/Type\s*/XRef\b")
_REFERENCE = re.compile(rb"/Encrypt\s+(\d{1,10})\s+(\d{1,5})\s+R\b")
_DIRECT = re.compile(rb"/Encrypt\s*(?=<<)")
_TOKEN = re.compile(
    rb"(?:[\s\0]|%[^\r\n]*)*(?:"
    rb"/(?P<name>[^\s\0()<>\[\]{}/%]*)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<text>\()|(?P<word>[^\s\0()<>\[\]{}/%]+))"
)
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def needs_password(content: bytes) -> bool:
    for trailer in _trailers(content):
        if b"/Encrypt" in trailer:
            encryption = _read_dictionary(_find_encryption(content, trailer))
            identifier = re.search(rb"/ID\s*\[", trailer)
            ids = _strings(trailer[identifier.end() :]) if identifier else iter(())
            return not _opens(encryption, next(ids, b""))
    return False


def _trailers(content: bytes) -> Iterator[bytes]:
    """The dictionaries that say whether the file is encrypted. They are never
    compressed. A file that was changed has several.
    """
    for match in islice(_TRAILER.finditer(content), _MAX_TRAILERS):
        yield match[1][:_DICTIONARY_BYTES]
    for match in islice(_CROSS_REFERENCES.finditer(content), _MAX_TRAILERS):
        first = max(match.start() - _DICTIONARY_BYTES, 0)
        last = match.end() + _DICTIONARY_BYTES
        begin = content.rfind(b" obj", first, match.start())
        end = content.find(b"stream", match.end(), last)
        yield content[begin if begin >= 0 else first : end if end >= 0 else last]


def _find_encryption(content: bytes, trailer: bytes) -> bytes:
    if direct := _DIRECT.search(trailer):
        return trailer[direct.end() :]
    if reference := _REFERENCE.search(trailer):
        head = rb"(?<!\d)%d\s+%d\s+obj\b" % (int(reference[1]), int(reference[2]))
        places = [match.end() for match in re.finditer(head, content)]
        if places:
            return content[places[-1] : places[-1] + _DICTIONARY_BYTES]
    return b""


def _read_dictionary(text: bytes) -> dict[str, Value]:
    """The strings, names and whole numbers of the dictionary at the beginning."""
    values: dict[str, Value] = {}
    key, depth = "", 0
    for kind, value in _tokens(text):
        if kind in {"open", "close"}:
            depth += 1 if kind == "open" else -1
            key = ""
            if depth == 0:
                break
        elif depth == 1:
            if kind == "name" and not key:
                key = value.decode("latin-1")
            elif key:
                number = re.fullmatch(rb"[+-]?\d{1,10}", value)
                is_number = kind == "word" and number is not None
                values[key] = int(value) if is_number else value
                key = ""
    return values


def _strings(text: bytes) -> Iterator[bytes]:
    return (value for kind, value in _tokens(text) if kind in {"hex", "text"})


def _tokens(text: bytes) -> Iterator[tuple[str, bytes]]:
    place = 0
    while match := _TOKEN.match(text, place):
        kind, place = str(match.lastgroup), match.end()
        value: bytes = match[kind]
        if kind == "hex":
            digits = re.sub(rb"\s", b"", value).decode()
            value = bytes.fromhex(digits + "0" * (len(digits) % 2))
        elif kind == "text":
            end = _end_of_text(text, place)
            value, place = _ESCAPE.sub(_unescape, text[place:end]), end + 1
        yield kind, value


def _end_of_text(text: bytes, begin: int) -> int:
    """Parentheses inside a string are escaped or come in pairs."""
    depth, place = 1, begin
    while place < len(text):
        mark = text[place : place + 1]
        if mark == b"\\":
            place += 1
        elif mark in {b"(", b")"}:
            depth += 1 if mark == b"(" else -1
            if depth == 0:
                break
        place += 1
    return place


def _unescape(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    if mark is None:
        return b"\n"
    if mark[:1] in b"01234567":
        return bytes([int(mark, 8) & 255])
    if mark in {b"\r\n", b"\r", b"\n"}:
        return b""
    return _ESCAPED.get(mark, mark)


def _opens(encryption: Mapping[str, Value], identifier: bytes) -> bool:
    """Whether the empty password is right. With a certificate none is."""
    owner, user = encryption.get("O"), encryption.get("U")
    revision = encryption.get("R")
    if encryption.get("Filter") != b"Standard":
        return False
    if not isinstance(owner, bytes) or not isinstance(user, bytes) or len(user) < 32:
        return False
    if revision in (5, 6):
        salt = user[32:40]
        hashed = sha256(salt).digest() if revision == 5 else _hash_of_revision_6(salt)
        return hashed == user[:32]
    if revision not in (2, 3, 4):
        return False
    key = _file_key(encryption, owner, identifier)
    if revision == 2:
        return _rc4(key, _PADDING) == user[:32]
    check = _md5(_PADDING + identifier)
    for number in range(20):
        check = _rc4(bytes(byte ^ number for byte in key), check)
    return check == user[:16]


def _file_key(
    encryption: Mapping[str, Value], owner: bytes, identifier: bytes
) -> bytes:
    revision, permissions = encryption["R"], encryption.get("P", 0)
    assert isinstance(revision, int)
    allowed = permissions if isinstance(permissions, int) else 0
    seed = _PADDING + owner[:32] + (allowed & 0xFFFFFFFF).to_bytes(4, "little")
    seed += identifier
    if revision == 4 and encryption.get("EncryptMetadata") == b"false":
        seed += b"\xff" * 4
    length = _key_length(encryption)
    key = _md5(seed)[:length]
    for _ in range(50 if revision > 2 else 0):
        key = _md5(key)[:length]
    return key


def _key_length(encryption: Mapping[str, Value]) -> int:
    """In bytes. Some programs state it in bytes, and not in bits."""
    length = encryption.get("Length", 40)
    if encryption.get("R") == 2 or not isinstance(length, int):
        return 5
    if encryption.get("V") == 4:
        return 16
    return max(5, min(length // 8 if length >= 40 else length, 16))


def _hash_of_revision_6(salt: bytes) -> bytes:
    """Algorithm 2.B for an empty password."""
    hashes: tuple[Callable[[bytes], bytes], ...] = (
        lambda text: sha256(text).digest(),
        lambda text: sha384(text).digest(),
        lambda text: sha512(text).digest(),
    )
    key, number, last = sha256(salt).digest(), 0, 0
    while number < 64 or last > number - 32:
        cipher = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        text = cipher.update(key * 64) + cipher.finalize()
        key = hashes[sum(text[:16]) % 3](text)
        number, last = number + 1, text[-1]
    return key[:32]


def _md5(text: bytes) -> bytes:
    return md5(text, usedforsecurity=False).digest()


def _rc4(key: bytes, text: bytes) -> bytes:
    state, other = list(range(256)), 0
    for place in range(256):
        other = (other + state[place] + key[place % len(key)]) & 255
        state[place], state[other] = state[other], state[place]
    changed, place, other = bytearray(), 0, 0
    for byte in text:
        place = (place + 1) & 255
        other = (other + state[place]) & 255
        state[place], state[other] = state[other], state[place]
        changed.append(byte ^ state[(state[place] + state[other]) & 255])
    return bytes(changed)
