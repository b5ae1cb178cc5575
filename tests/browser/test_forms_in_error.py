"""Every form, sent as nonsense: it says what is wrong, leads to the question, and stays accessible."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages

# Pages that ask nothing, and forms to which every answer is right. A new page is taken for a form that can be wrong.
NO_FORM = {
    "all-trackers", "asked-before", "board-tracker",
    "answers", "board-impact-year", "boards", "calendars", "dashboard", "desk", "drafts", "follow-ups", "impact-year",
    "late", "links", "mails", "meeting", "meeting-changes", "meetings", "my-work", "partner-questions",
    "password-change-done", "recommendation", "recommendations", "search", "trackers", "witness",
    "witnesses",
}  # fmt: skip
NO_FORM |= {"getting-started", "organisation", "organisations", "password-sent", "people", "person"}
NO_FORM |= {"recommendation-similar"}
NO_FORM |= {"accessibility", "privacy", "account", "account-events", "account_inactive", "seals", "redactions"}
NEVER_WRONG = {
    "account-places",
    "draft-check", "feed-new", "feed-renew", "feed-stop", "follow-up-repeats", "person-invite", "recommendation-evidence",
    "reminders-stop", "saved-view-remove", "tracker-check", "tracker-words", "your-mails",
}  # fmt: skip
NONSENSE = """form => {
    for (const field of form.querySelectorAll('input:not([type=hidden]), textarea, select')) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false
        else if (field.inputMode === 'numeric') field.value = '99'
        else if (field.options && !field.querySelector('option[value=""]')) continue
        else if (field.type !== 'file') field.value = ''
    }
}"""


def forms():
    """(who may use it, name) for every form that can be filled in wrongly."""
    first = {}
    for who, name in pages.walk():
        if name not in NO_FORM | NEVER_WRONG:
            first.setdefault(name, who)
    return [(who, name) for name, who in first.items()]


def send(page):
    """Presses the one button that stands out: the form's own."""
    secondary, show = ".govuk-button--secondary", ".govuk-password-input__toggle"
    page.locator(f"main form[method=post] button.govuk-button:not({secondary}):not({show})").last.click()


@pytest.mark.parametrize(("who", "name"), forms())
def test_nonsense_is_answered_with_the_way_to_put_it_right(window_of, axe, who, name):
    page = window_of(who)
    page.goto(pages.address(name))
    page.locator("main form[method=post]").last.evaluate(NONSENSE)
    send(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    axe(page)
    for link in page.locator(".govuk-error-summary a").all()[:5]:
        link.press("Enter")
        expect(page.locator(link.get_attribute("href"))).to_be_focused()
