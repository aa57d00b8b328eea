/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-compress-learn.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-augmenter.h"
#include "nn-forward.h"
#include "nn-quantize.h"
#include "nn-quantized-forward.h"
#include "nn-trainer.h"
#include "numeral-compress-common.h"
#include "numeral-digits.h"
#include "numeral-fail.h"

#define TEMPERATURE 4.0
/* Weight of the labels beside the teachers. */
#define LABELS 0.1
#define BATCH 64
#define WEIGHT_DECAY 0.01
#define PRESET_STRONG 2

/* What one worker needs. A teacher answers in 8 bits, which changes little in its answers and takes
 * a tenth of the time; in float32 if it has no form in 8 bits. */
typedef struct
{
  NnQuantizedScratch **scratches; /* [n_teachers]; %NULL for those in float32 */
  NnTape **tapes;                 /* [n_teachers]; %NULL for those in 8 bits */
  const float **answers;          /* [n_teachers] */
  double *wanted;                 /* [classes] */
  double *softened;               /* [classes] */
} Worker;

typedef struct
{
  const NumeralCompressLesson *lesson;
  NnNetwork **teachers; /* [n_teachers] */
  Worker *workers;
  guint n_workers;
} Work;

/* (transfer full): the same network in 8 bits, if it has that form. */
static NnNetwork *
prepare_teacher (NnNetwork *teacher, const NnDataset *samples)
{
  NnNetwork *quantized =
      teacher->quantized == NULL ? nn_quantize (teacher, samples, NULL, NULL) : NULL;

  return quantized != NULL ? quantized : nn_network_ref (teacher);
}

static void
worker_init (Worker *worker, const Work *work)
{
  const guint n = work->lesson->n_teachers, k = nn_architecture_n_classes (work->lesson->arch);

  worker->scratches = g_new0 (NnQuantizedScratch *, n);
  worker->tapes = g_new0 (NnTape *, n);
  worker->answers = g_new (const float *, n);
  worker->wanted = g_new (double, k);
  worker->softened = g_new (double, k);
  for (guint t = 0; t < n; t++)
    if (work->teachers[t]->quantized != NULL)
      worker->scratches[t] =
          nn_quantized_scratch_new (work->teachers[t]->quantized, BATCH, nn_int8_kernel ());
    else
      {
        worker->tapes[t] = nn_tape_new_fused (&work->teachers[t]->arch, BATCH);
        nn_tape_set_network (worker->tapes[t], work->teachers[t]);
      }
}

static void
worker_clear (Worker *worker, guint n_teachers)
{
  for (guint t = 0; t < n_teachers; t++)
    {
      g_clear_pointer (&worker->scratches[t], nn_quantized_scratch_free);
      g_clear_pointer (&worker->tapes[t], nn_tape_free);
    }
  g_free (worker->scratches);
  g_free (worker->tapes);
  g_free (worker->answers);
  g_free (worker->wanted);
  g_free (worker->softened);
}

static void
work_init (Work *work, const NumeralCompressLesson *lesson, guint n_workers)
{
  g_autoptr (NnDataset) samples = numeral_compress_thin_out (lesson->samples);

  *work = (Work){ lesson, g_new (NnNetwork *, lesson->n_teachers), g_new0 (Worker, n_workers),
                  n_workers };
  for (guint t = 0; t < lesson->n_teachers; t++)
    work->teachers[t] = prepare_teacher (lesson->teachers[t], samples);
  for (guint w = 0; w < n_workers; w++)
    worker_init (&work->workers[w], work);
}

static void
work_clear (Work *work)
{
  if (work->lesson == NULL)
    return;
  for (guint w = 0; w < work->n_workers; w++)
    worker_clear (&work->workers[w], work->lesson->n_teachers);
  for (guint t = 0; t < work->lesson->n_teachers; t++)
    nn_network_unref (work->teachers[t]);
  g_free (work->teachers);
  g_free (work->workers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* p += share * softmax (logits / temperature) */
static void
add_softmax (const float *logits, guint k, double temperature, double share, double *p)
{
  double largest = (double) logits[0], sum = 0;

  for (guint j = 1; j < k; j++)
    largest = MAX (largest, (double) logits[j]);
  for (guint j = 0; j < k; j++)
    sum += exp (((double) logits[j] - largest) / temperature);
  for (guint j = 0; j < k; j++)
    p[j] += share * exp (((double) logits[j] - largest) / temperature) / sum;
}

/* Adds share * temperature^2 * the cross-entropy of softmax (logits / temperature) with @wanted to
 * the loss and its gradient; returns the former. */
static double
add_cross_entropy (const float *logits,
                   const double *wanted,
                   guint k,
                   double temperature,
                   double share,
                   double *softened,
                   float *dlogits)
{
  double loss = 0;

  memset (softened, 0, k * sizeof *softened);
  add_softmax (logits, k, temperature, 1, softened);
  for (guint j = 0; j < k; j++)
    {
      loss -= wanted[j] * log (MAX (softened[j], 1e-30));
      dlogits[j] += (float) (share * temperature * (softened[j] - wanted[j]));
    }
  return share * temperature * temperature * loss;
}

static double
objective (gpointer data, const NnObjectiveRows *rows, const float *logits, guint k, float *dlogits)
{
  const Work *work = data;
  const NumeralCompressLesson *lesson = work->lesson;
  const Worker *own = &work->workers[rows->worker];
  double loss = 0;

  for (guint t = 0; t < lesson->n_teachers; t++)
    own->answers[t] = own->scratches[t] != NULL ?
                          nn_quantized_forward (own->scratches[t], rows->x, rows->n) :
                          nn_forward (work->teachers[t], own->tapes[t], rows->x, rows->n);
  memset (dlogits, 0, rows->n * k * sizeof *dlogits);
  for (gsize i = 0; i < rows->n; i++)
    {
      memset (own->wanted, 0, k * sizeof *own->wanted);
      for (guint t = 0; t < lesson->n_teachers; t++)
        add_softmax (own->answers[t] + i * k, k, TEMPERATURE, 1.0 / lesson->n_teachers,
                     own->wanted);
      loss += add_cross_entropy (logits + i * k, own->wanted, k, TEMPERATURE, 1 - LABELS,
                                 own->softened, dlogits + i * k);
      memset (own->wanted, 0, k * sizeof *own->wanted);
      own->wanted[rows->labels[i]] = 1;
      loss += add_cross_entropy (logits + i * k, own->wanted, k, 1, LABELS, own->softened,
                                 dlogits + i * k);
    }
  return loss;
}

/* Weights that are zero and have no gradient stay zero: their moments are, and the decay is a
 * multiple of them. */
static gboolean
mask_gradient (gpointer data, float *gradient, gsize n_params, guint64 step, GError **error)
{
  const guint8 *keep = data;

  for (gsize i = 0; i < n_params; i++)
    gradient[i] = keep[i] ? gradient[i] : 0;
  return TRUE;
}

static gboolean
check (const NumeralCompressLesson *lesson, GError **error)
{
  const NnArchitecture *arch = lesson->arch;

  for (guint t = 0; t < lesson->n_teachers; t++)
    {
      const NnArchitecture *teacher = &lesson->teachers[t]->arch;

      if (arch->loss != NN_LOSS_CROSS_ENTROPY || teacher->loss != NN_LOSS_CROSS_ENTROPY)
        return numeral_fail (error, NN_ERROR_CONFIG,
                             _ ("only networks trained with cross-entropy can teach another and "
                                "learn from it"));
      if (nn_architecture_n_inputs (teacher) != nn_architecture_n_inputs (arch) ||
          nn_architecture_n_classes (teacher) != nn_architecture_n_classes (arch))
        return numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("the models do not read the same: they have different inputs or "
                                "classes"));
    }
  return TRUE;
}

static void
config_init (NnTrainConfig *config, const NumeralCompressLesson *lesson)
{
  NnMlp mlp;

  nn_train_config_init (config);
  nn_train_config_take_architecture (config, lesson->arch);
  /* The text form of other networks has their dropout. */
  if (nn_architecture_get_mlp (lesson->arch, &mlp))
    config->dropout = mlp.dropout;
  config->optimizer = NN_OPTIMIZER_ADAMW;
  config->learning_rate = lesson->learning_rate;
  config->weight_decay = WEIGHT_DECAY;
  config->schedule = NN_SCHEDULE_COSINE;
  config->warmup_epochs = MIN (1, 0.1 * lesson->epochs);
  config->batch_size = BATCH;
  config->epochs = lesson->epochs;
  config->seed = lesson->seed;
  config->threads = 0;
  if (lesson->samples->pixels != NULL && lesson->samples->width > 0 &&
      lesson->samples->width <= NN_AUGMENTER_MAX_SIDE &&
      lesson->samples->height <= NN_AUGMENTER_MAX_SIDE &&
      lesson->samples->n_classes == NUMERAL_N_DIGITS)
    nn_augment_preset (PRESET_STRONG, &config->augment);
}

static gboolean
train (const NumeralCompressLesson *lesson, NnTrainer *trainer, GError **error)
{
  const guint64 n_steps = lesson->epochs * nn_trainer_get_steps_per_epoch (trainer);
  NnStep step = { 0 };

  while (!step.run_done)
    {
      if (g_cancellable_set_error_if_cancelled (lesson->cancellable, error) ||
          !nn_trainer_step (trainer, &step, error))
        return FALSE;
      if (lesson->progress != NULL)
        lesson->progress ((double) (step.step + 1) / (double) n_steps, lesson->data);
    }
  return TRUE;
}

NnNetwork *
numeral_compress_learn (const NumeralCompressLesson *lesson, GError **error)
{
  g_auto (Work) work = { 0 };
  NnTrainConfig config;
  NnTrainerOptions options = { .objective = objective, .objective_data = &work };
  g_autoptr (NnTrainer) trainer = NULL;

  if (!check (lesson, error))
    return NULL;
  config_init (&config, lesson);
  if (lesson->keep != NULL)
    {
      options.hook = mask_gradient;
      options.hook_data = (gpointer) lesson->keep;
    }
  trainer = nn_trainer_new_with_options (&config, lesson->samples, &options, error);
  if (trainer == NULL)
    return NULL;
  work_init (&work, lesson, nn_trainer_get_n_workers (trainer));
  if ((lesson->start != NULL && !nn_trainer_set_network (trainer, lesson->start, error)) ||
      !train (lesson, trainer, error))
    return NULL;
  return nn_trainer_snapshot (trainer);
}
