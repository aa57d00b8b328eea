# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak's manifest: permissions and sources.

    test-manifest.py APPLICATION-ID VERSION
"""

import json
import os
import re
import sys

import tap

ID, VERSION = sys.argv[1:]
PATH = os.path.join("flatpak", ID + ".json")
MANIFEST = json.loads(tap.read(PATH))

# Windows and graphics only: no network, no files.
PERMISSIONS = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"}


def sources():
    for module in MANIFEST["modules"]:
        for source in module["sources"]:
            yield module["name"], source


def identity():
    """Has the ID of meson.build, and a runtime of GNOME."""
    wanted = {"id": ID, "command": "numeral", "runtime": "org.gnome.Platform",
              "sdk": "org.gnome.Sdk"}
    complaints = [f"{key} is {MANIFEST.get(key)} and not {value}"
                  for key, value in wanted.items() if MANIFEST.get(key) != value]
    if not re.fullmatch(r"\d+", MANIFEST["runtime-version"]):
        complaints.append("the runtime is no released one")
    if "branch" in MANIFEST or "default-branch" in MANIFEST:
        complaints.append("the manifest names a branch")
    return complaints


def permissions():
    given = MANIFEST["finish-args"]
    return [f"finish-args: {change}" for change in sorted(set(given) ^ PERMISSIONS)]


def pinned():
    """Downloads have a checksum, or are a release of the project itself."""
    complaints = []
    for module, source in sources():
        if not source.get("url", "").startswith("https://"):
            complaints.append(f"{module}: {source.get('url')} is not fetched by https")
        if source["type"] == "git":
            if module != "numeral" or source.get("tag") != "v" + VERSION or "branch" in source:
                complaints.append(f"{module}: not the tag of release {VERSION}")
        elif source["type"] in ("archive", "file"):
            if not re.fullmatch(r"[0-9a-f]{64}", source.get("sha256", "")):
                complaints.append(f"{module}: {source['url']} has no SHA-256")
        else:
            complaints.append(f"{module}: a source of the type {source['type']}")
    return complaints


def same_mnist():
    """The archives are those that the program downloads, from the same addresses."""
    code = tap.read("src/engine/data/numeral-mnist.c")
    wanted = set(re.findall(r'\{ "(\S+\.gz)", \d+,\s*"([0-9a-f]{64})"', code))
    mirrors = re.findall(r'"(https://\S+/)"', code)
    given = set()
    complaints = []
    for module, source in sources():
        if module != "mnist":
            continue
        name = os.path.basename(source["url"])
        given.add((name, source["sha256"]))
        if [source["url"], *source["mirror-urls"]] != [mirror + name for mirror in mirrors]:
            complaints.append(f"{name} comes from elsewhere than in src/engine/data/numeral-mnist.c")
    if given != wanted or not wanted:
        complaints.append(f"the manifest and src/engine/data/numeral-mnist.c differ in {given ^ wanted}")
    return complaints


def no_download():
    """Without network access the program is built without downloads."""
    options = MANIFEST["modules"][-1]["config-opts"]
    return [] if "-Ddownload=disabled" in options else ["the program is built with downloads"]


def options_exist():
    """Each build option that the manifest sets exists."""
    known = set(re.findall(r"^option\('([\w-]+)'", tap.read("meson_options.txt"), re.MULTILINE))
    given = {re.match(r"-D([\w-]+)=", option)[1]
             for option in MANIFEST["modules"][-1]["config-opts"] if option.startswith("-D")}
    return [f"meson_options.txt has no {name}" for name in sorted(given - known - {"debug"})]


def licences():
    """Each module with code or data of others installs its licence."""
    everything = json.dumps(MANIFEST["modules"])
    return [f"the licence of {name} is not installed" for name in ("openblas", "libsodium", "protobuf-c", "numeral", "data")
            if f"share/licenses/${{FLATPAK_ID}}/{name}" not in everything]


tap.run({
    "/project/manifest/identity": identity,
    "/project/manifest/permissions": permissions,
    "/project/manifest/pinned": pinned,
    "/project/manifest/same-mnist": same_mnist,
    "/project/manifest/no-download": no_download,
    "/project/manifest/options-exist": options_exist,
    "/project/manifest/licences": licences,
})
