"""For clerks at a terminal: minutes from files into drafts, hundreds at a time, or one on to the records of a meeting."""

import datetime
import hashlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.progress import track

from recommendations import clock
from recommendations.minutes import drafts, intake, sources
from recommendations.minutes.adopt import adopt
from recommendations.models import Board, MinutesDraft, Refused, User
from recommendations.models.doubts import doubts_in
from recommendations.permissions import is_clerk

REASON = "Entered by import_minutes"
# What a shell takes for "stopped by Ctrl-C".
STOPPED = 130


class Command(BaseCommand):
    help = (
        "Read minutes (txt, html, docx, pdf) into drafts for clerks to complete. One file with its date and item number"
        " can be adopted at once. Of a folder or of several files each becomes a draft; stopped and run again, it goes"
        " on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", metavar="FILE_OR_FOLDER", nargs="+",
            help="files, or folders with all that is in them; - is standard input",
        )  # fmt: skip
        parser.add_argument("--board", required=True, metavar="CODE", help="the board's code, for example SCSB")
        parser.add_argument("--held-on", metavar="DATE", help="the day of the meeting: 2026-03-27; of all the files")
        parser.add_argument(
            "--item", action="append", metavar="N",
            help="of one file: the item's number on the agenda; again for every further item in the text",
        )  # fmt: skip
        parser.add_argument("--by", metavar="EMAIL", help="the clerk who enters them (otherwise: the system)")
        parser.add_argument(
            "--adopt", action="store_true", help="adopt the draft as it is read: of one file, with --held-on and --item"
        )

    def handle(self, *args, **options):
        self.asked = {
            "board": self.board(options["board"]),
            "held_on": self.day(options["held_on"]) if options["held_on"] else None,
            "by": self.clerk(options["by"]),
            "numbers": self.numbers(options["item"] or []),
            "reason": REASON,
        }
        paths = options["paths"]
        is_one = len(paths) == 1 and not Path(paths[0]).is_dir()
        if is_one and self.asked["held_on"] and self.asked["numbers"]:
            self.enter_one(paths[0], adopts=options["adopt"])
        elif options["adopt"]:
            raise CommandError("--adopt is for one file, with --held-on and --item.")
        elif self.asked["numbers"] and not is_one:
            raise CommandError("--item is for one file: several do not share a number.")
        else:
            self.enter_many(files_in(paths))

    # One file

    def enter_one(self, path, *, adopts):
        data = self.data(path)
        try:
            # Not half: a draft that could not be adopted as asked would be in the way the next time.
            with transaction.atomic():
                draft = drafts.start(
                    sources.lines_of(data, path), file_name=name_of(path),
                    file_digest=hashlib.sha256(data).hexdigest(), **self.asked,
                )  # fmt: skip
                self.stdout.write(self.adopted(draft) if adopts else self.entered(draft))
        except drafts.AlreadyEntered as again:
            what = "adopted" if again.draft.meeting_id else "a draft"
            self.stdout.write(
                f"These minutes have been entered already: {again.draft} ({what}, number {again.draft.pk})."
            )
        except (Refused, sources.Unreadable) as refusal:
            raise CommandError(str(refusal)) from None
        except KeyboardInterrupt:
            self.stop("Stopped; nothing was entered.")

    def entered(self, draft):
        unread, odd = len(drafts.unread(draft.content)), len(drafts.oddities(draft.content))
        return f"Draft {draft.pk}: {draft}. Lines unread: {unread}, oddities: {odd}. A clerk completes and adopts it."

    def adopted(self, draft):
        meeting = adopt(draft, by=self.asked["by"])
        asked = [one.reference for item in draft.items.all() for one in item.recommendations.order_by("position")]
        return f"Adopted: {meeting}. {', '.join(asked) or 'No recommendation'}."

    def data(self, path):
        try:
            return read(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except sources.Unreadable as refusal:
            raise CommandError(str(refusal)) from None

    def stop(self, sentence):
        """Not an error: somebody wanted it."""
        self.stdout.write(sentence)
        sys.exit(STOPPED)

    # Many

    def enter_many(self, paths):
        """Each file in a transaction of its own: stopped at any moment, all that were finished are drafts."""
        if not paths:
            raise CommandError("There is no file to read.")
        told, is_stopped = [], False
        try:
            self.enter_each(paths, told)
        except KeyboardInterrupt:
            is_stopped = True
        self.report(told)
        if is_stopped:
            self.stop("Stopped; run it again to go on.")
        if all(one.became == "refused" for one in told):
            raise CommandError("Nothing could be read.")

    def enter_each(self, paths, told):
        """Adds to `told` what became of one file after the other: whoever watches sees a bar, others read lines."""
        console = Console(stderr=True)
        for path in track(paths, "Reading minutes", console=console) if console.is_terminal else paths:
            told.append(self.enter(path))
            if not console.is_terminal:
                self.say(told[-1])

    def enter(self, path):
        # What a clerk has discarded since does not come back when the rest of its folder is read.
        known = MinutesDraft.objects.all()
        outcome = intake.enter(name_of(path), lambda: read(path), known=known, **self.asked)
        return told_of(outcome, outcome.name or "standard input")

    def say(self, one):
        self.stdout.write(one.line)
        self.stdout.flush()

    def report(self, told):
        by_fate = {fate: [one for one in told if one.became == fate] for fate in ("made", "seen", "refused")}
        read_count = len(told) - len(by_fate["refused"])
        self.stdout.write(f"Files: {len(told)}. Read: {read_count}. Drafts made: {len(by_fate['made'])}.")
        doubtful = sorted((one for one in by_fate["made"] if one.doubts), key=lambda one: -one.doubts)
        self.list_of("Doubtful, the most doubtful first", doubtful)
        self.list_of("Skipped, because they were seen before", by_fate["seen"])
        self.list_of("Refused", by_fate["refused"])

    def list_of(self, heading, told):
        self.stdout.write("\n".join([f"{heading}: {len(told)}.", *(f"  {one.line}" for one in told)]))

    # What was asked

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

    def numbers(self, given):
        numbers = [number.strip() for number in given]
        if any(not 1 <= len(number) <= drafts.LIMITS["number"] for number in numbers):
            raise CommandError(f"Give --item a number of 1 to {drafts.LIMITS['number']} characters.")
        return numbers


def files_in(paths):
    """The files named and those in the folders named, in the same order every time; hidden ones are nobody's minutes."""
    found = []
    for path in paths:
        if not Path(path).is_dir():
            found.append(path)
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            found += [os.path.join(folder, name) for name in sorted(names) if not name.startswith((".", "~$"))]
    return list(dict.fromkeys(found))


def read(path):
    """The bytes of a file, unless there are more than any minutes have."""
    if path == "-":
        return sys.stdin.buffer.read(sources.MOST_BYTES + 1)
    if Path(path).exists() and not Path(path).is_file():
        raise sources.Unreadable("This is not a file.")
    with open(path, "rb") as file:
        return file.read(sources.MOST_BYTES + 1)


def name_of(path):
    """As it can be stored and shown: names of files may hold bytes that are no text, and signs that move a cursor."""
    name = os.fsencode(Path(path).name if path != "-" else "").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "�" for character in name)[-255:]


class Told(NamedTuple):
    """What the report needs of one file: the drafts themselves would fill the memory after some thousands."""

    became: str
    doubts: int
    line: str


def told_of(outcome, name):
    if outcome.refusal:
        return Told("refused", 0, f"{name}: {outcome.refusal}")
    draft = outcome.draft
    if not outcome.is_new:
        return Told("seen", 0, f"{name}: seen before as draft {draft.pk} ({draft.get_state_display().lower()})")
    doubts = [f"{count} {nouns.split(',')[count != 1]}" for nouns, count in doubts_in(draft.content).items()]
    return Told("made", draft.doubt_count, f"{name}: draft {draft.pk}, {', '.join(doubts) or 'no doubts'}")
