/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-run-settings.h"

/* The text of one setting, as on the command line: the first byte chooses the setting. A value in
 * its range can be written, and read again as the same. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);
  const NumeralRunSetting *row = &settings[size > 0 ? data[0] % n : 0];
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRunConfig) again = numeral_run_config_new ();
  g_autofree char *text = size > 0 ? fuzz_text (data + 1, size - 1) : g_strdup ("");
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  gpointer object = numeral_run_setting_object (row, config);
  gpointer object_again = numeral_run_setting_object (row, again);

  if (!fuzz_check (nn_setting_set_text (row->setting, object, text, &error), &error) ||
      !fuzz_check (nn_setting_check (row->setting, object, &error), &error))
    return 0;
  written = nn_setting_get_text (row->setting, object);
  if (written == NULL)
    return 0;
  nn_setting_set_text (row->setting, object_again, written, &error);
  g_assert_no_error (error);
  g_assert_true (nn_setting_equal (row->setting, object, object_again));
  return 0;
}
