"""People who sign in, and the boards they sit on or serve."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models import entitled, rights
from recommendations.models.tracked import Refused, Tracked, history_of
from recommendations.words import day


class UserQuerySet(models.QuerySet):
    def in_role(self, role):
        return self.filter(is_active=True, groups__name=role)

    def possible_owners(self):
        """Officers who can still sign in: only they see "My work"."""
        return self.in_role(permissions.OFFICERS).order_by("full_name")

    def for_list(self):
        """Those who can sign in first, each with roles and the boards of today, in three queries."""
        current = Membership.objects.current().select_related("board")
        rows = self.prefetch_related("groups", Prefetch("memberships", current, to_attr="sits_on"))
        return rows.order_by("-is_active", "full_name", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Whoever sets the site up administers it, from the first page on, where the groups are loaded."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.groups.set(Group.objects.filter(name=permissions.ADMINISTRATORS))
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address; deactivated when they leave, never deleted."""

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("Somebody has this address already.")}
    )
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=200, blank=True)
    manager_email = models.EmailField(
        _("manager’s e-mail address"),
        blank=True,
        help_text=_("Told what this person is late with, where that is switched on."),
    )
    is_active = models.BooleanField(
        _("can sign in"), default=True, help_text=_("Untick instead of deleting the person.")
    )
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    history = history_of(excluded_fields=["password", "last_login"])

    objects = UserManager()
    # As every tracked record, but without their column: a version is counted, since a sign-in is no change.
    record, locked, _locking, _is_locked = Tracked.record, Tracked.locked, Tracked._locking, False
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        # Lists by owner begin with the first names.
        indexes = [models.Index(name="people_by_name", fields=["full_name"])]
        constraints = [
            models.CheckConstraint(
                name="e_mail_addresses_are_kept_in_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    def clean(self):
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        """A sign-in is no change of the person, so it leaves no row in the history. A change of rights is on record."""
        if kwargs.get("update_fields") != ["last_login"]:
            # Chosen by whomever: on our page, in the administration, at a shell. A letter's first one as well.
            is_new_password = self.pk is not None and self._password is not None
            with rights.on_record(self):
                saved = super().save(*args, **kwargs)
                if is_new_password:
                    rights.note_password(self)
            return saved
        self.skip_history_when_saving = True
        try:
            return super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def delete(self, *args, **kwargs):
        raise Refused(_("People are deactivated, never deleted, so that the history keeps their name."))

    @property
    def version(self):
        return self.history.count()

    @property
    def access(self):
        """Whether the person can sign in, and did, in words."""
        if not self.is_active:
            return _("Cannot sign in")
        if self.last_login:
            return _("Can sign in")
        return _("Has not signed in yet") if self.has_usable_password() else _("Invited, has not signed in yet")

    def enter(self, *, roles, by, boards=(), since=None):
        """Enter somebody who is new here. They choose their own password through a letter."""
        with rights.on_record(self, by=by):
            self.email = self.email.strip().lower()
            self.must_have_own_address(self.email)
            self.set_unusable_password()
            self.is_staff = permissions.ADMINISTRATORS in roles
            self.record(by=by, reason=self._giving(roles, by))
            self._take(roles)
            for board in boards:
                Membership(user=self, board=board, since=since or clock.today()).begin(by=by)
        return self

    def correct(self, *, full_name, job_title, email, roles, by, version=None):
        """Put name, work, address and roles right; the address of who has signed in only by an administrator."""
        with self.locked(version=version), rights.on_record(self, by=by):
            self.must_be_open_to(by)
            email = email.strip().lower()
            if email != self.email and not permissions.can_change_address(by, self):
                raise Refused(_("%(person)s has signed in with this address. An administrator can change it.")
                              % {"person": self})  # fmt: skip
            self.must_have_own_address(email)
            self.full_name, self.job_title, self.email = full_name, job_title, email
            # What a superuser may open does not hang on a role.
            self.is_staff = self.is_superuser or permissions.ADMINISTRATORS in roles
            self.record(by=by, reason=self._giving(roles, by))
            self._take(roles)
        return self

    def have_roles(self, roles):
        """As the council's own provider tells them at a sign-in, taking away as well. Never a superuser's."""
        if set(roles) == self.role_names:
            return self
        told = _("By the groups of the council account.")
        with self.locked(), rights.on_record(self, words=told):
            self.is_staff = permissions.ADMINISTRATORS in roles
            self.record(by=None, reason=told)
            self._take(roles)
        return self

    def switch(self, is_active, *, by, reason, version=None):
        """Let the person sign in, or no longer. What they did and own stays theirs."""
        with self.locked(version=version), rights.on_record(self, by=by, words=reason):
            if not permissions.may_switch_person(by, self):
                raise Refused(_("Only another administrator says who can sign in."))
            self.is_active = is_active
            self.record(by=by, reason=reason)
        return self

    def note_invitation(self, *, by):
        """The history keeps when somebody was invited, and by whom."""
        return self.record(by=by, reason=_("Invited by e-mail."))

    def must_have_own_address(self, email):
        if User.objects.filter(email=email).exclude(pk=self.pk).exists():
            raise Refused(_("Somebody has the address %(address)s already.") % {"address": email})

    def must_be_open_to(self, by):
        """The refusal for whoever may not change this person."""
        self.__dict__.pop("_rights", None)
        if by is not None and not permissions.may_change_person(by, self):
            raise Refused(_("You cannot change %(person)s. An administrator can.") % {"person": self})

    def _giving(self, roles, by):
        """The reason that the history keeps; the refusal where `by` may not give one of them."""
        given = permissions.roles_given_by(by) if by else permissions.ROLES
        if refused := [role for role in roles if role not in given]:
            raise Refused(_("Only an administrator gives the role “%(role)s”.") % {"role": refused[0]})
        if not roles:
            raise Refused(_("Give at least one role: without one, nobody may open anything."))
        return _("Roles: %(roles)s.") % {"roles": ", ".join(sorted(roles))}

    def _take(self, roles):
        groups = Group.objects.filter(name__in=roles)
        if len(groups) < len(set(roles)):
            raise Refused(
                _("The roles are not on this site yet. Whoever runs its server has to load the reference data.")
            )
        self.groups.set(groups)
        self.__dict__.pop("_rights", None)

    @classmethod
    def entitled(cls, key):
        """The person with this key and their rights, in one question, for every page begins with it; None of nobody."""
        person, rights = entitled.with_rights(cls, key, clock.today())
        if person is not None:
            person._rights = rights
        return person

    @cached_property
    def _rights(self):
        """({role: whether it needs a second factor}, the boards of today), in one query."""
        return entitled.rights_of(self.pk, clock.today())

    @property
    def _roles(self):
        return self._rights[0]

    @property
    def role_names(self):
        return self._roles.keys()

    @property
    def must_have_second_factor(self):
        """By one of their roles; whoever opens the administration without the role counts as an administrator."""
        if any(self._roles.values()):
            return True
        return self.is_staff and permissions.ADMINISTRATORS not in self._roles and self._needs_as_administrator

    @cached_property
    def _needs_as_administrator(self):
        rules = Group.objects.filter(name=permissions.ADMINISTRATORS, sign_in_rule__needs_second_factor=True)
        return rules.exists()

    @property
    def board_ids(self):
        """The boards this person sits on or serves today."""
        return self._rights[1]

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
                violation_error_message=_("Give a last day that is not before the first."),
            )
        ]

    def __str__(self):
        return _("%(user)s on %(board)s") % {"user": self.user, "board": self.board}

    def begin(self, *, by):
        """Let the person sit on the board, or serve it."""
        self.user.must_be_open_to(by)
        since = Membership.objects.filter(user=self.user, board=self.board).filter(
            Q(until=None) | Q(until__gte=self.since)
        )
        if since.exists():
            raise Refused(_("%(person)s sits on %(board)s then already.") % {"person": self.user, "board": self.board})
        return self.record(by=by)

    def end(self, *, until, by, version=None):
        """On `until` for the last time. What was said and decided stays theirs."""
        with self.changing(by=by, version=version):
            self.user.must_be_open_to(by)
            if until < self.since:
                raise Refused(_("The last day cannot lie before the first, %(day)s.") % {"day": day(self.since)})
            self.until = until
        return self
