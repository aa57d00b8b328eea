/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-json.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) (element-type NnSuspect): numeral_suspects_find(), with its progress
 * on a terminal */
GArray *cli_find_suspects (const NnDataset *dataset, GError **error);

/* An array of objects. */
void cli_suspects_json (const GArray *suspects, CliJson *json);
void cli_suspects_print (const GArray *suspects);

G_END_DECLS
