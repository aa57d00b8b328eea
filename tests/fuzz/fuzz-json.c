/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-json.h"

/* JSON from any file. What is read can be written, and read again as the same. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = numeral_json_parse (bytes, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) written_again = NULL;

  if (!fuzz_check (node != NULL, &error))
    return 0;
  written = numeral_json_format (node);
  again = numeral_json_parse (written, &error);
  g_assert_no_error (error);
  written_again = numeral_json_format (again);
  g_assert_true (g_bytes_equal (written, written_again));
  return 0;
}
