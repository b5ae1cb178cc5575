"""Who may do what: guards for URLs, and predicates that pages and verbs share."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

CLERKS, OFFICERS, MEMBERS, ADMINISTRATORS = "Clerks", "Officers", "Members", "Administrators"
ROLES = (CLERKS, OFFICERS, MEMBERS, ADMINISTRATORS)
# In the session: that whoever signed in has shown a second factor, or set one up since.
SECOND_FACTOR = "second_factor"
# What the council says of the site itself, to everyone: the names of the pages.
ABOUT_THE_SITE = ("accessibility", "privacy")


def has_role(user, *roles):
    return user.is_authenticated and not user.role_names.isdisjoint(roles)


def is_clerk(user):
    return has_role(user, CLERKS)


def is_officer(user):
    return has_role(user, OFFICERS)


def is_administrator(user):
    return has_role(user, ADMINISTRATORS)


def is_organiser(user):
    """Clerks and administrators enter the boards, the organisations and the people of the site."""
    return has_role(user, CLERKS, ADMINISTRATORS)


def reader(user):
    """Tells apart who may read different things, for what is made once for all who read the same."""
    if not user.is_authenticated:
        return ("public",)
    return (user.pk, *sorted(user.role_names), *sorted(user.board_ids))


def is_reader(user):
    """Everyone who has been given a part in the work."""
    return has_role(user, CLERKS, OFFICERS, MEMBERS, ADMINISTRATORS)


def lacks_second_factor(request):
    """Whether this person may open nothing yet but what leads to a second factor."""
    user = request.user
    return user.is_authenticated and user.must_have_second_factor and not request.session.get(SECOND_FACTOR)


# Guards: they stand in urls.py, one on every line, and enforce

# What a second factor is set up with, and pages that ask for no account.
BEFORE_A_SECOND_FACTOR = ("holders", "anyone")


def guard(who, allows):
    """A wrapper for views: signed-out people are asked to sign in, others whom `allows` refuses get a 403."""

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if allows(request.user):
                if who not in BEFORE_A_SECOND_FACTOR and lacks_second_factor(request):
                    return redirect("second-factor-needed")
                # Read by public_pages.py once the answer is whole.
                request.reads_openly = who == "public" and not request.user.is_authenticated
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            # Not at the top: Django's sign-in views want the user model, whose module imports this one.
            from django.contrib.auth.views import redirect_to_login

            return redirect_to_login(request.get_full_path())

        guarded.who = who
        return guarded

    return wrap


clerks = guard("clerks", is_clerk)
officers = guard("officers", lambda user: is_officer(user) or is_clerk(user))
organisers = guard("organisers", is_organiser)
members = guard("members", is_reader)
administrators = guard("administrators", is_administrator)
public = guard("public", lambda user: is_reader(user) or (settings.PUBLIC_PAGES and not user.is_authenticated))
# One's own account, whatever part one has.
holders = guard("holders", lambda user: user.is_authenticated)
# Whoever has the address: it is signed, and the page checks that.
anyone = guard("anyone", lambda user: True)


# Names


def name_for(user, name, *, by_id, owner_id):
    """Who did something, as `user` may know it. `by_id` is None for a partner, who speaks for a body, and the system.

    The owner answers for a recommendation, in public too. Of everybody else who signs in, the public need not know
    more than that it was the council; who spoke at a meeting stands in its minutes, and is no user.
    """
    return name if user.is_authenticated or by_id in (None, owner_id) else _("the council")


# People: who may enter and change whom


def roles_given_by(user):
    """The roles that this person may give to others: clerks make no clerks and no administrators."""
    if has_role(user, ADMINISTRATORS):
        return (CLERKS, OFFICERS, MEMBERS, ADMINISTRATORS)
    return (OFFICERS, MEMBERS) if is_clerk(user) else ()


def may_change_person(user, person):
    """Nobody changes themselves, and nobody changes a person with rights that they could not give."""
    if user.pk == person.pk or (person.is_superuser and not user.is_superuser):
        return False
    if has_role(user, ADMINISTRATORS):
        return True
    return is_clerk(user) and not person.is_staff and person.role_names <= {OFFICERS, MEMBERS}


def may_switch_person(user, person):
    """Who may sign in at all is the administrators' to say."""
    return has_role(user, ADMINISTRATORS) and may_change_person(user, person)


def can_change_address(user, person):
    """Whoever has the address can choose a password: once the person has signed in, a clerk leaves it alone."""
    return may_change_person(user, person) and (person.last_login is None or has_role(user, ADMINISTRATORS))


def can_invite(user, person):
    """Who has signed in already asks for a new password themselves."""
    return may_change_person(user, person) and person.is_active and person.last_login is None


# Predicates: `may_…` is about the person, `can_…` also about whether it can be done now


def can_read_exempt(user, *, board_id, owner_id=None):
    """Clerks, people who sit on or serve the board, and the owner of the very thing."""
    if not user.is_authenticated:
        return False
    return is_clerk(user) or board_id in user.board_ids or owner_id == user.pk


def can_read_words(user, report):
    """What a follow-up report says may be exempt where the report itself, its date and its lateness are not."""
    subject = report.recommendation
    return not report.is_exempt or can_read_exempt(user, board_id=subject.board_id, owner_id=subject.owner_id)


def owns(user, recommendation):
    return is_officer(user) and recommendation.owner_id == user.pk


def may_update(user, recommendation):
    """Clerks write progress, and so does the officer who owns the recommendation."""
    return is_clerk(user) or owns(user, recommendation)


def may_manage(user, recommendation):
    """Owner, dates, answers, closing and reopening are the clerk's."""
    return is_clerk(user)


def can_update(user, recommendation):
    return recommendation.is_open and may_update(user, recommendation)


def can_manage(user, recommendation):
    return recommendation.is_open and may_manage(user, recommendation)


def can_order_report(user, recommendation, reports=None):
    """One report at a time is awaited. `reports`: all of its reports, where a page has them at hand."""
    reports = recommendation.follow_ups.outstanding() if reports is None else reports
    return can_manage(user, recommendation) and not any(report.is_outstanding for report in reports)


def can_reopen(user, recommendation):
    return not recommendation.is_open and may_manage(user, recommendation)


def can_note_outcome(user, recommendation):
    """What changed because of it is often known only months after the Board closed it."""
    return not recommendation.is_open and may_manage(user, recommendation)


def may_ask_for_later_date(user, dated):
    """The owner asks; a clerk moves the date without asking. `dated`: a recommendation or a follow-up report."""
    return owns(user, dated.subject)


def can_ask_for_later_date(user, dated):
    return dated.can_be_moved and may_ask_for_later_date(user, dated)


def can_set_due_date(user, dated):
    return dated.is_awaited and may_manage(user, dated.subject)


def may_submit(user, report):
    return may_update(user, report.recommendation)


def can_submit(user, report):
    return report.is_outstanding and can_update(user, report.recommendation)


def can_receive(user, report):
    """A clerk records what the Board made of a report that was handed in, also once the recommendation is closed."""
    return report.is_submitted and not report.verdict and may_manage(user, report.recommendation)
