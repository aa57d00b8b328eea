/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Adds the program's style sheets to @display, those for dark windows and high contrast while
 * @style asks for them. AdwApplication can do the same with a resource base path. But GTK then
 * also looks for icons in that path, and for this it reads the icon theme a second time while
 * the window waits. */
void numeral_look_init (AdwStyleManager *style, GdkDisplay *display);

G_END_DECLS
