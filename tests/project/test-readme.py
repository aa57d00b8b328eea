# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of the project name only files, commands and options that exist.

    test-readme.py NUMERAL_CLI
"""

import os
import re
import subprocess
import sys

import tap

PAGES = [path for path in tap.files("", (".md",)) if path != "LICENSE"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PROGRAM_FILE = re.compile(r"(?<![\w./-])((?:scripts|data|tests|src|ui|resources|po|\.ci)/[\w./-]*\w)")


def links():
    complaints = []
    for page in PAGES:
        for target in LINK.findall(tap.read(page)):
            if not os.path.exists(os.path.join(tap.ROOT, os.path.dirname(page), target)):
                complaints.append(f"{page} links to {target}, which is not there")
    return complaints


def paths():
    """Every path in a page exists, and scripts are executable."""
    complaints = []
    for page in PAGES:
        for path in sorted(set(PROGRAM_FILE.findall(tap.read(page)))):
            full = os.path.join(tap.ROOT, path)
            if not os.path.exists(full):
                complaints.append(f"{page} names {path}, which is not there")
            elif path.startswith("scripts/") and not os.access(full, os.X_OK):
                complaints.append(f"{page} has {path} started, which is not executable")
    return complaints


def shell(page):
    """The lines of the code blocks of a page."""
    for language, block in FENCE.findall(tap.read(page)):
        if language in ("", "sh", "console"):
            yield from block.replace("\\\n", " ").splitlines()


def commands():
    """(page, words) for each call of numeral-cli in a block of commands."""
    for page in PAGES:
        for line in shell(page):
            for call in re.findall(r"\bnumeral-cli\s+([^|;&#]+)", line):
                yield page, call.split()


def numeral_cli():
    """Every verb and option of numeral-cli in a page exists."""
    complaints = []
    calls = list(commands())
    helps = {}
    for page, words in calls:
        verb = words[0]
        if verb not in helps:
            result = subprocess.run([sys.argv[1], verb, "--help"], stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                    timeout=60, check=False)
            helps[verb] = result.stdout if result.returncode == 0 else None
        if helps[verb] is None:
            complaints.append(f"{page} calls numeral-cli {verb}, which fails")
            continue
        for word in words[1:]:
            option = word.split("=")[0]
            if option.startswith("--") and not re.search(rf"{re.escape(option)}\b", helps[verb]):
                complaints.append(f"{page} gives numeral-cli {verb} the option {option}")
    if not calls:
        complaints.append("no page shows a call of numeral-cli")
    return complaints


def tests_and_targets():
    """Every suite, test program and benchmark in a page exists."""
    builds = [tap.read(path) for path in tap.files("tests", ("meson.build",)) +
              tap.files("flatpak", ("meson.build",))]
    known = set(re.findall(r"'([\w-]+)'", "\n".join(builds)))
    complaints = []
    for page in PAGES:
        for line in shell(page):
            call = re.search(r"\bmeson test\s+([^#]*)", line)
            for word in call[1].split() if call else ():
                name = word.split("-", 1)
                if not word.startswith("-") and "/" not in word and word not in known and (
                        len(name) < 2 or not {name[0], name[1]} <= known):
                    complaints.append(f"{page} has meson run {word}, which is not there")
    return complaints


def pages():
    """The README links to every other page for developers, and stays short."""
    readme = tap.read("README.md")
    complaints = [f"README.md does not link to {page}" for page in (
        "CONTRIBUTING.md", "data/README.md", "data/report.md", "flatpak/README.md",
        "tests/benchmark/README.md") if f"]({page})" not in readme]
    lines = readme.count("\n")
    return complaints + ([f"README.md has {lines} lines; two screens are 100"] if lines > 100 else [])


def folders():
    """CONTRIBUTING.md names every layer, and its drawing every folder of ink and core."""
    text = tap.read("CONTRIBUTING.md")
    drawing = "".join(block for language, block in FENCE.findall(text) if "▼" in block)
    complaints = []
    for layer in sorted(os.listdir(os.path.join(tap.ROOT, "src"))):
        path = os.path.join(tap.ROOT, "src", layer)
        if not os.path.isdir(path):
            continue
        names = [layer] + [name for name in os.listdir(path)
                           if os.path.exists(os.path.join(path, name, "meson.build"))]
        complaints += [f"the drawing of CONTRIBUTING.md lacks {name} of src/{layer}"
                       for name in sorted(names) if not re.search(rf"\b{name}\b", drawing)]
    return complaints


def first_commands():
    """The first commands of the README start the window, then the tests."""
    ours = [line.split()[0] for line in shell("README.md") if line.startswith("scripts/")]
    return [] if ours[:2] == ["scripts/run", "scripts/test"] else [
        f"the first commands of README.md are {ours[:2]}"]


tap.run({
    "/project/readme/links": links,
    "/project/readme/paths": paths,
    "/project/readme/numeral-cli": numeral_cli,
    "/project/readme/tests": tests_and_targets,
    "/project/readme/pages": pages,
    "/project/readme/folders": folders,
    "/project/readme/first-commands": first_commands,
})
