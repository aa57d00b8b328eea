/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-mistakes.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "nn-loss.h"
#include "numeral-file.h"
#include "picture-mistakes.h"

#define COLUMNS 10
/* Largest number of mistakes in the picture. */
#define MOST 500

static int
by_sureness (gconstpointer a, gconstpointer b)
{
  double x = ((const PictureMistake *) a)->probability;
  double y = ((const PictureMistake *) b)->probability;

  return x > y ? -1 : x < y;
}

/* (element-type PictureMistake) */
static GArray *
find_mistakes (const NnNetwork *network, const NnDataset *dataset, const float *logits)
{
  GArray *mistakes = g_array_new (FALSE, TRUE, sizeof (PictureMistake));
  const guint n_classes = nn_architecture_n_classes (&network->arch);
  g_autofree float *probabilities = g_new (float, n_classes);

  for (gsize i = 0; i < dataset->n; i++)
    {
      PictureMistake mistake = { .label = dataset->labels[i] };

      nn_loss_outputs (network->arch.loss, logits + i * n_classes, probabilities, 1, n_classes);
      nn_loss_probabilities (network->arch.loss, probabilities, probabilities, 1, n_classes);
      for (guint k = 1; k < n_classes; k++)
        if (probabilities[k] > probabilities[mistake.answer])
          mistake.answer = k;
      if (mistake.answer == mistake.label)
        continue;
      mistake.probability = probabilities[mistake.answer];
      mistake.group = dataset->groups != NULL ? dataset->groups[i] : 0;
      nn_dataset_get (dataset, i, mistake.tensor);
      g_array_append_val (mistakes, mistake);
    }
  g_array_sort (mistakes, by_sureness);
  return mistakes;
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
  guint n = MIN (mistakes->len, MOST), rows = (MAX (n, 1) - 1) / COLUMNS + 1;
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
cli_evaluate_mistakes (const NnNetwork *network,
                       const NnDataset *dataset,
                       const float *logits,
                       const char *path,
                       GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GArray) mistakes = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (dataset->n_features != INK_TENSOR_SIZE ||
      nn_architecture_n_inputs (&network->arch) != dataset->n_features)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("only images of 28 × 28 pixels can be shown"));
      return FALSE;
    }
  mistakes = find_mistakes (network, dataset, logits);
  bytes = draw (mistakes, error);
  return bytes != NULL && numeral_file_write (file, bytes, NULL, error);
}
