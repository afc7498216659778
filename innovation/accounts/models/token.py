"""API tokens: stored as a hash, with scopes and an end."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from innovation.accounts.models.user import User
from innovation.accounts.scopes import Scope
from innovation.audit.models import Chain
from innovation.core import keys
from innovation.core.lines import OneLineField


class ApiToken(models.Model):
    key = keys.field("TOK")
    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    name = OneLineField(max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> Chain:
        return self.user.chain

    @property
    def scope_words(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]
