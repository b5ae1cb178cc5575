"""Rich text pasted into New minutes keeps its lists; nothing of it is kept or run."""

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.minutes import refusals
from tests.views.pages import read

URL = "/minutes/lines/"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {margin: 0}</style></head><body>
<!--StartFragment--><p class=MsoNormal>Recommendations:</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;
</span></span><![endif]>That officers review the guidance.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>That it be
published.</p><!--EndFragment--></body></html>"""


@pytest.fixture
def lines(sign_in, clerk):
    def lines_of(html):
        answer = sign_in(clerk).post(URL, {"html": html})
        assert answer.status_code == 200, answer.content.decode()
        return [" ".join(line.split()) for line in answer.json()["text"].split("\n") if line.strip()]

    return lines_of


def test_the_numbers_of_a_list_come_along(lines):
    html = '<meta charset="utf-8"><p>Recommendations:</p><ol start="3"><li>Review it.</li><li>Publish it.</li></ol>'
    assert lines(html) == ["Recommendations:", "3. Review it.", "4. Publish it."]


def test_the_lists_of_word_come_along(lines):
    assert lines(WORD) == ["Recommendations:", "1. That officers review the guidance.", "2. That it be published."]


def test_bold_words_alone_are_words(lines):
    assert lines("<b>Recommendations:</b>") == ["Recommendations:"]


def test_scripts_are_left_out_and_characters_are_not(lines):
    assert lines("<p>Café &lt;b&gt;</p><script>alert(1)</script><p onclick='x()'>Two\x00</p>") == ["Café <b>", "Two"]


@pytest.mark.parametrize("html", ["", "<p>  </p>", "<img src=x onerror=alert(1)>"])
def test_nothing_to_read_is_said_in_words(sign_in, clerk, html):
    answer = sign_in(clerk).post(URL, {"html": html})
    assert (answer.status_code, answer.content.decode()) == (400, refusals.EMPTY)
    assert answer["Content-Type"] == "text/plain"


def test_too_much_is_refused_in_words(sign_in, clerk):
    answer = sign_in(clerk).post(URL, {"html": f"<p>{'word ' * 1_100_000}</p>"})
    assert (answer.status_code, answer.content.decode()) == (400, refusals.TOO_LONG)


def test_what_is_nested_deep_is_read(lines):
    assert lines("<div>" * 150 + "Deep" + "</div>" * 150) == ["Deep"]


def test_another_site_cannot_ask(clerk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    assert client.post(URL, {"html": "<p>One</p>"}).status_code == 403


def test_the_box_of_new_minutes_knows_where_to_ask(sign_in, clerk):
    [box] = read(sign_in(clerk), reverse("draft-new")).main.xpath(".//textarea[@name='text']")
    assert box.get("data-rich-paste") == URL == reverse("draft-lines")
