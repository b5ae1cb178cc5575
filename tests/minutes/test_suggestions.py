"""What the words of a recommendation suggest: a day, an owner, an organisation. Offered with the words, never guessed."""

import datetime
from types import SimpleNamespace

import pytest

from recommendations.minutes import drafts, suggestions
from recommendations.minutes.known_organisations import KnownOrganisations
from tests import factories
from tests.minutes import samples

HELD_ON = datetime.date(2026, 11, 18)
MARCH, JUNE = datetime.date(2027, 3, 17), datetime.date(2027, 6, 16)


def finding(kind, text="", **fields):
    return drafts.blank(kind, text) | fields


def due(*phrases, days=(), held_on=HELD_ON):
    found = suggestions.due_on(finding("recommendation", time_phrases=phrases), held_on, list(days))
    return found and (found.value, str(found))


class TestDates:
    def test_a_span_counts_from_the_meeting(self):
        assert due("in six months") == (datetime.date(2027, 5, 18), "18 May 2027, from “in six months”")

    def test_the_end_of_a_month_is_its_last_day(self):
        assert due("by end of June")[0] == datetime.date(2027, 6, 30)

    @pytest.mark.parametrize("phrase", ["in due course", "as soon as possible", "quarterly", "at a future meeting"])
    def test_words_without_a_day_stay_without_one(self, phrase):
        assert due(phrase, days=[MARCH]) is None

    def test_nothing_is_counted_from_a_meeting_whose_day_is_not_known(self):
        assert due("in six months", held_on=None) is None

    def test_the_boards_march_meeting_is_the_one_that_is_known(self):
        assert due("at its March meeting", days=[MARCH, JUNE]) == (
            MARCH,
            "17 March 2027, a meeting of the board, from “at its March meeting”",
        )

    def test_a_month_without_a_meeting_gives_nothing(self):
        assert due("at its March meeting", days=[JUNE]) is None

    def test_a_month_with_two_meetings_gives_nothing(self):
        assert due("at its March meeting", days=[MARCH, MARCH + datetime.timedelta(days=7)]) is None

    @pytest.mark.parametrize(
        ("phrase", "day"), [("at its March 2027 meeting", MARCH), ("at its March 2028 meeting", None)]
    )
    def test_a_year_beside_the_month_has_to_fit(self, phrase, day):
        assert due(phrase, days=[MARCH]) == (day and (day, f"17 March 2027, a meeting of the board, from “{phrase}”"))

    @pytest.mark.parametrize(("day", "fits"), [("17", True), ("18th", False)])
    def test_a_day_beside_the_month_has_to_fit(self, day, fits):
        assert bool(due(f"at its meeting on {day} March", days=[MARCH])) is fits

    def test_the_next_meeting_is_the_first_that_follows(self):
        assert due("the next meeting", days=[MARCH, JUNE])[0] == MARCH

    def test_the_next_meeting_may_not_be_known_yet(self):
        assert due("the next meeting") is None

    @pytest.mark.parametrize("phrase", ["at the next Cabinet meeting", "at their March meeting", "the meeting"])
    def test_the_meeting_of_somebody_else_is_not_the_boards(self, phrase):
        assert due(phrase, days=[MARCH]) is None

    def test_the_first_words_that_give_a_day_count(self):
        assert due("in due course", "by 31 March 2027", "in six months")[0] == datetime.date(2027, 3, 31)

    def test_the_boards_own_meetings_of_the_coming_year_are_asked(self, board, other_board, clerk):
        draft = samples.start(board, clerk, held_on=HELD_ON)
        factories.make_meeting(board, MARCH)
        for day in (HELD_ON, HELD_ON - datetime.timedelta(days=9), HELD_ON + datetime.timedelta(days=400)):
            factories.make_meeting(board, day)
        factories.make_meeting(other_board, JUNE)
        assert suggestions.coming_meetings(draft) == [MARCH]

    def test_a_draft_without_its_day_has_no_coming_meetings(self, board, clerk):
        assert suggestions.coming_meetings(samples.start(board, clerk, held_on=None)) == []


OLU = SimpleNamespace(full_name="Olu Shah", job_title="Head of Safeguarding")
MEGAN = SimpleNamespace(full_name="Dr Megan Price", job_title="")
DEPUTY = SimpleNamespace(full_name="Ian Moss", job_title="Deputy Head of Safeguarding")


def owner(hint="", text="", addressees=(), owners=None):
    asked = finding("recommendation", text, owner_hint=hint, addressees=list(addressees))
    found = suggestions.owner(asked, [Named(**vars(one)) for one in owners or (OLU, MEGAN, DEPUTY)])
    return found and str(found)


class Named(SimpleNamespace):
    __hash__ = object.__hash__

    def __str__(self):
        return self.full_name


class TestOwners:
    def test_a_name_is_offered_with_the_brackets_it_stands_in(self):
        text = "That the guidance be reviewed (Owner: Olu  Shah)."
        assert owner("Olu Shah", text.replace("  ", " ")) == "Olu Shah, from “(Owner: Olu Shah)”"

    def test_a_job_title_is_offered_whatever_its_case(self):
        assert owner("head of safeguarding") == "Olu Shah, from “head of safeguarding”"

    def test_titles_around_a_name_do_not_matter(self):
        assert owner("Mrs Megan Price") == "Dr Megan Price, from “Mrs Megan Price”"

    def test_the_first_word_of_a_job_title_does(self):
        assert owner("Deputy Head of Safeguarding") == "Ian Moss, from “Deputy Head of Safeguarding”"

    def test_a_name_and_a_title_of_one_person_are_one(self):
        assert owner("Olu Shah, Head of Safeguarding") == "Olu Shah, from “Olu Shah, Head of Safeguarding”"

    def test_an_addressee_may_be_a_person(self):
        assert (
            owner(addressees=["the Head of Safeguarding", "Example Police"])
            == "Olu Shah, from “the Head of Safeguarding”"
        )

    def test_either_of_two_is_nobody(self):
        assert (
            owner("Head of Safeguarding", owners=[OLU, SimpleNamespace(**vars(OLU) | {"full_name": "Kim Doe"})]) is None
        )

    def test_two_named_together_are_nobody(self):
        assert owner("Olu Shah and others", addressees=["Olu Shah", "Megan Price"]) is None

    @pytest.mark.parametrize("hint", ["officers", "Head of Housing", ""])
    def test_nobody_of_that_name_is_nobody(self, hint):
        assert owner(hint) is None


class TestOrganisations:
    @pytest.fixture(autouse=True)
    def bodies(self, db):
        factories.make_organisation("Clinical Commissioning Groups", also_known_as="CCGs")
        factories.make_organisation("Children, Schools and Families")
        factories.make_organisation("Adult Social Care (ASC)")

    @pytest.mark.parametrize(
        ("addressee", "name"),
        [
            ("the Clinical Commissioning Groups", "Clinical Commissioning Groups"),
            ("Clinical Commissioning Group", "Clinical Commissioning Groups"),
            ("the CCG", "Clinical Commissioning Groups"),
            ("Clinical Commissioning Groups (CCGs)", "Clinical Commissioning Groups"),
            ("the Clinical Commissioning Group (NHS)", "Clinical Commissioning Groups"),
            ("children schools & families", "Children, Schools and Families"),
            ("ASC", "Adult Social Care (ASC)"),
            ("Adult Social Care", "Adult Social Care (ASC)"),
            ("the Adult Social Care service", None),
            ("Adult Social Care (CCG)", None),
            ("()", None),
        ],
    )
    def test_an_addressee_is_known_however_it_is_written(self, addressee, name):
        found = KnownOrganisations().find(addressee)
        assert (found and found.name) == name

    def test_a_name_that_fits_exactly_goes_before_one_that_nearly_does(self):
        group = factories.make_organisation("Clinical Commissioning Group")
        assert KnownOrganisations().find("the clinical commissioning group") == group

    def test_what_nearly_fits_two_fits_neither(self):
        factories.make_organisation("Commissioning Group")
        factories.make_organisation("Commissionings Groups")
        assert KnownOrganisations().find("all Commissioning Groups") is None

    def test_all_are_known_by_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            KnownOrganisations()
