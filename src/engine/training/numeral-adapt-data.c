/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-adapt-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-augmenter.h"
#include "nn-lazy.h"
#include "numeral-digits.h"
#include "numeral-fail.h"
#include "numeral-generate.h"
#include "numeral-origin.h"

/* How many pictures are made of one's own samples, together and of each. */
#define N_VIEWS 1920
#define MIN_VIEWS 4
#define MAX_VIEWS 64

/* Samples of everybody: of a data set, generated ones, and those that only measure. */
#define N_REHEARSED 4000
#define N_GENERATED 2000
#define N_TESTS 4000

/* Keeps these random streams apart from those of other purposes. */
#define VIEWS G_GUINT64_CONSTANT (0x76696577)
#define CHOICE G_GUINT64_CONSTANT (0x63686f69)
#define GENERATED G_GUINT64_CONSTANT (0x67656e65)

static gboolean
check_samples (const NnDataset *samples, GError **error)
{
  if (samples->pixels == NULL || samples->width != INK_TENSOR_SIDE ||
      samples->height != INK_TENSOR_SIDE)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the samples are not digits: images of 28x28 pixels, or ink"));
  if (samples->n < NUMERAL_ADAPT_MIN_SAMPLES)
    return numeral_fail (error, NN_ERROR_VALUE,
                         _ ("there are too few samples to learn a hand from: %zu; write at least "
                            "%d, best three of each digit"),
                         samples->n, NUMERAL_ADAPT_MIN_SAMPLES);
  for (gsize i = 0; i < samples->n; i++)
    if (samples->labels[i] >= NUMERAL_N_DIGITS)
      return numeral_fail (error, NN_ERROR_VALUE, _ ("the sample %zu is not labelled as a digit"),
                           i);
  return TRUE;
}

/* (transfer full): the samples [first, first + n) in a random order. */
static NnDataset *
choose (const NnDataset *dataset, gsize first, gsize n, guint64 seed)
{
  g_autofree guint32 *order = g_new (guint32, dataset->n);
  NnDataset *chosen;
  NnRandom random;

  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_init (&random, seed ^ CHOICE);
  nn_random_shuffle (&random, order, dataset->n);
  nn_lazy_write (dataset, order + first, n, NULL);
  chosen = nn_dataset_subset (dataset, order + first, n);
  /* Alike, so that they can be combined. */
  chosen->n_classes = NUMERAL_N_DIGITS;
  chosen->scale = 0;
  g_clear_pointer (&chosen->class_names, g_ref_string_release);
  return chosen;
}

/* The work of several threads. @pixels: [views] */
typedef struct
{
  const NumeralAdaptRequest *request;
  const NnDataset *own;
  NnAugment augment;
  gsize n_views;
  guint8 *pixels;
  NnPool *pool;
} Drawing;

static void
draw_views (guint worker, gpointer data)
{
  const Drawing *drawing = data;
  const NnDataset *own = drawing->own;
  g_autoptr (NnAugmenter) augmenter =
      nn_augmenter_new (&drawing->augment, INK_TENSOR_SIDE, INK_TENSOR_SIDE);
  gsize first, last;

  nn_pool_share (drawing->pool, worker, own->n * drawing->n_views, &first, &last);
  for (gsize i = first; i < last && !g_cancellable_is_cancelled (drawing->request->cancellable);
       i++)
    {
      const gsize sample = i / drawing->n_views;
      guint8 *view = drawing->pixels + i * INK_TENSOR_SIZE;
      NnRandom random;

      nn_random_init_stream (&random, drawing->request->seed ^ VIEWS, i, 0);
      /* A generated sample would be drawn in another hand. */
      if (numeral_origin_find_drawing (own, sample) != NULL)
        own->origins[sample]->klass->draw (own->origins[sample], &drawing->augment,
                                           nn_random_next (&random), view);
      else
        nn_augmenter_apply (augmenter, nn_random_next (&random),
                            own->pixels + sample * INK_TENSOR_SIZE, view);
    }
}

static NnDataset *
make_views (const NumeralAdaptRequest *request, const NnDataset *own, gsize n_views, GError **error)
{
  NnDataset *views = nn_dataset_new_pixels (own->n * n_views, INK_TENSOR_SIDE, INK_TENSOR_SIDE,
                                            NUMERAL_N_DIGITS, error);
  Drawing drawing = { .request = request, .own = own, .n_views = n_views };

  if (views == NULL)
    return NULL;
  nn_augment_from_string (NUMERAL_ADAPT_AUGMENT, &drawing.augment, NULL);
  for (gsize i = 0; i < views->n; i++)
    views->labels[i] = own->labels[i / n_views];
  drawing.pixels = views->pixels;
  drawing.pool = nn_pool_new (request->n_threads);
  nn_pool_run (drawing.pool, draw_views, &drawing);
  nn_pool_free (drawing.pool);
  return views;
}

/* The samples of everybody: generated digits, which are drawn as one's own are, and those of
 * @others where there are any. */
static gboolean
make_others (const NumeralAdaptRequest *request,
             NnDataset **tests,
             NnDataset **others,
             GError **error)
{
  const gsize n_made = N_GENERATED + (request->others != NULL ? 0 : N_TESTS);
  g_autoptr (NnDataset) made =
      numeral_generate_digits (n_made, INK_GENERATOR_VERSION, request->seed ^ GENERATED,
                               request->n_threads, request->cancellable, NULL, NULL, error);
  g_autoptr (NnDataset) rehearsed = NULL, known = NULL;
  gsize n_tests;

  if (made == NULL)
    return FALSE;
  rehearsed = choose (made, 0, N_GENERATED, request->seed);
  if (request->others == NULL)
    {
      *tests = choose (made, N_GENERATED, N_TESTS, request->seed);
      *others = g_steal_pointer (&rehearsed);
      return TRUE;
    }
  n_tests = MIN (N_TESTS, request->others->n / 2);
  *tests = choose (request->others, 0, n_tests, request->seed);
  known = choose (request->others, n_tests, MIN (N_REHEARSED, request->others->n - n_tests),
                  request->seed);
  *others = nn_dataset_concat ((NnDataset *const[]){ known, rehearsed }, 2, error);
  return *others != NULL;
}

gboolean
numeral_adapt_data_init (NumeralAdaptData *data, const NumeralAdaptRequest *request, GError **error)
{
  g_autoptr (NnDataset) others = NULL, views = NULL;

  *data = (NumeralAdaptData){ 0 };
  if (!check_samples (request->samples, error))
    return FALSE;
  if (request->others != NULL &&
      (request->others->n < 2 || request->others->pixels == NULL ||
       request->others->width != INK_TENSOR_SIDE || request->others->height != INK_TENSOR_SIDE))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the samples of everybody are not images of 28x28 pixels"));
  data->own = choose (request->samples, 0, MIN (request->samples->n, NUMERAL_ADAPT_MAX_SAMPLES),
                      request->seed);
  data->n_own = data->own->n;
  data->n_views = CLAMP (N_VIEWS / data->n_own, MIN_VIEWS, MAX_VIEWS);
  views = make_views (request, data->own, data->n_views, error);
  if (views == NULL || !make_others (request, &data->tests, &others, error))
    return FALSE;
  data->n_tests = data->tests->n;
  data->n_others = others->n;
  data->pixels =
      nn_dataset_concat ((NnDataset *const[]){ data->own, data->tests, others, views }, 4, error);
  return data->pixels != NULL &&
         !g_cancellable_set_error_if_cancelled (request->cancellable, error);
}

void
numeral_adapt_data_clear (NumeralAdaptData *data)
{
  g_clear_pointer (&data->pixels, nn_dataset_unref);
  g_clear_pointer (&data->own, nn_dataset_unref);
  g_clear_pointer (&data->tests, nn_dataset_unref);
}
