/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-config.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_CLASSES_ROW (numeral_classes_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralClassesRow, numeral_classes_row, NUMERAL, CLASSES_ROW, AdwActionRow)

/**
 * NumeralClassesRow:
 *
 * Shows the number of samples of each digit, which is counted in a thread when the row becomes
 * visible.
 */
NumeralClassesRow *numeral_classes_row_new (void);

/* Counts the data of @config, unless it is counted already; an invisible row waits until it is
 * visible. */
void numeral_classes_row_set_config (NumeralClassesRow *self, const NumeralRunConfig *config);

G_END_DECLS
