/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "nn-counterfactual.h"
#include "nn-forward.h"

#define SIDE 20
#define SIZE (SIDE * SIDE)

/* A round blot in the middle. */
static void
draw_blot (float x[SIZE])
{
  for (guint i = 0; i < SIZE; i++)
    {
      const double dx = i % SIDE - 9.5, dy = i / SIDE - 9.5;

      x[i] = (float) exp (-(dx * dx + dy * dy) / 12);
    }
}

static void
randomise (NnDeformation *deformation, float size, guint64 seed)
{
  NnRandom random;

  nn_random_init (&random, seed);
  for (gsize i = 0; i < nn_deformation_size (deformation); i++)
    deformation->control[i] = size * nn_random_normal (&random);
}

static void
test_none (void)
{
  g_autoptr (NnDeformation) none = nn_deformation_new (SIDE, SIDE);
  float x[SIZE], y[SIZE];

  draw_blot (x);
  nn_deformation_apply (none, 1, x, y);
  for (guint i = 0; i < SIZE; i++)
    g_assert_cmpfloat (x[i], ==, y[i]);
  g_assert_cmpfloat (nn_deformation_bending (none, 0, NULL), ==, 0);
  g_assert_cmpfloat (nn_deformation_mean (none, y), ==, 0);
  /* No share of a deformation is none. */
  randomise (none, 1, 1);
  nn_deformation_apply (none, 0, x, y);
  for (guint i = 0; i < SIZE; i++)
    g_assert_cmpfloat (x[i], ==, y[i]);
}

/* B-splines reproduce a plane: a displacement that is linear in the grid is so in the image, and
 * nothing bends. */
static void
test_linear (void)
{
  g_autoptr (NnDeformation) linear = nn_deformation_new (SIDE, SIDE);
  float field[2 * SIZE], x[SIZE], y[SIZE];

  for (guint r = 0; r < linear->n_rows; r++)
    for (guint c = 0; c < linear->n_columns; c++)
      {
        /* The point of column c lies over the pixel (c - 1) NN_DEFORMATION_SPACING. */
        linear->control[r * linear->n_columns + c] =
            1 + 0.1f * NN_DEFORMATION_SPACING * ((float) c - 1);
        linear->control[(linear->n_rows + r) * linear->n_columns + c] = -2;
      }
  nn_deformation_field (linear, field);
  for (guint i = 0; i < SIZE; i++)
    {
      g_assert_cmpfloat_with_epsilon (field[i], 1 + 0.1 * (i % SIDE), 1e-5);
      g_assert_cmpfloat_with_epsilon (field[SIZE + i], -2, 1e-5);
    }
  g_assert_cmpfloat_with_epsilon (nn_deformation_bending (linear, 0, NULL), 0, 1e-9);
  /* A pixel at (10, 12) is what was at (12, 10). */
  draw_blot (x);
  nn_deformation_apply (linear, 1, x, y);
  g_assert_cmpfloat_with_epsilon (y[12 * SIDE + 10], x[10 * SIDE + 12], 1e-5);
  /* What comes from outside is background. */
  g_assert_cmpfloat (y[19 * SIDE + 19], ==, 0);
  g_assert_cmpfloat (y[0], ==, 0);
}

/* A scalar of the deformed image with a random weight for each pixel, and a bending energy. */
static double
scalar (const NnDeformation *deformation, const float *x, const float *weights)
{
  float y[SIZE];
  double sum = 0.1 * nn_deformation_bending (deformation, 0, NULL);

  nn_deformation_apply (deformation, 1, x, y);
  for (guint i = 0; i < SIZE; i++)
    sum += (double) weights[i] * (double) y[i];
  return sum;
}

static void
test_gradient (void)
{
  g_autoptr (NnDeformation) deformation = nn_deformation_new (SIDE, SIDE);
  const gsize n = nn_deformation_size (deformation);
  g_autofree float *gradient = g_new0 (float, n);
  float x[SIZE], weights[SIZE];
  const float step = 1e-2f;
  NnRandom random;

  nn_random_init (&random, 7);
  for (guint i = 0; i < SIZE; i++)
    weights[i] = nn_random_normal (&random);
  draw_blot (x);
  randomise (deformation, 0.7f, 8);
  nn_deformation_backward (deformation, x, weights, gradient);
  nn_deformation_bending (deformation, 0.1, gradient);
  for (gsize i = 0; i < n; i++)
    {
      const float value = deformation->control[i];
      double difference;

      deformation->control[i] = value + step;
      difference = scalar (deformation, x, weights);
      deformation->control[i] = value - step;
      difference = (difference - scalar (deformation, x, weights)) / (2 * (double) step);
      deformation->control[i] = value;
      /* Bilinear interpolation has kinks at the pixels, which a step of 0.01 seldom crosses. */
      g_assert_cmpfloat_with_epsilon (gradient[i], difference, 0.02);
    }
}

/* Class 1 is ink far from the middle, class 0 is ink near it. */
static NnNetwork *
make_network (float bias)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { SIZE, 2 }, .loss = NN_LOSS_CROSS_ENTROPY };
  NnNetwork *network = core_test_network (&mlp);

  for (guint i = 0; i < SIZE; i++)
    {
      const double distance = hypot (i % SIDE - 9.5, i / SIDE - 9.5);

      network->weights[0].weight[SIZE + i] = distance > 5 ? 1 : -0.5f;
    }
  network->weights[0].bias[1] = bias;
  return network;
}

static double
ahead (const NnNetwork *network, const float *x)
{
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, 1);
  const float *logits = nn_forward (network, tape, x, 1);

  return (double) (logits[1] - logits[0]);
}

static void
test_find (void)
{
  g_autoptr (NnNetwork) network = make_network (0), gate = make_network (0);
  NnCounterfactual question = {
    .network = network, .width = SIDE, .height = SIDE, .target = 1, .gate_limit = 1
  };
  g_autoptr (NnDeformation) found = NULL, again = NULL, refused = NULL, same = NULL;
  float x[SIZE], y[SIZE];

  draw_blot (x);
  g_assert_cmpfloat (ahead (network, x), <, -1);
  found = nn_counterfactual_find (&question, x);
  g_assert_nonnull (found);
  nn_deformation_apply (found, 1, x, y);
  g_assert_cmpfloat (ahead (network, y), >, 0);
  /* As little as is needed: the answer is just right. */
  g_assert_cmpfloat (ahead (network, y), <, 1);
  g_assert_cmpfloat (nn_deformation_mean (found, y), >, 0);
  g_assert_cmpfloat (nn_deformation_mean (found, y), <, 6);
  again = nn_counterfactual_find (&question, x);
  g_assert_cmpmem (found->control, nn_deformation_size (found) * sizeof (float), again->control,
                   nn_deformation_size (again) * sizeof (float));

  /* A gate that refuses exactly what is wanted. */
  question.gate = gate;
  question.gate_limit = -1;
  refused = nn_counterfactual_find (&question, x);
  g_assert_null (refused);

  /* What is so already needs no deformation. */
  question.gate = NULL;
  question.target = 0;
  same = nn_counterfactual_find (&question, x);
  g_assert_nonnull (same);
  g_assert_cmpfloat (nn_deformation_mean (same, x), ==, 0);
}

static gboolean
stop (double share, gpointer data)
{
  guint *n = data;

  g_assert_cmpfloat (share, >=, 0);
  g_assert_cmpfloat (share, <=, 1);
  return ++*n < 5;
}

static void
test_stop (void)
{
  guint n = 0;
  g_autoptr (NnNetwork) network = make_network (0);
  const NnCounterfactual question = {
    .network = network, .width = SIDE, .height = SIDE, .target = 1, .proceed = stop, .data = &n
  };
  float x[SIZE];

  draw_blot (x);
  g_assert_null (nn_counterfactual_find (&question, x));
  g_assert_cmpuint (n, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counterfactual/none", test_none);
  g_test_add_func ("/counterfactual/linear", test_linear);
  g_test_add_func ("/counterfactual/gradient", test_gradient);
  g_test_add_func ("/counterfactual/find", test_find);
  g_test_add_func ("/counterfactual/stop", test_stop);
  return g_test_run ();
}
