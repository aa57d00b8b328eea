/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "model.h"
#include "nn-dataset.h"
#include "numeral-data-npz.h"
#include "numeral-npz.h"

/* Far more than the inputs hold. */
#define MAX_BYTES ((size_t) 1 << 24)

/* Every value can be read as a number. */
static void
sum_values (const NumeralNpyArray *array)
{
  volatile double sum = 0;

  for (gsize i = 0; i < array->header.n_values && i < MAX_BYTES; i++)
    sum = sum + numeral_npy_array_get (array, i);
}

/* An archive of NumPy, or one array: its arrays, as a model and as a data set. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);

  if (numeral_npy_is (data, size))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralNpyArray) array = numeral_npy_parse (bytes, "x", MAX_BYTES, &error);

      if (fuzz_check (array != NULL, &error))
        sum_values (array);
    }
  else
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) arrays = numeral_npz_parse (bytes, NULL, MAX_BYTES, &error);

      if (fuzz_check (arrays != NULL, &error))
        g_ptr_array_foreach (arrays, (GFunc) (void (*) (void)) sum_values, NULL);
    }
  for (NumeralSplit split = NUMERAL_SPLIT_TRAIN; split <= NUMERAL_SPLIT_TEST; split++)
    {
      g_autoptr (GError) error = NULL;
      gsize n_rejected = 0;
      g_autoptr (NnDataset) dataset = numeral_data_from_npz (bytes, split, &n_rejected, &error);

      if (fuzz_check (dataset != NULL, &error))
        for (gsize i = 0; i < dataset->n; i++)
          g_assert_cmpuint (dataset->labels[i], <, dataset->n_classes);
    }
  fuzz_model (data, size, "input.npz");
  return 0;
}
