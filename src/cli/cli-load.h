/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* The model in the file @path; %NULL: the model that ships. */
NumeralModel *cli_load_model (const char *path, GError **error);

/* A model that a thread of its own loads while the caller loads a data set. */
typedef struct _CliModelLoad CliModelLoad;

/* Starts cli_load_model(); @path stays valid until cli_load_model_end(). */
CliModelLoad *cli_load_model_begin (const char *path);
/* Waits for the model, frees @loading and returns what cli_load_model() would. */
NumeralModel *cli_load_model_end (CliModelLoad *loading, GError **error);

/* The same as cli_load_model(), of a model that reads digits: NN_ERROR_SHAPE where it does not. */
NumeralModel *cli_load_digit_model (const char *path, GError **error);

G_END_DECLS
