/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-json.h"
#include "numeral-run-config.h"

/* The settings of a run in JSON. What is read can be written, and read again as the same. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = numeral_json_parse (bytes, &error);
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRunConfig) again = NULL;

  if (!fuzz_check (node != NULL, &error))
    return 0;
  config = numeral_run_config_from_json (node, &error);
  if (!fuzz_check (config != NULL, &error))
    return 0;
  written = numeral_run_config_to_json (config);
  again = numeral_run_config_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_true (nn_train_config_equal (&config->train, &again->train));
  g_assert_cmpstr (config->path, ==, again->path);
  fuzz_check (numeral_run_config_validate (config, &error), &error);
  return 0;
}
