/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "nn-architecture.h"

/* The text form of a network. What is read can be written, and read again as the same. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  NnArchitecture arch, again;

  if (!fuzz_check (nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY,
                                                &arch, &error),
                   &error))
    return 0;
  g_assert_true (nn_architecture_validate (&arch, NULL));
  g_assert_cmpuint (nn_architecture_n_params (&arch), <=, NN_MAX_PARAMS);
  written = nn_architecture_to_string (&arch);
  nn_architecture_from_string (written, nn_architecture_get_activation (&arch),
                               NN_LOSS_CROSS_ENTROPY, &again, &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&arch, &again));
  return 0;
}
