/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-inspection.h"

#include <string.h>

#include "numeral-explainer.h"
#include "numeral-reader.h"

/* A search that took longer than this, in microseconds, waits until it is asked for. */
#define LONG_SEARCH (3 * G_USEC_PER_SEC / 2)

/* Pause between two reports of progress, in microseconds. */
#define PROGRESS_STEP (G_USEC_PER_SEC / 10)

struct _NumeralInspection
{
  NumeralModel *model; /* (nullable): that of the explainer and the reader */
  NumeralExplainer *explainer;
  NumeralReader *reader;

  /* The last digit of a number that was taken out of the ink around it. */
  InkDrawing *whole; /* (nullable) */
  guint chosen;
  InkDrawing *part; /* (nullable) */

  NumeralBackground *background; /* (nullable): until it is needed */
  gint64 search_time;            /* of the last search that was not given up, in microseconds */
  gint64 reported;               /* when progress was last reported */
};

/* One call. */
typedef struct
{
  NumeralInspection *self;
  NumeralInsight *insight;
  const NumeralInspectionWatch *watch;
} Job;

NumeralInspection *
numeral_inspection_new (void)
{
  return g_new0 (NumeralInspection, 1);
}

void
numeral_inspection_free (NumeralInspection *self)
{
  g_clear_pointer (&self->model, numeral_model_unref);
  g_clear_pointer (&self->explainer, numeral_explainer_free);
  g_clear_pointer (&self->reader, numeral_reader_free);
  g_clear_pointer (&self->whole, ink_drawing_unref);
  g_clear_pointer (&self->part, ink_drawing_unref);
  g_clear_pointer (&self->background, numeral_background_unref);
  g_free (self);
}

static void
use_model (NumeralInspection *self, NumeralModel *model)
{
  if (self->model == model)
    return;
  numeral_model_ref (model);
  g_clear_pointer (&self->model, numeral_model_unref);
  self->model = model;
  g_clear_pointer (&self->explainer, numeral_explainer_free);
  self->explainer = numeral_explainer_new (model);
  if (self->reader == NULL)
    self->reader = numeral_reader_new (model);
  else
    numeral_reader_set_model (self->reader, model);
  /* Another model may cut a number in other places. */
  g_clear_pointer (&self->whole, ink_drawing_unref);
}

/* The ink of the chosen digit, whose tensor is known. Ink is cut where a model decides: if the
 * digit is not found again, it is explained as a picture. */
static InkDrawing *
find_part (NumeralInspection *self, const NumeralQuestion *question)
{
  g_autoptr (GPtrArray) parts = NULL;
  float tensor[INK_TENSOR_SIZE];

  if (self->whole == question->drawing && self->chosen == question->chosen)
    return self->part;
  g_clear_pointer (&self->whole, ink_drawing_unref);
  g_clear_pointer (&self->part, ink_drawing_unref);
  self->whole = ink_drawing_ref (question->drawing);
  self->chosen = question->chosen;
  parts = numeral_reader_split (self->reader, question->drawing);
  if (question->chosen < parts->len)
    {
      InkDrawing *part = g_ptr_array_index (parts, question->chosen);

      ink_tensor_from_drawing (part, NULL, tensor);
      if (memcmp (tensor, question->tensor, sizeof tensor) == 0)
        self->part = ink_drawing_ref (part);
    }
  return self->part;
}

static void
use_input (Job *job)
{
  NumeralInspection *self = job->self;
  const NumeralQuestion *question = job->insight->question;
  InkDrawing *drawing = question->drawing;

  if (drawing != NULL && question->n_digits > 1)
    drawing = find_part (self, question);
  if (drawing != NULL)
    numeral_explainer_set_drawing (self->explainer, drawing);
  else
    numeral_explainer_set_tensor (self->explainer, question->tensor);
  if (job->insight->drawing == NULL && drawing != NULL)
    job->insight->drawing = ink_drawing_ref (drawing);
}

static void
publish (Job *job)
{
  job->watch->publish (job->insight, job->watch->user_data);
}

static gboolean
gives_up (Job *job, gboolean searching)
{
  return job->watch->give_up (searching, job->watch->user_data);
}

/* Explains by a method. An error of the first one is that of the insight. */
static void
explain (Job *job,
         NumeralExplanationMethod method,
         gboolean faithfulness,
         GCancellable *cancellable,
         GError **error)
{
  const NumeralQuestion *question = job->insight->question;
  NumeralExplanationConfig config = numeral_explanation_config_default;
  const NumeralExplainerWatch watch = { cancellable, NULL, NULL };

  config.method = method;
  config.against = question->against;
  config.baseline = question->baseline;
  config.patch = question->patch;
  config.grid = question->grid;
  config.faithfulness = faithfulness;
  config.background = job->self->background;
  g_clear_pointer (&job->insight->explanations[method], numeral_explanation_unref);
  job->insight->explanations[method] =
      numeral_explainer_explain (job->self->explainer, &config, &watch, error);
}

/* A background that cannot be had leaves out the methods that need it. */
static void
load_background (Job *job)
{
  const NumeralQuestion *question = job->insight->question;
  g_autoptr (GError) error = NULL;

  if (job->self->background != NULL ||
      (question->baseline != NUMERAL_BASELINE_MEAN && job->insight->drawing != NULL))
    return;
  job->self->background = numeral_background_load (job->watch->cancellable, &error);
  if (job->self->background == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("There are no digits to compare with: %s", error->message);
}

/* The digit to turn into: the rival, or the runner-up. */
static guint
find_other (const NumeralInsight *insight)
{
  const NumeralExplanation *first = insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS];
  guint best = first->contrast.target == 0 ? 1 : 0;

  if (first->contrast.against >= 0)
    return (guint) first->contrast.against;
  for (guint c = best + 1; c < NUMERAL_N_DIGITS; c++)
    if (c != first->contrast.target && first->logits[c] > first->logits[best])
      best = c;
  return best;
}

/* Integrated gradients, which need no background if the baseline is blank. */
static void
find_gradients (Job *job)
{
  const gboolean measure = !job->insight->question->unfinished;

  if (job->insight->question->baseline == NUMERAL_BASELINE_MEAN)
    load_background (job);
  explain (job, NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS, FALSE, job->watch->quit,
           &job->insight->error);
  if (job->insight->error == NULL)
    job->insight->other = find_other (job->insight);
  publish (job);
  if (!measure || job->insight->error != NULL || gives_up (job, FALSE))
    return;
  {
    g_autoptr (NumeralExplanation) quick = numeral_explanation_ref (
        job->insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS]);

    explain (job, NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS, TRUE, job->watch->cancellable, NULL);
    if (job->insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS] == NULL)
      job->insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS] =
          g_steal_pointer (&quick);
  }
}

static void
find_methods (Job *job)
{
  load_background (job);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS && !gives_up (job, FALSE); m++)
    {
      const gboolean ink = job->insight->drawing != NULL;

      if (job->insight->explanations[m] != NULL || (m == NUMERAL_EXPLANATION_SHAPLEY && !ink) ||
          (m == NUMERAL_EXPLANATION_EXPECTED_GRADIENTS && (ink || job->self->background == NULL)))
        continue;
      explain (job, m, TRUE, job->watch->cancellable, NULL);
      publish (job);
    }
}

static void
find_robustness (Job *job)
{
  const NumeralQuestion *question = job->insight->question;
  NumeralRobustnessConfig config = numeral_robustness_config_default;

  config.across = question->across;
  config.down = question->down;
  job->insight->robustness =
      numeral_robustness_new (question->model, job->insight->drawing, question->tensor, &config,
                              job->watch->cancellable, NULL);
}

static void
find_neighbours (Job *job)
{
  const NumeralQuestion *question = job->insight->question;
  NnNeighbour found[NUMERAL_NEIGHBOURS_WANTED];
  guint n;

  if (question->neighbours == NULL)
    return;
  n = numeral_neighbours_find (question->neighbours, question->tensor, found,
                               NUMERAL_NEIGHBOURS_WANTED);
  job->insight->neighbours = g_array_new (FALSE, FALSE, sizeof (NnNeighbour));
  g_array_append_vals (job->insight->neighbours, found, n);
}

/* What the answer would be without some of the steps from strokes to tensor. */
static void
find_steps (Job *job)
{
  if (job->insight->drawing == NULL)
    return;
  job->insight->steps = g_array_new (FALSE, FALSE, sizeof (NumeralReading));
  for (guint steps = 0; steps < NUMERAL_N_STEP_SETS; steps++)
    {
      NumeralReading reading = { 0 };

      ink_tensor_from_drawing_by (job->insight->drawing, steps, job->insight->question->side,
                                  reading.tensor);
      numeral_reader_read (job->self->reader, &reading);
      g_array_append_val (job->insight->steps, reading);
    }
}

static void
on_search_progress (double share, gpointer data)
{
  Job *job = data;
  const gint64 now = g_get_monotonic_time ();

  if (now - job->self->reported < PROGRESS_STEP)
    return;
  job->self->reported = now;
  job->insight->searching = CLAMP (share, 0, 1);
  publish (job);
}

/* Reads the digit on its way to the other one. */
static void
read_between (Job *job)
{
  NumeralInsight *insight = job->insight;

  insight->between = g_array_new (FALSE, FALSE, sizeof (NumeralReading));
  for (guint i = 0; i < NUMERAL_N_BETWEEN; i++)
    {
      NumeralReading reading = { 0 };

      numeral_counterfactual_between (insight->counterfactual, (double) i / (NUMERAL_N_BETWEEN - 1),
                                      reading.tensor);
      numeral_reader_read (job->self->reader, &reading);
      g_array_append_val (insight->between, reading);
    }
}

/* The pieces that can be left out, and the deformation. */
static void
search (Job *job)
{
  NumeralInsight *insight = job->insight;
  const NumeralQuestion *question = insight->question;
  const gint64 start = g_get_monotonic_time ();

  insight->put_off = !question->search && job->self->search_time > LONG_SEARCH;
  if (insight->put_off)
    return;
  insight->searching = 0;
  publish (job);
  if (insight->drawing != NULL && insight->omission == NULL)
    insight->omission = numeral_omission_find (question->model, insight->drawing, insight->other,
                                               job->watch->search, NULL);
  insight->counterfactual =
      numeral_counterfactual_find (question->model, question->tensor, insight->other,
                                   on_search_progress, job, job->watch->search,
                                   &insight->counterfactual_error);
  insight->searching = -1;
  if (insight->counterfactual != NULL)
    read_between (job);
  if (!g_cancellable_is_cancelled (job->watch->search))
    job->self->search_time = g_get_monotonic_time () - start;
}

/* Everything but the search. Returns whether it was not given up. */
static gboolean
find_fast_parts (Job *job)
{
  NumeralInsight *insight = job->insight;

  if (insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS] == NULL)
    find_gradients (job);
  if (insight->error != NULL || insight->question->unfinished || gives_up (job, FALSE))
    return FALSE;
  if (insight->steps == NULL)
    find_steps (job);
  if (insight->neighbours == NULL)
    find_neighbours (job);
  publish (job);
  find_methods (job);
  if (insight->robustness == NULL && !gives_up (job, FALSE))
    find_robustness (job);
  return !gives_up (job, TRUE);
}

void
numeral_inspection_run (NumeralInspection *self,
                        NumeralInsight *insight,
                        const NumeralInspectionWatch *watch)
{
  Job job = { self, insight, watch };
  const gint64 start = g_get_monotonic_time ();

  use_model (self, insight->question->model);
  use_input (&job);
  if (find_fast_parts (&job))
    {
      insight->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
      publish (&job);
      if (insight->counterfactual == NULL && insight->counterfactual_error == NULL)
        search (&job);
    }
  insight->complete = !gives_up (&job, TRUE);
  publish (&job);
}
