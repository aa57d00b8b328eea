/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Number of samples that a generator makes at once; the largest number takes 784 MB. */
#define NUMERAL_GENERATOR_MAX_SAMPLES 1000000

/**
 * NumeralGenerator:
 * @network: reads @n_noise values of noise and the class as a one-hot vector, and gives the pixels
 *   [height, width] from 0 to 1
 * @discriminator: (nullable): what it was trained against, with which the training can go on
 * @metadata: (element-type utf8 utf8): the training card
 *
 * A network that makes digits, trained by nn_gan_new(). Immutable; reference-counted (atomic).
 * numeral-generator-file.h has its files.
 */
typedef struct
{
  NnNetwork *network, *discriminator;
  guint n_noise, n_classes, width, height;
  GHashTable *metadata;
  /*< private >*/
  int ref_count;
} NumeralGenerator;

/**
 * numeral_generator_new:
 * @network: of NN_ROLE_MAP
 * @discriminator: (nullable)
 * @metadata: (nullable): copied
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the network does not give such images;
 *   NN_ERROR_VALUE if a weight is not finite
 */
NumeralGenerator *numeral_generator_new (NnNetwork *network,
                                         NnNetwork *discriminator,
                                         guint width,
                                         guint height,
                                         guint n_classes,
                                         GHashTable *metadata,
                                         GError **error);
NumeralGenerator *numeral_generator_ref (NumeralGenerator *generator);
void numeral_generator_unref (NumeralGenerator *generator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralGenerator, numeral_generator_unref)

/**
 * numeral_generator_make:
 * @counts: [n_classes] number of samples of each class, at most NUMERAL_GENERATOR_MAX_SAMPLES in
 *   all and at least one
 * @n_threads: 0 for the number of processors; does not change the result
 * @progress: (nullable): called repeatedly in the calling thread with the share that is done
 *
 * Makes samples. Their classes take turns, so that the first samples have all classes. The same
 * @counts and @seed give the same samples on the same machine. Blocks.
 *
 * Returns: (transfer full): NN_ERROR_TOO_LARGE, NN_ERROR_CONFIG, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_generator_make (const NumeralGenerator *generator,
                                   const guint *counts,
                                   guint64 seed,
                                   guint n_threads,
                                   GCancellable *cancellable,
                                   void (*progress) (double share, gpointer user_data),
                                   gpointer user_data,
                                   GError **error);

G_END_DECLS
