/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of images by class, as data. */

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "numeral-data-images.h"
#include "numeral-document.h"

/* A simple shape on white, a circle or a bar by @kind, each in a different position. */
static void
draw (const char *folder, const char *name, guint kind, guint at)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 60, 60);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 5);
  if (kind == 0)
    cairo_arc (cr, 30, 30, 10 + at % 10, 0, 2 * G_PI);
  else
    {
      cairo_move_to (cr, 20 + at % 20, 10);
      cairo_line_to (cr, 30, 50);
    }
  cairo_stroke (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static char *
make_class (const char *folder, const char *class_name)
{
  char *path = g_build_filename (folder, class_name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  return path;
}

static void
fill (const char *folder, guint n_each)
{
  g_autofree char *zero = make_class (folder, "0");
  g_autofree char *one = make_class (folder, "1");

  for (guint i = 0; i < n_each; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u.png", i);

      draw (zero, name, 0, i);
      draw (one, name, 1, i);
    }
}

static void
on_progress (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  g_assert_cmpfloat (share, <=, 1);
  *last = share;
}

static void
test_read (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *one = g_build_filename (folder, "1", NULL);
  g_autofree char *damaged = NULL;
  g_autofree char *inner = g_build_filename (one, "inner", NULL);
  g_autofree char *some = g_build_filename (folder, "0", "003.png", NULL);
  g_autofree char *whole = NULL;
  g_autoptr (GFile) some_file = g_file_new_for_path (some);
  g_autoptr (NumeralDocument) document = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnDataset) again = NULL;
  g_autoptr (GError) error = NULL;
  guint8 pixels[INK_TENSOR_SIZE];
  gsize size, n_rejected = 99;
  double progress = 0;
  const NumeralDataRequest request = { .n_rejected = &n_rejected,
                                       .progress = on_progress,
                                       .user_data = &progress };

  fill (folder, 12);
  /* A truncated PNG, other data and an empty file; and files that do not belong to the data. */
  g_assert_true (g_file_get_contents (some, &whole, &size, NULL));
  damaged = engine_test_write (one, "half.png", whole, size / 2);
  g_free (engine_test_write (one, "Thumbs.db", "what is this", 12));
  g_free (engine_test_write (one, "empty.png", "", 0));
  g_free (engine_test_write (one, ".hidden.png", "x", 1));
  g_free (engine_test_write (folder, "notes.txt", "x", 1));
  g_assert_cmpint (g_mkdir (inner, 0755), ==, 0);

  dataset = numeral_data_load_full (folder, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 24);
  /* And the file beside the folders of digits, which has no label. */
  g_assert_cmpuint (n_rejected, ==, 4);
  g_assert_cmpuint (dataset->n_classes, ==, 10);
  g_assert_cmpuint (dataset->width, ==, 28);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpuint (dataset->labels[i], ==, i / 12);
  document = numeral_document_load (some_file, NULL, &error);
  g_assert_no_error (error);
  ink_tensor_to_pixels (document->tensor, pixels);
  g_assert_cmpmem (dataset->pixels + 3 * INK_TENSOR_SIZE, INK_TENSOR_SIZE, pixels, INK_TENSOR_SIZE);

  again = numeral_data_load (folder, NUMERAL_SPLIT_TEST, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (dataset->pixels, 24 * INK_TENSOR_SIZE, again->pixels, 24 * INK_TENSOR_SIZE);
  engine_test_remove (folder);
}

static void
test_splits (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *train = g_build_filename (folder, "training", NULL);
  g_autofree char *test = g_build_filename (folder, "test", NULL);
  g_autoptr (NnDataset) train_data = NULL;
  g_autoptr (NnDataset) test_data = NULL;
  g_autoptr (GError) error = NULL;

  fill (train, 4);
  fill (test, 2);
  train_data = numeral_data_load (folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  test_data = numeral_data_load (folder, NUMERAL_SPLIT_TEST, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (train_data->n, ==, 8);
  g_assert_cmpuint (test_data->n, ==, 4);
  engine_test_remove (folder);
}

static void
test_damaged (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *three = make_class (folder, "3");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_data_load (folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, INK_ERROR, INK_ERROR_FORMAT, folder);
  g_free (engine_test_write (three, "a.png", "not a picture", 13));
  g_assert_null (numeral_data_load (folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, INK_ERROR, INK_ERROR_EMPTY, folder);
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_data_load (folder, NUMERAL_SPLIT_TRAIN, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  engine_test_remove (folder);
}

static void
cancel_soon (double share, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Cancels from the progress callback. */
static void
test_cancel (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const NumeralDataRequest request = { .cancellable = cancellable,
                                       .progress = cancel_soon,
                                       .user_data = cancellable };
  g_autoptr (GError) error = NULL;

  fill (folder, 20);
  g_assert_null (numeral_data_load_full (folder, &request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data-images/read", test_read);
  g_test_add_func ("/data-images/splits", test_splits);
  g_test_add_func ("/data-images/damaged", test_damaged);
  g_test_add_func ("/data-images/cancel", test_cancel);
  return g_test_run ();
}
