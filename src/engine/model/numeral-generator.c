/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-generator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-gan-config.h"
#include "nn-pool.h"
#include "nn-simd.h"
#include "numeral-fail.h"
#include "numeral-model.h"

/* A sample's noise is a function of (seed, stream, class and number in its class). */
#define STREAM_SAMPLES 20
/* Samples that a worker makes at once. */
#define CHUNK ((gsize) 128)
/* Samples between two looks at the cancellable. */
#define ROUND (64 * CHUNK)

NumeralGenerator *
numeral_generator_new (NnNetwork *network,
                       NnNetwork *discriminator,
                       guint width,
                       guint height,
                       guint n_classes,
                       GHashTable *metadata,
                       GError **error)
{
  NumeralGenerator *generator;
  GHashTableIter iter;
  gpointer key, value;
  guint n_noise;

  if (n_classes < 1 || n_classes > NN_MAX_CLASSES || width < 1 || height < 1 ||
      width > NN_MAX_SIDE || height > NN_MAX_SIDE)
    {
      numeral_fail (error, NN_ERROR_SHAPE, _ ("a generator makes images of 1 to %d classes"),
                    NN_MAX_CLASSES);
      return NULL;
    }
  if (!nn_gan_check_generator (&network->arch, width * height, n_classes, &n_noise, error) ||
      !nn_network_check_finite (network, error) ||
      (discriminator != NULL && !nn_network_check_finite (discriminator, error)))
    return NULL;
  generator = g_new0 (NumeralGenerator, 1);
  generator->network = nn_network_ref (network);
  generator->discriminator = discriminator != NULL ? nn_network_ref (discriminator) : NULL;
  generator->n_noise = n_noise;
  generator->n_classes = n_classes;
  generator->width = width;
  generator->height = height;
  generator->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  generator->ref_count = 1;
  if (metadata == NULL)
    return generator;
  g_hash_table_iter_init (&iter, metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (generator->metadata, g_strdup (key), g_strdup (value));
  return generator;
}

NumeralGenerator *
numeral_generator_ref (NumeralGenerator *generator)
{
  g_atomic_int_inc (&generator->ref_count);
  return generator;
}

void
numeral_generator_unref (NumeralGenerator *generator)
{
  if (!g_atomic_int_dec_and_test (&generator->ref_count))
    return;
  nn_network_unref (generator->network);
  g_clear_pointer (&generator->discriminator, nn_network_unref);
  g_hash_table_unref (generator->metadata);
  g_free (generator);
}

/* A worker's memory. */
typedef struct
{
  NnTape *tape;
  float *input; /* [CHUNK, noise + classes] */
} Desk;

/* The samples [first, last), which the workers share. */
typedef struct
{
  const NumeralGenerator *generator;
  NnDataset *dataset;
  const guint32 *numbers; /* [n]: of each sample in its class */
  guint64 seed;
  NnPool *pool;
  Desk *desks;
  gsize first, last;
} Making;

static void
write_input (const Making *making, gsize sample, float *input)
{
  const NumeralGenerator *generator = making->generator;
  const guint label = making->dataset->labels[sample];
  NnRandom random;

  nn_random_init_stream (&random, making->seed, STREAM_SAMPLES,
                         (guint64) label << 32 | making->numbers[sample]);
  for (guint i = 0; i < generator->n_noise; i++)
    input[i] = nn_random_normal (&random);
  memset (input + generator->n_noise, 0, generator->n_classes * sizeof (float));
  input[generator->n_noise + label] = 1;
}

static void
make_chunk (const Making *making, const Desk *desk, gsize first, gsize n)
{
  const gsize width = making->generator->n_noise + making->generator->n_classes;
  const gsize size = making->dataset->n_features;
  guint8 *pixels = making->dataset->pixels + first * size;
  const float *images;

  for (gsize i = 0; i < n; i++)
    write_input (making, first + i, desk->input + i * width);
  images = nn_forward (making->generator->network, desk->tape, desk->input, n);
  for (gsize i = 0; i < n * size; i++)
    pixels[i] = (guint8) lrintf (images[i] * 255);
}

static void
make_share (guint worker, gpointer data)
{
  const Making *making = data;
  const gsize n_chunks = (making->last - making->first + CHUNK - 1) / CHUNK;
  gsize first, last;

  nn_pool_share (making->pool, worker, n_chunks, &first, &last);
  for (gsize c = first; c < last; c++)
    {
      const gsize from = making->first + c * CHUNK;

      make_chunk (making, &making->desks[worker], from, MIN (CHUNK, making->last - from));
    }
}

/* The classes take turns until each has its number. */
static void
write_labels (NnDataset *dataset, const guint *counts, guint32 *numbers)
{
  gsize i = 0;

  for (guint32 round = 0; i < dataset->n; round++)
    for (guint c = 0; c < dataset->n_classes; c++)
      if (round < counts[c])
        {
          numbers[i] = round;
          dataset->labels[i++] = (guint8) c;
        }
}

static NnDataset *
new_dataset (const NumeralGenerator *generator, const guint *counts, GError **error)
{
  const char *names = g_hash_table_lookup (generator->metadata, NUMERAL_CARD_CLASSES);
  NnDataset *dataset;
  gsize n = 0;

  for (guint c = 0; c < generator->n_classes; c++)
    n += counts[c];
  if (n < 1 || n > NUMERAL_GENERATOR_MAX_SAMPLES)
    {
      numeral_fail (error, NN_ERROR_CONFIG, _ ("a generator makes 1 to %d samples, not %zu"),
                    NUMERAL_GENERATOR_MAX_SAMPLES, n);
      return NULL;
    }
  dataset =
      nn_dataset_new_pixels (n, generator->width, generator->height, generator->n_classes, error);
  if (dataset != NULL && names != NULL)
    dataset->class_names = g_ref_string_new (names);
  return dataset;
}

NnDataset *
numeral_generator_make (const NumeralGenerator *generator,
                        const guint *counts,
                        guint64 seed,
                        guint n_threads,
                        GCancellable *cancellable,
                        void (*progress) (double share, gpointer user_data),
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (NnDataset) dataset = new_dataset (generator, counts, error);
  g_autoptr (NnPool) pool = NULL;
  g_autofree guint32 *numbers = NULL;
  Making making = { .generator = generator, .dataset = dataset, .seed = seed };
  guint n_workers;

  if (dataset == NULL)
    return NULL;
  making.numbers = numbers = g_new (guint32, dataset->n);
  write_labels (dataset, counts, numbers);
  making.pool = pool = nn_pool_new (n_threads);
  n_workers = nn_pool_get_n_workers (pool);
  making.desks = g_new (Desk, n_workers);
  for (guint w = 0; w < n_workers; w++)
    making.desks[w] = (Desk){
      nn_tape_new (&generator->network->arch, CHUNK),
      nn_aligned_new0 (CHUNK * (generator->n_noise + generator->n_classes)),
    };
  while (making.last < dataset->n && !g_cancellable_is_cancelled (cancellable))
    {
      making.first = making.last;
      making.last = MIN (making.first + ROUND, dataset->n);
      nn_pool_run (pool, make_share, &making);
      if (progress != NULL)
        progress ((double) making.last / (double) dataset->n, user_data);
    }
  for (guint w = 0; w < n_workers; w++)
    {
      nn_tape_free (making.desks[w].tape);
      nn_aligned_free (making.desks[w].input);
    }
  g_free (making.desks);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL :
                                                                     g_steal_pointer (&dataset);
}
