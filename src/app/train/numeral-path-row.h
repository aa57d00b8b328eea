/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_PATH_ROW (numeral_path_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralPathRow, numeral_path_row, NUMERAL, PATH_ROW, AdwActionRow)

/**
 * NumeralPathRow:
 *
 * Says which file or folder the data come from, and lets one choose either.
 *
 * Signals: "chosen" (char *path)
 */
NumeralPathRow *numeral_path_row_new (void);

/* @path: (nullable); @problem: (nullable): why it cannot be learned from */
void numeral_path_row_set_path (NumeralPathRow *self, const char *path, const char *problem);

G_END_DECLS
