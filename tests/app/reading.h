/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-reading-view.h"

G_BEGIN_DECLS

/* (transfer full): a prediction without a network behind it, that is sure of @digit by
 * @probability, and leaves the rest to @runner_up. */
NumeralPrediction *reading_new (guint digit, guint runner_up, double probability);
NumeralPrediction *reading_new_empty (void);

/* Shows @widget alone in a window of this size and waits until it is on the screen. */
GtkWindow *reading_show (GtkWidget *widget, int width, int height);
/* Destroys the window; asserts that nothing holds on to the widget any more. */
void reading_hide (GtkWindow *window, gpointer widget);

/* (transfer none): the choice of a NumeralReadingView, which gets one here if it has none. */
NumeralDigitChoice *reading_choice (gpointer view);
/* Has the view show this prediction (nullable). */
void reading_set (gpointer view, NumeralPrediction *prediction);

G_END_DECLS
