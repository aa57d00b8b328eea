/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-generator-file.h"
#include "numeral-safetensors.h"

/* The container of a model file alone: each tensor lies within the file. And a generator in it. */

static void
read_generator (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralGenerator) generator = numeral_generator_parse (bytes, &error);

  if (fuzz_check (generator != NULL, &error))
    g_assert_cmpuint (nn_architecture_n_outputs (&generator->network->arch), ==,
                      (gsize) generator->width * generator->height);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, &error);

  if (!fuzz_check (file != NULL, &error))
    return 0;
  read_generator (bytes);
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);
      g_autofree float *values = g_new (float, tensor->n_values);
      g_autofree char *quoted = numeral_tensor_quote (tensor->name);

      g_assert_cmpuint (tensor->n_values, <=, size);
      g_assert_true (g_utf8_validate (quoted, -1, NULL));
      fuzz_check (numeral_tensor_read (tensor, values, &error), &error);
    }
  return 0;
}
