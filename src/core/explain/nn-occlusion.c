/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-occlusion.h"

#include <string.h>

typedef struct
{
  NnProbe *probe;
  const NnExplainInput *input;
  const NnOcclusionConfig *config;
  guint n_inputs;
  double value;    /* F (x) */
  double *total;   /* [height, width] sum over the places that cover a pixel */
  gsize n;         /* places in the minibatch */
  int (*place)[2]; /* [NN_PROBE_MAX_N] column and row of their top left corners */
} Work;

/* The part of a place that is inside the image. */
static void
clip (const Work *work, const int place[2], int low[2], int high[2])
{
  const int sides[2] = { (int) work->config->width, (int) work->config->height };

  for (guint i = 0; i < 2; i++)
    {
      low[i] = MAX (place[i], 0);
      high[i] = MIN (place[i] + (int) work->config->patch, sides[i]);
    }
}

/* Covers a place in @row; returns whether that changed anything. */
static gboolean
cover (const Work *work, const int place[2], float *row)
{
  const guint width = work->config->width, size = width * work->config->height;
  gboolean changed = FALSE;
  int low[2], high[2];

  memcpy (row, work->input->x, work->n_inputs * sizeof (float));
  clip (work, place, low, high);
  for (guint channel = 0; channel < work->n_inputs / size; channel++)
    for (int y = low[1]; y < high[1]; y++)
      for (int x = low[0]; x < high[0]; x++)
        {
          const guint j = channel * size + (guint) y * width + (guint) x;

          changed = changed || row[j] != work->input->baseline[j];
          row[j] = work->input->baseline[j];
        }
  return changed;
}

/* Reads the places of the minibatch. */
static void
flush (Work *work)
{
  const guint n_classes = nn_probe_n_classes (work->probe);
  const float *logits = nn_probe_forward (work->probe, work->n);

  for (gsize i = 0; i < work->n; i++)
    {
      const double drop =
          work->value - nn_contrast_value (&work->input->contrast, logits + i * n_classes);
      int low[2], high[2];

      clip (work, work->place[i], low, high);
      for (int y = low[1]; y < high[1]; y++)
        for (int x = low[0]; x < high[0]; x++)
          work->total[(guint) y * work->config->width + (guint) x] += drop;
    }
  work->n = 0;
}

static gboolean
slide (Work *work, const NnProgress *progress)
{
  const int patch = (int) work->config->patch;
  const int width = (int) work->config->width, height = (int) work->config->height;

  for (int y = 1 - patch; y < height; y++)
    {
      if (!nn_progress_report (progress, (double) (y + patch) / (height + patch)))
        return FALSE;
      for (int x = 1 - patch; x < width; x++)
        {
          const int place[2] = { x, y };

          if (!cover (work, place, nn_probe_rows (work->probe) + work->n * work->n_inputs))
            continue;
          memcpy (work->place[work->n++], place, sizeof place);
          if (work->n == NN_PROBE_MAX_N)
            flush (work);
        }
    }
  if (work->n > 0)
    flush (work);
  return TRUE;
}

gboolean
nn_occlusion (NnProbe *probe,
              const NnExplainInput *input,
              const NnOcclusionConfig *config,
              const NnProgress *progress,
              float *attribution)
{
  const guint size = config->width * config->height;
  g_autofree double *total = g_new0 (double, size);
  int place[NN_PROBE_MAX_N][2];
  Work work = { probe, input, config, nn_probe_n_inputs (probe), .total = total, .place = place };

  g_return_val_if_fail (config->patch >= 1 && config->patch <= NN_OCCLUSION_MAX_PATCH, FALSE);
  g_return_val_if_fail (work.n_inputs % size == 0, FALSE);

  work.value = nn_probe_value (probe, &input->contrast, input->x);
  if (!slide (&work, progress))
    return FALSE;
  for (guint j = 0; j < work.n_inputs; j++)
    attribution[j] = input->x[j] == input->baseline[j] ?
                         0 :
                         (float) (total[j % size] / (config->patch * config->patch));
  return TRUE;
}
