/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* Prints the training samples of the data set @path that the model finds most like the digit, for
 * people or as JSON. @tensor: [28, 28]; errors as numeral_neighbours_new() */
gboolean cli_explain_neighbours (const NumeralModel *model,
                                 const float *tensor,
                                 const char *path,
                                 gboolean json,
                                 GError **error);

G_END_DECLS
