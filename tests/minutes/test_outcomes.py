"""What an outcome asks, and of whom."""

import pytest

from recommendations.minutes import addressees, outcomes


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("That officers develop the work to support families.", "do"),
        ("That officers give further consideration to what support can be commissioned.", "consider"),
        ("That the Cabinet Member explores other sources of funding", "consider"),
        ("That officers provide a further short report to the Board on venues.", "report_back"),
        ("That the Board receive an update on consultation.", "report_back"),
        ("That a further report be submitted in May.", "report_back"),
        ("That Members be kept informed.", "report_back"),
        ("That the engineer report on the rail in two months.", "report_back"),
        ("That officers report back in six months.", "report_back"),
        ("That the savings be reported monthly to the Committee.", "report_back"),
        ("request that the Chief Officer provides the Board with figures", "report_back"),
        ("it be given a further forecast in 2025", "report_back"),
        ("That the Trust return with an update.", "report_back"),
        ("That reserves be brought back to 6% of the budget.", "do"),
        ("That officers provide a report to the Department on the survey.", "do"),
        (
            "That officers publish the plan so that every household in the county has it when they consider moving.",
            "do",
        ),
    ],
)
def test_the_kind_of_request_is_read(text, ask):
    assert outcomes.ask_of(text) == ask


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "That officers, the CCGs and Adult Social Care give consideration",
            ("officers", "the CCGs", "Adult Social Care"),
        ),
        (
            "That the Cabinet Member for Adult Social Care, North Vale CCG and County Police:",
            ("the Cabinet Member for Adult Social Care", "North Vale CCG", "County Police"),
        ),
        (
            "That the Cabinet Member for Housing, Planning and Regeneration builds",
            ("the Cabinet Member for Housing, Planning and Regeneration",),
        ),
        ("the Police and Crime Commissioner provide figures", ("the Police and Crime Commissioner",)),
        ("requests that the Head of Waste send a list", ("the Head of Waste",)),
        ("it be recommended to Cabinet that two monitors be bought", ("Cabinet",)),
        ("That the Cabinet fits sprinklers", ("the Cabinet",)),
        ("To ask Carers First to consider evening sessions", ("Carers First",)),
        ("That a note be sent by the Head of Roads to all", ("the Head of Roads",)),
        ("That the Board receive an update", ()),
        ("That a timetable be drawn up", ()),
    ],
)
def test_the_addressees_are_named_in_their_own_words(text, names):
    assert addressees.addressees_of(text) == names


def test_the_lead_in_names_the_addressee_where_the_entry_does_not():
    assert addressees.addressees_of("That the budget be increased", "Council") == ("Council",)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("to provide the timetable (Owner: Priya Nair)", "Priya Nair"),
        ("Lead officer: Priya Nair. By May", "Priya Nair"),
        ("Head of Adult Safeguarding to circulate figures", "Head of Adult Safeguarding"),
        ("Highways Manager to send the list", "Highways Manager"),
        ("Olga Wren to share the list", "Olga Wren"),
        ("It was agreed that the Community Safety Manager would circulate it", "Community Safety Manager"),
        ("Officers to circulate figures", ""),
        ("A list", ""),
    ],
)
def test_the_actor_of_an_action_is_hinted_at(text, owner):
    assert addressees.actor_of(text) == owner


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Board recommended that officers plant trees.", "recommendation"),
        ("The Committee requested that the Cabinet waits.", "recommendation"),
        ("The Board agreed to recommend the plan to Council.", "recommendation"),
        ("It was agreed that the Head of Roads would send a list.", "action"),
        ("The Committee agreed that the plan be noted.", "resolution"),
        ("It was agreed that officers be asked; the Board recommends it.", "recommendation"),
        ("The Board noted the report.", "resolution"),
        ("The minutes of 3 May were signed as a correct record.", "resolution"),
        ("The Board heard that trees had been planted.", ""),
        ("In March 2015 the Panel recommended that trees be planted.", ""),
        ("The Chairman thanked everybody for coming.", "resolution"),
        ("The Chairman thanked everybody. He then asked about trees.", ""),
        ("The work programme was noted.", "resolution"),
        ("The Panel asked the Head of Roads to write to the firm.", "recommendation"),
        ("The Panel asked the Head of Roads to explain the cost.", ""),
        ("The Board wished to see a plan.", "recommendation"),
        ("Head of Roads to circulate the map.", "action"),
        ("The Head of Roads undertook to write.", "action"),
        ("The Head of Roads agreed to take the item first.", ""),
        ("The Board agreed that X was right, but the amendment was lost.", ""),
    ],
)
def test_a_paragraph_may_be_an_outcome_by_its_own_words(text, kind):
    assert outcomes.kind_of_paragraph(text) == kind


@pytest.mark.parametrize(
    ("text", "recommends", "is_asked"),
    [
        ("The Board thanks witnesses for coming.", True, False),
        ("It expresses concern, and asks officers to act.", True, True),
        ("notes the report and agrees the recommendation", False, False),
        ("That the report be noted.", True, False),
        ("That the budget be approved.", False, False),
        ("That the budget be approved.", True, True),
        ("That Cabinet be recommended to build.", False, True),
        ("That the public be excluded from the meeting.", True, False),
        ("That a list be started.", False, True),
        ("The letter was noted.", True, False),
        ("That the report be noted and that officers provide costs.", False, True),
        ("That the report be noted and that Dr Rao be thanked.", False, False),
        ("That Council approves the strategy.", True, True),
        ("receives a report on progress in July", False, True),
        ("The Committee will review progress in a year.", True, False),
    ],
)
def test_a_recommendation_asks_somebody_else(text, recommends, is_asked):
    assert outcomes.is_recommendation(text, recommends=recommends) is is_asked
