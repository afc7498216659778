"""Password validators besides Django's."""

import re

from django.core.exceptions import ValidationError

SERVICE_WORDS = (
    *("children", "childrens", "child", "social", "care", "innovation", "programme"),
    *("department", "education", "dfe", "gov", "council", "grant", "bid", "board"),
    *("investment", "minister", "england", "password", "welcome", "admin", "the"),
)
"""Words that attackers would try first."""
MIN_OTHER_LETTERS = 6
_WORDS = re.compile("|".join(sorted(SERVICE_WORDS, key=len, reverse=True)))
_LETTERS = re.compile(r"[^\W\d_]")


class ServiceWordsValidator:
    """Refuses a password with fewer than `MIN_OTHER_LETTERS` letters besides words
    associated with the service (OWASP ASVS 5.0, 6.2.11).
    """

    def validate(self, password: str, user: object = None) -> None:
        other_text = _WORDS.sub("", password.lower())
        other_letters = _LETTERS.findall(other_text)
        if other_text != password.lower() and len(other_letters) < MIN_OTHER_LETTERS:
            raise ValidationError(
                "The password is made of words about this service, which people guess "
                "first. Add words that have nothing to do with it",
                code="password_about_the_service",
            )

    def get_help_text(self) -> str:
        return "Not made of words about this service."
