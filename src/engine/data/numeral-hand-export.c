/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-export.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ink-inkml.h"
#include "ink-tensor.h"
#include "nn-idx.h"
#include "numeral-data-ink.h"
#include "numeral-file.h"
#include "numeral-hand-anonymous.h"
#include "numeral-hand-digits.h"
#include "numeral-hand-folder.h"

static const char *const names[NUMERAL_HAND_N_FORMATS] = { "inkml", "png", "idx", "unipen" };

const char *
numeral_hand_format_name (NumeralHandFormat format)
{
  g_return_val_if_fail (format < NUMERAL_HAND_N_FORMATS, NULL);

  return names[format];
}

gboolean
numeral_hand_format_parse (const char *name, NumeralHandFormat *format)
{
  for (guint i = 0; i < NUMERAL_HAND_N_FORMATS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *format = (NumeralHandFormat) i;
        return TRUE;
      }
  return FALSE;
}

/* One export. */
typedef struct
{
  const NumeralHandExport *how;
  const char *path;
  const NumeralHandTransfer *transfer;
  GPtrArray *samples;
  gsize n_written, n_left_out;
} Export;

static gboolean
fail_empty (GError **error)
{
  g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                       _ ("there is nothing of your handwriting to export yet"));
  return FALSE;
}

static GBytes *
encode_inkml (const NumeralHandSample *sample, GError **error)
{
  const char digit[] = { (char) ('0' + sample->label), '\0' };

  return ink_inkml_format_labelled (sample->drawing, sample->label == NUMERAL_HAND_NOT_A_DIGIT ?
                                                         NUMERAL_HAND_TRUTH_NOT_A_DIGIT :
                                                         digit);
}

static GBytes *
encode_png (const NumeralHandSample *sample, GError **error)
{
  float tensor[INK_TENSOR_SIZE];
  guint8 gray[INK_TENSOR_SIZE], rgb[INK_TENSOR_SIZE * 3];
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *data;
  gsize size;

  ink_tensor_from_drawing (sample->drawing, NULL, tensor);
  ink_tensor_to_pixels (tensor, gray);
  for (guint i = 0; i < INK_TENSOR_SIZE * 3; i++)
    rgb[i] = gray[i / 3];
  pixbuf = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, INK_TENSOR_SIDE,
                                     INK_TENSOR_SIDE, INK_TENSOR_SIDE * 3, NULL, NULL);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", error, NULL))
    return NULL;
  return g_bytes_new_take (data, size);
}

static gboolean
write_sample (const Export *export,
              NumeralHandFolder *folder,
              const NumeralHandSample *sample,
              GError **error)
{
  const gboolean png = export->how->format == NUMERAL_HAND_PNG;
  const gint64 number = export->how->anonymous ? (gint64) export->n_written + 1 : sample->id;
  g_autoptr (GBytes) bytes = (png ? encode_png : encode_inkml) (sample, error);
  g_autofree char *name = g_strdup_printf ("%08" PRId64 ".%s", number, png ? "png" : "inkml");
  const char inside[] = { (char) ('0' + sample->label), '\0' };

  return bytes != NULL &&
         numeral_hand_folder_write (folder, png ? inside : NULL, name, bytes, error);
}

/* A file for each sample. */
static gboolean
write_samples (Export *export, GError **error)
{
  const NumeralHandTransfer *transfer = export->transfer;
  g_autoptr (NumeralHandFolder) folder = numeral_hand_folder_new (export->path, error);

  if (folder == NULL)
    return FALSE;
  for (guint i = 0; i < export->samples->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (export->samples, i);

      if (g_cancellable_set_error_if_cancelled (transfer->cancellable, error))
        return FALSE;
      if (transfer->progress != NULL)
        transfer->progress ((double) i / export->samples->len, transfer->user_data);
      if (sample->damage != NULL ||
          (export->how->format == NUMERAL_HAND_PNG && sample->label == NUMERAL_HAND_NOT_A_DIGIT))
        {
          export->n_left_out++;
          continue;
        }
      if (!write_sample (export, folder, sample, error))
        return FALSE;
      export->n_written++;
    }
  return export->n_written > 0 ? numeral_hand_folder_commit (folder, error) : fail_empty (error);
}

/* (transfer full) (nullable): (element-type InkSample) */
static GPtrArray *
select_digits (Export *export, GError **error)
{
  g_autoptr (GPtrArray) digits =
      numeral_hand_select_digits (export->samples, &export->n_left_out, &export->n_left_out);

  if (digits->len > 0)
    return g_steal_pointer (&digits);
  fail_empty (error);
  return NULL;
}

static gboolean
write_idx (Export *export, GError **error)
{
  g_autoptr (GPtrArray) digits = select_digits (export, error);
  g_autoptr (NumeralHandFolder) folder = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GBytes) images = NULL, labels = NULL;

  if (digits == NULL)
    return FALSE;
  folder = numeral_hand_folder_new (export->path, error);
  if (folder == NULL)
    return FALSE;
  dataset = numeral_data_from_ink (digits, FALSE, &export->n_left_out,
                                   export->transfer->cancellable, error);
  if (dataset == NULL)
    return FALSE;
  export->n_written = dataset->n;
  images = nn_idx_format_images (dataset);
  labels = nn_idx_format_labels (dataset);
  return numeral_hand_folder_write (folder, NULL, "train-images-idx3-ubyte", images, error) &&
         numeral_hand_folder_write (folder, NULL, "train-labels-idx1-ubyte", labels, error) &&
         numeral_hand_folder_commit (folder, error);
}

static gboolean
write_unipen (Export *export, GError **error)
{
  g_autoptr (GPtrArray) digits = select_digits (export, error);
  g_autoptr (GFile) file = g_file_new_for_path (export->path);
  g_autoptr (GBytes) bytes = NULL;

  if (digits == NULL)
    return FALSE;
  export->n_written = digits->len;
  bytes = ink_unipen_format ((InkSample *const *) digits->pdata, digits->len);
  return numeral_file_write (file, bytes, export->transfer->cancellable, error);
}

static gboolean
write_all (Export *export, GError **error)
{
  switch (export->how->format)
    {
    case NUMERAL_HAND_IDX:
      return write_idx (export, error);
    case NUMERAL_HAND_UNIPEN:
      return write_unipen (export, error);
    default:
      return write_samples (export, error);
    }
}

gboolean
numeral_hand_export (NumeralHandDb *db,
                     const NumeralHandExport *how,
                     const char *path,
                     const NumeralHandTransfer *transfer,
                     gsize *n_written,
                     gsize *n_left_out,
                     GError **error)
{
  g_autoptr (GPtrArray) kept = numeral_hand_db_read_all (db, transfer->cancellable, error);
  g_autoptr (GPtrArray) shapes = NULL;
  Export export = { how, path, transfer, kept, 0, 0 };

  if (kept == NULL)
    return FALSE;
  if (how->anonymous)
    export.samples = shapes = numeral_hand_anonymise (kept, transfer->cancellable, error);
  if (export.samples == NULL || !write_all (&export, error))
    return FALSE;
  *n_written = export.n_written;
  *n_left_out = export.n_left_out;
  return TRUE;
}
