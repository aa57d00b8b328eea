/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <math.h>

#include "nn-arff.h"
#include "nn-csv.h"

/* A table of features and labels, CSV or ARFF: all features are finite. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  gsize n_rejected;

  dataset = nn_arff_is (bytes) ? nn_arff_parse (bytes, &n_rejected, &error) :
                                 nn_csv_parse (bytes, &n_rejected, &error);
  if (!fuzz_check (dataset != NULL, &error))
    return 0;
  g_assert_cmpuint (dataset->n, >, 0);
  for (gsize i = 0; i < dataset->n; i++)
    g_assert_cmpuint (dataset->labels[i], <, dataset->n_classes);
  g_assert_true (dataset->scale >= 0 && dataset->scale <= 255);
  for (gsize i = 0; dataset->values != NULL && i < dataset->n * dataset->n_features; i++)
    g_assert_true (isfinite (dataset->values[i]));
  return 0;
}
