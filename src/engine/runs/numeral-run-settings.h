/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * NumeralRunSetting:
 * @setting: its row
 * @base: offset in NumeralRunConfig of the struct that the row describes a member of
 * @top: whether it is a member of the JSON object of its own, and not a part of another setting
 *
 * One setting of a run: of its data, of nn_train_settings or of nn_augment_settings.
 */
typedef struct
{
  const NnSetting *setting;
  gsize base;
  gboolean top;
} NumeralRunSetting;

/* (transfer none): all settings. */
const NumeralRunSetting *numeral_run_settings (guint *n);
/* (transfer none): the setting of that name, which must exist. */
const NumeralRunSetting *numeral_run_setting (const char *name);

/* The struct in @config that contains the member of this row. */
gpointer numeral_run_setting_object (const NumeralRunSetting *setting,
                                     const NumeralRunConfig *config);

G_END_DECLS
