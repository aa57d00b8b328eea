/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-run-record.h"

/* run.json in the folder of a run. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_write (NUMERAL_RECORD_FILE, data, size);
  record = numeral_run_record_load (fuzz_folder (), &error);
  if (!fuzz_check (record != NULL, &error))
    return 0;
  g_assert_true (g_utf8_validate (record->name, -1, NULL));
  g_assert_cmpint (record->created, >=, 0);
  g_assert_true (nn_train_config_validate (&record->config->train, NULL));
  /* Without the time, which is not the same where it was beyond what can be written. */
  g_clear_pointer (&record, numeral_run_record_unref);
  record = numeral_run_record_load (fuzz_folder (), &error);
  g_assert_no_error (error);
  return 0;
}
