"""People who sign in, and the boards they sit on or serve."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from recommendations import clock, permissions
from recommendations.models.tracked import Refused, Tracked, history_of


class UserQuerySet(models.QuerySet):
    def in_role(self, role):
        return self.filter(is_active=True, groups__name=role)

    def possible_owners(self):
        """Officers who can still sign in: only they see "My work"."""
        return self.in_role(permissions.OFFICERS).order_by("full_name")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address; deactivated when they leave, never deleted."""

    email = models.EmailField(
        "e-mail address", unique=True, error_messages={"unique": "Somebody has this address already."}
    )
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=200, blank=True)
    manager_email = models.EmailField(
        "manager’s e-mail address",
        blank=True,
        help_text="Told what this person is late with, where that is switched on.",
    )
    is_active = models.BooleanField("can sign in", default=True, help_text="Untick instead of deleting the person.")
    is_staff = models.BooleanField("may open the administration", default=False)
    history = history_of(excluded_fields=["password", "last_login"])

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                name="e_mail_addresses_are_kept_in_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message="Write the e-mail address in lower case.",
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    def clean(self):
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        """A sign-in is no change of the person, so it leaves no row in the history."""
        if kwargs.get("update_fields") != ["last_login"]:
            return super().save(*args, **kwargs)
        self.skip_history_when_saving = True
        try:
            return super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def delete(self, *args, **kwargs):
        raise Refused("People are deactivated, never deleted, so that the history keeps their name.")

    @cached_property
    def role_names(self):
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def board_ids(self):
        """The boards this person sits on or serves today."""
        return frozenset(self.memberships.current().values_list("board_id", flat=True))

    @property
    def is_clerk(self):
        return permissions.is_clerk(self)

    @property
    def is_officer(self):
        return permissions.is_officer(self)

    @property
    def is_member(self):
        return permissions.has_role(self, permissions.MEMBERS)

    @property
    def is_administrator(self):
        return permissions.has_role(self, permissions.ADMINISTRATORS)

    def get_full_name(self):
        return str(self)


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        on = on or clock.today()
        return self.filter(Q(since__lte=on), Q(until=None) | Q(until__gte=on))


class Membership(Tracked):
    """A person sits on a board or serves it, for a time; it opens that board's exempt matter to them."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)
    objects = MembershipQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["board", "user"]
        constraints = [
            models.CheckConstraint(
                name="a_membership_ends_after_it_began",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message="Give a last day that is not before the first.",
            )
        ]

    def __str__(self):
        return f"{self.user} on {self.board}"
