/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-faithfulness.h"

#include <string.h>

#include "nn-random.h"

#define STEPS NN_FAITHFULNESS_STEPS
#define POINTS NN_FAITHFULNESS_POINTS

/* Keeps a ratio finite where a random order leaves nothing to gain. */
#define SMALLEST 1e-9

/* The features in which the input differs from the baseline. */
static guint32 *
list_features (const NnExplainInput *input, guint n_inputs, guint *n)
{
  guint32 *features = g_new (guint32, n_inputs);

  *n = 0;
  for (guint32 j = 0; j < n_inputs; j++)
    if (input->x[j] != input->baseline[j])
      features[(*n)++] = j;
  return features;
}

/* The curve of going from one input to the other by taking over the features in @order [n]. */
static void
trace (NnProbe *probe,
       const NnContrast *contrast,
       const float *ends[2],
       const guint32 *order,
       guint n,
       double curve[POINTS])
{
  const guint n_inputs = nn_probe_n_inputs (probe), n_classes = nn_probe_n_classes (probe);
  float *rows = nn_probe_rows (probe);
  const float *logits;

  G_STATIC_ASSERT (POINTS <= NN_PROBE_MAX_N);
  for (guint i = 0; i < POINTS; i++)
    {
      float *row = rows + (gsize) i * n_inputs;

      memcpy (row, ends[0], n_inputs * sizeof (float));
      for (guint j = 0; j < (guint) ((guint64) n * i / STEPS); j++)
        row[order[j]] = ends[1][order[j]];
    }
  logits = nn_probe_forward (probe, POINTS);
  for (guint i = 0; i < POINTS; i++)
    curve[i] = nn_contrast_probability (contrast, logits + (gsize) i * n_classes, n_classes);
}

/* By the trapezoidal rule. */
static double
area (const double curve[POINTS])
{
  double sum = (curve[0] + curve[STEPS]) / 2;

  for (guint i = 1; i < STEPS; i++)
    sum += curve[i];
  return sum / STEPS;
}

/* The areas and the figure of the three curves. */
static void
finish (NnFaithfulness *f)
{
  double gained, lost, room, loss;

  f->insertion_area = area (f->insertion);
  f->deletion_area = area (f->deletion);
  f->random_area = area (f->random);
  room = MAX (1 - f->random_area, SMALLEST);
  loss = MAX (f->random_area, SMALLEST);
  gained = f->insertion_area - f->random_area;
  lost = f->random_area - f->deletion_area;
  f->figure = (gained / (gained > 0 ? room : loss) + lost / (lost > 0 ? loss : room)) / 2;
}

gboolean
nn_faithfulness_random (NnProbe *probe,
                        const NnExplainInput *input,
                        guint n_orders,
                        guint64 seed,
                        const NnProgress *progress,
                        double random[POINTS])
{
  const float *ends[2] = { input->baseline, input->x };
  g_autofree guint32 *order = NULL;
  guint n;

  order = list_features (input, nn_probe_n_inputs (probe), &n);
  memset (random, 0, POINTS * sizeof (double));
  for (guint k = 0; k < n_orders; k++)
    {
      double curve[POINTS];
      NnRandom numbers;

      if (!nn_progress_report (progress, (double) k / n_orders))
        return FALSE;
      nn_random_init_stream (&numbers, seed, 0, k);
      nn_random_shuffle (&numbers, order, n);
      trace (probe, &input->contrast, ends, order, n, curve);
      for (guint i = 0; i < POINTS; i++)
        random[i] += curve[i] / n_orders;
    }
  return TRUE;
}

static int
compare_features (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  const float *attribution = user_data;

  if (attribution[i] != attribution[j])
    return attribution[i] > attribution[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

void
nn_faithfulness (NnProbe *probe,
                 const NnExplainInput *input,
                 const float *attribution,
                 const double random[POINTS],
                 NnFaithfulness *faithfulness)
{
  const float *in[2] = { input->baseline, input->x };
  const float *out[2] = { input->x, input->baseline };
  g_autofree guint32 *order = NULL;
  guint n;

  order = list_features (input, nn_probe_n_inputs (probe), &n);
  g_qsort_with_data (order, (int) n, sizeof *order, compare_features, (gpointer) attribution);
  trace (probe, &input->contrast, in, order, n, faithfulness->insertion);
  trace (probe, &input->contrast, out, order, n, faithfulness->deletion);
  memcpy (faithfulness->random, random, sizeof faithfulness->random);
  finish (faithfulness);
}

/* The value at each of POINTS of a line through @steps [n + 1]. */
static void
interpolate (const double *steps, guint n, double curve[POINTS])
{
  for (guint i = 0; i < POINTS; i++)
    {
      const double place = (double) i * n / STEPS;
      const guint step = MIN ((guint) place, n - 1);

      curve[i] = steps[step] + (place - step) * (steps[step + 1] - steps[step]);
    }
}

static int
compare_parts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const guint i = *(const guint *) a, j = *(const guint *) b;
  const double *values = user_data;

  if (values[i] != values[j])
    return values[i] > values[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* steps: [n + 1] the mean of the probability over the coalitions of each size */
static void
average_by_size (const double *probabilities, guint n, double *steps)
{
  g_autofree guint *counts = g_new0 (guint, n + 1);

  memset (steps, 0, (n + 1) * sizeof (double));
  for (guint c = 0; c < 1u << n; c++)
    {
      const guint size = (guint) __builtin_popcount (c);

      steps[size] += probabilities[c];
      counts[size]++;
    }
  for (guint i = 0; i <= n; i++)
    steps[i] /= counts[i];
}

void
nn_faithfulness_coalitions (const NnContrast *contrast,
                            const float *logits,
                            guint n_classes,
                            const double *values,
                            guint n,
                            NnFaithfulness *faithfulness)
{
  const guint all = (1u << n) - 1;
  g_autofree double *probabilities = g_new (double, (gsize) all + 1);
  g_autofree double *steps = g_new (double, n + 1);
  g_autofree guint *order = g_new (guint, n);
  guint present = 0;

  g_return_if_fail (n > 0);

  for (guint c = 0; c <= all; c++)
    probabilities[c] =
        nn_contrast_probability (contrast, logits + (gsize) c * n_classes, n_classes);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_parts, (gpointer) values);
  steps[0] = probabilities[0];
  for (guint i = 0; i < n; i++)
    steps[i + 1] = probabilities[present |= 1u << order[i]];
  interpolate (steps, n, faithfulness->insertion);
  present = all;
  steps[0] = probabilities[all];
  for (guint i = 0; i < n; i++)
    steps[i + 1] = probabilities[present &= ~(1u << order[i])];
  interpolate (steps, n, faithfulness->deletion);
  average_by_size (probabilities, n, steps);
  interpolate (steps, n, faithfulness->random);
  finish (faithfulness);
}
