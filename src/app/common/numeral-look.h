/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Adds the program's own style sheets to @display, the ones for dark windows and for high contrast
 * while @style asks for them. What AdwApplication does with the style sheets of a resource base
 * path; but with such a path GTK looks for icons in it too, and for that reads once more, while
 * the window waits, the icon theme that a thread has just read. */
void numeral_look_init (AdwStyleManager *style, GdkDisplay *display);

G_END_DECLS
