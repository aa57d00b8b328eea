/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-expected-gradients.h"
#include "nn-integrated-gradients.h"
#include "nn-lime.h"
#include "nn-occlusion.h"
#include "nn-shapley.h"
#include "numeral-fail.h"

/* Cells of LIME's grid for a picture, in pixels, and the samples drawn from it. */
#define DEFAULT_GRID 4
#define MAX_GRID (INK_TENSOR_SIDE / 2)
#define LIME_SAMPLES 1000

/* Points on the path from each sample of the background. */
#define EXPECTED_DRAWS 4

#define RANDOM_ORDERS 10

/* The random curve of the input, and the question that it is for. */
typedef struct
{
  gboolean known;
  NnContrast contrast;
  NumeralExplanationBaseline baseline;
  guint64 seed;
  double curve[NN_FAITHFULNESS_POINTS];
} RandomCurve;

struct _NumeralExplainer
{
  NnProbe *probe;
  InkDrawing *drawing; /* NULL for a picture */
  float tensor[INK_TENSOR_SIZE];
  float logits[NUMERAL_N_DIGITS];
  NumeralPieceMap map;
  float *coalitions; /* [2^n, 10] logits of each coalition of pieces; NULL until needed */
  RandomCurve random;
};

/* One call. */
typedef struct
{
  NumeralExplainer *explainer;
  const NumeralExplanationConfig *config;
  NumeralExplanation *out;
  NnExplainInput input;
  const NumeralExplainerWatch *watch;
  double from, to; /* range of the progress of the present step */
  NnProgress progress;
} Work;

NumeralExplainer *
numeral_explainer_new (NumeralModel *model)
{
  NumeralExplainer *explainer = g_new0 (NumeralExplainer, 1);
  const NnWeights *head;

  explainer->probe = nn_probe_new (model->network);
  /* Copy the weights now, and not while somebody draws. */
  nn_probe_tail (explainer->probe, &head);
  return explainer;
}

void
numeral_explainer_free (NumeralExplainer *explainer)
{
  nn_probe_free (explainer->probe);
  g_clear_pointer (&explainer->drawing, ink_drawing_unref);
  g_free (explainer->coalitions);
  g_free (explainer);
}

/* The tensor is set. */
static void
begin_input (NumeralExplainer *explainer)
{
  memcpy (nn_probe_rows (explainer->probe), explainer->tensor, sizeof explainer->tensor);
  memcpy (explainer->logits, nn_probe_forward (explainer->probe, 1), sizeof explainer->logits);
  numeral_piece_map_init (&explainer->map, explainer->drawing, explainer->tensor);
  g_clear_pointer (&explainer->coalitions, g_free);
  explainer->random.known = FALSE;
}

void
numeral_explainer_set_drawing (NumeralExplainer *explainer, InkDrawing *drawing)
{
  if (drawing == explainer->drawing)
    return;
  g_clear_pointer (&explainer->drawing, ink_drawing_unref);
  explainer->drawing = ink_drawing_ref (drawing);
  ink_tensor_from_drawing (drawing, NULL, explainer->tensor);
  begin_input (explainer);
}

void
numeral_explainer_set_tensor (NumeralExplainer *explainer, const float tensor[INK_TENSOR_SIZE])
{
  g_clear_pointer (&explainer->drawing, ink_drawing_unref);
  memcpy (explainer->tensor, tensor, sizeof explainer->tensor);
  begin_input (explainer);
}

static gboolean
proceed (double share, gpointer data)
{
  Work *work = data;

  if (work->watch == NULL)
    return TRUE;
  if (work->watch->progress != NULL)
    work->watch->progress (work->from + share * (work->to - work->from), work->watch->user_data);
  return !g_cancellable_is_cancelled (work->watch->cancellable);
}

/* The logits of all coalitions of pieces: what is left of the ink is drawn and centred anew. */
static gboolean
read_coalitions (Work *work)
{
  NumeralExplainer *self = work->explainer;
  const guint n = 1u << self->map.n;
  float *rows = nn_probe_rows (self->probe);
  g_autofree float *logits = NULL;

  if (self->coalitions != NULL)
    return TRUE;
  logits = g_new (float, (gsize) n *NUMERAL_N_DIGITS);
  for (guint first = 0; first < n; first += NN_PROBE_MAX_N)
    {
      const guint count = MIN (n - first, NN_PROBE_MAX_N);

      if (!proceed ((double) first / n, work))
        return FALSE;
      for (guint i = 0; i < count; i++)
        {
          g_autoptr (InkDrawing) part =
              ink_pieces_select (self->drawing, self->map.pieces, self->map.n, first + i);

          ink_tensor_from_drawing (part, NULL, rows + (gsize) i * INK_TENSOR_SIZE);
        }
      memcpy (logits + (gsize) first * NUMERAL_N_DIGITS, nn_probe_forward (self->probe, count),
              (gsize) count * NUMERAL_N_DIGITS * sizeof (float));
    }
  self->coalitions = g_steal_pointer (&logits);
  return TRUE;
}

/* (transfer full): [2^n] F of each coalition. */
static double *
coalition_values (const Work *work)
{
  const guint n = 1u << work->explainer->map.n;
  double *values = g_new (double, n);

  for (guint c = 0; c < n; c++)
    values[c] = nn_contrast_value (&work->input.contrast,
                                   work->explainer->coalitions + (gsize) c * NUMERAL_N_DIGITS);
  return values;
}

/* The values of the pieces are set: what follows from them. */
static void
finish_pieces (Work *work, const double *values)
{
  NumeralExplanation *out = work->out;

  out->by_pieces = TRUE;
  for (guint i = 0; i < out->map.n; i++)
    out->sum += out->pieces[i];
  out->difference = values[(1u << out->map.n) - 1] - values[0];
  numeral_piece_map_spread (&out->map, work->explainer->drawing, out->tensor, out->pieces,
                            out->attribution);
}

static gboolean
run_shapley (Work *work)
{
  g_autofree double *values = NULL;

  if (!read_coalitions (work))
    return FALSE;
  values = coalition_values (work);
  nn_shapley (values, work->out->map.n, work->out->pieces);
  work->out->additive = TRUE;
  finish_pieces (work, values);
  return TRUE;
}

/* The attributions of the pixels are set: what follows from them. */
static void
finish_pixels (Work *work)
{
  NumeralExplanation *out = work->out;

  out->sum = 0;
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    out->sum += (double) out->attribution[i];
  numeral_piece_map_sum (&out->map, out->attribution, out->pieces);
}

/* F (x) - F (baseline) */
static double
difference_from_baseline (const Work *work)
{
  return work->out->value -
         nn_probe_value (work->explainer->probe, &work->input.contrast, work->input.baseline);
}

static gboolean
run_integrated_gradients (Work *work)
{
  g_auto (NnPathIntegral) integral = { 0 };

  if (!nn_integrated_gradients (work->explainer->probe, &work->input, NULL, &work->progress,
                                work->out->attribution, &integral))
    return FALSE;
  work->out->difference = integral.difference;
  work->out->path = g_steal_pointer (&integral.nodes);
  work->out->additive = TRUE;
  finish_pixels (work);
  return TRUE;
}

static gboolean
run_expected_gradients (Work *work)
{
  const NumeralBackground *background = work->config->background;
  const NnExpectedConfig config = { background->samples, background->n, EXPECTED_DRAWS,
                                    work->config->seed };

  if (!nn_expected_gradients (work->explainer->probe, &work->input, &config, &work->progress,
                              work->out->attribution, &work->out->difference))
    return FALSE;
  work->out->additive = TRUE;
  finish_pixels (work);
  return TRUE;
}

static gboolean
run_lime (Work *work)
{
  const guint grid = work->config->grid;
  const NnLimeConfig config = { INK_TENSOR_SIDE, INK_TENSOR_SIDE, grid > 0 ? grid : DEFAULT_GRID,
                                LIME_SAMPLES, work->config->seed };
  g_autofree double *values = NULL;
  NnLimeFit fit;

  if (work->explainer->drawing != NULL && grid == 0)
    {
      if (!read_coalitions (work))
        return FALSE;
      values = coalition_values (work);
      nn_lime_coalitions (values, work->out->map.n, work->out->pieces, &fit);
      finish_pieces (work, values);
    }
  else
    {
      if (!nn_lime_grid (work->explainer->probe, &work->input, &config, &work->progress,
                         work->out->attribution, &fit))
        return FALSE;
      work->out->difference = difference_from_baseline (work);
      finish_pixels (work);
    }
  work->out->r2 = fit.r2;
  return TRUE;
}

static gboolean
run_occlusion (Work *work)
{
  const NnOcclusionConfig config = { INK_TENSOR_SIDE, INK_TENSOR_SIDE, work->config->patch };

  if (!nn_occlusion (work->explainer->probe, &work->input, &config, &work->progress,
                     work->out->attribution))
    return FALSE;
  work->out->difference = difference_from_baseline (work);
  finish_pixels (work);
  return TRUE;
}

/* By NumeralExplanationMethod. */
static const struct
{
  gboolean (*run) (Work *work);
  gboolean needs_strokes, needs_background;
} methods[NUMERAL_N_EXPLANATION_METHODS] = {
  { run_integrated_gradients, FALSE, FALSE },
  { run_shapley, TRUE, FALSE },
  { run_expected_gradients, FALSE, TRUE },
  { run_lime, FALSE, FALSE },
  { run_occlusion, FALSE, FALSE },
};

static gboolean
measure_faithfulness (Work *work)
{
  RandomCurve *random = &work->explainer->random;

  work->out->measured = TRUE;
  if (work->out->by_pieces)
    {
      nn_faithfulness_coalitions (&work->input.contrast, work->explainer->coalitions,
                                  NUMERAL_N_DIGITS, work->out->pieces, work->out->map.n,
                                  &work->out->faithfulness);
      return TRUE;
    }
  if (!random->known || random->contrast.target != work->input.contrast.target ||
      random->contrast.against != work->input.contrast.against ||
      random->baseline != work->config->baseline || random->seed != work->config->seed)
    {
      random->known = FALSE;
      if (!nn_faithfulness_random (work->explainer->probe, &work->input, RANDOM_ORDERS,
                                   work->config->seed, &work->progress, random->curve))
        return FALSE;
      random->contrast = work->input.contrast;
      random->baseline = work->config->baseline;
      random->seed = work->config->seed;
      random->known = TRUE;
    }
  nn_faithfulness (work->explainer->probe, &work->input, work->out->attribution, random->curve,
                   &work->out->faithfulness);
  return TRUE;
}

/* The class with the largest logit; @but: one that it must not be, or -1. */
static guint
largest (const float *logits, int but)
{
  guint best = but == 0 ? 1 : 0;

  for (guint c = best + 1; c < NUMERAL_N_DIGITS; c++)
    if ((int) c != but && logits[c] > logits[best])
      best = c;
  return best;
}

static gboolean
check_config (const NumeralExplanationConfig *config, GError **error)
{
  if (config->target >= NUMERAL_N_DIGITS || config->against >= NUMERAL_N_DIGITS)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("a digit is a number from 0 to 9"));
  if (config->patch < 1 || config->patch > NN_OCCLUSION_MAX_PATCH)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("the patch of occlusion has a side of 1 to %d pixels"),
                         NN_OCCLUSION_MAX_PATCH);
  if (config->grid > MAX_GRID)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("the cells of the grid have a side of 1 to %d pixels"), MAX_GRID);
  if ((config->baseline == NUMERAL_BASELINE_MEAN || methods[config->method].needs_background) &&
      config->background == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("there are no digits to compare with"));
  return TRUE;
}

static gboolean
check_input (const NumeralExplainer *explainer,
             const NumeralExplanationConfig *config,
             GError **error)
{
  gboolean ink = FALSE;

  for (guint i = 0; i < INK_TENSOR_SIZE && !ink; i++)
    ink = explainer->tensor[i] > 0;
  if (!ink)
    return numeral_fail (error, NN_ERROR_VALUE, _ ("there is no ink to explain"));
  for (guint c = 0; c < NUMERAL_N_DIGITS; c++)
    if (!isfinite (explainer->logits[c]))
      return numeral_fail (error, NN_ERROR_VALUE,
                           _ ("the network gives no finite numbers for this input"));
  if (methods[config->method].needs_strokes && explainer->drawing == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("Shapley values of pieces need strokes, and a picture has none; "
                            "choose expected gradients"));
  return TRUE;
}

/* Sets what is explained. */
static gboolean
choose_contrast (Work *work, GError **error)
{
  NumeralExplanation *out = work->out;
  const NumeralExplanationConfig *config = work->config;
  NnContrast *contrast = &work->input.contrast;

  out->answer = largest (out->logits, -1);
  contrast->target = config->target < 0 ? out->answer : (guint) config->target;
  if (config->against == NUMERAL_AGAINST_NONE)
    contrast->against = NN_CONTRAST_NONE;
  else if (config->against < 0)
    contrast->against = (int) largest (out->logits, (int) contrast->target);
  else
    contrast->against = config->against;
  if (contrast->against == (int) contrast->target)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("%u cannot be compared with itself; choose another digit"),
                         contrast->target);
  out->contrast = *contrast;
  out->value = nn_contrast_value (contrast, out->logits);
  return TRUE;
}

static NumeralExplanation *
begin_explanation (const NumeralExplainer *explainer, const NumeralExplanationConfig *config)
{
  NumeralExplanation *out = numeral_explanation_new ();

  out->method = config->method;
  out->baseline = config->baseline;
  out->r2 = NAN;
  out->map = explainer->map;
  memcpy (out->tensor, explainer->tensor, sizeof out->tensor);
  memcpy (out->logits, explainer->logits, sizeof out->logits);
  return out;
}

NumeralExplanation *
numeral_explainer_explain (NumeralExplainer *explainer,
                           const NumeralExplanationConfig *config,
                           const NumeralExplainerWatch *watch,
                           GError **error)
{
  static const float blank[INK_TENSOR_SIZE];
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (NumeralExplanation) out = NULL;
  Work work = { explainer, config, .watch = watch, .to = config->faithfulness ? 0.8 : 1 };

  if (!check_config (config, error) || !check_input (explainer, config, error))
    return NULL;
  work.out = out = begin_explanation (explainer, config);
  work.progress = (NnProgress){ proceed, &work };
  work.input.x = out->tensor;
  work.input.baseline =
      config->baseline == NUMERAL_BASELINE_MEAN ? config->background->mean : blank;
  if (!choose_contrast (&work, error))
    return NULL;
  if (!methods[config->method].run (&work))
    goto cancelled;
  work.from = work.to;
  work.to = 1;
  if (config->faithfulness && !measure_faithfulness (&work))
    goto cancelled;
  out->seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return g_steal_pointer (&out);

cancelled:
  g_cancellable_set_error_if_cancelled (watch->cancellable, error);
  return NULL;
}
