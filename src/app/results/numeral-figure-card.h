/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_FIGURE_CARD (numeral_figure_card_get_type ())
G_DECLARE_FINAL_TYPE (NumeralFigureCard, numeral_figure_card, NUMERAL, FIGURE_CARD, GtkWidget)

/**
 * NumeralFigureCard:
 *
 * One figure in large type, with its name above and a note below.
 *
 * Properties: "title" (string).
 */

/* @note: (nullable) */
void numeral_figure_card_set (NumeralFigureCard *self, const char *value, const char *note);

G_END_DECLS
