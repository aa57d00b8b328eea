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
 * "Sample 3 of 7494", with buttons for the previous and next sample. It is revealed only for a
 * file with more than one sample.
 *
 * Signals: "selected" (guint index) when a person moved to another sample.
 */
NumeralSamplesBar *numeral_samples_bar_new (void);

/* @samples: (nullable) (element-type InkSample): takes a reference; selects the first sample.
 *   Emits no signal. */
void numeral_samples_bar_set_samples (NumeralSamplesBar *self, GPtrArray *samples);
/* (nullable): the sample that is shown. */
const InkSample *numeral_samples_bar_get_sample (NumeralSamplesBar *self);
guint numeral_samples_bar_get_index (NumeralSamplesBar *self);
/* Moves by @step samples and stops at the ends. Returns whether the sample changed. */
gboolean numeral_samples_bar_move (NumeralSamplesBar *self, int step);

G_END_DECLS
