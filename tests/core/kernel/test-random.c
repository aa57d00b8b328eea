/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-layer-dropout.h"
#include "nn-random.h"

/* The outputs of the authors' xoshiro256plusplus.c from the state 1, 2, 3, 4. */
static void
test_xoshiro (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (41943041),
    G_GUINT64_CONSTANT (58720359),
    G_GUINT64_CONSTANT (3588806011781223),
    G_GUINT64_CONSTANT (3591011842654386),
    G_GUINT64_CONSTANT (9228616714210784205),
    G_GUINT64_CONSTANT (9973669472204895162),
    G_GUINT64_CONSTANT (14011001112246962877),
    G_GUINT64_CONSTANT (12406186145184390807),
    G_GUINT64_CONSTANT (15849039046786891736),
    G_GUINT64_CONSTANT (10450023813501588000),
  };
  NnRandom random = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (nn_random_next (&random), ==, expected[i]);
}

/* The outputs of splitmix64.c from 1234567 and from 0. */
static void
test_seeding (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (6457827717110365317),
    G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423),
    G_GUINT64_CONSTANT (4593380528125082431),
  };
  NnRandom random;

  nn_random_init (&random, 1234567);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (random.s[i], ==, expected[i]);
  nn_random_init (&random, 0);
  g_assert_cmpuint (random.s[0], ==, G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
}

/* Streams are functions of their numbers, and neighbours have nothing in common. */
static void
test_streams (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 12; seed++)
    for (guint64 a = 0; a < 12; a++)
      for (guint64 b = 0; b < 12; b++)
        {
          NnRandom one, two;
          guint64 *value = g_new (guint64, 1);

          nn_random_init_stream (&one, seed, a, b);
          nn_random_init_stream (&two, seed, a, b);
          g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
          *value = nn_random_next (&one);
          g_assert_true (g_hash_table_add (seen, value));
        }
}

/* Fixed for all versions: a run that is repeated must give the same curve. */
static void
test_stream_values (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (0xfcb8c1801991d31e),
    G_GUINT64_CONSTANT (0x282feeadefcee0e8),
    G_GUINT64_CONSTANT (0x30e4537df7fabe71),
  };
  NnRandom random;

  nn_random_init_stream (&random, 7, 3, 5);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (nn_random_next (&random), ==, expected[i]);
}

static void
test_uniform (void)
{
  enum
  {
    N = 200000,
    BINS = 50,
  };
  guint counts[BINS] = { 0 };
  double sum = 0, squares = 0, chi = 0;
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint i = 0; i < N; i++)
    {
      float u = nn_random_uniform (&random);

      g_assert_true (u >= 0 && u < 1);
      counts[(guint) (u * BINS)]++;
      sum += (double) u;
      squares += (double) u * (double) u;
    }
  g_assert_cmpfloat_with_epsilon (sum / N, 0.5, 0.003);
  g_assert_cmpfloat_with_epsilon (squares / N, 1 / 3.0, 0.003);
  for (guint b = 0; b < BINS; b++)
    chi += pow (counts[b] - N / (double) BINS, 2) / (N / (double) BINS);
  g_assert_cmpfloat (chi, <, 85.4); /* 99.9 % of chi squared with 49 degrees of freedom */

  for (guint i = 0; i < 10000; i++)
    {
      float v = nn_random_range (&random, -3, 5);

      g_assert_true (v >= -3 && v < 5);
    }
}

/* Small counts, and one so large that a plain remainder or product would favour the lower third. */
static void
test_below (void)
{
  static const guint32 limits[] = { 1, 2, 3, 7, 10, 1000 };
  const guint32 large = 3u << 30;
  NnRandom random;
  guint low = 0;

  nn_random_init (&random, 2);
  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      guint32 n = limits[l];
      g_autofree guint *counts = g_new0 (guint, n);
      double chi = 0;

      for (guint i = 0; i < n * 1000; i++)
        {
          guint32 v = nn_random_below (&random, n);

          g_assert_cmpuint (v, <, n);
          counts[v]++;
        }
      for (guint b = 0; b < n; b++)
        chi += pow (counts[b] - 1000.0, 2) / 1000;
      g_assert_cmpfloat (chi, <, n + 4 * sqrt (2.0 * n) + 8);
    }
  for (guint i = 0; i < 60000; i++)
    {
      guint32 v = nn_random_below (&random, large);

      g_assert_cmpuint (v, <, large);
      /* With 2^32 spread over 3 * 2^30, every third value would come twice as often. */
      low += v % 3 == 0;
    }
  g_assert_cmpfloat_with_epsilon (low / 60000.0, 1 / 3.0, 0.01);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (nn_random_below (&random, G_MAXUINT32), <, G_MAXUINT32);
}

static void
test_normal (void)
{
  const guint n = 200000;
  double moments[5] = { 0 };
  guint inside = 0;
  NnRandom random;

  nn_random_init (&random, 3);
  for (guint i = 0; i < n; i++)
    {
      double v = (double) nn_random_normal (&random);

      g_assert_true (isfinite (v));
      for (guint m = 1; m < 5; m++)
        moments[m] += pow (v, m) / n;
      inside += fabs (v) < 1;
    }
  g_assert_cmpfloat_with_epsilon (moments[1], 0, 0.01);
  g_assert_cmpfloat_with_epsilon (moments[2], 1, 0.015);
  g_assert_cmpfloat_with_epsilon (moments[3], 0, 0.04);
  g_assert_cmpfloat_with_epsilon (moments[4], 3, 0.1);
  g_assert_cmpfloat_with_epsilon (inside / (double) n, 0.6827, 0.005);
}

/* Every order of four things comes equally often, and nothing is lost. */
static void
test_shuffle (void)
{
  guint counts[256] = { 0 }, n_orders = 0;
  guint32 many[1000];
  gboolean seen[1000] = { FALSE };
  NnRandom random;

  nn_random_init (&random, 4);
  for (guint round = 0; round < 24000; round++)
    {
      guint32 items[] = { 0, 1, 2, 3 };

      nn_random_shuffle (&random, items, 4);
      counts[items[0] << 6 | items[1] << 4 | items[2] << 2 | items[3]]++;
    }
  for (guint i = 0; i < 256; i++)
    if (counts[i] > 0)
      {
        n_orders++;
        g_assert_cmpuint (counts[i], >, 850);
        g_assert_cmpuint (counts[i], <, 1150);
      }
  g_assert_cmpuint (n_orders, ==, 24);

  for (guint i = 0; i < 1000; i++)
    many[i] = i;
  nn_random_shuffle (&random, many, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (many[i], <, 1000);
      g_assert_false (seen[many[i]]);
      seen[many[i]] = TRUE;
    }
  nn_random_shuffle (&random, many, 0);
  nn_random_shuffle (&random, many, 1);
}

/* The asked share is dropped, the rest scaled so that the mean stays; masks of rows, layers and
 * steps have nothing in common. */
static void
test_dropout_share (void)
{
  static const double probabilities[] = { 0, 0.1, 0.5, 0.9 };
  float mask[1000];

  for (guint p = 0; p < G_N_ELEMENTS (probabilities); p++)
    {
      guint dropped = 0;
      float keep = (float) (1 / (1 - probabilities[p]));

      for (guint row = 0; row < 100; row++)
        {
          nn_dropout_mask (nn_dropout_key (1, 2, 3, row), probabilities[p], 0, 1000, mask);
          for (guint i = 0; i < 1000; i++)
            {
              g_assert_true (mask[i] == 0 || mask[i] == keep);
              dropped += mask[i] == 0;
            }
        }
      g_assert_cmpfloat_with_epsilon (dropped / 1e5, probabilities[p], 0.006);
    }
}

static void
test_dropout_keys (void)
{
  float base[256], other[256];
  const guint64 keys[] = { nn_dropout_key (2, 1, 1, 1), nn_dropout_key (1, 2, 1, 1),
                           nn_dropout_key (1, 1, 2, 1), nn_dropout_key (1, 1, 1, 2),
                           nn_dropout_key (1, 1, 0, 1), nn_dropout_key (1, 0, 1, 1) };

  nn_dropout_mask (nn_dropout_key (1, 1, 1, 1), 0.5, 0, 256, base);
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      guint same = 0;

      nn_dropout_mask (keys[k], 0.5, 0, 256, other);
      for (guint i = 0; i < 256; i++)
        same += base[i] == other[i];
      g_assert_cmpuint (same, >, 128 - 40);
      g_assert_cmpuint (same, <, 128 + 40);
    }
  nn_dropout_mask (nn_dropout_key (1, 1, 1, 1), 0.5, 0, 256, other);
  g_assert_cmpmem (base, sizeof base, other, sizeof other);
}

/* A mask in pieces is the mask in one. */
static void
test_dropout_pieces (void)
{
  float whole[200], pieces[200];
  guint64 key = nn_dropout_key (9, 8, 7, 6);

  nn_dropout_mask (key, 0.3, 0, 200, whole);
  for (guint first = 0, n = 1; first < 200; first += n, n += 3)
    nn_dropout_mask (key, 0.3, first, MIN (n, 200 - first), pieces + first);
  g_assert_cmpmem (whole, sizeof whole, pieces, sizeof pieces);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/random/xoshiro", test_xoshiro);
  g_test_add_func ("/core/random/seeding", test_seeding);
  g_test_add_func ("/core/random/streams", test_streams);
  g_test_add_func ("/core/random/stream-values", test_stream_values);
  g_test_add_func ("/core/random/uniform", test_uniform);
  g_test_add_func ("/core/random/below", test_below);
  g_test_add_func ("/core/random/normal", test_normal);
  g_test_add_func ("/core/random/shuffle", test_shuffle);
  g_test_add_func ("/core/dropout/share", test_dropout_share);
  g_test_add_func ("/core/dropout/keys", test_dropout_keys);
  g_test_add_func ("/core/dropout/pieces", test_dropout_pieces);
  return g_test_run ();
}
