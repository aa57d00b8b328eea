/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-accountant.h"

/* TensorFlow Privacy's table for MNIST: 60,000 samples, minibatches of 256, delta 1e-5, with the
 * classical conversion. */
static void
test_published (void)
{
  static const struct
  {
    double noise, epochs, epsilon;
  } rows[] = { { 1.12, 60, 2.92 }, { 0.6, 30, 9.74 }, { 1.2, 10, 1.20 } };
  const double rate = 256.0 / 60000;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const double steps = ceil (rows[i].epochs / rate);
      const NnSpent classical =
          nn_accountant_spent (rate, rows[i].noise, steps, 1e-5, NN_CONVERSION_CLASSICAL);
      const NnSpent tight =
          nn_accountant_spent (rate, rows[i].noise, steps, 1e-5, NN_CONVERSION_TIGHT);

      g_test_message ("noise %g: %.4f at %g, tight %.4f at %g", rows[i].noise, classical.epsilon,
                      classical.order, tight.epsilon, tight.order);
      g_assert_cmpfloat_with_epsilon (classical.epsilon, rows[i].epsilon, 0.03);
      g_assert_cmpfloat (tight.epsilon, <, classical.epsilon);
    }
}

/* The definition itself: the integral of mu0 (z) (mu (z) / mu0 (z))^alpha, where mu0 is the normal
 * density around 0 and mu the mixture with that around 1. */
static double
rdp_by_integral (double q, double sigma, double order)
{
  const double step = 1e-3;
  double sum = 0;

  for (double z = -60 * sigma; z < 60 * sigma + order; z += step)
    {
      const double log_ratio = (2 * z - 1) / (2 * sigma * sigma);
      const double log_mix = log_ratio < 0 ? log1p (q * expm1 (log_ratio)) :
                                             log_ratio + log (q + (1 - q) * exp (-log_ratio));

      sum += exp (order * log_mix - z * z / (2 * sigma * sigma)) / (sigma * sqrt (2 * G_PI)) * step;
    }
  return log (sum) / (order - 1);
}

static void
test_integral (void)
{
  static const double rates[] = { 0.001, 0.02, 0.3 }, noises[] = { 0.7, 1.5, 4 },
                      orders[] = { 1.1, 1.75, 2, 2.5, 4.5, 7, 16 };

  for (guint q = 0; q < G_N_ELEMENTS (rates); q++)
    for (guint s = 0; s < G_N_ELEMENTS (noises); s++)
      for (guint a = 0; a < G_N_ELEMENTS (orders); a++)
        {
          const double by_integral = rdp_by_integral (rates[q], noises[s], orders[a]);
          const double rdp = nn_accountant_rdp (rates[q], noises[s], orders[a]);

          g_assert_cmpfloat_with_epsilon (rdp, by_integral, 1e-9 + 1e-6 * by_integral);
        }
}

/* Less noise, more steps, a larger share of samples and a smaller delta all spend more; two runs
 * together spend the sum of their divergences; no noise is no privacy. */
static void
test_properties (void)
{
  static const double orders[] = { 1.05, 1.5, 2, 3.5, 8, 32, 64, 256 };

  for (guint a = 0; a < G_N_ELEMENTS (orders); a++)
    {
      double before = INFINITY;

      for (double noise = 0.3; noise < 20; noise *= 1.3)
        {
          const double rdp = nn_accountant_rdp (0.01, noise, orders[a]);

          g_assert_true (isfinite (rdp) && rdp >= 0);
          g_assert_cmpfloat (rdp, <=, before);
          g_assert_cmpfloat (rdp, <=, nn_accountant_rdp (0.02, noise, orders[a]));
          /* Sampling only helps. */
          g_assert_cmpfloat (rdp, <=, nn_accountant_rdp (1, noise, orders[a]) * (1 + 1e-12));
          before = rdp;
        }
    }
  for (double steps = 1; steps < 1e6; steps *= 3)
    {
      const double epsilon =
          nn_accountant_spent (0.004, 1.1, steps, 1e-5, NN_CONVERSION_CLASSICAL).epsilon;

      g_assert_cmpfloat (epsilon, <=,
                         nn_accountant_spent (0.004, 1.1, steps + 1, 1e-5, NN_CONVERSION_CLASSICAL)
                             .epsilon);
      g_assert_cmpfloat (epsilon, <=,
                         nn_accountant_spent (0.004, 1.1, steps, 1e-6, NN_CONVERSION_CLASSICAL)
                             .epsilon);
    }
  g_assert_cmpfloat (nn_accountant_rdp (1, 2, 5), ==, 5.0 / 8);
  g_assert_true (isinf (nn_accountant_rdp (0.1, 0, 2)));
  g_assert_cmpfloat (nn_accountant_spent (0.004, 1.1, 0, 1e-5, NN_CONVERSION_CLASSICAL).epsilon, ==,
                     0);
}

/* The budget is kept, and the next step, or less noise, would break it. */
static void
test_budget (void)
{
  static const double budgets[] = { 0.5, 2, 8 };

  for (guint b = 0; b < G_N_ELEMENTS (budgets); b++)
    {
      const guint64 steps = nn_accountant_max_steps (0.01, 1.3, 1e-5, budgets[b]);
      const double noise = nn_accountant_find_noise (0.01, 1000, 1e-5, budgets[b]);

      g_assert_cmpfloat (nn_accountant_spent (0.01, 1.3, (double) steps, 1e-5,
                                              NN_CONVERSION_CLASSICAL)
                             .epsilon,
                         <=, budgets[b]);
      g_assert_cmpfloat (nn_accountant_spent (0.01, 1.3, (double) steps + 1, 1e-5,
                                              NN_CONVERSION_CLASSICAL)
                             .epsilon,
                         >, budgets[b]);
      g_assert_cmpfloat (nn_accountant_spent (0.01, noise, 1000, 1e-5, NN_CONVERSION_CLASSICAL)
                             .epsilon,
                         <=, budgets[b]);
      g_assert_cmpfloat (nn_accountant_spent (0.01, noise - 2e-4, 1000, 1e-5,
                                              NN_CONVERSION_CLASSICAL)
                             .epsilon,
                         >, budgets[b]);
    }
  g_assert_true (isinf (nn_accountant_find_noise (0.5, 1e9, 1e-5, 0.001)));
  g_assert_cmpuint (nn_accountant_max_steps (1, 0.01, 1e-5, 0.1), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/accountant/published", test_published);
  g_test_add_func ("/core/accountant/integral", test_integral);
  g_test_add_func ("/core/accountant/properties", test_properties);
  g_test_add_func ("/core/accountant/budget", test_budget);
  return g_test_run ();
}
