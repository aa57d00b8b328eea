# SPDX-License-Identifier: GPL-3.0-or-later
"""Dependencies point one way: app -> picture, engine -> ink, core -> base; cli -> picture, engine.

The folders inside a layer depend on each other in one direction too.
"""

import os
import re

import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

# A folder of src/, and the folders of src/ whose headers it may include.
MAY_USE = {
    "base": {"base"},
    "core": {"core", "base"},
    "ink": {"ink", "base"},
    "engine": {"engine", "ink", "core"},
    "picture": {"picture", "ink"},
    "cli": {"cli", "engine", "picture", "ink", "core"},
    "app": {"app", "engine", "picture", "ink"},
}

# A folder of a layer, and the other folders of that layer whose headers it may include. "" is the
# layer's own folder.
MAY_USE_INSIDE = {
    "ink": {
        "strokes": set(),
        "generator": {"strokes"},
        "image": {"strokes"},
        "formats": {"strokes"},
    },
    "picture": {
        "": set(),
        "chart": {""},
    },
}

# (file, header) of an include that goes back, with its reason.
BACK_ARROWS = {
}


def includes(folder):
    """(file, header) for every #include below a folder of src/."""
    for path in tap.files(os.path.join("src", folder), (".c", ".h")):
        for header in INCLUDE.findall(tap.read(path)):
            yield path, header


def headers_of(folder):
    return {os.path.basename(path) for path in tap.files(os.path.join("src", folder), (".h",))}


def one_way(folder):
    theirs = {header: other for other in MAY_USE for header in headers_of(other)}
    return [f"{path} includes {header} of src/{theirs[os.path.basename(header)]}"
            for path, header in includes(folder)
            if theirs.get(os.path.basename(header), folder) not in MAY_USE[folder]]


def folder_of(path, layer):
    return os.path.relpath(os.path.dirname(path), os.path.join("src", layer)).replace(".", "")


def one_way_inside(layer):
    """Includes between the folders of a layer go as MAY_USE_INSIDE says."""
    may_use = MAY_USE_INSIDE[layer]
    home = {os.path.basename(path): folder_of(path, layer)
            for path in tap.files(os.path.join("src", layer), (".h",))}
    complaints = [f"src/{layer}/{folder} has no place among the folders of {layer}"
                  for folder in sorted(set(home.values()) - set(may_use))]
    for path, header in includes(layer):
        here, there = folder_of(path, layer), home.get(os.path.basename(header))
        if (there is not None and there != here and there not in may_use.get(here, ())
                and (os.path.basename(path), header) not in BACK_ARROWS):
            complaints.append(f"{path} includes {header} of src/{layer}/{there}")
    return complaints


def never(folders, pattern, but=()):
    forbidden = re.compile(pattern)
    return [f"{path} includes {header}"
            for folder in folders for path, header in includes(folder)
            if forbidden.search(header) and path not in but]


def all_folders_known():
    present = set(os.listdir(os.path.join(tap.ROOT, "src")))
    present = {name for name in present if os.path.isdir(os.path.join(tap.ROOT, "src", name))}
    return [f"src/{name} has no place among the layers" for name in sorted(present - set(MAY_USE))]


cases = {"/project/layers/known": all_folders_known}
for layer in MAY_USE:
    cases[f"/project/layers/{layer}"] = lambda layer=layer: one_way(layer)
for layer in MAY_USE_INSIDE:
    cases[f"/project/layers/inside-{layer}"] = lambda layer=layer: one_way_inside(layer)
cases["/project/layers/gtk-in-app-only"] = lambda: never(
    set(MAY_USE) - {"app"}, r"^(gtk|gdk|gsk|adwaita)(/|\.h|-)(?!pixbuf)")
cases["/project/layers/blas-in-one-file"] = lambda: never(
    MAY_USE, r"cblas|openblas", but=(os.path.join("src", "core", "kernel", "nn-blas.c"),))
cases["/project/layers/core-is-bare"] = lambda: never(
    ["core"], r"cairo|pango|gio/|glib-object|gdk-pixbuf|json-glib")
cases["/project/layers/base-is-bare"] = lambda: never(["base"], r"^(?!glib\.h$)")
cases["/project/layers/ink-is-bare"] = lambda: never(
    ["ink"], r"gio/|glib-object|gdk-pixbuf|json-glib|^nn-")
cases["/project/layers/picture-is-bare"] = lambda: never(["picture"], r"gdk-pixbuf|json-glib")
cases["/project/layers/no-numerics-in-app"] = lambda: never(["app"], r"^nn-|cblas")
tap.run(cases)
