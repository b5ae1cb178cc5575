"""The demonstration's story: the CSE minutes and a few invented meetings, lived through by the real verbs.

Owners, dates and answers are invented, since the minutes hold none. All dates lie relative to today: `days=40` is forty days
ago, `due=40` forty days ahead. The clock is set to each day, so that the history is what it would have been.
"""

import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group

from recommendations import clock, permissions
from recommendations.minutes import adopt, drafts, sources
from recommendations.models import (
    Answer,
    Board,
    Feed,
    Following,
    FollowUpReport,
    Meeting,
    Membership,
    PartnerLink,
    Progress,
    Recommendation,
    SavedView,
    Statement,
    User,
)
from recommendations.prose import GAP
from recommendations.reminders import sending
from recommendations.views.statements import model_text

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
PASSWORD = "demo-only-password"  # noqa: S105 (printed on the demo's sign-in page)

BOARDS = {
    "SCSB": "Social Care Services Board",
    "HTSB": "Highways and Transport Scrutiny Board",
    "HWSB": "Health and Wellbeing Scrutiny Board",
}
# key: (e-mail, name, job title, group, boards they sit on or serve)
PEOPLE = {
    "clerk": ("clerk@example.org", "Ruth Bailey", "Scrutiny Officer", permissions.CLERKS, ["SCSB", "HTSB", "HWSB"]),
    "officer": ("officer@example.org", "Olu Shah", "Head of Safeguarding", permissions.OFFICERS, []),
    "member": ("member@example.org", "Asha Nair", "Councillor", permissions.MEMBERS, ["SCSB"]),
    "patel": ("dev.patel@example.org", "Dev Patel", "Head of Road Safety", permissions.OFFICERS, []),
    "boyle": ("tess.boyle@example.org", "Tess Boyle", "Carers Lead", permissions.OFFICERS, []),
    "price": ("megan.price@example.org", "Megan Price", "Highways Manager", permissions.OFFICERS, []),
}

# What the model texts of the statements leave for the council to say; what is only an instruction becomes nothing.
SETTLED = {
    "[e-mail address]": "scrutiny@example.org",
    "[telephone number]": "01632 960000",
    "[postal address]": "Democratic Services, County Hall, Example",
    "[number]": "10",
    "[date]": "1 November 2026",
    "[fully or partially]": "partially",
    "[name or post, e-mail address]": "the Monitoring Officer, dpo@example.org",
    "[retention period]": "ten years",
    "[condition in Schedule 1 of the Data Protection Act 2018]": "paragraph 6, statutory and government purposes",
    "[the company that runs the server]": "Example Hosting",
    "[the company that sends our e-mail]": "Example Mail",
    "[who tested it, and how the pages were chosen]": "the council’s web team, on a page of each kind",
    "[What the council itself does, and by when.]": "Officers are trained to attach accessible documents.",
}


class Story:
    """Tells it once into an empty database. `tell` is called after each chapter, with its name."""

    def __init__(self, tell):
        self.tell = tell
        # Before the clock is moved about: what every "ago" counts from.
        self.today = clock.today()

    def day(self, days):
        """The day that many days before today, whatever the clock shows now; a negative number lies ahead."""
        return self.today - datetime.timedelta(days=days)

    def sitting(self, days):
        """The same for a meeting: boards do not meet at the weekend, but on the Friday before."""
        day = self.day(days)
        return day - datetime.timedelta(days=max(day.weekday() - 4, 0))

    def on(self, days, hour=10):
        return clock.set_to_day(self.day(days), hour)

    def people_and_boards(self):
        with self.on(760):
            self.boards = {
                code: Board(code=code, name=name).record(by=None, reason="Made for the demonstration")
                for code, name in BOARDS.items()
            }
            self.people = {key: self.person(*details) for key, details in PEOPLE.items()}
        self.clerk, self.officer = self.people["clerk"], self.people["officer"]

    def person(self, email, name, job_title, group, codes):
        user = User(email=email, full_name=name, job_title=job_title)
        user.set_password(PASSWORD)
        user._change_reason, user._history_date = "Made for the demonstration", clock.now()
        user.save()
        user.groups.add(Group.objects.get(name=group))
        for code in codes:
            sits = Membership(user=user, board=self.boards[code], since=clock.today())
            sits.record(by=None, reason="Made for the demonstration")
        return user

    def adopt(self, path, *, board, held, number, titles=(), exempt_paragraph=None):
        """Read the minutes of a meeting `held` so many days ago, adopt them four days after, return what was asked."""
        draft = self.draft(path, board=board, held=held, number=number, exempt_paragraph=exempt_paragraph)
        with self.on(held - 4, 11):
            adopt.adopt(draft, by=self.clerk)
        item = draft.items.get()
        self.tell(f"{draft.board.code}: {item.title.capitalize()}")
        asked = list(item.recommendations.order_by("position"))
        with self.on(held - 4, 13):
            for recommendation, title in zip(asked, titles, strict=True):
                recommendation.retitle(title, by=self.clerk)
        return asked

    def draft(self, path, *, board, held, number, exempt_paragraph=None):
        with self.on(held - 4):
            lines = sources.lines_of((FIXTURES / path).read_bytes(), Path(path).name)
            return drafts.start(
                lines, board=self.boards[board], held_on=self.sitting(held), by=self.clerk, numbers=[number],
                file_name=Path(path).name, exempt_paragraph=exempt_paragraph,
            )  # fmt: skip

    def assign(self, recommendation, who, *, days, due=None):
        """Give an owner and, `due` so many days from today (negative: ago), a date to it or its report."""
        with self.on(days, 14):
            recommendation.assign(self.people[who], by=self.clerk)
            if due is not None:
                dated = recommendation.follow_ups.outstanding().first() or recommendation
                dated.set_due_date(self.day(-due), by=self.clerk)

    def start_clock(self, recommendation, addressee, *, days):
        with self.on(days, 15):
            response = recommendation.responses.get(addressee__icontains=addressee)
            response.start_clock(notified_on=self.day(days), received_on=self.day(days), by=self.clerk)

    def answer(self, recommendation, addressee, answer, *, days, reasons=""):
        with self.on(days, 16):
            response = recommendation.responses.get(addressee__icontains=addressee)
            response.answer_with(answer, by=self.clerk, reasons=reasons)

    def update(self, recommendation, who, text, *, days, to=None):
        with self.on(days, 11):
            if to and to != recommendation.progress:
                recommendation.change_progress(to, by=self.people[who], reason=text)
            recommendation.say(text, by=self.people[who])

    def meeting(self, board, days):
        """A meeting so many days ago (negative: ahead), without minutes yet."""
        held_on = self.sitting(days)
        known = Meeting.objects.filter(board=self.boards[board], held_on=held_on).first()
        with self.on(max(days, 1)):
            return known or Meeting(board=self.boards[board], held_on=held_on, place="County Hall").record(
                by=self.clerk
            )

    # Chapters

    def school_buses(self):
        """Two years ago, and over by now: so that the dashboard has a past to draw."""
        published, routes, apprentices, stops = self.adopt(
            "demo/school-buses.txt", board="HTSB", held=725, number="3", titles=(
                "Publish how many school buses are late", "Redraw three rural bus routes",
                "Free bus travel for apprentices", "Safety at school bus stops",
            ),
        )  # fmt: skip
        self.assign(published, "price", days=715, due=-640)
        self.assign(routes, "price", days=715, due=-560)
        self.assign(stops, "price", days=714, due=-540)
        self.start_clock(apprentices, "Cabinet", days=712)
        self.answer(
            apprentices, "Cabinet", Answer.NOT_ACCEPTED, days=610, reasons="It would cost more than the service has."
        )
        for days, to in ((570, 480), (470, 400), (390, 300)):
            self.move(routes, days=days, to=-to, reason="The bus company asked for a later timetable.")
        with self.on(505):
            stops.follow_ups.get().submit("All eleven stops are lit now.", by=self.people["price"])
        done, dropped = Progress.IMPLEMENTED, Progress.NOT_IMPLEMENTED
        self.close(published, done, "HTSB", days=600, note="One bus in twelve is late now, where it was one in five.")
        self.close(apprentices, dropped, "HTSB", days=490, reason="The Cabinet did not accept it.")
        self.close(stops, done, "HTSB", days=490, note="No stop on the way to a school is dark any more.")
        self.close(routes, Progress.SUPERSEDED, "HTSB", days=270, reason="The new contract has routes of its own.")

    def cse(self):
        """The real minutes: of four recommendations one closed, one in progress, one report overdue, one coming."""
        asked = self.adopt(
            "minutes/cse-safeguarding-report.txt", board="SCSB", held=240, number="7", titles=(
                "Help families to spot exploitation", "Therapeutic support for victims",
                "Engaging faith networks, venues and communities", "What children at risk say, and what changed",
            ),
        )  # fmt: skip
        families, therapy, networks, consultation = asked
        self.link(families, "4", "5", "6")
        self.link(therapy, "7", "9", witness="Linda Cunningham")
        self.link(networks, "4", "5", witness="Paul Furnell")
        self.link(consultation, "3", "9")
        self.assign(families, "officer", days=230, due=-60)
        self.assign(therapy, "officer", days=230, due=20)
        self.assign(networks, "officer", days=230, due=-91)
        self.assign(consultation, "boyle", days=229, due=19)
        for addressee in ("officers", "Clinical Commissioning Groups", "Adult Social Care"):
            self.start_clock(therapy, addressee, days=228)
        self.answer(
            therapy, "Clinical Commissioning Groups", Answer.ACCEPTED, days=205,
            reasons="A joint review of therapeutic support begins in the summer.",
        )  # fmt: skip
        self.answer(
            therapy, "Adult Social Care", Answer.NOTED, days=180, reasons="The service notes the recommendation."
        )
        self.answer(
            therapy, "officers", Answer.PARTIALLY_ACCEPTED, days=175,
            reasons="Accepted for children; adults need a budget first.",
        )  # fmt: skip
        self.cse_progress(families, therapy, networks)

    def cse_progress(self, families, therapy, networks):
        self.update(
            families, "officer", "A parenting guide on the signs of exploitation is being written with two schools.",
            days=170, to=Progress.IN_PROGRESS,
        )  # fmt: skip
        self.update(
            therapy, "officer", "The review has met twice. Providers were asked what they can offer.",
            days=150, to=Progress.IN_PROGRESS,
        )  # fmt: skip
        self.move(
            networks.follow_ups.get(), days=100, to=-47, reason="Faith networks could only meet after the holidays."
        )
        self.update(
            networks, "officer", "Two faith networks and the licensing team have been met.",
            days=88, to=Progress.IN_PROGRESS,
        )  # fmt: skip
        self.update(
            families, "officer", "The guide is out, and 34 schools have held an evening for parents.",
            days=66, to=Progress.REPORTED_COMPLETE,
        )  # fmt: skip
        with self.on(29):
            families.close(
                Progress.IMPLEMENTED, at=self.meeting("SCSB", 30), by=self.clerk, minute="52/26",
                note="Parents in 34 schools know the signs, and referrals by families rose from 12 to 31 a quarter.",
            )  # fmt: skip
        self.update(therapy, "officer", "Costs of a joint contract are with finance.", days=12)
        self.meeting("SCSB", -26)

    def school_streets(self):
        streets, checks, crossing, parents, listed = self.adopt(
            "demo/school-streets.txt", board="HTSB", held=150, number="5", titles=(
                "Open the remaining school streets", "Speed checks outside twenty schools", "The crossing in Larch Lane",
                "How parents were consulted", "List of school streets and opening dates",
            ),
        )  # fmt: skip
        self.assign(streets, "patel", days=140, due=-18)
        self.assign(checks, "patel", days=140, due=75)
        self.assign(crossing, "price", days=140, due=-64)
        self.assign(parents, "patel", days=140, due=24)
        self.assign(listed, "patel", days=140, due=-120)
        self.start_clock(checks, "Cabinet", days=138)
        self.start_clock(checks, "Police", days=138)
        self.answer(
            checks, "Cabinet", Answer.ACCEPTED, days=90, reasons="Money for checks at twenty schools is in the budget."
        )
        self.update(
            streets, "patel", "Nineteen of forty are open; signs for the rest are ordered.",
            days=50, to=Progress.IN_PROGRESS,
        )  # fmt: skip
        with self.on(40):
            police = checks.responses.get(addressee__icontains="Police").organisation
            # Long expired: nobody has its key, which was shown to nobody.
            link, _ = PartnerLink.make(police, by=self.clerk, expires_on=self.day(12))
        with self.on(36):
            checks.say("Checks are planned for six schools. Our answer follows.", by=None, through=link)
        self.update(listed, "patel", "The list went to all members.", days=118, to=Progress.REPORTED_COMPLETE)

    def short_breaks(self):
        form, surgeries, demand, _ = self.adopt(
            "demo/short-breaks.txt", board="HWSB", held=100, number="6", titles=(
                "A shorter form for short breaks", "Record every carer at the surgery", "Unmet demand for short breaks",
                "Cost of a night of respite",
            ),
        )  # fmt: skip
        self.assign(form, "boyle", days=92, due=9)
        self.assign(surgeries, "boyle", days=92)
        self.assign(demand, "boyle", days=92, due=-15)
        self.update(form, "boyle", "Six carers have tried a form of two pages.", days=30, to=Progress.IN_PROGRESS)
        with self.on(5):
            why = "The printers cannot deliver before the new year."
            form.ask_for_later_date(self.day(-40), by=self.people["boyle"], reason=why)
            report = demand.follow_ups.get()
            report.submit("Of 900 carers who asked, 260 still wait. Most want a weekend.", by=self.people["boyle"])
        # Held, and not signed off yet: a later date and a report wait for a decision.
        self.meeting("HWSB", 2)
        self.meeting("HWSB", -12)

    def care_leavers(self):
        guarantor, survey, published = self.adopt(
            "demo/care-leavers.txt", board="SCSB", held=63, number="8", titles=(
                "A guarantor scheme for care leavers", "The survey of care leavers",
                "Publish how many live in unsuitable homes",
            ),
        )  # fmt: skip
        self.assign(guarantor, "officer", days=55, due=32)
        self.assign(survey, "officer", days=55, due=60)
        with self.on(54):
            survey.follow_ups.get().repeat(FollowUpReport.Repeats.ANNUALLY, by=self.clerk)
        self.assign(published, "officer", days=55, due=12)
        self.start_clock(guarantor, "Cabinet", days=50)
        with self.on(20):
            guarantor.change_progress(
                Progress.PAUSED, by=self.officer, reason="Waits for advice on the council's liability."
            )
        self.update(
            published, "officer", "The first figures are on the website.", days=8, to=Progress.REPORTED_COMPLETE
        )
        with self.on(1):
            survey_report = survey.follow_ups.get()
            survey_report.submit("Of 58 care leavers asked, 41 answered. Nine feel unsafe at home.", by=self.officer)

    def gritting(self):
        """Nobody has given these an owner or a date yet."""
        titles = ("Update the gritting map", "Grit pavements outside surgeries")
        self.adopt("demo/winter-gritting.txt", board="HTSB", held=21, number="4", titles=titles)
        self.meeting("HTSB", -33)

    def placements(self):
        """An exempt item: only the clerk, the board's members and the owner see it."""
        (outcome,) = self.adopt(
            "demo/placement-contract.txt", board="SCSB", held=77, number="12",
            titles=("Outcome of the negotiation on placements",), exempt_paragraph=3,
        )  # fmt: skip
        self.assign(outcome, "officer", days=70, due=-9)

    def reminders(self):
        """What would have been sent on four mornings; from a demonstration nobody is sent anything."""
        followed = Recommendation.objects.get(title="Therapeutic support for victims")
        with self.on(40):
            Following.turn(followed, by=self.people["member"], is_active=True)
        for days in (35, 21, 14, 7):
            with self.on(days, 7):
                sending.send_all(clock.today(), backend="django.core.mail.backends.dummy.EmailBackend")

    def calendars(self):
        """The officer sees due dates in a calendar of their own, the member those of the board."""
        with self.on(30):
            Feed.begin(user=self.officer, by=self.officer)
            Feed.begin(user=self.people["member"], board=self.boards["SCSB"], by=self.people["member"])

    def kept_views(self):
        """The member keeps what is late on the board they sit on."""
        member, board = self.people["member"], self.boards["SCSB"]
        with self.on(20):
            view = SavedView(
                user=member, page="follow-ups", name="Late on my board", query=f"board={board.pk}&only=overdue"
            )
            view.keep(by=member)

    def statements(self):
        """As a council would fill them in."""
        with self.on(10):
            for kind in Statement.Kind.values:
                text = GAP.sub(lambda gap: SETTLED.get(gap[0], ""), model_text(kind, site=settings.SITE_URL))
                why = "Made for the demonstration"
                Statement.of(kind).rewrite(text, reviewed_on=self.day(10), by=None, reason=why)

    def unfinished_draft(self):
        draft = self.draft("demo/library-hours.txt", board="HTSB", held=6, number="9")
        self.tell(f"{draft.board.code}: a draft to finish")

    def newcomer(self):
        """Invited yesterday by the clerk, and not here yet."""
        with self.on(1):
            person = User(email="lena.cross@example.org", full_name="Lena Cross", job_title="Youth Justice Manager")
            person.enter(roles=[permissions.OFFICERS], by=self.clerk)
        self.tell("Lena Cross is invited to own recommendations, and has not signed in yet.")

    # Verbs that several chapters need

    def link(self, recommendation, *numbers, witness=""):
        with self.on(235, 12):
            points = recommendation.item.points.filter(number__in=numbers)
            witnesses = recommendation.item.witnesses.filter(name=witness)
            recommendation.link_evidence(points=points, witnesses=witnesses, by=self.clerk)

    def close(self, recommendation, outcome, board, *, days, **said):
        with self.on(days - 1):
            recommendation.close(outcome, at=self.meeting(board, days), by=self.clerk, **said)

    def move(self, dated, *, days, to, reason):
        with self.on(days, 9):
            dated.set_due_date(self.day(-to), by=self.clerk, reason=reason)
