"""PDFs that pypdf encrypted, with and without a password to open them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EncryptedPdf:
    """The values of the dictionary of the encryption; texts are in hexadecimal."""

    version: int
    revision: int
    length: int
    permissions: int
    owner: str
    user: str
    identifier: str
    needs_password: bool

    def with_trailer(self) -> bytes:
        """As older programs write it: the dictionary stands apart from the trailer."""
        return (
            b"%PDF-1.6\n1 0 obj <</Type /Catalog>> endobj\n"
            b"5 0 obj\n" + self._dictionary(hexadecimal=True) + b"\nendobj\n"
            b"trailer <</Root 1 0 R /Encrypt 5 0 R /ID [<"
            + self.identifier.encode()
            + b"> <00>]>>\nstartxref\n9\n%%EOF\n"
        )

    def with_stream(self) -> bytes:
        """As newer programs write it: a stream of cross-references has the entries of
        the trailer, and strings are in parentheses.
        """
        return (
            b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n7 0 obj\n<</Type /XRef"
            b" /Root 1 0 R /Encrypt "
            + self._dictionary(hexadecimal=False)
            + b" /ID [("
            + _escape(bytes.fromhex(self.identifier))
            + b")(x)] /Length 3>>\nstream\nabc\nendstream endobj\nstartxref\n9\n%%EOF\n"
        )

    def _dictionary(self, *, hexadecimal: bool) -> bytes:
        owner, user = (
            f"<{text}>".encode()
            if hexadecimal
            else b"(" + _escape(bytes.fromhex(text)) + b")"
            for text in (self.owner, self.user)
        )
        numbers = (
            f"/V {self.version} /R {self.revision} /Length {self.length} "
            f"/P {self.permissions} /CF <</StdCF <</R 9 /CFM /AESV2>>>> % (A comment\n"
        )
        return (
            b"<</Filter /Standard "
            + numbers.encode()
            + b"/O "
            + owner
            + b" /U "
            + user
            + b" /EncryptMetadata true>>"
        )


def _escape(text: bytes) -> bytes:
    named = {b"\n": b"\\n", b"\r": b"\\015"}
    return re.sub(
        rb"[\\()\n\r]", lambda match: named.get(match[0], b"\\" + match[0]), text
    )


ENCRYPTED_PDFS = [
    EncryptedPdf(
        1,
        2,
        40,
        -4,
        "c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab",
        "bb471392fa1d222917967cf23a9738999958e24d4bbe32b8c46c93bb05e91306",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=False,
    ),
    EncryptedPdf(
        1,
        2,
        40,
        -4,
        "92fe0f4454ad4c9644693f33c07cb54f587dce1e2682fe9ecea6107a1ef630dd",
        "de0462827670cb218e93ab4d965a757a8288ff1eddf05695546fcbffb6839afd",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=True,
    ),
    EncryptedPdf(
        2,
        3,
        128,
        -4,
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "2b56f4791463386a7aeddddebdff3ca828bf4e5e4e758a4164004e56fffa0108",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=False,
    ),
    EncryptedPdf(
        2,
        3,
        128,
        -4,
        "0db5855fc5326569e765906caf64e4429a4c20d6e996fdef963e9b5080f9e083",
        "476b068bc44e201ce6d5ac6b3fcdb02e28bf4e5e4e758a4164004e56fffa0108",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=True,
    ),
    EncryptedPdf(
        4,
        4,
        128,
        -4,
        "566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5",
        "2b56f4791463386a7aeddddebdff3ca828bf4e5e4e758a4164004e56fffa0108",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=False,
    ),
    EncryptedPdf(
        4,
        4,
        128,
        -4,
        "0db5855fc5326569e765906caf64e4429a4c20d6e996fdef963e9b5080f9e083",
        "476b068bc44e201ce6d5ac6b3fcdb02e28bf4e5e4e758a4164004e56fffa0108",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=True,
    ),
    EncryptedPdf(
        5,
        6,
        256,
        -4,
        "6dac3418477283a8c290b8515599eb971e69c0431a8ba94bf992162bb8f25b22"
        "ad66623bbe1fdd72b4312f4d62abd151",
        "43459f336b18f694720633142639fefe06804acd895cd7385fcc7c5f7ed9d431"
        "c4bf4b1af6f18ba0c76940a05438b4b2",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=False,
    ),
    EncryptedPdf(
        5,
        6,
        256,
        -4,
        "ae9f738a5d80f97070efaaae11f3d34b5b93a295c34b3e390fdfcf4d7ddace06"
        "2925259c87ecf6cb4cb8c53fb1697a37",
        "2bf249120ce16cc8cfb665a7ae3ef30afbfcaf060af5c57e982918fdc8b81484"
        "502e9206659b3560ecd15c71b4c84283",
        "3039353331666338613730316337306237633732333030363835363236386463",
        needs_password=True,
    ),
]
