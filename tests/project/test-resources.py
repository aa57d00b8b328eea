# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the program and the desktop load at run time are well-formed and complete."""

import configparser
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import tap

# Given by meson.build, as they are installed: NAME=FILE.
BUILT = dict(argument.split("=", 1) for argument in sys.argv[1:])


def tool(*command):
    """The output of a command if it fails."""
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
    """The limits of software centres, so that no text is cut off."""
    root = ElementTree.parse(BUILT["metainfo"]).getroot()
    complaints = []
    for element, most in (("name", 15), ("summary", 35)):
        text = root.findtext(element)
        if len(text) > most:
            complaints.append(f"<{element}> has {len(text)} letters; {most} are the most")
    return complaints


def release():
    """The releases of the metainfo are those of NEWS.md, with their dates and their first words,
    and the newest one is the version that is built."""
    complaints = []
    root = ElementTree.parse(BUILT["metainfo"]).getroot()
    news = re.findall(r"^## (\S+) \((\S+)\)\n\n(.+)$", tap.read("NEWS.md"), re.MULTILINE)
    releases = [(release.get("version"), release.get("date"), release.findtext("description/p"))
                for release in root.findall("releases/release")]
    if [entry[0] for entry in news] != re.findall(r"^## (\S+)", tap.read("NEWS.md"), re.MULTILINE):
        complaints.append("NEWS.md: each release is a line \"## VERSION (DATE)\" and a paragraph")
    complaints += [f"NEWS.md says {ours}, the metainfo {theirs}"
                   for ours, theirs in zip(news, releases) if ours != theirs]
    if len(news) != len(releases):
        complaints.append(f"NEWS.md has {len(news)} releases, the metainfo {len(releases)}")
    if not news or news[0][0] != BUILT["version"]:
        complaints.append(f"meson.build says {BUILT['version']}, NEWS.md {news[:1]}")
    return complaints


def store_rules():
    """The additional requirements of Flathub's linter."""
    root = ElementTree.parse(BUILT["metainfo"]).getroot()
    wanted = {
        "metadata_license": "CC0-1.0",
        "project_license": "GPL-3.0-or-later",
        "id": BUILT["id"],
        "launchable[@type='desktop-id']": BUILT["id"] + ".desktop",
    }
    complaints = [f"<{path}> is {root.findtext(path)} and not {text}"
                  for path, text in wanted.items() if root.findtext(path) != text]
    complaints += [f"there is no <{path}>" for path in (
        "developer[@id]/name", "url[@type='homepage']", "url[@type='bugtracker']",
        "url[@type='vcs-browser']", "content_rating[@type='oars-1.1']",
        "branding/color[@type='primary'][@scheme_preference='light']",
        "branding/color[@type='primary'][@scheme_preference='dark']") if root.find(path) is None]
    if root.findtext("summary").endswith("."):
        complaints.append("the summary ends with a full stop")
    screenshots = root.findall("screenshots/screenshot")
    if sum(shot.get("type") == "default" for shot in screenshots) != 1:
        complaints.append("exactly one screenshot is the default one")
    for shot in screenshots:
        url = shot.findtext("image")
        name = os.path.join("resources", "desktop", "screenshots", os.path.basename(url))
        if not shot.findtext("caption"):
            complaints.append(f"{url} has no caption")
        if f"/v{BUILT['version']}/resources/desktop/screenshots/" not in url:
            complaints.append(f"{url} is not of this release")
        with open(os.path.join(tap.ROOT, name), "rb") as file:
            header = file.read(24)
        # The size stands in the first chunk of a PNG.
        size = struct.unpack(">II", header[16:24])
        if header[:8] != b"\x89PNG\r\n\x1a\n" or size[0] > 1000 or size[1] > 700:
            complaints.append(f"{name} is no PNG of at most 1000 x 700")
        elif size != tuple(int(shot.find("image").get(side)) for side in ("width", "height")):
            complaints.append(f"{name} is {size}, which is not what the page says")
    return complaints


def key_file(path):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    return parser


def activation():
    """The launcher, the bus and the metainfo agree on the program and its file types."""
    entry = key_file(BUILT["desktop"])
    main = entry["Desktop Entry"]
    service = key_file(BUILT["service"])["D-BUS Service"]
    complaints = []
    if main["DBusActivatable"] != "true" or service["Name"] != BUILT["id"]:
        complaints.append(f"the bus does not start {BUILT['id']}")
    if not re.fullmatch(r"/\S+/numeral --gapplication-service", service["Exec"]):
        complaints.append(f"the bus starts {service['Exec']}")
    for name in main["Actions"].strip(";").split(";"):
        action = entry[f"Desktop Action {name}"]
        # Through the bus it is the program's action; without it, the option of that name.
        if action["Exec"] != f"numeral --{name}":
            complaints.append(f"the action {name} starts {action['Exec']}")
        if f'"{name}"' not in tap.read("src/app/shell/numeral-application.c"):
            complaints.append(f"the program has no action {name}")
    types = set(main["MimeType"].strip(";").split(";"))
    provided = {element.text for element in
                ElementTree.parse(BUILT["metainfo"]).getroot().findall("provides/mediatype")}
    if types != provided:
        complaints.append(f"the launcher and the page differ in {types ^ provided}")
    return complaints


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
    """The installed schemas, with the ID filled in, compile in strict mode."""
    if not any(name.endswith(".gschema.xml") for name in os.listdir(BUILT["schemas"])):
        return [f"there is no settings schema in {BUILT['schemas']}"]
    return tool("glib-compile-schemas", "--strict", "--dry-run", BUILT["schemas"])


def template_names():
    """ui/FOLDER/NAME.ui is the template of the widget that src/app/FOLDER/NAME.c implements."""
    complaints = []
    for path in tap.files("ui", (".ui",)):
        template = ElementTree.fromstring(tap.read(path).encode()).find("template")
        if template is None:
            continue
        words = re.findall(r"[A-Z][a-z0-9]*", template.get("class"))
        name = "-".join(word.lower() for word in words)
        if name + ".ui" != os.path.basename(path):
            complaints.append(f"{path} holds the template of {template.get('class')}")
        source = os.path.join("src", "app", os.path.relpath(os.path.dirname(path), "ui"), name + ".c")
        if not os.path.isfile(os.path.join(tap.ROOT, source)):
            complaints.append(f"{path} belongs to {source}, which is not there")
    return complaints


def templates_built_in():
    """Every template is listed in the resources."""
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
    "/project/resources/store-rules": store_rules,
    "/project/resources/activation": activation,
    "/project/resources/file-types": file_types,
    "/project/resources/icons": icons,
    "/project/resources/schemas": schemas,
    "/project/resources/template-names": template_names,
    "/project/resources/templates-built-in": templates_built_in,
})
