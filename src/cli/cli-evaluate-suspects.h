/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) (element-type NnSuspect): numeral_suspects_find(), with its progress
 * on a terminal */
GArray *cli_find_suspects (const NnDataset *dataset, GError **error);

void cli_suspects_print (const GArray *suspects);

G_END_DECLS
