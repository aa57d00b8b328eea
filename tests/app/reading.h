/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-reading-view.h"

G_BEGIN_DECLS

/* (transfer full): a prediction that no network made: @digit has @probability, and @runner_up has
 * the rest. */
NumeralPrediction *reading_new (guint digit, guint runner_up, double probability);
NumeralPrediction *reading_new_empty (void);

/* Shows @widget alone in a window of this size and waits until it is on the screen. */
GtkWindow *reading_show (GtkWidget *widget, int width, int height);
/* Destroys the window; asserts that no reference to the widget remains. */
void reading_hide (GtkWindow *window, gpointer widget);

/* (transfer none): the digit choice of a NumeralReadingView, which gets one here if it has none. */
NumeralDigitChoice *reading_choice (gpointer view);
/* Shows this prediction (nullable) in the view. */
void reading_set (gpointer view, NumeralPrediction *prediction);

G_END_DECLS
