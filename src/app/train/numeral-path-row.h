/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_PATH_ROW (numeral_path_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralPathRow, numeral_path_row, NUMERAL, PATH_ROW, AdwActionRow)

/**
 * NumeralPathRow:
 *
 * Shows the file or folder of the data, and lets a person choose another.
 *
 * Signals: "chosen" (char *path)
 */
NumeralPathRow *numeral_path_row_new (void);

/* @path: (nullable); @problem: (nullable): why it cannot be used for training */
void numeral_path_row_set_path (NumeralPathRow *self, const char *path, const char *problem);

G_END_DECLS
