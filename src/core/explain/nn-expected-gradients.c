/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-expected-gradients.h"

#include <string.h>

#include "nn-random.h"

/* The sum of F over the background. */
static gboolean
sum_values (NnProbe *probe,
            const NnExplainInput *input,
            const NnExpectedConfig *config,
            const NnProgress *progress,
            double *sum)
{
  const guint n_inputs = nn_probe_n_inputs (probe), n_classes = nn_probe_n_classes (probe);

  *sum = 0;
  for (gsize first = 0; first < config->n; first += NN_PROBE_MAX_N)
    {
      const gsize n = MIN (config->n - first, NN_PROBE_MAX_N);
      const float *logits;

      if (!nn_progress_report (progress, 0))
        return FALSE;
      memcpy (nn_probe_rows (probe), config->background + first * n_inputs,
              n * n_inputs * sizeof (float));
      logits = nn_probe_forward (probe, n);
      for (gsize i = 0; i < n; i++)
        *sum += nn_contrast_value (&input->contrast, logits + i * n_classes);
    }
  return TRUE;
}

/* Adds (x - x') times the gradient for draws [first, first + n) to @total. */
static void
add_draws (NnProbe *probe,
           const NnExplainInput *input,
           const NnExpectedConfig *config,
           gsize first,
           gsize n,
           double *total)
{
  const guint n_inputs = nn_probe_n_inputs (probe);
  float *rows = nn_probe_rows (probe);
  const float *gradients;

  for (gsize i = 0; i < n; i++)
    {
      const gsize sample = (first + i) / config->n_draws, part = (first + i) % config->n_draws;
      const float *from = config->background + sample * n_inputs;
      NnRandom random;
      float a;

      nn_random_init_stream (&random, config->seed, sample, part);
      a = ((float) part + nn_random_uniform (&random)) / (float) config->n_draws;
      for (guint j = 0; j < n_inputs; j++)
        rows[i * n_inputs + j] = from[j] + a * (input->x[j] - from[j]);
    }
  nn_probe_forward (probe, n);
  gradients = nn_probe_gradient (probe, &input->contrast);
  for (gsize i = 0; i < n; i++)
    {
      const float *from = config->background + (first + i) / config->n_draws * n_inputs;

      for (guint j = 0; j < n_inputs; j++)
        total[j] += (double) (gradients[i * n_inputs + j] * (input->x[j] - from[j]));
    }
}

gboolean
nn_expected_gradients (NnProbe *probe,
                       const NnExplainInput *input,
                       const NnExpectedConfig *config,
                       const NnProgress *progress,
                       float *attribution,
                       double *difference)
{
  const guint n_inputs = nn_probe_n_inputs (probe);
  const gsize n_draws = config->n * config->n_draws;
  g_autofree double *total = g_new0 (double, n_inputs);
  double sum;

  if (!sum_values (probe, input, config, progress, &sum))
    return FALSE;
  for (gsize first = 0; first < n_draws; first += NN_PROBE_MAX_N)
    {
      if (!nn_progress_report (progress, (double) first / (double) n_draws))
        return FALSE;
      add_draws (probe, input, config, first, MIN (n_draws - first, NN_PROBE_MAX_N), total);
    }
  for (guint j = 0; j < n_inputs; j++)
    attribution[j] = (float) (total[j] / (double) n_draws);
  *difference = nn_probe_value (probe, &input->contrast, input->x) - sum / (double) config->n;
  return TRUE;
}
