/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-history-text.h"
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
  g_autoptr (GByteArray) csv = g_byte_array_new ();
  g_autoptr (GByteArray) jsonl = g_byte_array_new ();
  g_autoptr (NumeralHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_split (data, size, &steps, &epochs);
  write_file (NUMERAL_CURVE_FILE, steps);
  write_file (NUMERAL_EPOCHS_FILE, epochs);
  history = numeral_curve_read_folder (fuzz_folder (), NULL, &error);
  if (!fuzz_check (history != NULL, &error))
    return 0;
  (void) numeral_history_get_best (history);
  (void) numeral_history_write_csv (history, nn_write_to_array, csv, NULL);
  (void) numeral_history_write_jsonl (history, nn_write_to_array, jsonl, NULL);
  numeral_history_truncate (history, numeral_history_get_n_steps (history) / 2);
  return 0;
}
