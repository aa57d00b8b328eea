/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LEARN_ROW (numeral_learn_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLearnRow, numeral_learn_row, NUMERAL, LEARN_ROW, GtkWidget)

/**
 * NumeralLearnRow:
 *
 * Learns one's own hand: how many digits there are for it, how far it is, what it changed, and
 * whether to keep it.
 *
 * Property "compact" (boolean): the figures are in the text.
 *
 * Actions: "learn.start", "learn.cancel", "learn.keep", "learn.dismiss", "learn.retry",
 * "learn.forget", "learn.use". One that is not possible is disabled, and its button hidden.
 */

/* Set once. */
void numeral_learn_row_set_lab (NumeralLearnRow *self, NumeralLab *lab);

G_END_DECLS
