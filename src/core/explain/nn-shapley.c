/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-shapley.h"

/* weights: [n] |S|! (n - |S| - 1)! / n! by the size of S. */
static void
coalition_weights (guint n, double weights[NN_SHAPLEY_MAX_PLAYERS])
{
  /* 1 / n for the empty coalition; (s, n - s - 1) follows from (s - 1, n - s). */
  for (guint s = 0; s < n; s++)
    weights[s] = s == 0 ? 1.0 / n : weights[s - 1] * s / (n - s);
}

void
nn_shapley (const double *values, guint n, double *shapley)
{
  double weights[NN_SHAPLEY_MAX_PLAYERS];

  g_return_if_fail (n <= NN_SHAPLEY_MAX_PLAYERS);

  coalition_weights (n, weights);
  for (guint i = 0; i < n; i++)
    {
      const guint player = 1u << i;

      shapley[i] = 0;
      for (guint c = 0; c < 1u << n; c++)
        if (!(c & player))
          shapley[i] += weights[(guint) __builtin_popcount (c)] * (values[c | player] - values[c]);
    }
}
