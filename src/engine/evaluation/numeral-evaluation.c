/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-evaluation.h"

#include <math.h>
#include <string.h>

#include "nn-loss.h"
#include "numeral-model-data.h"

/* (transfer full): the samples as the model takes them: @dataset itself, or a copy. */
static NnDataset *
adapt (const NumeralModel *model, NnDataset *dataset, GError **error)
{
  g_autofree guint32 *all = NULL;
  g_autoptr (NnDataset) copy = NULL;

  /* Other data is left as it is. */
  if (dataset->class_names == NULL && dataset->scale <= 0)
    return nn_dataset_ref (dataset);
  all = g_new (guint32, MAX (dataset->n, 1));
  for (gsize i = 0; i < dataset->n; i++)
    all[i] = (guint32) i;
  copy = nn_dataset_subset (dataset, all, dataset->n);
  return numeral_model_adapt_data (model, copy, error) ? g_steal_pointer (&copy) : NULL;
}

/* How a model's logits become answers. @outputs: [n_classes], room for one sample; @answers:
 * (nullable) [n] and @probabilities: [n] to be filled in */
typedef struct
{
  const NnDataset *dataset;
  NnLoss loss;
  guint n_classes;
  float *outputs;
  const NumeralEvaluationWatch *watch;
  GArray *found;
  guint8 *answers;
  float *probabilities;
} Search;

/* The most probable class, as nn_evaluate_logits() counts it. */
static guint
find_answer (const Search *search, const float *logits)
{
  const guint k = search->n_classes;
  guint answer = 0;

  nn_loss_outputs (search->loss, logits, search->outputs, 1, k);
  nn_loss_probabilities (search->loss, search->outputs, search->outputs, 1, k);
  for (guint j = 1; j < k; j++)
    if (search->outputs[j] > search->outputs[answer])
      answer = j;
  return answer;
}

static gboolean
is_finite (const float *logits, guint k)
{
  for (guint j = 0; j < k; j++)
    if (!isfinite (logits[j]))
      return FALSE;
  return TRUE;
}

/* Appends the mistakes among samples @first to @first + n to search->found. */
static void
search_part (const Search *search, gsize first, gsize n, const float *logits)
{
  for (gsize i = first; i < first + n; i++, logits += search->n_classes)
    {
      const guint label = search->dataset->labels[i];
      guint answer;
      NumeralMistake mistake;

      if (!is_finite (logits, search->n_classes))
        continue;
      answer = find_answer (search, logits);
      mistake = (NumeralMistake){ i, label, answer, (double) search->outputs[answer] };
      if (search->answers != NULL)
        {
          search->answers[i] = (guint8) answer;
          search->probabilities[i] = search->outputs[answer];
        }
      if (answer != label)
        g_array_append_val (search->found, mistake);
    }
}

static void
on_part (gsize first, gsize n, const float *logits, gpointer data)
{
  Search *search = data;

  g_array_set_size (search->found, 0);
  search_part (search, first, n, logits);
  if (search->found->len > 0)
    search->watch->found ((const NumeralMistake *) (gpointer) search->found->data,
                          search->found->len, search->watch->data);
}

static void
on_progress (double share, gpointer data)
{
  const Search *search = data;

  search->watch->progress (share, search->watch->data);
}

static int
by_confidence (gconstpointer a, gconstpointer b)
{
  const NumeralMistake *x = a, *y = b;

  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* Fills in @evaluation, which has its data set, its model and its batch. */
static gboolean
measure (NumeralEvaluation *evaluation, Search *search, GError **error)
{
  const NumeralModel *model = evaluation->model;

  evaluation->figures =
      nn_evaluate_logits (model->network, evaluation->dataset, evaluation->batch->logits, error);
  if (evaluation->figures == NULL)
    return FALSE;
  search->answers = evaluation->answers = g_new0 (guint8, MAX (evaluation->dataset->n, 1));
  search->probabilities = evaluation->probabilities =
      g_new0 (float, MAX (evaluation->dataset->n, 1));
  g_array_set_size (search->found, 0);
  search_part (search, 0, evaluation->dataset->n, evaluation->batch->logits);
  g_array_sort (search->found, by_confidence);
  evaluation->mistakes = g_array_ref (search->found);
  evaluation->novelty = model->novelty != NULL ? numeral_novelty_ref (model->novelty) : NULL;
  for (gsize i = 0; i < evaluation->dataset->n; i++)
    evaluation->n_refused += numeral_evaluation_refuses (evaluation, i);
  return TRUE;
}

static void
search_init (Search *search, const NumeralModel *model, const NumeralEvaluationWatch *watch)
{
  const guint n_classes = nn_architecture_n_classes (&model->network->arch);

  *search = (Search){ .loss = model->network->arch.loss,
                      .n_classes = n_classes,
                      .outputs = g_new (float, n_classes),
                      .watch = watch,
                      .found = g_array_new (FALSE, FALSE, sizeof (NumeralMistake)) };
}

static void
search_clear (Search *search)
{
  g_free (search->outputs);
  g_array_unref (search->found);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static NumeralEvaluation *
evaluation_new (NumeralModel *model)
{
  NumeralEvaluation *evaluation = g_new0 (NumeralEvaluation, 1);

  evaluation->ref_count = 1;
  evaluation->model = numeral_model_ref (model);
  return evaluation;
}

/* (transfer full): the writers, if the data set names any. */
static GArray *
list_writers (const NnDataset *dataset)
{
  GArray *writers = nn_dataset_list_groups (dataset);

  if (writers->len == 1 && g_array_index (writers, guint32, 0) == 0)
    g_array_set_size (writers, 0);
  return writers;
}

NumeralEvaluation *
numeral_evaluation_new (NumeralModel *model,
                        NnDataset *dataset,
                        const NumeralEvaluationWatch *watch,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (NumeralEvaluation) evaluation = evaluation_new (model);
  g_auto (Search) search = { 0 };
  const NumeralBatchWatch batch_watch = {
    .progress = watch != NULL && watch->progress != NULL ? on_progress : NULL,
    .part = watch != NULL && watch->found != NULL ? on_part : NULL,
    .data = &search,
  };

  search_init (&search, model, watch);
  evaluation->dataset = adapt (model, dataset, error);
  if (evaluation->dataset == NULL)
    return NULL;
  search.dataset = evaluation->dataset;
  evaluation->batch =
      numeral_batch_new (model, evaluation->dataset, &batch_watch, cancellable, error);
  if (evaluation->batch == NULL || !measure (evaluation, &search, error))
    return NULL;
  evaluation->writers = list_writers (dataset);
  return g_steal_pointer (&evaluation);
}

/* (transfer full): the output for the samples at @indices [n]. */
static NumeralBatch *
batch_subset (const NumeralBatch *batch, const guint32 *indices, gsize n)
{
  const gsize k = batch->n_classes;
  NumeralBatch *part = g_new0 (NumeralBatch, 1);

  part->n = n;
  part->n_classes = batch->n_classes;
  part->logits = g_new (float, MAX (n * k, 1));
  if (batch->novelty != NULL)
    part->novelty = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      memcpy (part->logits + i * k, batch->logits + indices[i] * k, k * sizeof (float));
      if (batch->novelty != NULL)
        part->novelty[i] = batch->novelty[indices[i]];
    }
  return part;
}

NumeralEvaluation *
numeral_evaluation_of_writer (const NumeralEvaluation *whole, guint32 writer)
{
  const NnDataset *dataset = whole->dataset;
  NumeralEvaluation *evaluation = evaluation_new (whole->model);
  guint32 *numbers = g_new (guint32, MAX (dataset->n, 1));
  g_auto (Search) search = { 0 };
  gsize n = 0;

  for (gsize i = 0; dataset->groups != NULL && i < dataset->n; i++)
    if (dataset->groups[i] == writer)
      numbers[n++] = (guint32) i;
  evaluation->of_writer = TRUE;
  evaluation->writer = writer;
  evaluation->numbers = numbers;
  evaluation->writers = g_array_ref (whole->writers);
  evaluation->dataset = nn_dataset_subset (dataset, numbers, n);
  evaluation->batch = batch_subset (whole->batch, numbers, n);
  search_init (&search, whole->model, NULL);
  search.dataset = evaluation->dataset;
  /* The whole was measured, so that each part of it can be. */
  if (!measure (evaluation, &search, NULL))
    g_assert_not_reached ();
  return evaluation;
}

gsize
numeral_evaluation_get_number (const NumeralEvaluation *evaluation, gsize index)
{
  return evaluation->numbers != NULL ? evaluation->numbers[index] : index;
}

NumeralEvaluation *
numeral_evaluation_ref (NumeralEvaluation *evaluation)
{
  g_atomic_int_inc (&evaluation->ref_count);
  return evaluation;
}

void
numeral_evaluation_unref (NumeralEvaluation *evaluation)
{
  if (!g_atomic_int_dec_and_test (&evaluation->ref_count))
    return;
  g_clear_pointer (&evaluation->dataset, nn_dataset_unref);
  g_clear_pointer (&evaluation->batch, numeral_batch_free);
  g_clear_pointer (&evaluation->figures, nn_evaluation_free);
  g_clear_pointer (&evaluation->mistakes, g_array_unref);
  g_clear_pointer (&evaluation->novelty, numeral_novelty_unref);
  g_clear_pointer (&evaluation->model, numeral_model_unref);
  g_clear_pointer (&evaluation->writers, g_array_unref);
  g_free (evaluation->numbers);
  g_free (evaluation->answers);
  g_free (evaluation->probabilities);
  g_free (evaluation);
}

gboolean
numeral_evaluation_refuses (const NumeralEvaluation *evaluation, gsize index)
{
  return evaluation->novelty != NULL &&
         numeral_novelty_from_log_odds (evaluation->batch->novelty[index]) >
             evaluation->novelty->threshold;
}

NnComparison *
numeral_evaluation_compare (const NumeralEvaluation *evaluation, const NumeralEvaluation *other)
{
  const NnDataset *dataset = evaluation->dataset;
  g_autofree guint8 *others = NULL;

  g_return_val_if_fail (other->dataset->n == dataset->n, NULL);

  /* The models may number the classes of a table differently, so that only right or wrong is
   * compared: any other class stands for a wrong answer. */
  others = g_new (guint8, MAX (dataset->n, 1));
  for (gsize i = 0; i < dataset->n; i++)
    others[i] =
        (guint8) (dataset->labels[i] + (other->answers[i] == other->dataset->labels[i] ? 0 : 1));
  return nn_compare_answers (dataset, others, evaluation->answers);
}
