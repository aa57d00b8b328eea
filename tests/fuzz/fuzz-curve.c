/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-run-curve.h"

/* curve.bin and epochs.jsonl of a run, joined by fuzz_join(). */

static void
write_file (const char *name, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  fuzz_write (name, data, size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) steps = NULL;
  g_autoptr (GBytes) epochs = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (GBytes) jsonl = NULL;
  g_autoptr (NumeralHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_split (data, size, &steps, &epochs);
  write_file (NUMERAL_CURVE_FILE, steps);
  write_file (NUMERAL_EPOCHS_FILE, epochs);
  history = numeral_curve_read_folder (fuzz_folder (), &error);
  if (!fuzz_check (history != NULL, &error))
    return 0;
  (void) numeral_history_get_best (history);
  csv = numeral_history_to_csv (history);
  jsonl = numeral_history_to_jsonl (history);
  numeral_history_truncate (history, history->steps->len / 2);
  return 0;
}
