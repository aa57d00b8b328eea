/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NumeralColumnsLayout:
 *
 * Places its children in a row if there is room, otherwise in a column.
 *
 * Properties: "beside-from" (int, the width from which they are in a row), "spacing" (int),
 * "last-width" (int; 0: columns of the same width; otherwise the width of the last column, and
 * the others share the rest), "natural-width" (int, the least natural width).
 */
#define NUMERAL_TYPE_COLUMNS_LAYOUT (numeral_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralColumnsLayout, numeral_columns_layout, NUMERAL, COLUMNS_LAYOUT, GtkLayoutManager)

G_END_DECLS
