/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas.h"

#include <adwaita.h>

#include "reading.h"
#include "wait.h"

static void
count (gpointer object, guint *n)
{
  ++*n;
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static InkDrawing *
line (double x0, double y0, double x1, double y1, float width)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (width);
  InkStroke *strokes[] = { stroke };

  for (guint i = 0; i <= 10; i++)
    ink_stroke_append (stroke, (InkPoint){ .x = (float) (x0 + (x1 - x0) * i / 10),
                                           .y = (float) (y0 + (y1 - y0) * i / 10),
                                           .pressure = 0.5f,
                                           .time = (float) i });
  return ink_drawing_new (strokes, 1);
}

static gboolean
flag (NumeralCanvas *canvas, const char *property)
{
  gboolean value;

  g_object_get (canvas, property, &value, NULL);
  return value;
}

/* Commands, what they tell, and how often. */
static void
test_states (void)
{
  NumeralCanvas *canvas = g_object_ref_sink (numeral_canvas_new ());
  g_autoptr (InkDrawing) one = line (500, 200, 500, 800, 55);
  g_autoptr (InkDrawing) two = line (200, 500, 800, 500, 55);
  float tensor[INK_TENSOR_SIZE];
  guint changed = 0, edited = 0, emptied = 0;

  g_signal_connect (canvas, "changed", G_CALLBACK (count), &changed);
  g_signal_connect (canvas, "edited", G_CALLBACK (count), &edited);
  g_signal_connect (canvas, "notify::is-empty", G_CALLBACK (count_notify), &emptied);
  g_assert_true (flag (canvas, "is-empty"));
  g_assert_false (numeral_canvas_undo (canvas));
  g_assert_false (numeral_canvas_redo (canvas));
  g_assert_false (numeral_canvas_clear (canvas));
  g_assert_false (numeral_canvas_get_tensor (canvas, tensor));
  g_assert_cmpuint (edited, ==, 0);

  numeral_canvas_show_drawing (canvas, one);
  /* The same again is nothing new. */
  numeral_canvas_show_drawing (canvas, one);
  g_assert_cmpuint (edited, ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (emptied, ==, 1);
  g_assert_true (numeral_canvas_get_tensor (canvas, tensor));
  g_assert_true (flag (canvas, "has-ink"));
  g_assert_true (flag (canvas, "can-undo"));

  numeral_canvas_swap_drawing (canvas, two);
  g_assert_true (numeral_canvas_get_drawing (canvas) == two);
  g_assert_true (numeral_canvas_undo (canvas));
  g_assert_false (flag (canvas, "can-undo"));
  g_assert_true (flag (canvas, "is-empty"));
  g_assert_true (numeral_canvas_redo (canvas));
  g_assert_true (numeral_canvas_get_drawing (canvas) == two);
  g_assert_false (flag (canvas, "can-redo"));
  g_assert_true (numeral_canvas_clear (canvas));
  g_assert_false (numeral_canvas_clear (canvas));
  g_assert_true (numeral_canvas_undo (canvas));
  g_assert_true (numeral_canvas_get_drawing (canvas) == two);
  g_assert_finalize_object (canvas);
}

static void
test_properties (void)
{
  NumeralCanvas *canvas = g_object_ref_sink (numeral_canvas_new ());
  guint notified = 0;

  g_signal_connect (canvas, "notify::pen-width", G_CALLBACK (count_notify), &notified);
  g_signal_connect (canvas, "notify::tool", G_CALLBACK (count_notify), &notified);
  numeral_canvas_set_pen_width (canvas, 80);
  numeral_canvas_set_pen_width (canvas, 80);
  g_assert_cmpuint (notified, ==, 1);
  numeral_canvas_set_pen_width (canvas, 1e9);
  g_assert_cmpfloat (numeral_canvas_get_pen_width (canvas), ==, NUMERAL_CANVAS_PEN_MAX);
  numeral_canvas_set_pen_width (canvas, -1);
  g_assert_cmpfloat (numeral_canvas_get_pen_width (canvas), ==, NUMERAL_CANVAS_PEN_MIN);
  g_assert_cmpuint (notified, ==, 3);
  numeral_canvas_set_tool (canvas, NUMERAL_TOOL_ERASER);
  numeral_canvas_set_tool (canvas, NUMERAL_TOOL_ERASER);
  g_assert_cmpuint (notified, ==, 4);
  g_assert_finalize_object (canvas);
}

static GdkTexture *
texture_new (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\1\2\3\4", 4);

  return gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, bytes, 4);
}

/* An image that is out of reach of undo is let go; one that is in reach is not. */
static void
test_images (void)
{
  NumeralCanvas *canvas = g_object_ref_sink (numeral_canvas_new ());
  GdkTexture *first = texture_new ();
  GdkTexture *second = texture_new ();
  g_autoptr (InkDrawing) one = line (500, 200, 500, 800, 55);
  g_autoptr (InkDrawing) two = line (200, 500, 800, 500, 55);
  float given[INK_TENSOR_SIZE] = { [100] = 1, [200] = 0.5f };
  float tensor[INK_TENSOR_SIZE];
  gpointer first_alive = first;

  g_object_add_weak_pointer (G_OBJECT (first), &first_alive);
  numeral_canvas_show_image (canvas, first, given);
  g_object_unref (first);
  g_assert_false (flag (canvas, "is-empty"));
  g_assert_false (flag (canvas, "has-ink"));
  g_assert_true (numeral_canvas_get_tensor (canvas, tensor));
  g_assert_cmpmem (tensor, sizeof tensor, given, sizeof given);

  numeral_canvas_show_drawing (canvas, one);
  g_assert_nonnull (first_alive);
  numeral_canvas_undo (canvas);
  g_assert_true (numeral_canvas_get_tensor (canvas, tensor));
  g_assert_cmpmem (tensor, sizeof tensor, given, sizeof given);

  /* Undone, and something else done instead. */
  numeral_canvas_undo (canvas);
  numeral_canvas_show_drawing (canvas, two);
  numeral_canvas_show_image (canvas, second, given);
  g_object_unref (second);
  g_assert_null (first_alive);
  g_assert_true (numeral_canvas_undo (canvas));
  g_assert_true (numeral_canvas_get_drawing (canvas) == two);
  g_assert_true (numeral_canvas_redo (canvas));
  g_assert_false (flag (canvas, "is-empty"));
  g_assert_finalize_object (canvas);
}

static void
test_fit (void)
{
  /* A small line from a tablet, far away. */
  g_autoptr (InkDrawing) foreign = line (10000, 10000, 10030, 10060, 1);
  g_autoptr (InkDrawing) fitted = numeral_canvas_fit (foreign, 60);
  g_autoptr (InkDrawing) own = line (300, 200, 500, 800, 55);
  g_autoptr (InkDrawing) kept = numeral_canvas_fit (own, 60);
  g_autoptr (InkDrawing) dot = line (7, 7, 7, 7, 3);
  g_autoptr (InkDrawing) placed = numeral_canvas_fit (dot, 60);
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  g_autoptr (InkDrawing) nothing = numeral_canvas_fit (empty, 60);
  const InkBox box = ink_drawing_box (fitted);

  g_assert_cmpfloat_with_epsilon ((box.x0 + box.x1) / 2, 500.0f, 0.5f);
  g_assert_cmpfloat_with_epsilon ((box.y0 + box.y1) / 2, 500.0f, 0.5f);
  g_assert_cmpfloat_with_epsilon ((box.y1 - box.y0) / (box.x1 - box.x0), 2.0f, 0.05f);
  g_assert_cmpfloat (box.y1 - box.y0, >, 500);
  g_assert_cmpfloat (fitted->strokes[0]->width, ==, 60.0f);
  /* What was drawn here is not moved. */
  g_assert_true (kept == own);
  g_assert_cmpfloat (placed->strokes[0]->points[0].x, ==, 500.0f);
  g_assert_true (ink_drawing_is_empty (nothing));
}

/* At most one "changed" a frame, however many changes there are. */
static void
test_frames (void)
{
  NumeralCanvas *canvas = numeral_canvas_new ();
  GtkWindow *window = reading_show (GTK_WIDGET (canvas), 300, 300);
  guint changed = 0;

  wait_for (0.2);
  g_signal_connect (canvas, "changed", G_CALLBACK (count), &changed);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (InkDrawing) drawing = line (500, 200, 500, 300 + 10 * i, 55);

      numeral_canvas_show_drawing (canvas, drawing);
    }
  wait_for (0.2);
  g_assert_cmpuint (changed, ==, 1);
  reading_hide (window, canvas);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/canvas/states", test_states);
  g_test_add_func ("/app/canvas/properties", test_properties);
  g_test_add_func ("/app/canvas/images", test_images);
  g_test_add_func ("/app/canvas/fit", test_fit);
  g_test_add_func ("/app/canvas/frames", test_frames);
  return g_test_run ();
}
