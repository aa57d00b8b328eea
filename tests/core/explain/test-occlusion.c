/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-occlusion.h"

#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-faithfulness.h"
#include "nn-random.h"

#define WIDTH 7
#define HEIGHT 5
#define SIZE (WIDTH * HEIGHT)

static void
make_image (float *x, guint n, guint64 seed)
{
  NnRandom random;

  nn_random_init (&random, seed);
  for (guint j = 0; j < n; j++)
    x[j] = nn_random_uniform (&random) < 0.4f ? 0 : nn_random_uniform (&random);
}

/* The definition, one place of the square and one pixel after the other. */
static void
by_definition (NnProbe *probe,
               const NnExplainInput *input,
               int patch,
               guint channels,
               double expected[2 * SIZE])
{
  const double whole = nn_probe_value (probe, &input->contrast, input->x);

  memset (expected, 0, 2 * SIZE * sizeof (double));
  for (int top = 1 - patch; top < HEIGHT; top++)
    for (int left = 1 - patch; left < WIDTH; left++)
      {
        float covered[2 * SIZE];
        double drop;

        for (guint j = 0; j < channels * SIZE; j++)
          {
            const int y = (int) (j % SIZE) / WIDTH - top, x = (int) (j % SIZE) % WIDTH - left;

            covered[j] =
                y >= 0 && y < patch && x >= 0 && x < patch ? input->baseline[j] : input->x[j];
          }
        drop = whole - nn_probe_value (probe, &input->contrast, covered);
        for (guint j = 0; j < channels * SIZE; j++)
          {
            const int y = (int) (j % SIZE) / WIDTH - top, x = (int) (j % SIZE) % WIDTH - left;

            if (y >= 0 && y < patch && x >= 0 && x < patch && input->x[j] != input->baseline[j])
              expected[j] += drop / (patch * patch);
          }
      }
}

static void
test_definition (void)
{
  static const struct
  {
    const char *network;
    guint channels;
  } cases[] = { { "35-20-4", 1 }, { "2x5x7-conv3x3x4-4", 2 } };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    for (guint patch = 1; patch <= NN_OCCLUSION_MAX_PATCH; patch += 2)
      {
        g_autoptr (NnNetwork) network = core_test_random_network (cases[k].network, k);
        g_autoptr (NnProbe) probe = nn_probe_new (network);
        const NnOcclusionConfig config = { WIDTH, HEIGHT, patch };
        float x[2 * SIZE], baseline[2 * SIZE] = { 0 }, attribution[2 * SIZE];
        const NnExplainInput input = { { 1, 2 }, x, baseline };
        double expected[2 * SIZE];

        make_image (x, 2 * SIZE, k + patch);
        if (patch == 3)
          make_image (baseline, 2 * SIZE, 77);
        by_definition (probe, &input, (int) patch, cases[k].channels, expected);
        g_assert_true (nn_occlusion (probe, &input, &config, NULL, attribution));
        for (guint j = 0; j < cases[k].channels * SIZE; j++)
          g_assert_cmpfloat_with_epsilon ((double) attribution[j], expected[j], 1e-5);
      }
}

static gboolean
stop (double share, gpointer data)
{
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("35-20-4", 1);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  const NnOcclusionConfig config = { WIDTH, HEIGHT, 3 };
  const NnProgress progress = { stop, NULL };
  float x[SIZE], baseline[SIZE] = { 0 }, attribution[SIZE];
  const NnExplainInput input = { { 1, 2 }, x, baseline };
  double random[NN_FAITHFULNESS_POINTS];

  make_image (x, SIZE, 1);
  g_assert_false (nn_occlusion (probe, &input, &config, &progress, attribution));
  g_assert_false (nn_faithfulness_random (probe, &input, 5, 1, &progress, random));
}

/* F = sum of w x, with the probability of a logistic function: the best order is that of w x, and
 * the opposite order is as bad. */
static void
test_faithfulness (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("35-2", 1);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  const float *w = network->weights[0].weight;
  float x[SIZE], baseline[SIZE] = { 0 }, best[SIZE], worst[SIZE], other[SIZE];
  const NnExplainInput input = { { 1, 0 }, x, baseline };
  double random[NN_FAITHFULNESS_POINTS];
  NnFaithfulness right, wrong, between;
  const double last = NN_FAITHFULNESS_STEPS;

  make_image (x, SIZE, 3);
  for (guint j = 0; j < SIZE; j++)
    {
      best[j] = (w[SIZE + j] - w[j]) * x[j];
      worst[j] = -best[j];
      other[j] = (float) (j * 7 % SIZE);
    }
  g_assert_true (nn_faithfulness_random (probe, &input, 50, 1, NULL, random));
  nn_faithfulness (probe, &input, best, random, &right);
  nn_faithfulness (probe, &input, worst, random, &wrong);
  nn_faithfulness (probe, &input, other, random, &between);

  /* All curves have the same ends: the input and the baseline. */
  g_assert_cmpfloat_with_epsilon (right.insertion[0], random[0], 1e-6);
  g_assert_cmpfloat_with_epsilon (right.insertion[0], wrong.deletion[(guint) last], 1e-6);
  g_assert_cmpfloat_with_epsilon (right.deletion[0], random[(guint) last], 1e-6);
  g_assert_cmpfloat_with_epsilon (right.insertion[(guint) last], random[(guint) last], 1e-6);
  g_assert_cmpfloat (right.figure, >, between.figure);
  g_assert_cmpfloat (between.figure, >, wrong.figure);
  g_assert_cmpfloat (right.figure, >, 0.2);
  g_assert_cmpfloat (wrong.figure, <, -0.2);
  g_assert_cmpfloat (right.figure, <=, 1);
  /* The worst order backwards is the best: what it inserts last is what the best deletes last. */
  g_assert_cmpfloat_with_epsilon (right.insertion_area, wrong.deletion_area, 0.02);
  g_assert_cmpfloat_with_epsilon (right.figure,
                                  ((right.insertion_area - right.random_area) /
                                       (1 - right.random_area) +
                                   (right.random_area - right.deletion_area) / right.random_area) /
                                      2,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (wrong.figure,
                                  ((wrong.insertion_area - wrong.random_area) / wrong.random_area +
                                   (wrong.random_area - wrong.deletion_area) /
                                       (1 - wrong.random_area)) /
                                      2,
                                  1e-12);
}

/* A game of three parts, worked out by hand: log odds of ln 3 times the number of parts without the
 * last one, which adds nothing. */
static void
test_coalitions (void)
{
  const double values[3] = { 1, 2, 0 };
  float logits[16];
  const NnContrast contrast = { 0, 1 };
  NnFaithfulness faithfulness;

  for (guint c = 0; c < 8; c++)
    {
      logits[2 * c] = (float) log (3) * (float) ((c & 1) + (c >> 1 & 1));
      logits[2 * c + 1] = 0;
    }
  nn_faithfulness_coalitions (&contrast, logits, 2, values, 3, &faithfulness);
  /* In the order 1, 0, 2 the probability is 1/2, 3/4, 9/10, 9/10. */
  g_assert_cmpfloat_with_epsilon (faithfulness.insertion[0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (faithfulness.insertion[10], (0.75 + 0.9) / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (faithfulness.insertion[20], 0.9, 1e-6);
  /* Deleted in this order: 9/10, 3/4, 1/2, 1/2. */
  g_assert_cmpfloat_with_epsilon (faithfulness.deletion[0], 0.9, 1e-6);
  g_assert_cmpfloat_with_epsilon (faithfulness.deletion[10], (0.75 + 0.5) / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (faithfulness.deletion[20], 0.5, 1e-6);
  /* Of one part: 3/4, 3/4, 1/2; of two: 9/10, 3/4, 3/4. */
  g_assert_cmpfloat_with_epsilon (faithfulness.random[10], (2.0 / 3 + 0.8) / 2, 1e-6);
  g_assert_cmpfloat (faithfulness.figure, >, 0.1);
}

/* The probability is that of a softmax over the two classes, or over all. */
static void
test_contrast (void)
{
  const float logits[] = { 1, 3, 0.5f };
  const NnContrast pair = { 1, 0 }, alone = { 1, NN_CONTRAST_NONE };
  const double sum = exp (1) + exp (3) + exp (0.5);

  g_assert_cmpfloat (nn_contrast_value (&pair, logits), ==, 2);
  g_assert_cmpfloat (nn_contrast_value (&alone, logits), ==, 3);
  g_assert_cmpfloat_with_epsilon (nn_contrast_probability (&pair, logits, 3),
                                  exp (3) / (exp (3) + exp (1)), 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_contrast_probability (&alone, logits, 3), exp (3) / sum,
                                  1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/occlusion/definition", test_definition);
  g_test_add_func ("/core/occlusion/stop", test_stop);
  g_test_add_func ("/core/faithfulness/linear", test_faithfulness);
  g_test_add_func ("/core/faithfulness/coalitions", test_coalitions);
  g_test_add_func ("/core/contrast/probability", test_contrast);
  return g_test_run ();
}
