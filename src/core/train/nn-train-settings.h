/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-setting.h"

G_BEGIN_DECLS

/* One row for each member of NnTrainConfig. Its order is that of the options in --help. */
#define NN_N_TRAIN_SETTINGS 31
extern const NnSetting nn_train_settings[NN_N_TRAIN_SETTINGS];

/* (transfer none): the row of that name, which must exist. */
const NnSetting *nn_train_setting (const char *name);

G_END_DECLS
