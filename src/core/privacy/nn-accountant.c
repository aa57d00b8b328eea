/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-accountant.h"

#include <math.h>

/* The orders among which the best one is chosen: tenths up to 11, where epsilon is usual, whole
 * numbers up to 64, and a few below and above for little and much noise. */
static const double small_orders[] = { 1.01, 1.02, 1.05 };
static const double large_orders[] = { 80, 96, 128, 192, 256, 384, 512, 1024 };
#define N_SMALL G_N_ELEMENTS (small_orders)
#define N_TENTHS 100
#define LAST_WHOLE 64
#define N_WHOLE (LAST_WHOLE - 11)
#define N_ORDERS (N_SMALL + N_TENTHS + N_WHOLE + G_N_ELEMENTS (large_orders))

static double
nth_order (gsize i)
{
  if (i < N_SMALL)
    return small_orders[i];
  i -= N_SMALL;
  if (i < N_TENTHS)
    return (double) (i + 11) / 10;
  i -= N_TENTHS;
  return i < N_WHOLE ? (double) (i + 12) : large_orders[i - N_WHOLE];
}

/* log (exp (a) + exp (b)) */
static double
log_add (double a, double b)
{
  const double high = MAX (a, b), low = MIN (a, b);

  return isinf (low) ? high : high + log1p (exp (low - high));
}

/* log (exp (a) - exp (b)), for a >= b */
static double
log_subtract (double a, double b)
{
  if (isinf (b))
    return a;
  return a > b ? a + log1p (-exp (b - a)) : -INFINITY;
}

/* log (erfc (x)), also where erfc (x) is too small for a double: the asymptotic series,
 * Abramowitz, Stegun 1964, 7.1.23. */
static double
log_erfc (double x)
{
  const double r = 1 / (x * x);

  if (x < 20)
    return log (erfc (x));
  return -0.5 * log (G_PI) - log (x) - x * x +
         log1p (r * (-1.0 / 2 + r * (3.0 / 4 + r * (-15.0 / 8 + r * 105.0 / 16))));
}

/* log A for a whole order: the sum over k of C(alpha, k) (1 - q)^(alpha - k) q^k
 * exp ((k^2 - k) / (2 sigma^2)). */
static double
log_moment_whole (double q, double sigma, double order)
{
  double sum = -INFINITY;

  for (double k = 0; k <= order; k++)
    {
      const double log_choose = lgamma (order + 1) - lgamma (k + 1) - lgamma (order - k + 1);

      sum = log_add (sum, log_choose + k * log (q) + (order - k) * log1p (-q) +
                              (k * k - k) / (2 * sigma * sigma));
    }
  return sum;
}

/* log A for any order: the two halves of the integral, left and right of where the densities of
 * the two outcomes are the same, each as a binomial series. */
static double
log_moment_any (double q, double sigma, double order)
{
  const double middle = sigma * sigma * log (1 / q - 1) + 0.5;
  double left = -INFINITY, right = -INFINITY, log_choose = 0;
  gboolean positive = TRUE; /* the generalised binomial coefficient */

  for (double i = 0; i < 100000; i++)
    {
      const double j = order - i;
      const double l = log_choose + i * log (q) + j * log1p (-q) +
                       (i * i - i) / (2 * sigma * sigma) + log (0.5) +
                       log_erfc ((i - middle) / (G_SQRT2 * sigma));
      const double r = log_choose + j * log (q) + i * log1p (-q) +
                       (j * j - j) / (2 * sigma * sigma) + log (0.5) +
                       log_erfc ((middle - j) / (G_SQRT2 * sigma));

      left = positive ? log_add (left, l) : log_subtract (left, l);
      right = positive ? log_add (right, r) : log_subtract (right, r);
      if (MAX (l, r) < MAX (left, right) - 40 && i > order)
        break;
      log_choose += log (fabs (order - i)) - log (i + 1);
      positive = order - i < 0 ? !positive : positive;
    }
  return log_add (left, right);
}

double
nn_accountant_rdp (double rate, double noise, double order)
{
  double log_moment;

  g_return_val_if_fail (rate >= 0 && rate <= 1 && noise >= 0 && order > 1, INFINITY);

  if (rate == 0)
    return 0;
  if (noise == 0)
    return INFINITY;
  if (rate == 1)
    return order / (2 * noise * noise);
  log_moment = order == floor (order) ? log_moment_whole (rate, noise, order) :
                                        log_moment_any (rate, noise, order);
  return MAX (log_moment / (order - 1), 0);
}

static double
convert (double rdp, double order, double delta, NnConversion conversion)
{
  const double classical = rdp - log (delta) / (order - 1);

  if (conversion == NN_CONVERSION_CLASSICAL)
    return classical;
  return MAX (rdp + log1p (-1 / order) - log (order * delta) / (order - 1), 0);
}

/* The divergences of a step at all orders. */
static void
fill_rdp (double rate, double noise, double rdp[N_ORDERS])
{
  for (gsize i = 0; i < N_ORDERS; i++)
    rdp[i] = nn_accountant_rdp (rate, noise, nth_order (i));
}

static NnSpent
find_best (const double rdp[N_ORDERS], double steps, double delta, NnConversion conversion)
{
  NnSpent best = { INFINITY, nth_order (0) };

  for (gsize i = 0; i < N_ORDERS; i++)
    {
      const double epsilon = convert (steps * rdp[i], nth_order (i), delta, conversion);

      if (epsilon < best.epsilon)
        best = (NnSpent){ epsilon, nth_order (i) };
    }
  return best;
}

NnSpent
nn_accountant_spent (double rate, double noise, double steps, double delta, NnConversion conversion)
{
  double rdp[N_ORDERS];

  g_return_val_if_fail (delta > 0 && delta < 1 && steps >= 0, ((NnSpent){ INFINITY, 0 }));

  if (steps == 0 || rate == 0)
    return (NnSpent){ 0, nth_order (0) };
  fill_rdp (rate, noise, rdp);
  return find_best (rdp, steps, delta, conversion);
}

guint64
nn_accountant_max_steps (double rate, double noise, double delta, double budget)
{
  double rdp[N_ORDERS], low = 0, high = 1;

  g_return_val_if_fail (delta > 0 && delta < 1 && budget >= 0, 0);

  fill_rdp (rate, noise, rdp);
  while (high < 0x1p52 && find_best (rdp, high, delta, NN_CONVERSION_CLASSICAL).epsilon <= budget)
    {
      low = high;
      high *= 2;
    }
  while (high - low > 1)
    {
      const double middle = floor (low + (high - low) / 2);

      if (find_best (rdp, middle, delta, NN_CONVERSION_CLASSICAL).epsilon <= budget)
        low = middle;
      else
        high = middle;
    }
  return (guint64) low;
}

double
nn_accountant_find_noise (double rate, double steps, double delta, double budget)
{
  double low = 0, high = 1e4;

  if (nn_accountant_spent (rate, high, steps, delta, NN_CONVERSION_CLASSICAL).epsilon > budget)
    return INFINITY;
  while (high - low > 1e-4)
    {
      const double middle = (low + high) / 2;

      if (nn_accountant_spent (rate, middle, steps, delta, NN_CONVERSION_CLASSICAL).epsilon <=
          budget)
        high = middle;
      else
        low = middle;
    }
  return high;
}
