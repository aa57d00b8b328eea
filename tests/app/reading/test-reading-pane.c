/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reading-pane.h"

#include <adwaita.h>

#include "desk.h"
#include "numeral-answer.h"
#include "numeral-bars.h"
#include "numeral-look.h"
#include "numeral-model-file.h"
#include "numeral-reading-layout.h"
#include "numeral-tensor-view.h"
#include "reading.h"
#include "wait.h"

#define N_PARTS 6

/* At every size that a window may have, all six parts are seen in full, none lies on another, and
 * the canvas is a square. */
static void
test_sizes (void)
{
  static const int sizes[][2] = { { 360, 590 }, { 360, 900 },  { 480, 660 },
                                  { 700, 450 }, { 700, 700 },  { 700, 1200 },
                                  { 960, 630 }, { 1200, 560 }, { 1270, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      NumeralReadingPane *pane = numeral_reading_pane_new ();
      GtkWindow *window = reading_show (GTK_WIDGET (pane), sizes[i][0], sizes[i][1]);
      GtkWidget *canvas = GTK_WIDGET (numeral_reading_pane_get_canvas (pane));
      graphene_rect_t bounds[N_PARTS];
      int least, needed;
      GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (pane));

      /* With the question. */
      numeral_reading_layout_set_asking (NUMERAL_READING_LAYOUT (
                                             gtk_widget_get_layout_manager (GTK_WIDGET (pane))),
                                         TRUE);
      wait_for (0.1);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (pane)), <=, sizes[i][0]);
      for (guint n = 0; n < N_PARTS; n++, child = gtk_widget_get_next_sibling (child))
        {
          int least_width, least_height;

          g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (pane), &bounds[n]));
          g_assert_cmpfloat (bounds[n].origin.x, >=, 0);
          g_assert_cmpfloat (bounds[n].origin.y, >=, 0);
          g_assert_cmpfloat (bounds[n].origin.x + bounds[n].size.width, <=,
                             (float) gtk_widget_get_width (GTK_WIDGET (pane)));
          g_assert_cmpfloat (bounds[n].origin.y + bounds[n].size.height, <=,
                             (float) gtk_widget_get_height (GTK_WIDGET (pane)));
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL,
                              NULL);
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, (int) bounds[n].size.width,
                              &least_height, NULL, NULL, NULL);
          g_assert_cmpfloat (bounds[n].size.width, >=, (float) least_width);
          g_assert_cmpfloat (bounds[n].size.height, >=, (float) least_height);
          for (guint m = 0; m < n; m++)
            g_assert_false (graphene_rect_intersection (&bounds[m], &bounds[n], NULL));
        }
      g_assert_null (child);
      /* The minimum without a width must not exceed those with one: GTK would warn. */
      gtk_widget_measure (GTK_WIDGET (pane), GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL,
                          NULL);
      gtk_widget_measure (GTK_WIDGET (pane), GTK_ORIENTATION_VERTICAL, sizes[i][0], &needed, NULL,
                          NULL, NULL);
      g_assert_cmpint (least, <=, needed);
      g_assert_cmpint (gtk_widget_get_width (canvas), ==, gtk_widget_get_height (canvas));
      reading_hide (window, pane);
    }
}

typedef struct
{
  NumeralAnswer *answer;
  NumeralRecogniser *recogniser;
  gboolean empty;
} Wanted;

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;
  NumeralPrediction *prediction =
      numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted->answer));

  return prediction && prediction == numeral_recogniser_get_prediction (wanted->recogniser) &&
         prediction->empty == wanted->empty;
}

/* From the canvas through the recogniser to the three that show it. */
static void
test_reads (void)
{
  NumeralReadingPane *pane = numeral_reading_pane_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (pane), 360, 600);
  NumeralCanvas *canvas = numeral_reading_pane_get_canvas (pane);
  NumeralBars *bars = NUMERAL_BARS (desk_find (GTK_WIDGET (pane), NUMERAL_TYPE_BARS, NULL));
  NumeralTensorView *view =
      NUMERAL_TENSOR_VIEW (desk_find (GTK_WIDGET (pane), NUMERAL_TYPE_TENSOR_VIEW, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (&error);
  NumeralRecogniser *recogniser;
  g_autoptr (InkStroke) stroke = ink_stroke_new (55);
  g_autoptr (InkDrawing) drawing = NULL;
  Wanted wanted = { NUMERAL_ANSWER (desk_find (GTK_WIDGET (pane), NUMERAL_TYPE_ANSWER, NULL)), NULL,
                    TRUE };

  g_assert_no_error (error);
  wanted.recogniser = recogniser = numeral_recogniser_new (model);
  numeral_reading_pane_set_recogniser (pane, recogniser);
  g_assert_true (numeral_reading_pane_get_recogniser (pane) == recogniser);
  assert_soon (is_shown, &wanted);

  for (guint y = 200; y <= 800; y += 50)
    ink_stroke_append (stroke, (InkPoint){ .x = 500, .y = (float) y, .pressure = 0.5f });
  drawing = ink_drawing_new ((InkStroke *[]){ stroke }, 1);
  numeral_canvas_show_drawing (canvas, drawing);
  wanted.empty = FALSE;
  assert_soon (is_shown, &wanted);
  g_assert_cmpuint (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer))
                        ->digits[0]
                        .digit,
                    ==, 1);
  g_assert_true (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (bars)) ==
                 numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer)));
  g_assert_true (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (view)) ==
                 numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer)));

  numeral_canvas_clear (canvas);
  wanted.empty = TRUE;
  assert_soon (is_shown, &wanted);

  /* Without a recogniser there is no guess and no reference. */
  numeral_reading_pane_set_recogniser (pane, NULL);
  g_assert_null (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer)));
  g_assert_finalize_object (recogniser);

  /* A new recogniser reads the existing drawing. */
  numeral_canvas_show_drawing (canvas, drawing);
  wait_for (0.1);
  g_assert_null (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer)));
  wanted.recogniser = recogniser = numeral_recogniser_new (model);
  wanted.empty = FALSE;
  numeral_reading_pane_set_recogniser (pane, recogniser);
  g_object_unref (recogniser);
  assert_soon (is_shown, &wanted);
  g_assert_cmpuint (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (wanted.answer))
                        ->digits[0]
                        .digit,
                    ==, 1);
  reading_hide (window, pane);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* The sizes of buttons are those of the program's style sheet. */
  numeral_look_init (adw_style_manager_get_default (), gdk_display_get_default ());
  g_test_add_func ("/app/reading-pane/sizes", test_sizes);
  g_test_add_func ("/app/reading-pane/reads", test_reads);
  return g_test_run ();
}
