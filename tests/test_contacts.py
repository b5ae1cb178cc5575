"""Contacts that somebody typed into a text are left out of it; what only looks like one stays."""

import pytest

from recommendations.contacts import without_contacts, without_contacts_in_html

MAIL, TELEPHONE = "[e-mail address left out]", "[telephone number left out]"


@pytest.mark.parametrize(
    "address", ["ruth.bailey@example.gov.uk", "r+cse@example.org", "O_Shah@mail.example.co.uk", "a@b.cd"]
)
def test_an_e_mail_address_is_left_out(address):
    assert without_contacts(f"Write to {address}.") == f"Write to {MAIL}."


@pytest.mark.parametrize(
    "number",
    [
        "01483 517898", "020 8541 9000", "(020) 8541 9000", "+44 (0)20 8541 9000", "07700 900123", "07700900123",
        "+447700900123", "0300 200 1002", "01632-960-001", "020\xa08541\xa09000", "+353 1 234 5678",
    ],
)  # fmt: skip
def test_a_telephone_number_is_left_out(number):
    assert without_contacts(f"Ring {number}, ext. 4") == f"Ring {TELEPHONE}, ext. 4"


@pytest.mark.parametrize(
    "words",
    [
        "SCSB R3/26", "OSC001/16", "SR (25/26) 01", "2026-11-18", "01/02/2026 to 03/04/2026", "£0.5 million, 1,234,567",
        "in 0 of 12 schools", "minute 034/26", "at 10:09", "see /files/0123456789/", "@example", "a @ b", "10.30am", "0",
        "https://example.org/0123456789/x", "1. 01 2026",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_stays(words):
    assert without_contacts(words) == words


def test_of_a_page_only_what_is_read_is_looked_at():
    page = '<a href="/x/07700900123/" title="a@example.org">a@example.org</a> 5 &lt; 6 <b>07700 900123</b>'
    shown = f'<a href="/x/07700900123/" title="a@example.org">{MAIL}</a> 5 &lt; 6 <b>{TELEPHONE}</b>'
    assert without_contacts_in_html(page) == shown


@pytest.mark.parametrize("part", ["a", "a.", "0", "0 ", "+1", "(", "@", ">", "1 "])
def test_a_long_text_is_read_through_once(part):
    """Twice as long takes twice as long, not four times: a million characters would otherwise never end."""
    assert without_contacts_in_html(f"<p>{part * 300_000}</p>").startswith("<p>")
