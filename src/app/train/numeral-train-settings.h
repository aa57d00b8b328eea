/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TRAIN_SETTINGS (numeral_train_settings_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralTrainSettings, numeral_train_settings, NUMERAL, TRAIN_SETTINGS, AdwPreferencesGroup)

/**
 * NumeralTrainSettings:
 *
 * The settings of the next run: rows with summaries that expand for editing.
 */
NumeralTrainSettings *numeral_train_settings_new (void);

void numeral_train_settings_set_lab (NumeralTrainSettings *self, NumeralLab *lab);
/* If a setting is invalid, opens its group and focuses its row, which scrolls it into view. */
void numeral_train_settings_show_problem (NumeralTrainSettings *self);

G_END_DECLS
