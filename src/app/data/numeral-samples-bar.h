/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ink-unipen.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SAMPLES_BAR (numeral_samples_bar_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSamplesBar, numeral_samples_bar, NUMERAL, SAMPLES_BAR, GtkWidget)

/**
 * NumeralSamplesBar:
 *
 * "Sample 3 of 7494", with a way back and forth: for a file that holds more
 * than one, and only then revealed.
 *
 * Signals: "selected" (guint index) when a person moved to another sample.
 */
NumeralSamplesBar *numeral_samples_bar_new (void);

/* @samples: (nullable) (element-type InkSample): a reference is taken; begins with the first one.
 * Emits nothing. */
void numeral_samples_bar_set_samples (NumeralSamplesBar *self, GPtrArray *samples);
/* (nullable): the sample that is shown. */
const InkSample *numeral_samples_bar_get_sample (NumeralSamplesBar *self);
guint numeral_samples_bar_get_index (NumeralSamplesBar *self);
/* By @step samples, stopping at the ends. Returns whether that was another one. */
gboolean numeral_samples_bar_move (NumeralSamplesBar *self, int step);

G_END_DECLS
