/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "ink-unipen.h"
#include "numeral-data-ink.h"

/* A file of labelled ink: its segments, and the samples that become of them. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  guint n_damaged;
  gsize n_rejected;

  samples = ink_unipen_parse (bytes, &n_damaged, &error);
  if (!fuzz_check (samples != NULL, &error))
    return 0;
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);

      g_assert_true (sample->label >= -1 && sample->label <= 9);
      g_assert_false (ink_drawing_is_empty (sample->drawing));
    }
  dataset = numeral_data_from_unipen (bytes, &n_rejected, NULL, &error);
  if (!fuzz_check (dataset != NULL, &error))
    return 0;
  g_assert_cmpuint (dataset->n, >, 0);
  g_assert_cmpuint (dataset->n, <=, samples->len);
  return 0;
}
