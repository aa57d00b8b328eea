/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "nn-idx.h"

/* Images and labels of a data set like MNIST, joined by fuzz_join(). */

static void
check_dataset (const NnDataset *dataset)
{
  guint sum = 0;

  g_assert_cmpuint (dataset->n, >, 0);
  for (gsize i = 0; i < dataset->n; i++)
    g_assert_cmpuint (dataset->labels[i], <, dataset->n_classes);
  for (gsize i = 0; i < dataset->n * dataset->n_features; i++)
    sum += dataset->pixels[i];
  g_assert_cmpuint (sum, <=, 255 * dataset->n * dataset->n_features);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) labels = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnDataset) taken = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_rejected;

  fuzz_split (data, size, &images, &labels);
  dataset = nn_idx_parse_take (g_bytes_ref (images), labels, 10, &n_rejected, &error);
  if (!fuzz_check (dataset != NULL, &error))
    return 0;
  check_dataset (dataset);
  taken = nn_idx_parse_take (g_steal_pointer (&images), labels, 10, &n_rejected, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (taken->pixels, taken->n * taken->n_features, dataset->pixels,
                   dataset->n * dataset->n_features);
  return 0;
}
