/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "core-test.h"
#include "trainer.h"

/* The saved state of a trainer with a valid SHA-256, so that the other checks are reached. */

#define DIGEST_LENGTH 32

static gboolean
is_finite (NnTrainer *trainer)
{
  g_autoptr (NnNetwork) network = nn_trainer_snapshot (trainer);

  return nn_network_check_finite (network, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NnTrainer) trainer = fuzz_trainer_new ();
  g_autoptr (GBytes) before = core_test_save_state (trainer);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  NnStep step;

  state = size > DIGEST_LENGTH ? core_test_seal_state (data, size) : fuzz_bytes (data, size);
  if (fuzz_check (nn_trainer_restore_state (trainer, state, &error), &error))
    {
      after = core_test_save_state (trainer);
      g_assert_true (g_bytes_equal (after, state));
      if (is_finite (trainer))
        fuzz_check (nn_trainer_step (trainer, &step, &error), &error);
    }
  else
    {
      after = core_test_save_state (trainer);
      g_assert_true (g_bytes_equal (after, before));
    }
  return 0;
}
