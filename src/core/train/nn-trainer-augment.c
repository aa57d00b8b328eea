/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <string.h>

/* "augment": keeps these streams apart from those of other purposes. */
#define PURPOSE G_GUINT64_CONSTANT (0x6175676d656e74)

/* The workers that train also draw: an augmented view costs a few microseconds and is made where it
 * is read, so that it needs no queue. It is a function of seed, step and row alone. */

void
nn_trainer_augment_init (NnTrainer *trainer)
{
  const NnDataset *train = trainer->train;
  gsize batch = trainer->max_rows;
  guint n_workers = nn_pool_get_n_workers (trainer->pool);

  trainer->augmenters = g_new0 (NnAugmenter *, n_workers + 1);
  for (guint w = 0; w < n_workers; w++)
    trainer->augmenters[w] =
        nn_augmenter_new (&trainer->config.augment, train->width, train->height);
  trainer->views = g_malloc (batch * train->n_features);
}

void
nn_trainer_augment_clear (NnTrainer *trainer)
{
  if (trainer->augmenters == NULL)
    return;
  for (NnAugmenter **augmenter = trainer->augmenters; *augmenter != NULL; augmenter++)
    nn_augmenter_free (*augmenter);
  g_free (trainer->augmenters);
  g_free (trainer->views);
}

void
nn_trainer_augment (NnTrainer *trainer, guint worker, gsize first, gsize last)
{
  const NnDataset *train = trainer->train;
  const gsize k = train->n_features;

  for (gsize i = first; i < last; i++)
    {
      guint32 sample = trainer->indices[i];
      guint8 *view = trainer->views + i * k;
      NnOrigin *origin = train->origins != NULL ? train->origins[sample] : NULL;
      NnRandom random;

      nn_random_init_stream (&random, trainer->config.seed ^ PURPOSE, trainer->step, i);
      if (origin != NULL)
        origin->klass->draw (origin, &trainer->config.augment, nn_random_next (&random), view);
      else
        nn_augmenter_apply (trainer->augmenters[worker], nn_random_next (&random),
                            train->pixels + sample * k, view);
    }
}
