/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "nn-augment.h"

/* The text form of an augmentation. What is read can be written, and read again as the same. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  NnAugment augment, again;

  if (!fuzz_check (nn_augment_from_string (text, &augment, &error), &error))
    return 0;
  g_assert_true (nn_augment_validate (&augment, NULL));
  written = nn_augment_to_string (&augment);
  nn_augment_from_string (written, &again, &error);
  g_assert_no_error (error);
  g_assert_true (nn_augment_equal (&augment, &again));
  return 0;
}
