"""For clerks at a terminal: minutes from a file into a draft, and on to the records of a meeting if asked."""

import datetime
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from recommendations import clock
from recommendations.minutes import drafts, sources
from recommendations.minutes.adopt import adopt
from recommendations.models import Board, Refused, User
from recommendations.permissions import is_clerk


class Command(BaseCommand):
    help = "Read minutes from FILE (txt, html, docx, pdf; - is standard input) into a draft for a clerk to complete."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--board", required=True, metavar="CODE", help="the board's code, for example SCSB")
        parser.add_argument("--held-on", required=True, metavar="DATE", help="the day of the meeting: 2026-03-27")
        parser.add_argument(
            "--item", required=True, action="append", metavar="N",
            help="the item's number on the agenda; again for every further item in the text",
        )  # fmt: skip
        parser.add_argument("--by", metavar="EMAIL", help="the clerk who enters them (otherwise: the system)")
        parser.add_argument("--adopt", action="store_true", help="adopt the draft as it is read")

    def handle(self, *args, **options):
        board, held_on, by = self.board(options["board"]), self.day(options["held_on"]), self.clerk(options["by"])
        lines = self.lines(options["file"])
        try:
            # Not half: a draft that could not be adopted as asked would be in the way the next time.
            with transaction.atomic():
                draft = self.enter(lines, options, board=board, held_on=held_on, by=by)
                self.stdout.write(self.adopted(draft, by) if options["adopt"] else self.entered(draft))
        except drafts.AlreadyEntered as again:
            what = "adopted" if again.draft.meeting_id else "a draft"
            self.stdout.write(
                f"These minutes have been entered already: {again.draft} ({what}, number {again.draft.pk})."
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def enter(self, lines, options, **asked):
        file_name = Path(options["file"]).name[-255:] if options["file"] != "-" else ""
        numbers = [number.strip() for number in options["item"]]
        if any(not 1 <= len(number) <= drafts.LIMITS["number"] for number in numbers):
            raise Refused(f"Give --item a number of 1 to {drafts.LIMITS['number']} characters.")
        return drafts.start(lines, numbers=numbers, file_name=file_name, reason="Entered by import_minutes", **asked)

    def entered(self, draft):
        unread, odd = len(drafts.unread(draft.content)), len(drafts.oddities(draft.content))
        return f"Draft {draft.pk}: {draft}. Lines unread: {unread}, oddities: {odd}. A clerk completes and adopts it."

    def adopted(self, draft, by):
        meeting = adopt(draft, by=by)
        asked = [one.reference for item in draft.items.all() for one in item.recommendations.order_by("position")]
        return f"Adopted: {meeting}. {', '.join(asked) or 'No recommendation'}."

    def board(self, code):
        if board := Board.objects.filter(code=code).first():
            return board
        known = ", ".join(Board.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no board with the code {code}. Known codes: {known}.")

    def day(self, text):
        try:
            held_on = datetime.date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"{text} is not a date. Write it as 2026-03-27.") from None
        if held_on > clock.today():
            raise CommandError(f"{text} lies ahead. Minutes are of a meeting that has been held.")
        return held_on

    def clerk(self, email):
        if not email:
            return None
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None or not is_clerk(user):
            raise CommandError(f"{email} is not a clerk who can sign in.")
        return user

    def lines(self, path):
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
            return sources.lines_of(data, path)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except sources.Unreadable as refusal:
            raise CommandError(str(refusal)) from None
