/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-confident.h"
#include "nn-random.h"

/* The thresholds are the means of the labels' probabilities: 0.75 for 0, and 0.705 for 1, which
 * only the last sample reaches. */
static void
test_joint (void)
{
  static const guint8 labels[] = { 0, 0, 0, 0, 1, 1 };
  static const float probabilities[] = {
    0.9f,  0.1f,  /* 0 */
    0.8f,  0.2f,  /* 0 */
    1.0f,  0.0f,  /* 0 */
    0.3f,  0.7f,  /* neither */
    0.3f,  0.7f,  /* 1 */
    0.29f, 0.71f, /* 1 */
  };
  double joint[4];

  nn_confident_joint (probabilities, labels, 6, 2, joint);
  g_assert_cmpfloat (joint[0], ==, 4);
  g_assert_cmpfloat (joint[1], ==, 0);
  g_assert_cmpfloat (joint[2], ==, 0);
  g_assert_cmpfloat (joint[3], ==, 2);
}

static void
test_without_samples (void)
{
  double joint[9];
  g_autoptr (GArray) suspects = nn_confident_suspects (NULL, NULL, 0, 3);

  g_assert_cmpuint (suspects->len, ==, 0);
  nn_confident_joint (NULL, NULL, 0, 3, joint);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat (joint[i], ==, 0);
}

#define N 20000
#define K 10

/* Samples of which a network is sure, some less than others, and 2 % of whose labels were changed:
 * those are found, and few others. */
static void
test_changed_labels (void)
{
  g_autofree float *probabilities = g_new (float, N *K);
  g_autofree guint8 *labels = g_new (guint8, N);
  g_autofree guint8 *truth = g_new (guint8, N);
  g_autoptr (GArray) suspects = NULL;
  guint n_changed = 0, n_found = 0;
  NnRandom random;

  nn_random_init (&random, 3);
  for (guint i = 0; i < N; i++)
    {
      /* Mostly close to 1, now and then a mistake. */
      const float doubt = nn_random_uniform (&random), rest = 0.7f * powf (doubt, 8);
      const guint rival = nn_random_below (&random, K);

      truth[i] = labels[i] = (guint8) nn_random_below (&random, K);
      for (guint k = 0; k < K; k++)
        probabilities[i * K + k] = 0.3f * rest / K;
      probabilities[i * K + rival] += 0.7f * rest;
      probabilities[i * K + truth[i]] += 1 - rest;
      if (nn_random_below (&random, 50) == 0)
        labels[i] = (guint8) ((labels[i] + 1 + nn_random_below (&random, K - 1)) % K);
      n_changed += labels[i] != truth[i];
    }
  suspects = nn_confident_suspects (probabilities, labels, N, K);
  for (guint i = 0; i < suspects->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (suspects, NnSuspect, i);

      g_assert_cmpuint (suspect->label, ==, labels[suspect->index]);
      g_assert_cmpfloat (suspect->margin, >, 0);
      if (i > 0)
        g_assert_cmpfloat (suspect->margin, <=, suspect[-1].margin);
      n_found += labels[suspect->index] != truth[suspect->index];
    }
  g_test_message ("%u changed, %u suspected, %u of them rightly", n_changed, suspects->len,
                  n_found);
  g_assert_cmpuint (n_found, >=, n_changed * 9 / 10);
  g_assert_cmpuint (n_found, >=, suspects->len * 9 / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/confident/joint", test_joint);
  g_test_add_func ("/confident/without-samples", test_without_samples);
  g_test_add_func ("/confident/changed-labels", test_changed_labels);
  return g_test_run ();
}
