/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-data.h"
#include "numeral-model.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SAMPLE_GRID (numeral_sample_grid_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSampleGrid, numeral_sample_grid, NUMERAL, SAMPLE_GRID, GtkWidget)

/**
 * NumeralSampleGrid:
 *
 * 25 samples with what a network says of each: a wrong answer has a cross, a frame and the right
 * one beside it, besides its colour.
 *
 * Signals: "read" (): all of them were read with another network.
 */
NumeralSampleGrid *numeral_sample_grid_new (void);

/* (nullable): shows the first of them. Returns whether they are others than before. */
gboolean numeral_sample_grid_set_data (NumeralSampleGrid *self, NnDataset *dataset);
/* Reads the samples again, in a thread. */
void numeral_sample_grid_set_network (NumeralSampleGrid *self, NnNetwork *network);
/* How many were read, and of these how many rightly. */
guint numeral_sample_grid_count (NumeralSampleGrid *self, guint *right);

G_END_DECLS
