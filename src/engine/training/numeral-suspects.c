/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-suspects.h"

#include "nn-folds.h"

#define AUGMENTATION "light"

/* A network that generalises well rather than one that is quick: what it cannot read is taken for a
 * wrong label. Trained for few epochs, it has not learned the wrong labels by heart. */
static void
init_config (NnTrainConfig *config, const NnDataset *dataset, guint n_workers)
{
  nn_train_config_init (config);
  config->hidden[0] = 512;
  config->optimizer = NN_OPTIMIZER_ADAMW;
  config->weight_decay = 0.01;
  config->schedule = NN_SCHEDULE_COSINE;
  config->batch_size = 64;
  config->epochs = 10;
  config->threads = n_workers;
  if (dataset->pixels != NULL)
    nn_augment_from_string (AUGMENTATION, &config->augment, NULL);
}

GArray *
numeral_suspects_find (const NnDataset *dataset, const NnBulk *bulk, GError **error)
{
  NnTrainConfig config;
  g_autofree float *probabilities = NULL;

  init_config (&config, dataset, bulk != NULL ? bulk->n_workers : 0);
  probabilities = nn_folds_read (&config, dataset, NUMERAL_SUSPECTS_FOLDS, bulk, error);
  return probabilities != NULL ? nn_confident_suspects (probabilities, dataset->labels, dataset->n,
                                                        dataset->n_classes) :
                                 NULL;
}
