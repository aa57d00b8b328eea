/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-numbers.h"

G_BEGIN_DECLS

/**
 * CliNumbers:
 * @model_path: (nullable): %NULL: the model that ships
 * @path: a UNIPEN file
 * @writers: (nullable) (element-type guint32): only these
 * @failures: (nullable): a folder for the misread numbers, as InkML
 */
typedef struct
{
  const char *model_path;
  const char *path;
  const GArray *writers;
  const char *failures;
  gboolean json;
  NumeralNumbersConfig config;
} CliNumbers;

/* "evaluate --numbers": measures the accuracy on numbers of several digits, and prints it. Returns
 * an exit status. */
int cli_evaluate_numbers (const CliNumbers *numbers);

/* Parses "0.1,0.45" into the gaps of @config; G_OPTION_ERROR_BAD_VALUE. */
gboolean cli_numbers_parse_gap (const char *text, NumeralNumbersConfig *config, GError **error);

G_END_DECLS
