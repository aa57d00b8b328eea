/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-adapt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-evaluate.h"
#include "nn-folds.h"
#include "nn-pool.h"
#include "numeral-adapt-data.h"
#include "numeral-adapt-finish.h"
#include "numeral-adapt-head.h"
#include "numeral-digits.h"

/* Layers with weights that learn, from the last. */
#define N_TRAINED 2

/* Folds of the cross-validation. Each costs as much as the adaptation itself. */
#define N_FOLDS 3
#define N_STEPS 400

/* How far the weights may go, from which the cross-validation chooses. */
static const double amounts[] = { 1, 0.8, 0.6, 0.4, 0.2 };

static const char *const verdicts[] = { "better", "no-gain", "forgetting" };

const char *
numeral_adapt_verdict_name (NumeralAdaptVerdict verdict)
{
  return verdicts[verdict];
}

/**
 * Work:
 * @head: the layers that learn, as they are now; @size: its inputs
 * @features: @targets: of all rows (NumeralAdaptData)
 * @before: [rows] logits of @head
 * @folds: [n_own] the fold of each of one's own samples
 * @trained: for each fold a head that learned from the others, then one that learned from all
 */
typedef struct
{
  const NumeralAdaptRequest *request;
  NumeralAdaptData data;
  guint first;
  NnNetwork *head;
  gsize size;
  float *features, *targets, *before;
  guint8 *folds;
  NnNetwork *trained[N_FOLDS + 1];
  /* Shared by the workers; atomic. */
  guint next, n_steps;
} Work;

static void
work_clear (Work *work)
{
  numeral_adapt_data_clear (&work->data);
  g_clear_pointer (&work->head, nn_network_unref);
  g_free (work->features);
  g_free (work->targets);
  g_free (work->before);
  g_free (work->folds);
  for (guint i = 0; i < G_N_ELEMENTS (work->trained); i++)
    g_clear_pointer (&work->trained[i], nn_network_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
on_features (gsize n_done, gsize n, gpointer cancellable, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static float *
read_features (const Work *work, GError **error)
{
  const NnBulk bulk = { .n_workers = work->request->n_threads,
                        .progress = on_features,
                        .data = work->request->cancellable };
  const NnDataset *pixels = work->data.pixels;
  float *features;

  if (work->first > 0)
    return nn_bulk_activations (work->request->model->network, pixels, work->first - 1, &bulk,
                                error);
  features = g_new (float, pixels->n * pixels->n_features);
  for (gsize i = 0; i < pixels->n; i++)
    nn_dataset_get (pixels, i, features + i * pixels->n_features);
  return features;
}

/* One's own views shall be read as their labels say, the others as they are read now. */
static void
set_targets (Work *work)
{
  const gsize n = work->data.pixels->n, first = numeral_adapt_data_first_view (&work->data);
  const guint k = NUMERAL_N_DIGITS;

  work->targets = g_new0 (float, MAX (n * k, 1));
  nn_loss_outputs (work->head->arch.loss, work->before, work->targets, first, k);
  for (gsize i = first; i < n; i++)
    work->targets[i * k + work->data.pixels->labels[i]] = 1;
}

static gboolean
prepare (Work *work, GError **error)
{
  const NnNetwork *network = work->request->model->network;

  if (!numeral_digits_check (network, error) ||
      !numeral_adapt_data_init (&work->data, work->request, error))
    return FALSE;
  work->first = numeral_adapt_head_first (network, N_TRAINED);
  work->head = numeral_adapt_head_new (network, work->first);
  work->size = nn_architecture_n_inputs (&work->head->arch);
  work->features = read_features (work, error);
  if (work->features == NULL)
    return FALSE;
  work->before = numeral_adapt_head_read (work->head, work->features,
                                          numeral_adapt_data_first_view (&work->data));
  set_targets (work);
  work->folds = g_new (guint8, work->data.n_own);
  nn_folds_divide (work->data.own, N_FOLDS, work->request->seed, work->folds);
  return TRUE;
}

typedef struct
{
  Work *work;
  guint worker;
} Step;

static gboolean
on_step (gpointer data)
{
  const Step *step = data;
  const NumeralAdaptRequest *request = step->work->request;
  const guint n_done = __atomic_add_fetch (&step->work->n_steps, 1, __ATOMIC_RELAXED);

  if (step->worker == 0 && request->progress != NULL)
    request->progress ((double) n_done / ((N_FOLDS + 1) * N_STEPS), request->user_data);
  return !g_cancellable_is_cancelled (request->cancellable);
}

/* (transfer full): the rows of the views of all samples that are not in @fold. */
static guint32 *
rows_without (const Work *work, guint fold, gsize *n)
{
  const NumeralAdaptData *data = &work->data;
  guint32 *rows = g_new (guint32, data->n_own * data->n_views);

  *n = 0;
  for (gsize i = 0; i < data->n_own; i++)
    for (gsize j = 0; j < data->n_views && work->folds[i] != fold; j++)
      rows[(*n)++] = (guint32) (numeral_adapt_data_first_view (data) + i * data->n_views + j);
  return rows;
}

/* The workers take one head after the other. That of all samples has no fold left out. */
static void
train_heads (guint worker, gpointer user_data)
{
  Work *work = user_data;
  const NumeralAdaptData *data = &work->data;
  g_autofree guint32 *others = g_new (guint32, data->n_others);
  Step step = { work, worker };
  guint fold;

  for (gsize i = 0; i < data->n_others; i++)
    others[i] = (guint32) (numeral_adapt_data_first_other (data) + i);
  while ((fold = __atomic_fetch_add (&work->next, 1, __ATOMIC_RELAXED)) <= N_FOLDS)
    {
      NumeralAdaptLesson lesson = { .features = work->features,
                                    .targets = work->targets,
                                    .others = { others, data->n_others },
                                    .n_steps = N_STEPS,
                                    .seed = work->request->seed };
      g_autofree guint32 *own = rows_without (work, fold, &lesson.own.n);

      lesson.own.rows = own;
      work->trained[fold] = numeral_adapt_head_train (work->head, &lesson, on_step, &step);
    }
}

static gboolean
train (Work *work, GError **error)
{
  NnPool *pool = nn_pool_new (work->request->n_threads);

  nn_pool_run (pool, train_heads, work);
  nn_pool_free (pool);
  return !g_cancellable_set_error_if_cancelled (work->request->cancellable, error);
}

/* (transfer full): the logits of one's own samples, each by the head of its fold. */
static float *
read_own (const Work *work, double amount)
{
  const gsize n = work->data.n_own, k = NUMERAL_N_DIGITS;
  float *logits = g_new (float, n *k);

  for (guint fold = 0; fold < N_FOLDS; fold++)
    {
      g_autoptr (NnNetwork) head =
          numeral_adapt_head_join (work->head, work->trained[fold], amount);
      g_autofree float *all = numeral_adapt_head_read (head, work->features, n);

      for (gsize i = 0; i < n; i++)
        if (work->folds[i] == fold)
          memcpy (logits + i * k, all + i * k, k * sizeof (float));
    }
  return logits;
}

static float *
read_tests (const Work *work, double amount)
{
  const NumeralAdaptData *data = &work->data;
  g_autoptr (NnNetwork) head = numeral_adapt_head_join (work->head, work->trained[N_FOLDS], amount);

  return numeral_adapt_head_read (head,
                                  work->features +
                                      numeral_adapt_data_first_test (data) * work->size,
                                  data->n_tests);
}

static gboolean
measure (const Work *work,
         const NnDataset *dataset,
         const float *logits,
         NumeralAdaptFigures *figures,
         GError **error)
{
  g_autoptr (NnEvaluation) evaluation =
      nn_evaluate_logits (work->request->model->network, dataset, logits, error);

  if (evaluation == NULL)
    return FALSE;
  *figures = (NumeralAdaptFigures){ dataset->n, evaluation->accuracy, evaluation->loss };
  return TRUE;
}

static NumeralAdaptVerdict
judge (const NumeralAdaptation *a)
{
  const double bound =
      MAX (NUMERAL_ADAPT_BOUND, NUMERAL_ADAPT_BOUND_OF_ERRORS * (1 - a->others[0].accuracy));

  if (a->others[1].accuracy < a->others[0].accuracy - bound)
    return NUMERAL_ADAPT_FORGETTING;
  if (a->own[1].accuracy < NUMERAL_ADAPT_MIN_ACCURACY)
    return NUMERAL_ADAPT_NO_GAIN;
  if (a->own[1].accuracy > a->own[0].accuracy ||
      (!(a->own[1].accuracy < a->own[0].accuracy) && a->own[1].loss < a->own[0].loss))
    return NUMERAL_ADAPT_BETTER;
  return NUMERAL_ADAPT_NO_GAIN;
}

/* Chooses the largest amount that is better. The cross-validation learned from fewer samples, so
 * that the loss that it finds favours small amounts. If none is better, the figures are those of
 * the smallest. */
static gboolean
choose (const Work *work, NumeralAdaptation *best, GError **error)
{
  const NumeralAdaptData *data = &work->data;
  NumeralAdaptation a = { 0 };

  if (!measure (work, data->own, work->before, &a.own[0], error) ||
      !measure (work, data->tests,
                work->before + numeral_adapt_data_first_test (data) * NUMERAL_N_DIGITS,
                &a.others[0], error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree float *own = read_own (work, amounts[i]);
      g_autofree float *tests = read_tests (work, amounts[i]);

      a.amount = amounts[i];
      if (!measure (work, data->own, own, &a.own[1], error) ||
          !measure (work, data->tests, tests, &a.others[1], error))
        return FALSE;
      a.verdict = judge (&a);
      a.keep = a.verdict == NUMERAL_ADAPT_BETTER;
      *best = a;
      if (a.keep)
        break;
    }
  return TRUE;
}

NumeralAdaptation *
numeral_adapt (const NumeralAdaptRequest *request, GError **error)
{
  g_auto (Work) work = { .request = request };
  g_autoptr (NumeralAdaptation) adaptation = g_new0 (NumeralAdaptation, 1);
  g_autoptr (NnNetwork) network = NULL;
  g_autofree float *after = NULL;

  if (!prepare (&work, error) || !train (&work, error) || !choose (&work, adaptation, error))
    return NULL;
  network =
      numeral_adapt_head_join (request->model->network, work.trained[N_FOLDS], adaptation->amount);
  after = read_tests (&work, adaptation->amount);
  adaptation->model =
      numeral_adapt_finish (request, &work.data, network,
                            work.before +
                                numeral_adapt_data_first_test (&work.data) * NUMERAL_N_DIGITS,
                            after, error);
  return adaptation->model != NULL ? g_steal_pointer (&adaptation) : NULL;
}

void
numeral_adaptation_free (NumeralAdaptation *adaptation)
{
  g_clear_pointer (&adaptation->model, numeral_model_unref);
  g_free (adaptation);
}
