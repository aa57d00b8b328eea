/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-lime.h"

#include <math.h>

#include "nn-random.h"
#include "nn-ridge.h"

#define KERNEL_WIDTH 0.25
#define PENALTY 0.01

double
nn_lime_weight (guint present, guint n)
{
  const double distance = 1 - sqrt ((double) present / n);

  return exp (-distance * distance / (KERNEL_WIDTH * KERNEL_WIDTH));
}

static void
fit_samples (NnRidgeData *data, double *coefficients, NnLimeFit *fit)
{
  g_autofree double *weights = g_new (double, data->n);

  for (gsize i = 0; i < data->n; i++)
    {
      guint present = 0;

      for (guint j = 0; j < data->k; j++)
        present += data->features[i * data->k + j] > 0;
      weights[i] = nn_lime_weight (present, data->k);
    }
  data->weights = weights;
  data->penalty = PENALTY;
  fit->r2 = nn_ridge (data, coefficients, &fit->intercept);
}

void
nn_lime_coalitions (const double *values, guint n, double *coefficients, NnLimeFit *fit)
{
  const gsize n_samples = (gsize) 1 << n;
  g_autofree double *features = g_new (double, n_samples *n);
  NnRidgeData data = { .n = n_samples, .k = n, .features = features, .values = values };

  for (gsize c = 0; c < n_samples; c++)
    for (guint i = 0; i < n; i++)
      features[c * n + i] = (double) (c >> i & 1);
  fit_samples (&data, coefficients, fit);
}

/* What the grid is. */
typedef struct
{
  guint n_inputs;
  guint n_features;
  int *feature_of; /* [n_inputs] of the input's cell; -1 where the whole cell is the baseline */
  double *extent;  /* [n_features] sum of the distances from the baseline */
} Grid;

static void
grid_init (Grid *grid, const NnExplainInput *input, const NnLimeConfig *config, guint n_inputs)
{
  const guint columns = (config->width + config->cell - 1) / config->cell;
  const guint rows = (config->height + config->cell - 1) / config->cell;
  const guint size = config->width * config->height;
  g_autofree int *feature = g_new (int, (gsize) columns *rows);

  grid->n_inputs = n_inputs;
  grid->feature_of = g_new (int, n_inputs);
  grid->extent = g_new0 (double, (gsize) columns *rows);
  for (guint c = 0; c < columns * rows; c++)
    feature[c] = -1;
  for (guint j = 0; j < n_inputs; j++)
    {
      const guint cell = j % size / config->width / config->cell * columns +
                         j % size % config->width / config->cell;

      grid->feature_of[j] = (int) cell;
      if (input->x[j] != input->baseline[j] && feature[cell] < 0)
        feature[cell] = (int) grid->n_features++;
    }
  for (guint j = 0; j < n_inputs; j++)
    {
      grid->feature_of[j] = feature[grid->feature_of[j]];
      if (grid->feature_of[j] >= 0)
        grid->extent[grid->feature_of[j]] += fabs ((double) (input->x[j] - input->baseline[j]));
    }
}

static void
grid_clear (Grid *grid)
{
  g_free (grid->feature_of);
  g_free (grid->extent);
}

/* features: [n_samples, n_features] */
static double *
draw_samples (const Grid *grid, const NnLimeConfig *config)
{
  double *features = g_new (double, MAX ((gsize) config->n_samples * grid->n_features, 1));

  for (guint i = 0; i < config->n_samples; i++)
    {
      NnRandom random;

      nn_random_init_stream (&random, config->seed, 0, i);
      for (guint j = 0; j < grid->n_features; j++)
        features[(gsize) i * grid->n_features + j] = i == 0 || nn_random_below (&random, 2) > 0;
    }
  return features;
}

/* values: [n_samples] */
static gboolean
read_samples (NnProbe *probe,
              const NnExplainInput *input,
              const Grid *grid,
              const NnRidgeData *data,
              const NnProgress *progress,
              double *values)
{
  const guint n_inputs = grid->n_inputs, n_classes = nn_probe_n_classes (probe);
  float *rows = nn_probe_rows (probe);

  for (gsize first = 0; first < data->n; first += NN_PROBE_MAX_N)
    {
      const gsize n = MIN (data->n - first, NN_PROBE_MAX_N);
      const float *logits;

      if (!nn_progress_report (progress, (double) first / (double) data->n))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        for (guint j = 0; j < n_inputs; j++)
          {
            const int feature = grid->feature_of[j];
            const gboolean present =
                feature < 0 || data->features[(first + i) * data->k + (guint) feature] > 0;

            rows[i * n_inputs + j] = present ? input->x[j] : input->baseline[j];
          }
      logits = nn_probe_forward (probe, n);
      for (gsize i = 0; i < n; i++)
        values[first + i] = nn_contrast_value (&input->contrast, logits + i * n_classes);
    }
  return TRUE;
}

static void
spread (const Grid *grid,
        const NnExplainInput *input,
        const double *coefficients,
        float *attribution)
{
  for (guint j = 0; j < grid->n_inputs; j++)
    {
      const int feature = grid->feature_of[j];

      attribution[j] = feature < 0 ? 0 :
                                     (float) (coefficients[feature] *
                                              fabs ((double) (input->x[j] - input->baseline[j])) /
                                              grid->extent[feature]);
    }
}

gboolean
nn_lime_grid (NnProbe *probe,
              const NnExplainInput *input,
              const NnLimeConfig *config,
              const NnProgress *progress,
              float *attribution,
              NnLimeFit *fit)
{
  g_autofree double *features = NULL;
  g_autofree double *values = g_new (double, config->n_samples);
  g_autofree double *coefficients = NULL;
  NnRidgeData data = { .n = config->n_samples, .values = values };
  Grid grid = { 0 };
  gboolean finished;

  grid_init (&grid, input, config, nn_probe_n_inputs (probe));
  data.k = grid.n_features;
  data.features = features = draw_samples (&grid, config);
  finished = read_samples (probe, input, &grid, &data, progress, values);
  if (finished)
    {
      coefficients = g_new0 (double, MAX (data.k, 1));
      *fit = (NnLimeFit){ values[0], 1 };
      if (data.k > 0)
        fit_samples (&data, coefficients, fit);
      spread (&grid, input, coefficients, attribution);
    }
  grid_clear (&grid);
  return finished;
}
