/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-mistakes.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "numeral-file.h"
#include "picture-mistakes.h"

#define COLUMNS 10
/* Largest number of mistakes in the picture. */
#define MOST 500

/* (element-type PictureMistake): at most MOST */
static GArray *
find_mistakes (const NumeralEvaluation *evaluation)
{
  const NnDataset *dataset = evaluation->dataset;
  GArray *pictures = g_array_new (FALSE, TRUE, sizeof (PictureMistake));

  for (guint i = 0; i < MIN (evaluation->mistakes->len, MOST); i++)
    {
      const NumeralMistake *mistake = &g_array_index (evaluation->mistakes, NumeralMistake, i);
      PictureMistake picture = { .label = mistake->label,
                                 .answer = mistake->answer,
                                 .probability = mistake->probability };

      picture.group = dataset->groups != NULL ? dataset->groups[mistake->index] : 0;
      nn_dataset_get (dataset, mistake->index, picture.tensor);
      g_array_append_val (pictures, picture);
    }
  return pictures;
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw (const GArray *mistakes, GError **error)
{
  guint n = mistakes->len, rows = (MAX (n, 1) - 1) / COLUMNS + 1;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, COLUMNS * PICTURE_MISTAKE_WIDTH,
                                  (int) rows * PICTURE_MISTAKE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status;

  picture_set_colour (cr, &picture_style_light.paper);
  cairo_paint (cr);
  picture_mistakes_draw (cr, (const PictureMistake *) (gpointer) mistakes->data, n, COLUMNS,
                         &picture_style_light);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("the picture cannot be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
cli_evaluate_mistakes (const NumeralEvaluation *evaluation, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GArray) mistakes = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (evaluation->dataset->n_features != INK_TENSOR_SIZE)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("only images of 28 × 28 pixels can be shown"));
      return FALSE;
    }
  mistakes = find_mistakes (evaluation);
  bytes = draw (mistakes, error);
  return bytes != NULL && numeral_file_write (file, bytes, NULL, error);
}
