/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* The model in the file @path; %NULL: the model that ships. */
NumeralModel *cli_load_model (const char *path, GError **error);

/* The same, of a model that reads digits: NN_ERROR_SHAPE where it does not. */
NumeralModel *cli_load_digit_model (const char *path, GError **error);

G_END_DECLS
