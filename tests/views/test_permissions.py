"""Who may open and send what: every address of the site for every person of the cast, for an open thing and for an exempt one."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from tests import factories
from tests.conftest import CAST
from tests.views import matrix
from tests.views.matrix import PEOPLE, RULES
from tests.views.pages import Page, content_of

LINES = list(matrix.lines())
REFUSED = {"in", "403", "404"}
# Signing in leaves marks in these, and counting does in the last.
MARKS = {"sessions.Session", "recommendations.AccountEvent", "recommendations.KeptFigures"}


@pytest.fixture
def reference(db):
    """What gives administrators their rights, before there is anybody."""
    call_command("loaddata", "reference", verbosity=0)


@pytest.fixture
def world(request, reference, board, owner, clerk, person):
    """Everybody, and everything that has an address, "open" or "exempt"."""
    for who in CAST:
        person(who)
    things = matrix.things_of(board, owner, clerk, exempt_paragraph=3 if request.param == "exempt" else None)
    return SimpleNamespace(kind=request.param, addresses={line: line.address(things) for line in LINES})


@pytest.fixture
def asked(world, person, sign_in, settings):
    """{(who, name): the answer} of so many lines, by one method, for one person."""

    def ask(who, lines, method="get"):
        settings.PUBLIC_PAGES = who == "public"
        client = sign_in(person("stranger" if who == "public" else who))
        return {(who, *line_of(line)): answer(getattr(client, method)(world.addresses[line])) for line in lines}

    return ask


def line_of(line):
    return line.name, line.route


def answer(response):
    content_of(response)
    ways_in = (reverse("sign-in"), reverse("admin:login"))
    return "in" if response.status_code == 302 and response.url.startswith(ways_in) else str(response.status_code)


def expected(who, kind, lines=LINES):
    return {(who, *line_of(line)): RULES[line.rule(kind)][who] for line in lines}


def differing(found, wanted):
    return {key: (word, wanted[key]) for key, word in found.items() if word != wanted[key]}


def rows():
    """{table: how many rows}: every change of a record adds one to its history."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in MARKS]
    return {model._meta.label: model._base_manager.count() for model in models}


both = pytest.mark.parametrize("world", ["open", "exempt"], indirect=True)


def test_every_address_has_a_rule():
    """A guard in urls.py, or a reason to have none: a new address without either fails here."""
    assert [line for line in LINES if line.rule("open") not in RULES or line.rule("exempt") not in RULES] == []


def test_every_address_of_ours_has_a_guard():
    assert [line for line in LINES if not line.guard and not line.route.startswith("administration")] == []


def test_nothing_is_excepted_that_is_not_there():
    assert matrix.NARROWER.keys() <= {line.name for line in LINES}
    for table in (matrix.UNGUARDED, matrix.THINGS):
        assert [start for start in table if not any(line.route.startswith(start) for line in LINES)] == []


@both
def test_everybody_opens_exactly_what_the_rules_say(world, asked):
    before, wrong = rows(), {}
    # Without a thing in it, an address is the same whatever is exempt.
    lines = [line for line in LINES if line.thing or world.kind == "open"]
    for who in PEOPLE:
        wrong |= differing(asked(who, lines), expected(who, world.kind))
    assert wrong == {}
    assert rows() == before


@both
def test_what_one_may_not_open_one_may_not_send_either_and_it_changes_nothing(world, asked):
    before, wrong = rows(), {}
    for who in PEOPLE:
        refused = [line for line in LINES if RULES[line.rule(world.kind)][who] in REFUSED]
        sent = asked(who, refused, "post")
        # A page that only shows takes nothing from anybody.
        wrong |= differing({key: word for key, word in sent.items() if word != "405"}, expected(who, world.kind))
    assert wrong == {}
    assert rows() == before


@pytest.mark.parametrize("world", ["exempt"], indirect=True)
def test_a_head_tells_nobody_more_than_the_page(world, asked):
    for who in ("stranger", "other_member"):
        refused = [line for line in LINES if RULES[line.rule("exempt")][who] in REFUSED]
        told = asked(who, refused, "head")
        assert {key: word for key, word in told.items() if word != "405"}.items() <= expected(who, "exempt").items()


@pytest.mark.parametrize("world", ["open"], indirect=True)
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_page_takes_a_method_that_nothing_here_has_a_use_for(world, asked, method):
    assert set(asked("clerk", LINES, method).values()) == {"405"}


@pytest.fixture
def exempt(board, owner):
    return factories.make_recommendation(
        factories.make_item(factories.make_meeting(board)), owner=owner, exempt_paragraph=3
    )


@pytest.mark.parametrize("address", ["", "update/", "later-date/"])
def test_an_exempt_thing_and_an_unknown_one_are_answered_alike(exempt, sign_in, other_officer, address):
    client = sign_in(other_officer)
    told = [client.get(f"/recommendations/{slug}/{address}") for slug in (exempt.slug, "SCSB-R99-26")]
    # But for the id that every request has.
    hidden, unknown = (Page(answer).text.replace(answer.headers["X-Request-ID"], "") for answer in told)
    assert hidden == unknown
    assert {answer.status_code for answer in told} == {404}


def test_nobody_follows_what_they_may_not_read(exempt, sign_in, other_member):
    assert sign_in(other_member).post(reverse("recommendation-follow", args=[exempt.slug])).status_code == 404


def test_what_one_sees_but_may_not_do_is_refused_in_words(sign_in, other_officer, owner):
    recommendation = factories.make_recommendation(owner=owner)
    page = Page(sign_in(other_officer).get(reverse("recommendation-update", args=[recommendation.slug])))
    assert (page.status, page.heading) == (403, "You may not do this")


def test_signing_in_leads_on_to_where_one_was_going(client, clerk):
    asked = client.get(reverse("desk"), follow=True)
    sent = client.post(
        asked.redirect_chain[-1][0], {"username": clerk.email, "password": factories.PASSWORD, "next": "/desk/"}
    )
    assert sent.url == reverse("desk")


@pytest.mark.parametrize(
    ("who", "name"),
    [("clerk", "desk"), ("owner", "my-work"), ("member", "dashboard"), ("administrator", "dashboard")],
)
def test_everybody_begins_where_their_work_is(person, sign_in, board, who, name):
    factories.make_recommendation()
    assert sign_in(person(who)).get(reverse("home")).url == reverse(name)


def test_somebody_without_a_part_in_the_work_is_refused(sign_in, db):
    assert sign_in(factories.make_person("Kim Doe")).get(reverse("dashboard")).status_code == 403


def test_somebody_who_left_is_signed_out(sign_in, member):
    client = sign_in(member)
    member.is_active = False
    member.save()
    assert answer(client.get(reverse("dashboard"))) == "in"
