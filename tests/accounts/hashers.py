"""The hashers of the tests about who has an account."""

from typing import Any

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """Fast, and counts how often it is run."""

    runs = 0

    def encode(self, password: Any, salt: Any) -> str:
        CountingHasher.runs += 1
        return str(super().encode(password, salt))
