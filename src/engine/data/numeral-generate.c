/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-generate.h"

#include <glib/gi18n-lib.h>

#include "nn-lazy.h"
#include "numeral-origin.h"

/* Samples between two looks at the cancellable: about 20 milliseconds of two workers. */
#define CHUNK ((gsize) 512)
#define MAX_THREADS 64
#define N_NONDIGIT_KINDS (INK_NONDIGIT_END - INK_NONDIGIT_LETTER)

/* What the samples of a data set are computed from. */
typedef struct
{
  guint64 seed;
  guint version;   /* of the generator of digits */
  gboolean unseen; /* non-digits for testing */
} Generator;

static guint
digit_of (guint32 number)
{
  return number % INK_GENERATOR_N_DIGITS;
}

static guint
nondigit_of (guint32 number)
{
  return INK_NONDIGIT_LETTER + number % N_NONDIGIT_KINDS;
}

static void
write_digit (gconstpointer data, guint32 number, guint8 *pixels)
{
  const Generator *generator = data;

  numeral_generate_digit (digit_of (number), generator->version, generator->seed, number, pixels);
}

static void
write_nondigit (gconstpointer data, guint32 number, guint8 *pixels)
{
  const Generator *generator = data;

  numeral_generate_nondigit (nondigit_of (number), generator->unseen, generator->seed, number,
                             pixels);
}

static const NnWriterClass digit_writer = { write_digit, g_free };
static const NnWriterClass nondigit_writer = { write_nondigit, g_free };

static NnDataset *
new_lazy (gsize n, const NnWriterClass *writer, const Generator *generator, GError **error)
{
  NnDataset *dataset =
      nn_dataset_new_pixels (n, INK_TENSOR_SIDE, INK_TENSOR_SIDE, INK_GENERATOR_N_DIGITS, error);

  if (dataset == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    dataset->labels[i] =
        (guint8) (writer == &digit_writer ? digit_of ((guint32) i) : nondigit_of ((guint32) i));
  nn_lazy_init (dataset, writer, g_memdup2 (generator, sizeof *generator));
  return dataset;
}

static void
add_origins (NnDataset *dataset, guint version)
{
  NnOrigin *origins[INK_GENERATOR_N_DIGITS];

  nn_dataset_add_origins (dataset);
  for (guint digit = 0; digit < INK_GENERATOR_N_DIGITS; digit++)
    origins[digit] = numeral_origin_new_generated (digit, version);
  for (gsize i = 0; i < dataset->n; i++)
    dataset->origins[i] = nn_origin_ref (origins[dataset->labels[i]]);
  for (guint digit = 0; digit < INK_GENERATOR_N_DIGITS; digit++)
    nn_origin_unref (origins[digit]);
}

NnDataset *
numeral_generate_digits_lazily (gsize n, guint version, guint64 seed, GError **error)
{
  const Generator generator = { .seed = seed, .version = version };
  NnDataset *dataset = new_lazy (n, &digit_writer, &generator, error);

  if (dataset != NULL)
    add_origins (dataset, version);
  return dataset;
}

/* Computes all samples, in their order. @dataset: (transfer full) (nullable) */
static NnDataset *
complete (NnDataset *dataset,
          guint n_threads,
          GCancellable *cancellable,
          NumeralGenerateProgress progress,
          gpointer user_data,
          GError **error)
{
  g_autoptr (NnDataset) whole = dataset;
  g_autoptr (NnPool) pool = NULL;
  guint32 indices[CHUNK];

  if (whole == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  pool = nn_pool_new (MIN (n_threads, MAX_THREADS));
  for (gsize first = 0; first < whole->n; first += CHUNK)
    {
      const gsize n = MIN (CHUNK, whole->n - first);

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               _ ("making digits was cancelled"));
          return NULL;
        }
      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_lazy_write (whole, indices, n, pool);
      if (progress != NULL)
        progress (first + n, whole->n, user_data);
    }
  return g_steal_pointer (&whole);
}

NnDataset *
numeral_generate_digits (gsize n,
                         guint version,
                         guint64 seed,
                         guint n_threads,
                         GCancellable *cancellable,
                         NumeralGenerateProgress progress,
                         gpointer user_data,
                         GError **error)
{
  return complete (numeral_generate_digits_lazily (n, version, seed, error), n_threads, cancellable,
                   progress, user_data, error);
}

NnDataset *
numeral_generate_nondigits (gsize n,
                            gboolean unseen,
                            guint64 seed,
                            guint n_threads,
                            GCancellable *cancellable,
                            GError **error)
{
  const Generator generator = { .seed = seed, .unseen = unseen };

  return complete (new_lazy (n, &nondigit_writer, &generator, error), n_threads, cancellable, NULL,
                   NULL, error);
}
