/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-teach.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TEACH_ROW (numeral_teach_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTeachRow, numeral_teach_row, NUMERAL, TEACH_ROW, GtkWidget)

/**
 * NumeralTeachRow:
 *
 * "Is it right? Yes; no, it is 0 1 2 …", then what was kept, with an undo, or why it was not. What
 * was read cannot be chosen as the right answer to "no", and the second most probable digit is
 * tinted.
 *
 * Actions: "teach.yes", "teach.label" (i: a digit, 10 for something that is not a digit),
 * "teach.undo", "teach.retry", "teach.dismiss". A digit key while the row has the focus answers
 * too.
 */
GtkWidget *numeral_teach_row_new (void);

/* @n: how many new digits there are to learn one's own hand from; 0 to offer nothing */
void numeral_teach_row_set_learnable (NumeralTeachRow *self, gsize n);

/* (transfer none) */
NumeralTeach *numeral_teach_row_get_teach (NumeralTeachRow *self);

G_END_DECLS
