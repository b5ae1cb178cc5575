"""The permission matrix, made from the list of URLs: every address of the site, and what each person of the cast is answered.

The guard that stands beside an address in urls.py gives the rule. Only what the guard does not tell is written here: which
thing stands in the address, and where a page's own rule is narrower than its guard.
"""

import re
from dataclasses import dataclass
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver

from recommendations.models import Answer, Progress
from recommendations.reminders.digests import token_of
from tests import factories
from tests.conftest import CAST
from tests.models.tables import read_table

PEOPLE = (*CAST, "public")
# The answer to a GET. "in": asked to sign in. The public is the stranger where PUBLIC_PAGES is on. An exempt thing is read by
# its owner and by the member, who sits on its board.
RULES = read_table("""
                 clerk owner other_officer member other_member administrator stranger public
public             200   200           200    200          200           200       in    200
public-exempt      200   200           404    200          404           404       in    404
public-way-on      302   302           302    302          302           302       in    302
anyone             200   200           200    200          200           200      200    200
keyholders         200   200           200    200          200           200      200    200
partners           200   200           200    200          200           200      200    200
partners-exempt    404   404           404    404          404           404      404    404
members            200   200           200    200          200           200       in     in
members-exempt     200   200           404    200          404           404       in     in
members-by-post    405   405           405    405          405           405       in     in
members-way-on     302   302           302    302          302           302       in     in
board-exempt       200   404           404    200          404           404       in     in
owners-own         404   200           404    404          404           404       in     in
officers           200   200           200    403          403           403       in     in
update             200   200           403    403          403           403       in     in
update-exempt      200   200           404    403          403           403       in     in
ask                403   200           403    403          403           403       in     in
ask-exempt         403   200           404    403          403           403       in     in
organisers         200   403           403    403          403           200       in     in
organisers-by-post 405   403           403    403          403           405       in     in
clerks             200   403           403    403          403           403       in     in
clerks-by-post     405   403           403    403          403           403       in     in
administrators     403   403           403    403          403           200       in     in
staff               in    in            in     in           in           200       in     in
staff-never         in    in            in     in           in           403       in     in
staff-way-on        in    in            in     in           in           302       in     in
staff-sign-in      403   403           403    403          403           302       in     in
staff-sign-out     302   302           302    302          302           405      302    302
staff-nothing       in    in            in     in           in           404       in     in
signing-in         302   302           302    302          302           302      200    200
anyone-nothing     404   404           404    404          404           404      404    404
anyone-by-post     405   405           405    405          405           405      405    405
holders            200   200           200    200          200           200       in     in
holders-way-on     302   302           302    302          302           302       in     in
holders-by-post    405   405           405    405          405           405       in     in
holders-nothing    404   404           404    404          404           404       in     in
""")

# Where a page's own rule is narrower than its guard: for an open thing, and for an exempt one.
NARROWER = {
    "impact": ("public-way-on", "public-way-on"),
    "board-impact": ("public-way-on", "public-way-on"),
    "home": ("members-way-on", "members-way-on"),
    "meeting-changes": ("members-way-on", "members-way-on"),
    "meeting-changes-word": ("members-way-on", "members-way-on"),
    "getting-started-skip": ("organisers-by-post", "organisers-by-post"),
    "draft-lines": ("clerks-by-post", "clerks-by-post"),
    "person-switch": ("administrators", "administrators"),
    "recommendation": ("public", "public-exempt"),
    "recommendation-similar": ("public", "public-exempt"),
    "recommendation-history": ("members", "members-exempt"),
    "recommendation-follow": ("members-by-post", "members-by-post"),
    "recommendation-update": ("update", "update-exempt"),
    "recommendation-later-date": ("ask", "ask-exempt"),
    "follow-up-submit": ("update", "update-exempt"),
    "follow-up-later-date": ("ask", "ask-exempt"),
    # With the key: the page is there for whoever has it, but an exempt row is not.
    "partner-answer": ("partners", "partners-exempt"),
    "partner-update": ("partners", "partners-exempt"),
    "witness": ("members", "board-exempt"),
    "saved-view": ("owners-own", "owners-own"),
    "saved-view-remove": ("owners-own", "owners-own"),
    "feed-renew": ("owners-own", "owners-own"),
    "feed-stop": ("owners-own", "owners-own"),
    "update-file": ("members", "members-exempt"),
    "report-file": ("members", "members-exempt"),
    "answer-file": ("members", "members-exempt"),
    "sign-in": ("signing-in", "signing-in"),
    "account_login": ("signing-in", "signing-in"),
    "sign-out": ("anyone-by-post", "anyone-by-post"),
    "account_logout": ("anyone-by-post", "anyone-by-post"),
}
# The council's own provider, where none is set; and what a page says by itself while somebody types.
NARROWER |= dict.fromkeys(["council", "council-back"], ("anyone-nothing", "anyone-nothing"))
# What a monitor reads, where it has been given no token.
NARROWER |= {"metrics": ("anyone-nothing", "anyone-nothing")}
NARROWER |= {"still-here": ("holders-by-post", "holders-by-post")}
# One's own account: the way on is to prove first who one is; nobody has set anything up here.
NARROWER |= dict.fromkeys(
    ["mfa_authenticate", "mfa_login_webauthn", "second-factor-needed"], ("holders-way-on", "holders-way-on")
)
NARROWER |= dict.fromkeys(
    ["mfa_activate_totp", "mfa_add_webauthn",
     "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes",
     "mfa_reauthenticate", "mfa_reauthenticate_webauthn"], ("holders-way-on", "holders-way-on"),
)  # fmt: skip
NARROWER |= dict.fromkeys(
    ["mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes"],
    ("holders-nothing", "holders-nothing"),
)
# What has no guard of ours, by the beginning of its route, the longest that fits: Django's administration, for staff alone.
UNGUARDED = {
    "administration/": "staff",
    "administration/login/": "staff-sign-in",
    "administration/logout/": "staff-sign-out",
    # Nobody adds a group, and nobody deletes anything.
    "administration/auth/group/add/": "staff-never",
    "administration/autocomplete/": "staff-never",
    # The site has one of its own.
    "administration/password_change/": "staff-way-on",
    "administration/password_change/done/": "staff",
    "administration/r/": "staff-nothing",
    "administration/(?P<url>": "staff-nothing",
}
for model in ("auth/group", "recommendations/board", "recommendations/organisation", "recommendations/responseregime",
              "recommendations/user"):  # fmt: skip
    UNGUARDED[f"administration/{model}/<path:object_id>/"] = "staff-way-on"
    UNGUARDED[f"administration/{model}/<path:object_id>/change/"] = "staff"
    UNGUARDED[f"administration/{model}/<path:object_id>/history/"] = "staff"
    UNGUARDED[f"administration/{model}/<path:object_id>/delete/"] = "staff-never"
# The thing that stands in an address, by the beginning of its route, the longest that fits.
THINGS = {
    "recommendations/<slug:slug>/": "opened",
    "recommendations/<slug:slug>/reopen/": "closed",
    "recommendations/<slug:slug>/outcome/": "closed",
    "recommendations/<slug:slug>/reports/": "reportless",
    "follow-up-reports/<int:pk>/": "awaited_report",
    "follow-up-reports/<int:pk>/receive/": "submitted_report",
    "answers/<int:pk>/": "answer",
    "answers/<int:pk>/link/": "partners_answer",
    "answer/<str:key>/": "partners_row",
    "links/<int:pk>/": "link",
    "date-changes/<int:pk>/": "change",
    "meetings/<int:pk>/": "meeting",
    "boards/<int:pk>/": "board",
    "boards/<path:code>/": "board",
    "hand-overs/<int:pk>/": "hand_over",
    "organisations/<int:pk>/": "organisation",
    "people/<int:pk>/": "newcomer",
    "memberships/<int:pk>/": "membership",
    "witnesses/<int:pk>/": "person",
    "witnesses/<int:pk>/take-apart/": "merged_person",
    "views/<int:pk>/": "saved_view",
    "minutes/<int:pk>/": "draft",
    "old-trackers/<int:pk>/": "tracker",
    "reminders/stop/": "mail",
    "calendar/<int:pk>/": "feed",
    "calendar/<str:key>": "feed",
    "feeds/<str:key>/": "feed",
    "files/updates/": "update",
    "files/reports/": "submitted_report",
    "files/trackers/": "tracker",
    "files/answers/": "answer_with_file",
    "password/choose/": "letter",
    "account/passkeys/<int:pk>/": "passkey",
    "administration/recommendations/user/": "newcomer",
    "administration/recommendations/board/": "board",
    "administration/recommendations/organisation/": "organisation",
    "administration/recommendations/responseregime/": "regime",
    "administration/auth/group/": "group",
    "administration/r/": "newcomer",
}
# What stands in an address that is no thing of ours.
WORDS = {"ending": "csv", "page": "recommendations", "kind": "privacy", "section": "meetings"}
WORDS |= {"content_type_id": "1", "app_label": "recommendations", "url": "no-such-page"}
# Django's names of what we call `pk`, and its routes that are no plain ones.
KEYS = {"object_id", "id"}
PATTERN = re.compile(r"\^?\(\?P<(\w+)>[^)]*\)(/?)\$|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Line:
    """One address: its name, its route, who its guard lets in ("" where it has none)."""

    name: str
    route: str
    guard: str

    @property
    def thing(self):
        return longest(THINGS, self.route)

    def rule(self, kind):
        if self.guard:
            return NARROWER.get(self.name, (self.guard, self.guard))[kind == "exempt"]
        return longest(UNGUARDED, self.route)

    def address(self, things):
        """With what `things` has; KeyError where a new address holds what is not known here."""
        thing = getattr(things, self.thing, None)

        def value(part):
            name = part[1] or part[3]
            if name == "year":
                return str(things.meeting.held_on.year)
            name = "pk" if name in KEYS else name
            return str(getattr(thing, name) if hasattr(thing, name) else WORDS[name]) + (part[2] or "")

        return "/" + PATTERN.sub(value, self.route)


def longest(table, route):
    """The value whose key is the longest beginning of the route; "" where there is none."""
    return table[max(fitting, key=len)] if (fitting := [start for start in table if route.startswith(start)]) else ""


def lines(resolver=None, route="", spaces=()):
    """Every address of the site, also Django's and those of other packages."""
    for each in (resolver or get_resolver()).url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from lines(each, here, (*spaces, each.namespace) if each.namespace else spaces)
        else:
            yield Line(":".join([*spaces, each.name or ""]), here, getattr(each.callback, "who", ""))


# The things


def a_file(name="letter.txt"):
    return SimpleUploadedFile(name, b"Dear Board")


def things_of(board, owner, clerk, exempt_paragraph):
    """One of everything that has an address, all of it `owner`'s and exempt under the paragraph, if there is one."""
    item = factories.make_item(factories.make_meeting(board))
    fields = {"owner": owner, "exempt_paragraph": exempt_paragraph}
    opened = factories.make_recommendation(item, due_on=factories.ago(-9), **fields)
    reported = factories.make_recommendation(item, due_on=factories.ago(-9), **fields)
    draft = factories.make_draft(
        content={"items": [{"number": "1", "exempt_paragraph": exempt_paragraph, "findings": []}], "last_id": 0}
    )
    heard = factories.make_item(item.meeting, exempt_paragraph=exempt_paragraph)
    person, misspelt = factories.make_speaker("Claire Curran", heard), factories.make_speaker("Clare Curran", heard)
    police = factories.make_organisation("Surrey Police")
    partners_answer = factories.make_response(opened, "Surrey Police", organisation=police)
    link, key = factories.make_link(police, by=clerk)
    return SimpleNamespace(
        partners_answer=partners_answer,
        partners_row=SimpleNamespace(key=key, pk=partners_answer.pk),
        link=link,
        answer_with_file=factories.make_response(opened, "the Cabinet").answer_with(
            Answer.ACCEPTED, by=clerk, file=a_file()
        ),
        person=person,
        merged_person=misspelt.merge(into=person, by=clerk, reason="The same post."),
        opened=opened,
        reportless=reported,
        closed=factories.make_recommendation(item, progress=Progress.IMPLEMENTED, **fields),
        awaited_report=factories.make_report(opened, due_on=factories.ago(-9)),
        submitted_report=factories.make_report(reported, submitted_by=owner, file=a_file()),
        answer=factories.make_response(opened),
        change=factories.make_asked_date(reported, by=owner),
        update=factories.make_update(opened, by=owner, file=a_file()),
        meeting=item.meeting,
        feed=factories.make_feed(owner),
        saved_view=factories.make_saved_view(owner),
        board=board,
        organisation=police,
        newcomer=factories.make_officer("Lena Cross"),
        membership=factories.make_membership(factories.make_officer("Dev Patel"), board),
        hand_over=factories.make_hand_over(),
        draft=draft,
        tracker=factories.make_tracker(board=board, by=clerk),
        mail=SimpleNamespace(token=token_of(factories.make_mail(owner))),
        # An old one: a live one ends as soon as its owner signs in.
        letter=SimpleNamespace(uidb64="MQ", token="c0ffee-0123456789abcdef"),
        regime=police.regime,
        passkey=SimpleNamespace(pk=1),
        group=Group.objects.get(name="Clerks"),
    )
