/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-math.h"

#include <math.h>

#include "naive.h"

/* Distance in units of the last place of @exact as a float. */
static double
ulps (float value, double exact)
{
  float near = (float) exact;
  double unit = (double) nextafterf (fabsf (near), INFINITY) - (double) fabsf (near);

  return fabs ((double) value - exact) / unit;
}

static void
test_exp (void)
{
  double worst = 0;

  for (double x = -87.2; x < 88.2; x += 0.0007)
    worst = fmax (worst, ulps (nn_expf ((float) x), exp ((double) (float) x)));
  for (double x = -1e-3; x < 1e-3; x += 1e-7)
    worst = fmax (worst, ulps (nn_expf ((float) x), exp ((double) (float) x)));
  g_test_message ("worst: %.3f ulp", worst);
  g_assert_cmpfloat (worst, <=, 2);
  g_assert_cmpfloat (nn_expf (0), ==, 1);

  /* Beyond the range: next to nothing, and large but finite. */
  for (float x = -88; x > -1e30f; x *= 3)
    g_assert_true (nn_expf (x) >= 0 && nn_expf (x) < 1.3e-38f);
  for (float x = 89; x < 1e30f; x *= 3)
    g_assert_true (nn_expf (x) > 1e38f && isfinite (nn_expf (x)));
  g_assert_true (nn_expf (-INFINITY) >= 0 && nn_expf (-INFINITY) < 1.3e-38f);
  g_assert_true (isfinite (nn_expf (INFINITY)));
  /* The loss must see that something is wrong. */
  g_assert_true (isnan (nn_expf (NAN)));
  for (guint32 payload = 1; payload < 512; payload++)
    for (guint32 sign = 0; sign < 2; sign++)
      {
        const union
        {
          guint32 bits;
          float value;
        } nan = { .bits = sign << 31 | 0x7f800000u | payload };

        g_assert_true (isnan (nn_expf (nan.value)));
      }
}

static void
test_sigmoid (void)
{
  double worst = 0;

  for (double x = -80; x < 80; x += 0.0007)
    worst = fmax (worst, ulps (nn_sigmoidf ((float) x), 1 / (1 + exp (-(double) (float) x))));
  g_test_message ("worst: %.3f ulp", worst);
  g_assert_cmpfloat (worst, <=, 4);
  g_assert_cmpfloat (nn_sigmoidf (0), ==, 0.5f);
  g_assert_cmpfloat (nn_sigmoidf (1e9f), ==, 1);
  g_assert_true (nn_sigmoidf (-1e9f) >= 0 && nn_sigmoidf (-1e9f) < 1e-37f);
  g_assert_true (isnan (nn_sigmoidf (NAN)));
}

static void
test_tanh (void)
{
  double worst = 0, worst_relative = 0;

  for (double x = -20; x < 20; x += 0.0003)
    {
      double exact = tanh ((double) (float) x), got = (double) nn_tanhf ((float) x);

      worst = fmax (worst, fabs (got - exact));
      if (exact != 0)
        worst_relative = fmax (worst_relative, fabs (got / exact - 1));
    }
  g_test_message ("worst: %.2e, relative %.2e", worst, worst_relative);
  g_assert_cmpfloat (worst, <, 2.4e-7);
  g_assert_cmpfloat (worst_relative, <, 1.2e-6);
  g_assert_cmpfloat (nn_tanhf (0), ==, 0);
  g_assert_cmpfloat (nn_tanhf (1e-30f), ==, 1e-30f);
  g_assert_cmpfloat (nn_tanhf (1e9f), ==, 1);
  g_assert_cmpfloat (nn_tanhf (-1e9f), ==, -1);
  g_assert_true (isnan (nn_tanhf (NAN)));
}

static void
test_activation (gconstpointer data)
{
  NnActivation activation = GPOINTER_TO_UINT (data);
  enum
  {
    N = 4001,
  };
  g_autofree float *z = g_new (float, N);
  g_autofree float *a = g_new (float, N);
  g_autofree float *da = g_new (float, N);
  g_autofree float *dz = g_new (float, N);
  double most = 0;

  for (guint i = 0; i < N; i++)
    {
      z[i] = (float) (-10 + 0.005 * i) + 0.0012f; /* not on a kink */
      da[i] = (float) (1 + i % 7) * (i % 2 ? 1.0f : -1.0f);
    }
  nn_activation_forward (activation, z, a, N);
  nn_activation_backward (activation, z, a, da, dz, N);
  for (guint i = 0; i < N; i++)
    {
      double x = (double) z[i], h = 1e-6;
      double slope =
          (naive_activation (activation, x + h) - naive_activation (activation, x - h)) / (2 * h);
      double scale = fabs ((double) da[i]);

      g_assert_cmpfloat_with_epsilon ((double) a[i], naive_activation (activation, x),
                                      3e-7 * fmax (1, fabs (x)));
      g_assert_cmpfloat_with_epsilon (naive_activation_derivative (activation, x), slope, 1e-8);
      /* 1 - t^2 loses what t has lost, times the slope of gelu's argument */
      g_assert_cmpfloat_with_epsilon ((double) dz[i], (double) da[i] * slope, 2e-6 * scale + 1e-8);
      most = fmax (most, fabs ((double) dz[i]));
    }
  g_assert_cmpfloat (most, >, 0.5);

  /* In place. */
  nn_activation_backward (activation, z, a, da, da, N);
  g_assert_cmpmem (da, N * sizeof (float), dz, N * sizeof (float));
  nn_activation_forward (activation, z, z, N);
  g_assert_cmpmem (z, N * sizeof (float), a, N * sizeof (float));
}

/* Far out: no NaN, and the limits. */
static void
test_activation_far (gconstpointer data)
{
  NnActivation activation = GPOINTER_TO_UINT (data);
  static const float limits[NN_N_ACTIVATIONS][2] = {
    { 0, 1e6f }, { -1e4f, 1e6f }, { 0, 1e6f }, { 0, 1 }, { -1, 1 },
  };
  float z[] = { -1e6f, 1e6f }, a[2], da[] = { 1, 1 }, dz[2];

  nn_activation_forward (activation, z, a, 2);
  nn_activation_backward (activation, z, a, da, dz, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpfloat_with_epsilon ((double) a[i], (double) limits[activation][i], 0.01);
      g_assert_true (isfinite (dz[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/math/exp", test_exp);
  g_test_add_func ("/core/math/sigmoid", test_sigmoid);
  g_test_add_func ("/core/math/tanh", test_tanh);
  for (guint a = 0; a < NN_N_ACTIVATIONS; a++)
    {
      g_autofree char *path = g_strdup_printf ("/core/activation/%s", nn_activation_name (a));
      g_autofree char *far_path =
          g_strdup_printf ("/core/activation/%s-far", nn_activation_name (a));

      g_test_add_data_func (path, GUINT_TO_POINTER (a), test_activation);
      g_test_add_data_func (far_path, GUINT_TO_POINTER (a), test_activation_far);
    }
  return g_test_run ();
}
