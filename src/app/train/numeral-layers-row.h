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
 * Edits the hidden layers of a network: adds and removes layers, and sets the width of each.
 *
 * Signals: "changed" (): a person changed the layers.
 */
/* @setting: its hint is shown under the title. */
NumeralLayersRow *numeral_layers_row_new (const NumeralRunSetting *setting);

/* Does not emit "changed". */
void numeral_layers_row_set_widths (NumeralLayersRow *self, const guint *widths, guint n);
/* @problem: (nullable): why these layers are not valid */
void numeral_layers_row_set_problem (NumeralLayersRow *self, const char *problem);
/* (transfer none) */
const guint *numeral_layers_row_get_widths (NumeralLayersRow *self, guint *n);

G_END_DECLS
