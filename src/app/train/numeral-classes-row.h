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
 * How many samples there are of each digit, counted in a thread when somebody asks for it.
 */
NumeralClassesRow *numeral_classes_row_new (void);

/* Counts the data of @config, unless they are counted already; where it is not visible, when it
 * becomes so. */
void numeral_classes_row_set_config (NumeralClassesRow *self, const NumeralRunConfig *config);

G_END_DECLS
