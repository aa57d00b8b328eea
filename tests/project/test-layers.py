# SPDX-License-Identifier: GPL-3.0-or-later
"""Dependencies point one way: app -> picture, engine -> ink, core -> base; cli -> picture, engine;
picture, engine -> base.

The folders inside a layer depend on each other in one direction too, and so do the files of a
folder: those that call each other in a circle are named, with the reason, in the folder's
meson.build.
"""

import os
import re

import calls
import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

# A folder of src/, and the folders of src/ whose headers it may include.
MAY_USE = {
    "base": {"base"},
    "core": {"core", "base"},
    "ink": {"ink", "base"},
    "engine": {"engine", "ink", "core", "base"},
    "picture": {"picture", "ink", "base"},
    "cli": {"cli", "engine", "picture", "ink", "core"},
    "app": {"app", "engine", "picture", "ink"},
}

# A folder of a layer, and the other folders of that layer whose headers it may include. "" is the
# layer's own folder.
MAY_USE_INSIDE = {
    "core": {
        "kernel": set(),
        "privacy": {"kernel"},
        "network": {"kernel"},
        "data": {"kernel"},
        "measure": {"data", "network", "kernel"},
        "explain": {"network", "kernel"},
        "train": {"privacy", "measure", "data", "network", "kernel"},
    },
    "engine": {
        "protect": set(),
        "storage": {"protect"},
        "hand": {"storage", "protect"},
        "model": {"storage"},
        "model/c": {"storage"},
        "model/onnx": {"storage"},
        "model/formats": {"model/c", "model/onnx", "model", "storage"},
        "data": {"hand", "model/formats", "model", "storage"},
        "reading": {"hand", "data", "model/formats", "model", "storage"},
        "runs": {"reading", "hand", "data", "model/formats", "model", "storage", "protect"},
        "training": {"runs", "reading", "hand", "data", "model/formats", "model", "storage", "protect"},
        "evaluation": {"training", "runs", "reading", "hand", "data", "model/formats", "model", "storage"},
    },
    "app": {
        "common": set(),
        "canvas": {"common"},
        "protect": {"common"},
        "reading": {"canvas", "common"},
        "chart": {"common"},
        "train": {"chart", "common"},
        "runs": {"chart", "common"},
        "data": {"common"},
        "results": {"data", "common"},
        "explain": {"data", "canvas", "common"},
        "shell": {"explain", "results", "train", "runs", "data", "chart", "reading", "protect", "canvas", "common"},
    },
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
    # The table itself goes one way: a folder is used only by those that come after it.
    known = set()
    for folder, uses in may_use.items():
        complaints += [f"MAY_USE_INSIDE: {layer}/{folder} uses {other}, which comes after it"
                       for other in sorted(uses - known)]
        known.add(folder)
    for path, header in includes(layer):
        here, there = folder_of(path, layer), home.get(os.path.basename(header))
        if (there is not None and there != here and there not in may_use.get(here, ())
                and (os.path.basename(path), header) not in BACK_ARROWS):
            complaints.append(f"{path} includes {header} of src/{layer}/{there}")
    return complaints


def no_circles(layer):
    """Files of a folder call each other in one direction, but for the circles in its meson.build."""
    texts = {}
    for path in tap.files(os.path.join("src", layer), (".c",)):
        folder, name = os.path.split(path)
        texts.setdefault(folder, {})[name] = tap.read(path)
    complaints = []
    for folder, sources in sorted(texts.items()):
        found = calls.arrows(sources)
        circles = calls.circles(found)
        known = [files for files, _ in calls.declared(tap.read(os.path.join(folder, "meson.build")))]
        for circle in sorted(map(sorted, circles)):
            if any(files.issuperset(circle) for files in known):
                continue
            complaints.append(f"{folder}: {', '.join(circle)} call each other:")
            complaints += [f"  {file} -> {other}: {', '.join(sorted(found[file][other]))}"
                           for file in circle for other in circle if other in found[file]]
        complaints += [f"{folder}/meson.build: {', '.join(sorted(files))} are no circle any more"
                       for files in known if not any(files >= circle for circle in circles)]
    return complaints


def circles_are_seen():
    """The check itself, on files that are made up."""
    type_and = "void\n"
    down = {"a.c": type_and + "a_run (int n)\n{\n  b_run (n);\n}\n",
            "b.c": "/* a_run (1) */\n" + type_and + "b_run (int n)\n{\n  g_print (\"a_run\");\n}\n"}
    back = dict(down, **{"b.c": type_and + "b_run (int n)\n{\n  later (a_run);\n}\n"})
    private = dict(back, **{"b.c": "static void\na_run (int n)\n{\n}\n" + down["b.c"]})
    comment = "# x: y.\n#\n# Circle a.c, b.c: they\n# share z.\n# Circle c.c, d.c: w.\nfiles()\n"
    expected = [
        (calls.circles(calls.arrows(down)), set()),
        (calls.circles(calls.arrows(back)), {frozenset(("a.c", "b.c"))}),
        (calls.circles(calls.arrows(private)), set()),
        (calls.declared(comment), [(frozenset(("a.c", "b.c")), "they share z."),
                                   (frozenset(("c.c", "d.c")), "w.")]),
    ]
    return [f"{was} instead of {wanted}" for was, wanted in expected if was != wanted]


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
for layer in MAY_USE:
    cases[f"/project/layers/circles-{layer}"] = lambda layer=layer: no_circles(layer)
cases["/project/layers/circles-are-seen"] = circles_are_seen
cases["/project/layers/gtk-in-app-only"] = lambda: never(
    set(MAY_USE) - {"app"}, r"^(gtk|gdk|gsk|adwaita)(/|\.h|-)(?!pixbuf)")
cases["/project/layers/blas-in-one-file"] = lambda: never(
    MAY_USE, r"cblas|openblas", but=(os.path.join("src", "core", "kernel", "nn-blas.c"),))
cases["/project/layers/core-is-bare"] = lambda: never(
    ["core"], r"cairo|pango|gio/|glib-object|gdk-pixbuf|json-glib")
cases["/project/layers/base-is-bare"] = lambda: never(
    ["base"], r"^(?!(glib|math|string|base-[a-z]+)\.h$)")
cases["/project/layers/ink-is-bare"] = lambda: never(
    ["ink"], r"gio/|glib-object|gdk-pixbuf|json-glib|^nn-")
cases["/project/layers/picture-is-bare"] = lambda: never(["picture"], r"gdk-pixbuf|json-glib")
cases["/project/layers/no-numerics-in-app"] = lambda: never(["app"], r"^nn-|cblas")
tap.run(cases)
