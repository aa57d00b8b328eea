/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints how long the explanations of the model that ships take, on one core, for generated digits:
 * milliseconds of its processor time in the median and at most, which other programs do not
 * change, and how complete and faithful the explanations are. */

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "ink-generator.h"
#include "numeral-explainer.h"
#include "numeral-model-file.h"

#define N_DRAWINGS 40

static const double limits[NUMERAL_N_EXPLANATION_METHODS] = { 16.7, 250, 0, 0, 0 };

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* What was measured of one method. */
typedef struct
{
  double ms[N_DRAWINGS];
  guint n, n_incomplete, most_nodes;
  double figure; /* sum */
} Measured;

static void
print (const char *what, Measured *measured, double limit)
{
  if (measured->n == 0)
    return;
  qsort (measured->ms, measured->n, sizeof (double), compare_doubles);
  g_print ("%-28s %3u drawings, median %6.1f ms, longest %6.1f ms", what, measured->n,
           measured->ms[measured->n / 2], measured->ms[measured->n - 1]);
  if (limit > 0)
    g_print (" (aim: %.1f ms)", limit);
  g_print (", faithfulness %.2f", measured->figure / measured->n);
  if (measured->most_nodes > 0)
    g_print (", at most %u points, %u incomplete", measured->most_nodes, measured->n_incomplete);
  g_print ("\n");
}

static double
processor_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

static void
add (Measured *measured, const NumeralExplanation *fast, const NumeralExplanation *faithful)
{
  measured->figure += faithful->faithfulness.figure;
  if (fast->path == NULL)
    return;
  measured->most_nodes = MAX (measured->most_nodes, fast->path->len);
  measured->n_incomplete += fabs (fast->sum - fast->difference) > 0.01 * fabs (fast->difference);
}

/* Explains @drawing by one method, with a new input each time: nothing is kept from before. */
static void
explain (NumeralExplainer *explainer,
         InkDrawing *drawing,
         const NumeralExplanationConfig *config,
         Measured *measured)
{
  NumeralExplanationConfig quick = *config;
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  g_autoptr (NumeralExplanation) fast = NULL, faithful = NULL;
  g_autoptr (GError) error = NULL;
  double start;

  quick.faithfulness = FALSE;
  numeral_explainer_set_drawing (explainer, empty);
  start = processor_ms ();
  numeral_explainer_set_drawing (explainer, drawing);
  fast = numeral_explainer_explain (explainer, &quick, NULL, &error);
  g_assert_no_error (error);
  measured->ms[measured->n++] = processor_ms () - start;
  faithful = numeral_explainer_explain (explainer, config, NULL, &error);
  g_assert_no_error (error);
  add (measured, fast, faithful);
}

static void
measure (NumeralExplainer *explainer, NumeralBackground *background)
{
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    for (guint baseline = 0; baseline < NUMERAL_N_BASELINES; baseline++)
      {
        NumeralExplanationConfig config = numeral_explanation_config_default;
        g_autofree char *what = NULL;
        Measured measured = { .n = 0 };

        if (baseline == NUMERAL_BASELINE_MEAN && m != NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS)
          continue;
        config.method = m;
        config.baseline = baseline;
        config.background = background;
        for (guint i = 0; i < N_DRAWINGS; i++)
          {
            g_autoptr (InkDrawing) drawing = NULL;
            InkGenerator generator;

            ink_generator_init (&generator, 77, i);
            drawing = ink_generator_digit (&generator, i % 10, NULL);
            explain (explainer, drawing, &config, &measured);
          }
        what = g_strdup_printf ("%s, %s", numeral_explanation_method_name (m),
                                numeral_explanation_baseline_name (baseline));
        print (what, &measured, limits[m]);
      }
}

/* A figure with ten pieces, such as a scrawled 8: a zigzag whose corners are sharp. */
static InkDrawing *
ten_pieces (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  InkStroke *stroke = ink_stroke_new (10);
  InkDrawing *drawing;

  for (guint i = 0; i <= 100; i++)
    {
      const float along = (float) (i % 10) / 10;
      const float x = i / 10 % 2 == 0 ? 100 * along : 100 - 100 * along;

      ink_stroke_append (stroke, (InkPoint){ x, 1.2f * (float) i, 0.5f, 0 });
    }
  drawing = ink_drawing_with_stroke (empty, stroke);
  ink_stroke_unref (stroke);
  return drawing;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (&error);
  g_autoptr (NumeralExplainer) explainer = NULL;
  g_autoptr (NumeralBackground) background = NULL;
  g_autoptr (InkDrawing) zigzag = ten_pieces ();
  NumeralExplanationConfig config = numeral_explanation_config_default;
  Measured measured = { .n = 0 };
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_no_error (error);
  explainer = numeral_explainer_new (model);
  background = numeral_background_load (NULL, &error);
  g_assert_no_error (error);
  measure (explainer, background);
  config.method = NUMERAL_EXPLANATION_SHAPLEY;
  for (guint i = 0; i < 20; i++)
    explain (explainer, zigzag, &config, &measured);
  g_print ("%u pieces\n", ink_pieces_find (zigzag, pieces));
  print ("shapley, ten pieces", &measured, limits[config.method]);
  return EXIT_SUCCESS;
}
