"""For clerks at a terminal: an old tracker from a file to records, of any length; or only what would become of it."""

import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from recommendations import clock
from recommendations.models import Board, OldTracker, Refused, User
from recommendations.models.files import MAX_BYTES
from recommendations.old_trackers import apart
from recommendations.old_trackers.bring import bring_in
from recommendations.old_trackers.plan import DOUBTFUL, FATES, REFUSED, Plan
from recommendations.old_trackers.refusals import Unreadable
from recommendations.permissions import is_clerk


class Command(BaseCommand):
    help = (
        "Bring in an old tracker (xlsx, xls, ods, csv, or a table in a docx) as it is recognised. With --dry-run only say what"
        " would become of each row. Run again, it changes nothing that is there. The pages for clerks let columns, statuses"
        " and owners be corrected first."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--board", required=True, metavar="CODE", help="the board's code, for example SCSB")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the clerk who brings it in")
        parser.add_argument("--held-on", metavar="DATE", help="the meeting of rows that name no day: 2026-03-27")
        parser.add_argument("--closes-on", metavar="DATE", help="the meeting that closed what is closed: 2026-11-18")
        parser.add_argument(
            "--fills-down", action="store_true", help="an empty day, item or board is that of the row above"
        )
        parser.add_argument("--dry-run", action="store_true", help="keep nothing")

    def handle(self, *args, path, **options):
        by, data = self.clerk(options["by"]), self.data(path)
        asked = {name: self.day(options[name]) for name in ("held_on", "closes_on")}
        asked["fills_down"] = options["fills_down"]
        board = self.board(options["board"])
        try:
            tables = apart.tables_of(data)
            made = self.report(Plan(OldTracker(board=board, tables=tables, **asked)))
            if options["dry_run"] or not made:
                self.stdout.write("Nothing was kept.")
                return
            with transaction.atomic():
                tracker = OldTracker.begin(ContentFile(data, Path(path).name), data, tables, board=board, by=by)
                tracker.name_columns({}, by=by, **asked)
                bring_in(tracker, by=by)
        except (Refused, Unreadable) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Brought in as tracker {tracker.pk}.")

    def report(self, plan):
        """Say what becomes of the rows; returns how many are made."""
        counts = [f"{label.lower()}: {plan.counts[fate]}" for fate, label in FATES.items()]
        self.stdout.write(f"Rows: {len(plan.rows)}; {'; '.join(counts)}.")
        for fate in (DOUBTFUL, REFUSED):
            for planned in plan.rows_with(fate):
                row = planned.row
                sentences = row.refusals or row.doubts
                self.stdout.write(f"  {row.where}, {FATES[fate].split(',')[0].lower()}: {' '.join(sentences)}")
        for name in plan.reading.unread:
            self.stdout.write(f"  {name}: not read, no column there says what was recommended.")
        return len(plan.to_make())

    # What was asked

    def data(self, path):
        try:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        if len(data) > MAX_BYTES:
            raise CommandError("The file is larger than 10 MB. Save the tracker alone in a new file.")
        return data

    def board(self, code):
        if board := Board.objects.filter(code=code).first():
            return board
        known = ", ".join(Board.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no board with the code {code}. Known codes: {known}.")

    def day(self, text):
        try:
            on = datetime.date.fromisoformat(text) if text else None
        except ValueError:
            raise CommandError(f"{text} is not a date. Write it as 2026-03-27.") from None
        if on and on > clock.today():
            raise CommandError(f"{text} lies ahead. Name a meeting that has been held.")
        return on

    def clerk(self, email):
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None or not is_clerk(user):
            raise CommandError(f"{email} is not a clerk who can sign in.")
        return user
