/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-adapt-case.h"

#include <glib/gi18n.h>

#include "nn-error.h"
#include "nn-evaluate.h"
#include "numeral-run-split.h"

/* Keeps these random streams apart from those of the adaptation. */
#define WRITERS 1
#define SAMPLES 2

void
cli_adapt_case_free (CliAdaptCase *self)
{
  g_clear_pointer (&self->adaptation, numeral_adaptation_free);
  g_free (self);
}

/* Takes @per_class samples of each class at random. @rest: (out) (nullable): the others */
static NnDataset *
draw_samples (
    NnDataset *samples, guint per_class, const CliAdaptCase *self, guint64 seed, NnDataset **rest)
{
  g_autofree guint32 *order = g_new (guint32, samples->n);
  g_autofree guint32 *drawn = g_new (guint32, samples->n), *left = g_new (guint32, samples->n);
  guint taken[NN_DATASET_MAX_CLASSES] = { 0 };
  gsize n_drawn = 0, n_left = 0;
  NnRandom random;

  for (gsize i = 0; i < samples->n; i++)
    order[i] = (guint32) i;
  nn_random_init_stream (&random, seed, SAMPLES, self->writer);
  nn_random_shuffle (&random, order, samples->n);
  for (gsize i = 0; i < samples->n; i++)
    if (taken[samples->labels[order[i]]]++ < per_class)
      drawn[n_drawn++] = order[i];
    else
      left[n_left++] = order[i];
  *rest = n_left > 0 ? nn_dataset_subset (samples, left, n_left) : NULL;
  return nn_dataset_subset (samples, drawn, n_drawn);
}

static gboolean
test (const NumeralModel *model,
      const NnDataset *rest,
      NumeralAdaptFigures *figures,
      GError **error)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (model->network, rest, error);

  if (evaluation == NULL)
    return FALSE;
  *figures = (NumeralAdaptFigures){ rest->n, evaluation->accuracy, evaluation->loss };
  return TRUE;
}

static CliAdaptCase *
adapt (const NumeralAdaptRequest *request,
       NnDataset *samples,
       guint per_class,
       guint32 writer,
       GError **error)
{
  g_autoptr (CliAdaptCase) self = g_new0 (CliAdaptCase, 1);
  NumeralAdaptRequest whole = *request;
  g_autoptr (NnDataset) learned = NULL, rest = NULL;

  self->writer = writer;
  learned = per_class > 0 ? draw_samples (samples, per_class, self, request->seed, &rest) :
                            nn_dataset_ref (samples);
  whole.samples = learned;
  self->n_samples = MIN (learned->n, NUMERAL_ADAPT_MAX_SAMPLES);
  self->adaptation = numeral_adapt (&whole, error);
  if (self->adaptation == NULL)
    return NULL;
  if (rest != NULL && (!test (request->model, rest, &self->tested[0], error) ||
                       !test (self->adaptation->keep ? self->adaptation->model : request->model,
                              rest, &self->tested[1], error)))
    return NULL;
  return g_steal_pointer (&self);
}

CliAdaptCase *
cli_adapt_case_new (const NumeralAdaptRequest *request,
                    NnDataset *samples,
                    guint per_class,
                    GError **error)
{
  return adapt (request, samples, per_class, 0, error);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* The writers that are taken: @n at random, in order. */
static GArray *
choose_writers (const NnDataset *dataset, const char *name, guint n, guint64 seed, GError **error)
{
  g_autoptr (GArray) writers = nn_dataset_list_groups (dataset);
  NnRandom random;

  if (writers->len == 0 || (writers->len == 1 && g_array_index (writers, guint32, 0) == 0))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("%s does not name its writers; --writers needs UNIPEN files that do"), name);
      return NULL;
    }
  if (writers->len < n)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("%s has %u writers, not %u"), name,
                   writers->len, n);
      return NULL;
    }
  nn_random_init_stream (&random, seed, WRITERS, 0);
  nn_random_shuffle (&random, (guint32 *) (gpointer) writers->data, writers->len);
  g_array_set_size (writers, n);
  g_array_sort (writers, compare);
  return g_steal_pointer (&writers);
}

GPtrArray *
cli_adapt_cases_new (const NumeralAdaptRequest *request,
                     NnDataset *dataset,
                     const char *name,
                     guint n_writers,
                     guint per_class,
                     GError **error)
{
  g_autoptr (GArray) writers = choose_writers (dataset, name, n_writers, request->seed, error);
  g_autoptr (GPtrArray) cases =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cli_adapt_case_free);

  if (writers == NULL)
    return NULL;
  for (guint i = 0; i < writers->len; i++)
    {
      const guint32 writer = g_array_index (writers, guint32, i);
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (NnDataset) samples = NULL;
      CliAdaptCase *self;

      g_array_append_val (one, writer);
      samples = numeral_run_split_writers (dataset, name, one, NULL, error);
      self = samples != NULL ? adapt (request, samples, per_class, writer, error) : NULL;
      if (self == NULL)
        {
          g_prefix_error (error, _ ("writer %u: "), writer);
          return NULL;
        }
      g_ptr_array_add (cases, self);
    }
  return g_steal_pointer (&cases);
}
