/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trainer.h"

#include "core-test.h"

NnDataset *
fuzz_samples_new (void)
{
  return core_test_values (16, 6, 3, 1);
}

NnTrainer *
fuzz_trainer_new (void)
{
  static const guint hidden[] = { 4 };
  NnTrainConfig config = core_test_config (1, hidden, 4);
  g_autoptr (NnDataset) dataset = fuzz_samples_new ();

  config.optimizer = NN_OPTIMIZER_ADAM;
  return core_test_trainer (&config, dataset);
}
