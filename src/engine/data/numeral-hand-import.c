/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-import.h"

#include <glib/gi18n-lib.h>

#include "numeral-data-files.h"
#include "numeral-document.h"

typedef struct
{
  int label; /* -1 for those in the files */
  GPtrArray *samples;
  gsize n_left_out;
} Import;

/* -1 if the sample has no label. */
static int
find_label (const Import *import, const NumeralDocument *document, const InkSample *sample)
{
  if (import->label >= 0)
    return import->label;
  if (g_strcmp0 (document->truth, NUMERAL_HAND_TRUTH_NOT_A_DIGIT) == 0)
    return NUMERAL_HAND_NOT_A_DIGIT;
  return sample->label;
}

static gboolean
take_document (Import *import, const NumeralDocument *document, const char *path, GError **error)
{
  if (document->samples == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                   _ ("%s: a picture has no strokes, which your handwriting is kept as; import "
                      "InkML or UNIPEN, or train on the pictures as a folder"),
                   name);
      return FALSE;
    }
  for (guint i = 0; i < document->samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (document->samples, i);
      const int label = find_label (import, document, sample);

      if (label >= 0)
        g_ptr_array_add (import->samples, numeral_hand_sample_new (sample->drawing, label));
      else
        import->n_left_out++;
    }
  return TRUE;
}

static gboolean
read_file (Import *import, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralDocument) document = numeral_document_load (file, cancellable, error);

  return document != NULL && take_document (import, document, path, error);
}

static void
tell (const NumeralHandTransfer *transfer, guint done, guint total)
{
  if (transfer->progress != NULL && total > 0)
    transfer->progress ((double) done / total, transfer->user_data);
}

static gboolean
read_folder (Import *import,
             const char *folder,
             const NumeralHandTransfer *transfer,
             GError **error)
{
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  g_autoptr (GPtrArray) names =
      numeral_data_list_files (folder, NULL, report, transfer->cancellable, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (g_cancellable_set_error_if_cancelled (transfer->cancellable, error))
        return FALSE;
      if (!read_file (import, path, transfer->cancellable, NULL))
        import->n_left_out++;
      tell (transfer, i + 1, names->len);
    }
  /* Cancelled while the last file was read. */
  return !g_cancellable_set_error_if_cancelled (transfer->cancellable, error);
}

static gboolean
add_samples (NumeralHandDb *db, const Import *import, const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (import->samples->len > 0)
    return numeral_hand_db_add (db, (NumeralHandSample *const *) import->samples->pdata,
                                import->samples->len, NULL, error);
  name = g_filename_display_name (path);
  g_set_error (error, INK_ERROR, INK_ERROR_EMPTY,
               _ ("%s: there is no ink with a label here; InkML with an annotation of type truth "
                  "and "
                  "UNIPEN have labels"),
               name);
  return FALSE;
}

gboolean
numeral_hand_import (NumeralHandDb *db,
                     const char *path,
                     int label,
                     const NumeralHandTransfer *transfer,
                     gsize *n_added,
                     gsize *n_left_out,
                     GError **error)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  Import import = { label, samples, 0 };

  if (g_file_test (path, G_FILE_TEST_IS_DIR) ?
          !read_folder (&import, path, transfer, error) :
          !read_file (&import, path, transfer->cancellable, error))
    return FALSE;
  *n_added = samples->len;
  *n_left_out = import.n_left_out;
  return add_samples (db, &import, path, error);
}
