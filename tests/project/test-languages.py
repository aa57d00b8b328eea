# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages that ship are complete and safe at run time."""

import functools
import os
import re
import subprocess

import catalogue
import tap

PLURALS = {"de": "nplurals=2; plural=(n != 1);", "zh_CN": "nplurals=1; plural=0;"}
# Characters of another language, and words in an informal tone.
FOREIGN = {"de": re.compile("”|\\b[Dd]u\\b|\\b[Dd]ein"), "zh_CN": re.compile("„|[一-鿿][,;:!?.] ")}
UPDATE = "meson compile -C BUILD numeral-update-po brings the new messages to the .po files"


def named():
    return [word for line in tap.read("po/LINGUAS").splitlines()
            if not line.startswith("#") for word in line.split()]


@functools.cache
def source():
    return catalogue.extract()


@functools.cache
def messages(language):
    return catalogue.read(f"po/{language}.po")


def short(message):
    text = message.id.replace("\n", " ")
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def of_each(check):
    """Makes a case of a check of one language and message."""
    def case():
        return [f"po/{language}.po: {short(message)}: {complaint}"
                for language in named() for message in messages(language)[1:] if message.translated
                for complaint in check(language, message)]
    return case


def there():
    """These languages exist."""
    return [f"po/LINGUAS has no {language}" for language in sorted(set(PLURALS) - set(named()))]


def valid():
    """msgfmt accepts them, with all of its checks."""
    complaints = []
    for language in named():
        path = os.path.join(tap.ROOT, "po", f"{language}.po")
        result = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path],
                                capture_output=True, text=True, check=False)
        if result.returncode != 0 or result.stderr:
            complaints += result.stderr.splitlines() or [f"msgfmt --check fails for {path}"]
    return complaints


def complete():
    """Every message of the tree is translated, and none is fuzzy."""
    complaints = []
    if len(source()) < 500:
        return [f"xgettext finds only {len(source())} messages"]
    for language in named():
        known = {message.key: message for message in messages(language)}
        for wanted in source():
            message = known.get(wanted.key)
            if message is None:
                complaints.append(f"po/{language}.po lacks {short(wanted)}")
            elif message.fuzzy:
                complaints.append(f"po/{language}.po: {short(wanted)} is fuzzy")
            elif not message.translated:
                complaints.append(f"po/{language}.po: {short(wanted)} is not translated")
            elif (wanted.plural is None) != (message.plural is None):
                complaints.append(f"po/{language}.po: {short(wanted)} has other plural forms")
    return complaints + ([UPDATE] if complaints else [])


def header():
    complaints = []
    for language in named():
        fields = dict(line.split(": ", 1) for line in messages(language)[0].texts[0].splitlines()
                      if ": " in line)
        wanted = {"Language": language, "Content-Type": "text/plain; charset=UTF-8",
                  "Plural-Forms": PLURALS.get(language, fields.get("Plural-Forms"))}
        complaints += [f"po/{language}.po: {name} is “{fields.get(name)}”, not “{value}”"
                       for name, value in wanted.items() if fields.get(name) != value]
        complaints += [f"po/{language}.po names a file outside of the project: {place}"
                       for message in messages(language) for place in message.places
                       if place.startswith(("/", ".."))]
    return complaints


def formats(_language, message):
    """The conversions of printf match the arguments."""
    if re.search(r"%-?[bHY]", message.id):
        return  # a date, and not printf's
    for text in message.texts:
        wanted = catalogue.conversions(message.plural or message.id)
        given = catalogue.conversions(text)
        if given != wanted:
            yield f"takes {given}, not {wanted}"


def edges(_language, message):
    """Messages that are joined still fit: line breaks, spaces, colons."""
    for text in message.texts:
        for edge, name in ((0, "begin"), (-1, "end")):
            if (message.id[edge] == "\n") != (text[edge] == "\n"):
                yield f"only one of both {name}s with a new line"
        if message.id.endswith("…") != text.endswith("…"):
            yield "only one of both ends with an ellipsis"
        if message.id.startswith(" ") and not text.startswith(" "):
            yield "does not begin with a space"
        if message.id.endswith(": ") and not text.endswith((": ", "：")):
            yield "does not end with a colon"
        if message.id.endswith(";") and not text.endswith(";"):
            yield "does not end with a semicolon"


def mnemonics(_language, message):
    """A menu entry or button with a mnemonic has one in every language."""
    if not any(place.startswith(("ui/", "src/app/")) for place in message.places):
        return
    for text in message.texts:
        if message.id.count("_") != text.count("_"):
            yield f"“{text}” has other mnemonics"
        elif "_" in text and not re.search(r"_[^\W_]", text):
            yield f"“{text}” underlines nothing"


def style(language, message):
    for text in message.texts:
        found = FOREIGN.get(language, re.compile("(?!)")).search(text)
        if found:
            yield f"“{found.group()}” is not written so in this language"


tap.run({
    "/project/languages/there": there,
    "/project/languages/valid": valid,
    "/project/languages/complete": complete,
    "/project/languages/header": header,
    "/project/languages/formats": of_each(formats),
    "/project/languages/edges": of_each(edges),
    "/project/languages/mnemonics": of_each(mnemonics),
    "/project/languages/style": of_each(style),
})
