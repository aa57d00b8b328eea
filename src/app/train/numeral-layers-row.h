/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-settings.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LAYERS_ROW (numeral_layers_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLayersRow, numeral_layers_row, NUMERAL, LAYERS_ROW, AdwPreferencesRow)

/**
 * NumeralLayersRow:
 *
 * Edits the layers of a network: adds, moves and removes them, and sets the sizes of each. It shows
 * what each layer gives and how many parameters it has, and at a layer that cannot work, why.
 *
 * Signals: "changed" (): a person changed the layers.
 */
NumeralLayersRow *numeral_layers_row_new (void);

/* Does not emit "changed". @input: of the samples, or 0 channels if it is not known yet. */
void
numeral_layers_row_set_config (NumeralLayersRow *self, const NnTrainConfig *config, NnShape input);
/* Requests these layers. NN_ERROR_CONFIG if they are too many for the text of a network. */
gboolean
numeral_layers_row_get_config (NumeralLayersRow *self, NnTrainConfig *config, GError **error);
/* @problem: (nullable): why these layers are not valid */
void numeral_layers_row_set_problem (NumeralLayersRow *self, const char *problem);

G_END_DECLS
