/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-calibrate.h"

#include <math.h>

/* Steps of the golden-section search. Each leaves 0.618 of the interval: these reduce ln 400 to
 * less than 1e-7. */
#define N_STEPS 40

double
nn_calibrate_nll (const float *logits, const guint8 *labels, gsize n, guint k, double temperature)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      const float *row = logits + i * k;
      double largest = (double) row[0], total = 0;

      for (guint j = 1; j < k; j++)
        largest = MAX (largest, (double) row[j]);
      for (guint j = 0; j < k; j++)
        total += exp (((double) row[j] - largest) / temperature);
      sum += log (total) - ((double) row[labels[i]] - largest) / temperature;
    }
  return n > 0 ? sum / (double) n : 0;
}

double
nn_calibrate_temperature (const float *logits, const guint8 *labels, gsize n, guint k)
{
  const double golden = (sqrt (5) - 1) / 2;
  double low = log (NN_TEMPERATURE_MIN), high = log (NN_TEMPERATURE_MAX);
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double at_a, at_b;

  if (n == 0)
    return 1;
  at_a = nn_calibrate_nll (logits, labels, n, k, exp (a));
  at_b = nn_calibrate_nll (logits, labels, n, k, exp (b));
  for (guint step = 0; step < N_STEPS; step++)
    if (at_a < at_b)
      {
        high = b;
        b = a;
        at_b = at_a;
        a = high - golden * (high - low);
        at_a = nn_calibrate_nll (logits, labels, n, k, exp (a));
      }
    else
      {
        low = a;
        a = b;
        at_a = at_b;
        b = low + golden * (high - low);
        at_b = nn_calibrate_nll (logits, labels, n, k, exp (b));
      }
  return exp ((low + high) / 2);
}

NnNetwork *
nn_calibrate_network (const NnNetwork *network, double temperature)
{
  NnNetwork *calibrated = nn_network_copy (network);
  const NnWeights *last = &calibrated->weights[calibrated->n_weights - 1];

  for (gsize i = 0; i < (gsize) last->n_out * last->n_in; i++)
    last->weight[i] = (float) ((double) last->weight[i] / temperature);
  for (guint i = 0; i < last->n_out; i++)
    last->bias[i] = (float) ((double) last->bias[i] / temperature);
  return calibrated;
}
