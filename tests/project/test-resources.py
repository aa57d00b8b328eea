# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program and the desktop load at run time is well-formed and complete."""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import tap

# Given by meson.build, as they are installed: NAME=FILE.
BUILT = dict(argument.split("=", 1) for argument in sys.argv[1:])


def tool(*command):
    """What a command has to complain of: its output, if it fails."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    if result.returncode == 0:
        return []
    return [f"{' '.join(command)}: status {result.returncode}", *result.stdout.splitlines()]


def well_formed():
    complaints = []
    for path in tap.files("", (".ui", ".svg", ".xml", ".xml.in")):
        try:
            ElementTree.fromstring(tap.read(path).encode())
        except ElementTree.ParseError as error:
            complaints.append(f"{path}: {error}")
    return complaints


def desktop_file():
    return tool("desktop-file-validate", BUILT["desktop"])


def metainfo():
    return tool("appstreamcli", "validate", "--no-net", "--pedantic", BUILT["metainfo"])


def name_length():
    """The bounds that software centres set, so that nothing is cut off."""
    root = ElementTree.parse(BUILT["metainfo"]).getroot()
    complaints = []
    for element, most in (("name", 15), ("summary", 35)):
        text = root.findtext(element)
        if len(text) > most:
            complaints.append(f"<{element}> has {len(text)} letters; {most} are the most")
    return complaints


def release():
    """The newest release of the metainfo and of NEWS.md is the version that is built."""
    version = ElementTree.parse(BUILT["metainfo"]).getroot().find("releases/release").get("version")
    news = re.search(r"^## (\S+)", tap.read("NEWS.md"), re.MULTILINE)[1]
    return [] if version == news == BUILT["version"] else [
        f"meson.build says {BUILT['version']}, the metainfo {version}, NEWS.md {news}"]


def file_types():
    """The database of file types takes ours, and every type the launcher opens is in
    ours or in the system's."""
    with tempfile.TemporaryDirectory() as folder:
        packages = os.path.join(folder, "packages")
        os.mkdir(packages)
        with open(BUILT["mime"], encoding="utf-8") as source, \
                open(os.path.join(packages, "numeral.xml"), "w", encoding="utf-8") as copy:
            copy.write(source.read())
        complaints = tool("update-mime-database", folder)
        with open(os.path.join(folder, "globs2"), encoding="utf-8") as globs:
            known = {line.split(":")[1] for line in globs if not line.startswith("#")}
    known |= {"image/png", "image/jpeg"}
    with open(BUILT["desktop"], encoding="utf-8") as launcher:
        opened = re.search(r"^MimeType=(.*);$", launcher.read(), re.MULTILINE)[1].split(";")
    return complaints + [f"{name} is opened and described nowhere" for name in set(opened) - known]


def icons():
    complaints = []
    for name, size in (("app.svg", 128), ("app-symbolic.svg", 16)):
        path = os.path.join("resources", "desktop", "icons", name)
        root = ElementTree.fromstring(tap.read(path).encode())
        if (root.get("width"), root.get("height")) != (str(size), str(size)):
            complaints.append(f"{path}: not {size} x {size}")
        if re.search(r"<(image|text|script|foreignObject)\b|href=[\"'](?!#)", tap.read(path)):
            complaints.append(f"{path}: draws on something outside of it")
    symbolic = tap.read(os.path.join("resources", "desktop", "icons", "app-symbolic.svg"))
    if re.search(r"<linearGradient|stroke=|opacity", symbolic):
        complaints.append("the symbolic icon has more than plain fills, which cannot be recoloured")
    return complaints


def schemas():
    """As they are installed, with the ID filled in; what is not understood is refused."""
    if not any(name.endswith(".gschema.xml") for name in os.listdir(BUILT["schemas"])):
        return [f"there is no settings schema in {BUILT['schemas']}"]
    return tool("glib-compile-schemas", "--strict", "--dry-run", BUILT["schemas"])


def template_names():
    """ui/NAME.ui is the template of the widget that src/app/NAME.c implements."""
    complaints = []
    for path in tap.files("ui", (".ui",)):
        template = ElementTree.fromstring(tap.read(path).encode()).find("template")
        if template is None:
            continue
        words = re.findall(r"[A-Z][a-z0-9]*", template.get("class"))
        name = "-".join(word.lower() for word in words)
        if name + ".ui" != os.path.basename(path):
            complaints.append(f"{path} holds the template of {template.get('class')}")
        if not os.path.isfile(os.path.join(tap.ROOT, "src", "app", name + ".c")):
            complaints.append(f"{path} belongs to src/app/{name}.c, which is not there")
    return complaints


def templates_built_in():
    """A template that no resource list names is one that no program finds."""
    lists = "".join(tap.read(path) for path in tap.files(
        "", (".gresource.xml", ".gresource.xml.in")))
    return [f"{path} is in no list of resources" for path in tap.files("ui", (".ui",))
            if not re.search(rf">\s*(?:[\w./-]*/)?{re.escape(os.path.basename(path))}\s*<", lists)]


tap.run({
    "/project/resources/well-formed": well_formed,
    "/project/resources/desktop-file": desktop_file,
    "/project/resources/metainfo": metainfo,
    "/project/resources/name-length": name_length,
    "/project/resources/release": release,
    "/project/resources/file-types": file_types,
    "/project/resources/icons": icons,
    "/project/resources/schemas": schemas,
    "/project/resources/template-names": template_names,
    "/project/resources/templates-built-in": templates_built_in,
})
