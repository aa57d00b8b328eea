/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-settings.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LEFT_OUT_ROW (numeral_left_out_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLeftOutRow, numeral_left_out_row, NUMERAL, LEFT_OUT_ROW, AdwActionRow)

/**
 * NumeralLeftOutRow:
 *
 * Says how many samples the next run leaves out, and has a button to use them again. Hidden if none
 * is left out.
 *
 * Signals: "cleared": the button was pressed.
 */
NumeralLeftOutRow *numeral_left_out_row_new (const NumeralRunSetting *setting);

/* @text: (nullable): as in numeral-left-out.h */
void numeral_left_out_row_set (NumeralLeftOutRow *self, const char *text);

G_END_DECLS
