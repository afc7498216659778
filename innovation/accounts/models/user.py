"""The user model: a person who signs in with an email address."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from innovation.accounts.roles import ROLES, Permission, permissions_of
from innovation.audit.models import Chain
from innovation.core import clock, keys
from innovation.core.folding import Fold
from innovation.core.lines import OneLineField, plain_value, without_links


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        """Only creates the row; `people.add` also records the event."""
        if "chain" not in fields:
            fields["chain"] = Chain.objects.create(kind=Chain.Kind.PERSON)
        user = self.model(email=plain_value(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def with_address(self, address: str) -> "models.QuerySet[User]":
        """The users with this address: at most one who has confirmed it, and one who
        entered it at sign-up. `verified` says which; the confirmed one comes first.
        """
        confirmed = EmailAddress.objects.filter(
            user=OuterRef("pk"), email=address.lower(), verified=True
        )
        return (
            self.annotate(verified=Exists(confirmed))
            .filter(Q(email=address.lower()) | Q(verified=True))
            .order_by("-verified", "pk")
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A user. The roles are stored on the row, so that a request needs no query for
    them; who gave them and when is in the `RoleGrant`s and the person's chain. After
    `roles_change_at` the row is out of date, because a role has begun or ended, and the
    grants are read. A trigger sets `declared_interest` with the first interest that the
    user declares in a case; only then do lists have to leave out cases.
    """

    key = keys.field("USR")
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    email = models.EmailField(unique=True)
    name = OneLineField(max_length=150, blank=True)
    roles = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    roles_change_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True)
    declared_interest = models.BooleanField(default=False)
    wants_reminders = models.BooleanField(default=True, db_default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    demonstration = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    """Incremented to end all sessions and reset links of the user."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # Used by allauth's templates and adapters.
    is_staff = False
    is_superuser = False

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["roles_change_at"],
                name="user_roles_change",
                condition=Q(roles_change_at__isnull=False),
            ),
            GinIndex(
                OpClass(Fold("name"), "gin_trgm_ops"),
                OpClass(Fold("email"), "gin_trgm_ops"),
                name="user_search",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_lower"
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=sorted(ROLES)), name="user_roles_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's hash covers only the password, so that sessions would survive when
        an account is deactivated and reactivated.
        """
        proof = f"{self.password}{self.session_epoch}"
        salt = "innovation.accounts.User.get_session_auth_hash"
        return salted_hmac(salt, proof, secret=secret, algorithm="sha256").hexdigest()

    @property
    def greeting(self) -> str:
        """The first line of a letter. It has no name until the person has signed in,
        because somebody else may have typed it.
        """
        is_named = self.name and self.last_login
        return f"Dear {without_links(self.name)}" if is_named else "Hello"

    @cached_property
    def roles_in_force(self) -> list[str]:
        """The roles at this moment, even if the row is out of date."""
        now = clock.now()
        if self.roles_change_at is None or now < self.roles_change_at:
            return self.roles
        return self.roles_at(now)

    def roles_at(self, at: datetime) -> list[str]:
        """The roles of the row, corrected by grants that have begun or ended since."""
        names = set(self.roles)
        open_grants = self.role_grants.filter(ended_at=None).order_by("starts_at")
        for grant in open_grants:
            has_ended = grant.ends_at is not None and grant.ends_at <= at
            if has_ended:
                names.discard(grant.role)
            elif grant.starts_at <= at:
                names.add(grant.role)
        return sorted(names)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles_in_force)

    @property
    def statement_values(self) -> tuple[int, str]:
        return self.pk, self.email

    @property
    def statement_shape(self) -> tuple[object, ...]:
        """What policies read of a user, except who they are: see `core.statements`."""
        return type(self), self.is_active, self.declared_interest, self.permissions

    def stand_in(self, values: Sequence[Any]) -> "User":
        """Another user with the same permissions: see `core.statements`."""
        pk, email = values
        user = User(
            pk=pk,
            email=email,
            is_active=self.is_active,
            declared_interest=self.declared_interest,
        )
        user.permissions = self.permissions
        return user

    @property
    def titles(self) -> list[str]:
        return [ROLES[name].title for name in self.roles_in_force]

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in self.permissions

    @property
    def needs_second_factor(self) -> bool:
        return any(ROLES[name].second_factor for name in self.roles_in_force)
