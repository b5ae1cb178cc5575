"""Prints what the reader finds in minutes. Nothing is saved."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recommendations.minutes import parser, sources

# What the summary calls each list of the JSON form.
LISTS = {
    "witnesses": "witnesses",
    "discussion_points": "points",
    "recommendations": "recommendations",
    "actions": "actions",
    "resolutions": "resolutions",
    "attendance_changes": "comings and goings",
    "unread": "lines unread",
}


class Command(BaseCommand):
    help = "Read minutes (txt, html, docx or pdf; - for standard input) and print what they hold. Nothing is saved."
    # Reading needs no database and no checks: a page must come back at once.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the minutes; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print the documented JSON form instead of a summary")

    def handle(self, *, file, **options):
        try:
            lines = sources.lines_of(_bytes_of(file), file)
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        except sources.Unreadable as error:
            raise CommandError(str(error)) from error
        document = parser.read(lines).as_json()
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) if options["json"] else _summary(document))


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _summary(document: dict) -> str:
    return "\n\n".join(map(_summary_of, document["items"]))


def _summary_of(item: dict) -> str:
    title = item["title"].splitlines()
    lines = [title[0] if title else "(no title)", f"  declarations: {item['declarations'] or 'not recorded'}"]
    for field, name in LISTS.items():
        lines.append(f"  {name}: {len(item[field])}")
        lines.extend(f"    {_short(entry)}" for entry in item[field])
    return "\n".join(lines)


def _short(entry: dict) -> str:
    words = (
        ", ".join(filter(None, (entry["name"], entry["role"], entry["organisation"])))
        if "name" in entry
        else entry["text"]
    )
    mark = f"{entry['number']}. " if entry.get("number") else ""
    flags = f" [{' '.join(entry['flags'])}]" if entry.get("flags") else ""
    return f"line {entry['line']}: {mark}{' '.join(words.split())[:100]}{flags}"
