/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "core-test.h"
#include "trainer.h"

/* The principal components in front of a trainer's saved state, with a valid SHA-256, so that the
 * other checks are reached. */

#define DIGEST_LENGTH 32

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NnDataset) samples = fuzz_samples_new ();
  g_autoptr (GBytes) bytes =
      size > DIGEST_LENGTH ? core_test_seal_state (data, size) : fuzz_bytes (data, size);
  g_autoptr (NnReduction) reduction = NULL;
  g_autoptr (NnDataset) projected = NULL;
  g_autoptr (GByteArray) again = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  const guint8 *start = g_bytes_get_data (bytes, NULL);
  gsize length = 0;

  reduction = nn_reduction_read (start, size, samples, FUZZ_N_COMPONENTS, &length, &error);
  if (!fuzz_check (reduction != NULL, &error))
    return 0;
  g_assert_true (nn_reduction_is_in (start, size));
  g_assert_cmpuint (length, <=, size);
  projected = nn_reduction_project (reduction, samples, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (projected->n_features, ==, FUZZ_N_COMPONENTS);
  /* The reserved member is not kept. */
  g_assert_true (nn_reduction_write (reduction, nn_write_to_array, again, NULL));
  g_assert_cmpuint (again->len, ==, length);
  return 0;
}
