"""Names and roles: one line, one person, unless a flattened page runs several together."""

import pytest

from recommendations.minutes import people, people_lists


@pytest.mark.parametrize(
    ("line", "name", "role", "organisation"),
    [
        ("Ben Byrne, Head of Early Help", "Ben Byrne", "Head of Early Help", ""),
        ("Tina Benson, Director – Corporate Parenting", "Tina Benson", "Director – Corporate Parenting", ""),
        (
            "Philip Austin-Read - Principal Lead - Health (CCC)",
            "Philip Austin-Read",
            "Principal Lead - Health (CCC)",
            "",
        ),
        ("Paul Frost, Chief Superintendent, Vale Police", "Paul Frost", "Chief Superintendent", "Vale Police"),
        ("Superintendent Ross Ash, County Police", "Superintendent Ross Ash", "", "County Police"),
        ("Dan Yonge, Regional Police, Chair of a Sub-Group", "Dan Yonge", "Chair of a Sub-Group", "Regional Police"),
        (
            "Dr Imelda Quaye OBE, Clinical Lead, North Vale CCG",
            "Dr Imelda Quaye OBE",
            "Clinical Lead",
            "North Vale CCG",
        ),
        ("Anita Desai, MBE, Chair of Governors", "Anita Desai, MBE", "Chair of Governors", ""),
        ("Wendy Rook (Assistant Director, Culture)", "Wendy Rook", "Assistant Director, Culture", ""),
        ("Wendy Rook (Manager (Interim))", "Wendy Rook", "(Manager (Interim))", ""),
        ("Wendy Rook (Manager), Vale Hospital", "Wendy Rook", "Manager", "Vale Hospital"),
        (
            "Rory Morant | Chief Executive | Elmhurst Borough Council",
            "Rory Morant",
            "Chief Executive",
            "Elmhurst Borough Council",
        ),
        ("Wanda Sissons", "Wanda Sissons", "", ""),
        ("Councillor Rowan, Cabinet Member for Children", "Councillor Rowan", "Cabinet Member for Children", ""),
        ("Chris Lane, Head of Police Liaison", "Chris Lane", "Head of Police Liaison", ""),
        ("John de Souza, Engineer.", "John de Souza", "Engineer", ""),
        ("Sgt Tom Hall, Road Unit, Vale Police", "Sgt Tom Hall", "Road Unit", "Vale Police"),
        ("Jo Grant, Manager (Vale Borough Council)", "Jo Grant", "Manager", "Vale Borough Council"),
        ("Jo Grant (they/them), Manager", "Jo Grant", "Manager", ""),
        ("Jo Grant, Manager (via Teams)", "Jo Grant", "Manager", ""),
        ("Jo Grant from Age UK", "Jo Grant", "", "Age UK"),
        ("June Hall, Manager", "June Hall", "Manager", ""),
        ("Area Manager Sadie Thirl, Head of Response", "Area Manager Sadie Thirl", "Head of Response", ""),
    ],
)
def test_a_line_is_split_where_it_is_sure(line, name, role, organisation):
    person = people.read_person(line)
    assert (person.name, person.role, person.organisation, person.flags) == (name, role, organisation, ())


@pytest.mark.parametrize(
    ("line", "name", "role", "flag"),
    [
        ("Head of Place – Jane Doe", "Jane Doe", "Head of Place", "The role stood before the name."),
        ("Head of Place: Jane Doe", "Jane Doe", "Head of Place", "The role stood before the name."),
        ("Jane Doe Director of Place", "Jane Doe", "Director of Place", "Nothing stood between the name and the role."),
        ("The Head of Roads", "", "Head of Roads", "Only the post is told: enter the name."),
        ("Two parents", "", "Two parents", "Only the post is told: enter the name."),
        ("Vale Police: Jane Doe", "Jane Doe", "", "The role stood before the name."),
        ("A parent carer, Vale", "A parent carer", "Vale", "This does not read like a name: check it."),
        ("Jane Doe, ?Director", "Jane Doe", "Director", "A stray “?” stood before the role."),
        ("Jane Doe, Sub?Editor", "Jane Doe", "Sub?Editor", "A “?” stands inside “b?Editor”: a character may be lost."),
        ("Jane Doe, Head of Head of Roads", "Jane Doe", "Head of Roads", "“Head of” is printed twice."),
    ],
)
def test_an_oddity_is_flagged(line, name, role, flag):
    person = people.read_person(line)
    assert (person.name, person.role, person.flags) == (name, role, (flag,))


def test_a_role_too_long_to_compare_is_left_as_it_is():
    role = "Head of " + "Roads and " * 40
    assert people.read_person(f"Jane Doe, {role}").role == role.strip()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jo Grant, Head Teacher; Max Field, Adviser", ["Jo Grant, Head Teacher", "Max Field, Adviser"]),
        (
            "Jo Grant (Head), Max Field (Adviser) and Ann Lee (Nurse)",
            ["Jo Grant (Head)", "Max Field (Adviser)", "Ann Lee (Nurse)"],
        ),
        ("Jo Grant, Max Field and Ann Lee", ["Jo Grant", "Max Field", "Ann Lee"]),
        (
            "Zara Grant, Cabinet Member for Support Mel Fenn, Cabinet Member for Finance",
            ["Zara Grant, Cabinet Member for Support", "Mel Fenn, Cabinet Member for Finance"],
        ),
        (
            "Carl Stone, Safety Manager, and Inspector Jill Page, County Police",
            ["Carl Stone, Safety Manager", "Inspector Jill Page, County Police"],
        ),
        ("Ann Lee, Head of Roads and Mel Fenn, Director", ["Ann Lee, Head of Roads", "Mel Fenn, Director"]),
        (
            "the Head of Place, Jo Grant, and the Mayor’s Adviser",
            ["the Head of Place, Jo Grant", "the Mayor’s Adviser"],
        ),
        ("The Head of Place and Jo Grant, Nurse", ["The Head of Place", "Jo Grant, Nurse"]),
        (
            "Julie Fisher, Director for Children, Schools and Families",
            ["Julie Fisher, Director for Children, Schools and Families"],
        ),
    ],
)
def test_people_on_one_line_are_told_apart(line, names):
    assert people_lists.split_people(line) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("In attendance were Jo Grant (Head) and the Parks Manager.", []),
        ("In attendance were Jo Grant (Head) and Max Field.", ["Jo Grant (Head)", "Max Field"]),
        ("The Chair welcomed Jo Grant, Adviser, to the meeting.", ["Jo Grant, Adviser"]),
        ("The Chair welcomed Jo Grant to her first meeting.", []),
        ("The Head of Place, Ann Lee, introduced the report.", ["The Head of Place, Ann Lee"]),
        ("Councillor Ash, Chair of the Group, presented its report.", []),
        ("Councillor Ash attended the meeting for this item.", []),
        ("Members asked Jo Grant, Adviser, about trees.", []),
    ],
)
def test_a_sentence_may_bring_people_in(sentence, names):
    assert people_lists.guests_in(sentence) == names


def test_a_line_without_end_is_left_whole():
    line = "Jane Doe, Head of Roads " * 2000
    assert people_lists.split_people(line) == [line]


@pytest.mark.parametrize(
    "words",
    ["Adult Services", "BUDGET MONITORING REPORT YEAR", "Jane", "Members’ Questions", "12 Roads", "and Lee", ""],
)
def test_other_words_are_no_name(words):
    assert not people.is_name(words)


@pytest.mark.parametrize(
    "line",
    [
        "Cllr Orme, who said that the Director was late",
        "The Head of Roads, Jane Doe",
        "Jane Doe, a friend",
        "Jane Doe, Director:",
    ],
)
def test_a_sentence_is_no_persons_line(line):
    assert not people.is_person_line(line)


@pytest.mark.parametrize("words", ["", "of Elmhurst Council", "Director of Police Liaison", "a police matter"])
def test_other_words_are_no_organisation(words):
    assert not people.is_organisation(words)
