/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-statistics.h"

#include <math.h>

NnInterval
nn_interval_wilson (gsize n_found, gsize n, double z)
{
  const double count = (double) n, share = n > 0 ? (double) n_found / count : 0;
  double middle, half;

  g_return_val_if_fail (n_found <= n, ((NnInterval){ 0, 1 }));

  if (n == 0)
    return (NnInterval){ 0, 1 };
  middle = (share + z * z / (2 * count)) / (1 + z * z / count);
  half = z / (1 + z * z / count) * sqrt (share * (1 - share) / count + z * z / (4 * count * count));
  return (NnInterval){ n_found == 0 ? 0 : MAX (middle - half, 0),
                       n_found == n ? 1 : MIN (middle + half, 1) };
}

/* lgamma() itself writes a global variable. */
static double
log_factorial (double n)
{
  int sign;

  return lgamma_r (n + 1, &sign);
}

/* log (n over k) */
static double
log_choose (double n, double k)
{
  return log_factorial (n) - log_factorial (k) - log_factorial (n - k);
}

double
nn_mcnemar_exact (gsize n_first, gsize n_second)
{
  const double n = (double) n_first + (double) n_second;
  const double fewer = (double) MIN (n_first, n_second);
  double term, sum = 0;

  if (n_first == n_second)
    return 1;
  /* From the largest term down, so that the sum ends where the terms no longer count. */
  term = exp (log_choose (n, fewer) - n * G_LN2);
  for (double k = fewer; k >= 0 && term > sum * 1e-18; k--)
    {
      sum += term;
      term *= k / (n - k + 1);
    }
  return MIN (2 * sum, 1);
}
