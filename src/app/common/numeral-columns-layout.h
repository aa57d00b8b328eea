/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_COLUMNS_LAYOUT (numeral_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralColumnsLayout, numeral_columns_layout, NUMERAL, COLUMNS_LAYOUT, GtkLayoutManager)

/**
 * NumeralColumnsLayout:
 *
 * Children beside each other where there is room for it, and below each other
 * where there is not.
 *
 * Properties: "beside-from" (int, the width from which they stand beside each other), "spacing"
 * (int), "last-width" (int; 0: columns of the same width; otherwise that of the last one, the
 * others sharing the rest), "natural-width" (int, at least so much is asked for).
 */
NumeralColumnsLayout *numeral_columns_layout_new (void);

G_END_DECLS
