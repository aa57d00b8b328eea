# SPDX-License-Identifier: GPL-3.0-or-later
"""Error messages are translated: a person may read every one of them.

Every call that makes or reports an error is looked at. A message that is written in its arguments
must stand in _(), or one of its relatives. A message without words, "%s: %s", needs none.
"""

import os
import re

import tap

# Functions with an error message, and the position of the message among the arguments.
MESSAGE_AT = {
    "g_set_error": 3,
    "g_set_error_literal": 3,
    "g_error_new": 2,
    "g_error_new_literal": 2,
    "g_prefix_error": 1,
    "g_prefix_error_literal": 1,
    "g_propagate_prefixed_error": 2,
    "numeral_fail": 2,
    "damage": 2,
    "cli_error": 0,
    "cli_usage_error": 1,
}
# Functions that take a format and report no error.
NO_ERROR = {"cli_print", "numeral_c_text_printf"}

# (file name, start of the message): why no person reads it.
EXCEPTIONS = {
}

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
TRANSLATED = re.compile(r"\b(?:_|N_|C_|NC_|Q_|ngettext|g_dgettext|g_dngettext|g_dpgettext2?)\s*\(")
CONVERSION = re.compile(r"%[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z)?[a-zA-Z%]")
OPTION = re.compile(r"--[a-z-]+")
CALL = re.compile(r"\b(" + "|".join(MESSAGE_AT) + r")\s*\(")
PRINTF_LIKE = re.compile(r"(?:G_GNUC_PRINTF[^;{]*?\n(\w+) \(|\b(\w+) \([^;{}()]*\) G_GNUC_PRINTF)")


def closing(text, start):
    """The position behind the bracket that closes the one before start."""
    depth, at = 1, start
    while depth and at < len(text):
        string = STRING.match(text, at)
        if string:
            at = string.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


def arguments(text, start):
    """The arguments of a call whose opening bracket ends at start."""
    found, depth, begin, at = [], 0, start, start
    end = closing(text, start) - 1
    while at < end:
        string = STRING.match(text, at)
        if string:
            at = string.end()
            continue
        character = text[at]
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        if character == "," and depth == 0:
            found.append(text[begin:at])
            begin = at + 1
        at += 1
    return found + [text[begin:end]]


def untranslated(argument):
    """The text with words of an argument that stands outside of _() and its relatives."""
    while match := TRANSLATED.search(argument):
        argument = argument[:match.start()] + argument[closing(argument, match.end()):]
    text = "".join(STRING.findall(argument))
    return text if re.search(r"[^\W\d_]{2}", OPTION.sub("", CONVERSION.sub("", text))) else None


def calls():
    """(path, line, function, arguments) of every call of a function of MESSAGE_AT."""
    for path in tap.files("src", (".c", ".h")):
        text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), tap.read(path))
        for match in CALL.finditer(text):
            # A definition or declaration has the type of its first parameter here.
            if not re.search(r"(?:^|[\w*])[ \n]$", text[:match.start()]) or re.search(
                    r"(?:return|else|[;{})?:]|&&|\|\|)\s*$", text[:match.start()]):
                yield (path, text.count("\n", 0, match.start()) + 1, match[1],
                       arguments(text, match.end()))


def translated():
    complaints, used = [], set()
    for path, line, function, given in calls():
        if len(given) <= MESSAGE_AT[function]:
            complaints.append(f"{path}:{line}: {function} without a message")
            continue
        text = untranslated(given[MESSAGE_AT[function]])
        if text is None:
            continue
        excepted = [(name, start) for name, start in EXCEPTIONS
                    if name == os.path.basename(path) and text.startswith(start)]
        used.update(excepted)
        if not excepted:
            complaints.append(f'{path}:{line}: "{text}" is not in _()')
    return complaints + [f"no message of {name} begins with \"{start}\" any more"
                         for name, start in sorted(set(EXCEPTIONS) - used)]


def known():
    """A new function that reports errors is told to this test."""
    found = set()
    for path in tap.files("src", (".c", ".h")):
        for match in PRINTF_LIKE.finditer(COMMENT.sub("", tap.read(path))):
            found.add(match[1] or match[2])
    return [f"{name} takes a format; put it into MESSAGE_AT or NO_ERROR"
            for name in sorted(found - set(MESSAGE_AT) - NO_ERROR)]


def found_some():
    """The search itself works: the layers have hundreds of such calls."""
    n = sum(1 for _call in calls())
    return [] if n > 200 else [f"only {n} calls found"]


def examples():
    """The rule, on text of which the answer is known."""
    cases = {
        '_ ("no such file")': None,
        '"no such file"': "no such file",
        '"%s: %s"': None,
        '"--seed: %s"': None,
        'n > 1 ? _ ("files") : "file"': "file",
        'ngettext ("%d file", "%d files", n)': None,
        '"the pen " "goes down"': "the pen goes down",
        "reason": None,
    }
    return [f"{argument}: {untranslated(argument)}" for argument, answer in cases.items()
            if untranslated(argument) != answer]


tap.run({
    "/project/errors/translated": translated,
    "/project/errors/known": known,
    "/project/errors/found-some": found_some,
    "/project/errors/examples": examples,
})
