/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NumeralWrapLayout:
 *
 * Places its children in a line, and begins a new line where there is no room, as text does. The
 * first child of a line is at its start, the others at its end; one that is alone in a later line
 * has the whole width.
 *
 * Properties: "spare" (GtkWidget, nullable): a child that is left out where the others are in one
 * line without it. The natural width is that of this line.
 * "last-width" (int): the width that the last child grows to where there is room.
 */
#define NUMERAL_TYPE_WRAP_LAYOUT (numeral_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralWrapLayout, numeral_wrap_layout, NUMERAL, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
