/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <stdlib.h>

#include "ink-generator.h"
#include "nn-neighbours.h"
#include "nn-random.h"
#include "numeral-model-file.h"
#include "numeral-robustness.h"

/* How long it takes to find the nearest of 60,000 vectors of 400 values, and to calculate the map
 * of rotation and size with the model that ships: the best and the median of several times. */

#define N_VECTORS 60000
#define N_FEATURES 400
#define N_WANTED 8
#define TIMES 21

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
print (const char *what, gint64 *times)
{
  qsort (times, TIMES, sizeof *times, compare);
  g_print ("%-12s best %6.1f ms, median %6.1f ms\n", what, 1e-3 * (double) times[0],
           1e-3 * (double) times[TIMES / 2]);
}

static void
measure_neighbours (void)
{
  g_autofree float *vectors = g_new (float, (gsize) N_VECTORS *N_FEATURES);
  g_autoptr (NnNeighbours) neighbours = NULL;
  NnNeighbour found[N_WANTED];
  gint64 times[TIMES];
  NnRandom random;

  nn_random_init (&random, 1);
  for (gsize i = 0; i < (gsize) N_VECTORS * N_FEATURES; i++)
    vectors[i] = nn_random_uniform (&random);
  neighbours = nn_neighbours_new (vectors, N_VECTORS, N_FEATURES);
  for (guint i = 0; i < TIMES; i++)
    {
      times[i] = g_get_monotonic_time ();
      nn_neighbours_find (neighbours, vectors + (gsize) i * N_FEATURES, 0, found, N_WANTED);
      times[i] = g_get_monotonic_time () - times[i];
      g_assert_cmpuint (found[0].index, ==, i);
    }
  print ("neighbours", times);
}

static void
measure_robustness (void)
{
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (InkDrawing) drawing = NULL;
  InkGenerator generator;
  gint64 times[TIMES];

  ink_generator_init (&generator, 1, 1);
  drawing = ink_generator_digit (&generator, 4, NULL);
  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (NumeralRobustness) map = NULL;

      times[i] = g_get_monotonic_time ();
      map = numeral_robustness_new (model, drawing, NULL, &numeral_robustness_config_default, NULL,
                                    NULL);
      times[i] = g_get_monotonic_time () - times[i];
      g_assert_nonnull (map);
    }
  print ("robustness", times);
}

int
main (void)
{
  measure_neighbours ();
  measure_robustness ();
  return 0;
}
