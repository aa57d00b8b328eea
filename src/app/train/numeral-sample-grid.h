/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-data.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * NumeralSampleGrid:
 *
 * Shows 25 samples with a network's answer to each. A wrong answer has a cross, a frame and the
 * correct label beside it, so that colour is not the only mark.
 *
 * Signals: "read" (): all samples were read by a new network.
 */
#define NUMERAL_TYPE_SAMPLE_GRID (numeral_sample_grid_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSampleGrid, numeral_sample_grid, NUMERAL, SAMPLE_GRID, GtkWidget)

/* (nullable): shows its first samples. Returns whether they changed. */
gboolean numeral_sample_grid_set_data (NumeralSampleGrid *self, NnDataset *dataset);
/* Reads the samples again, in a thread. */
void numeral_sample_grid_set_network (NumeralSampleGrid *self, NnNetwork *network);
/* The number of samples that were read, and of these the number of correct answers. */
guint numeral_sample_grid_count (NumeralSampleGrid *self, guint *right);

G_END_DECLS
