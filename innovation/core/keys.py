"""Random references that never change: `EOI-7K3M2-9QXTR`.

Fifty random bits in Crockford's alphabet (no I, L, O or U), so that a reference does
not show how many there are, and can be read out over the telephone.
"""

import re
import secrets

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.deconstruct import deconstructible

from innovation.core.folding import fold

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILOU", "110V")
_REFERENCE = re.compile(r"(?P<prefix>[A-Z]{3})(?P<characters>[0-9A-Z]{10})")


@deconstructible
class NewKey:
    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __call__(self) -> str:
        characters = "".join(secrets.choice(ALPHABET) for _ in range(10))
        return f"{self.prefix}-{characters[:5]}-{characters[5:]}"


def field(prefix: str) -> "models.CharField[str | Combinable, str]":
    return models.CharField(
        max_length=20, unique=True, editable=False, default=NewKey(prefix)
    )


def normalise(typed_key: str) -> str:
    """The stored form of a reference that somebody typed: “eoi 533vt py4e3” is
    “EOI-533VT-PY4E3”. Any other text, such as “bidirectional”, is only folded.
    """
    text = fold(typed_key).upper()
    match = _REFERENCE.fullmatch(text.replace(" ", ""))
    if match is None or text.isalpha():
        return text
    characters = match["characters"].translate(_LOOKALIKES)
    return f"{match['prefix']}-{characters[:5]}-{characters[5:]}"
