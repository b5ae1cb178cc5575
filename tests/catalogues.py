"""Other languages for a test: a catalogue made of a dict, and one that puts ⟦brackets⟧ round whatever is looked up."""

import re
import struct

from django.utils.translation import trans_real

from recommendations import words

WELSH = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"


def speak(settings, folder, language, plural, messages):
    """Make this the site's language; the dict's keys and values are as in a compiled catalogue."""
    place = folder / language / "LC_MESSAGES" / "django.mo"
    place.parent.mkdir(parents=True)
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {plural}\n"
    place.write_bytes(compiled({"": header} | messages))
    settings.LOCALE_PATHS, settings.LANGUAGE_CODE = [folder], language


def compiled(messages):
    """The bytes of an .mo file: two tables of lengths and places, then all the texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    texts = [key for key, _ in pairs] + [text for _, text in pairs]
    place, table = 28 + 16 * len(pairs), b""
    for text in texts:
        table += struct.pack("<2I", len(text), place)
        place += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + table + b"".join(text + b"\0" for text in texts)


def bracket(monkeypatch):
    """From now on every text that is looked up comes back in brackets; numbers alone choose among plural forms."""

    def bracketed(text):
        said = text.rpartition("\x04")[2]
        if said.isdigit() or not said:
            return said
        # The forms of a counted noun are told apart by their commas.
        is_noun = re.fullmatch(r"[^,⟦]+,[^\s,][^,]*", said)
        return ",".join(f"⟦{form}⟧" for form in (said.split(",") if is_noun else [said]))

    # What is remembered by language would outlive the brackets.
    for name in ("_day", "choices_in_words"):
        monkeypatch.setattr(words, name, getattr(words, name).__wrapped__)
    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", lambda self, text: bracketed(text))
    monkeypatch.setattr(
        trans_real.DjangoTranslation, "ngettext", lambda self, one, many, n: bracketed(one if n == 1 else many)
    )
