/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

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
  g_autofree char *line = NULL;
  g_autofree char *line_again = NULL;

  if (!fuzz_check (node != NULL, &error))
    return 0;
  line = numeral_json_to_line (node);
  g_assert_null (strchr (line, '\n'));
  written = numeral_json_format (node);
  again = numeral_json_parse (written, &error);
  g_assert_no_error (error);
  line_again = numeral_json_to_line (again);
  g_assert_cmpstr (line, ==, line_again);
  return 0;
}
