/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-input-filter.h"

#include <glib/gi18n-lib.h>

#include "nn-evaluate.h"

/* out = filter (in) of n values that are @step apart, with zeros outside. */
static void
filter_line (const float *in, float *out, gsize n, gsize step, double tap)
{
  for (gsize i = 0; i < n; i++)
    {
      const double before = i > 0 ? (double) in[(i - 1) * step] : 0;
      const double after = i + 1 < n ? (double) in[(i + 1) * step] : 0;

      out[i * step] = (float) (tap * (before + after) + (1 - 2 * tap) * (double) in[i * step]);
    }
}

/* The filter is its own transpose, so weights are filtered as the image would be. */
NnNetwork *
nn_input_filter_apply (const NnNetwork *network, guint width, guint height, double tap)
{
  NnNetwork *filtered = nn_network_copy (network);
  const NnWeights *first = &filtered->weights[0];
  g_autofree float *rows = g_new (float, first->n_in);

  g_return_val_if_fail ((gsize) width * height == first->n_in, filtered);
  g_return_val_if_fail (tap >= 0 && tap <= NN_INPUT_FILTER_MAX, filtered);

  for (guint u = 0; u < first->n_out; u++)
    {
      float *weight = first->weight + (gsize) u * first->n_in;

      for (guint y = 0; y < height; y++)
        filter_line (weight + y * width, rows + y * width, width, 1, tap);
      for (guint x = 0; x < width; x++)
        filter_line (rows + x, weight + x, height, width, tap);
    }
  return filtered;
}

/* Whether the first weights are those of the pixels of the image. */
static gboolean
reads_pixels (const NnNetwork *network)
{
  guint first = 0;

  while (network->arch.layers[first].kind == NN_LAYER_FLATTEN)
    first++;
  return network->arch.layers[first].kind == NN_LAYER_DENSE;
}

double
nn_input_filter_choose (const NnNetwork *network,
                        const NnDataset *dataset,
                        double *loss,
                        GError **error)
{
  double best_tap = -1, best_loss = 0;

  if (dataset->width == 0 || dataset->n_features != nn_architecture_n_inputs (&network->arch))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the input filter needs images of %u pixels, as the network reads; these "
                      "samples have %u features"),
                   nn_architecture_n_inputs (&network->arch), dataset->n_features);
      return -1;
    }
  if (!reads_pixels (network))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("the input filter is folded into weights of single pixels, which a "
                              "network has whose first layer is dense; this one begins with "
                              "another layer"));
      return -1;
    }
  for (guint hundredths = 0; hundredths <= 100 * NN_INPUT_FILTER_MAX; hundredths++)
    {
      const double tap = hundredths / 100.0;
      g_autoptr (NnNetwork) filtered =
          nn_input_filter_apply (network, dataset->width, dataset->height, tap);
      g_autoptr (NnEvaluation) evaluation = nn_evaluate (filtered, dataset, error);

      if (evaluation == NULL)
        return -1;
      if (best_tap >= 0 && !(evaluation->loss < best_loss))
        continue;
      best_tap = tap;
      best_loss = evaluation->loss;
    }
  if (loss != NULL)
    *loss = best_loss;
  return best_tap;
}
