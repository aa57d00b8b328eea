/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ink-inkml.h"
#include "ink-xml.h"
#include "ink-xournal.h"
#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-data-ink.h"
#include "numeral-file-kind.h"
#include "numeral-file.h"
#include "numeral-image-depth.h"
#include "numeral-image-tiff.h"
#include "numeral-image.h"

/* Enough for an uncompressed photograph of 100 megapixels. */
#define MAX_BYTES ((gsize) 512 << 20)

void
numeral_document_free (NumeralDocument *document)
{
  g_clear_pointer (&document->samples, g_ptr_array_unref);
  g_clear_pointer (&document->picture, numeral_picture_unref);
  g_free (document->truth);
  g_free (document);
}

/* Makes a document of ink; takes ownership of @samples. */
static NumeralDocument *
new_from_samples (GPtrArray *samples, GError **error)
{
  NumeralDocument *document;
  const InkSample *first;

  if (samples->len == 0)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY, _ ("the file holds no ink"));
      g_ptr_array_unref (samples);
      return NULL;
    }
  document = g_new0 (NumeralDocument, 1);
  document->samples = samples;
  document->n_pages = 1;
  first = g_ptr_array_index (samples, 0);
  ink_tensor_from_drawing (first->drawing, NULL, document->tensor);
  return document;
}

/* Adds a drawing; takes ownership of it. */
static void
add_drawing (GPtrArray *samples, InkDrawing *drawing, int label)
{
  InkSample *sample = g_new0 (InkSample, 1);

  sample->drawing = drawing;
  sample->label = label;
  g_ptr_array_add (samples, sample);
}

static NumeralDocument *
parse_inkml (GBytes *bytes, GError **error)
{
  g_autoptr (InkDrawing) drawing = NULL;
  g_autofree char *truth = NULL;
  GPtrArray *samples;
  NumeralDocument *document;

  drawing = ink_inkml_parse_labelled (bytes, &truth, error);
  if (drawing == NULL)
    return NULL;
  samples = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_sample_free);
  if (!ink_drawing_is_empty (drawing))
    add_drawing (samples, g_steal_pointer (&drawing),
                 truth != NULL ? ink_inkml_truth_digit (truth) : -1);
  document = new_from_samples (samples, error);
  if (document != NULL)
    document->truth = g_steal_pointer (&truth);
  return document;
}

/* A sample for each page. */
static NumeralDocument *
parse_xournal (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) pages = ink_xournal_parse (bytes, error);
  GPtrArray *samples;

  if (pages == NULL)
    return NULL;
  samples = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_sample_free);
  for (guint i = 0; i < pages->len; i++)
    add_drawing (samples, ink_drawing_ref (pages->pdata[i]), -1);
  return new_from_samples (samples, error);
}

static NumeralDocument *
parse_unipen (GBytes *bytes, GError **error)
{
  GPtrArray *samples = ink_unipen_parse (bytes, NULL, error);

  return samples != NULL ? new_from_samples (samples, error) : NULL;
}

/* Why a picture cannot be decoded, and what to do. Takes ownership of @error. */
static GError *
explain (GBytes *bytes, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *advice = numeral_file_kind_dup_advice (numeral_file_kind_sniff (bytes));

  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    return g_error_new_literal (error->domain, error->code,
                                advice != NULL ?
                                    advice :
                                    _ ("this is of no kind that is known; pictures such as PNG and "
                                       "JPEG, and "
                                       "ink as InkML, UNIPEN or of Xournal++, can be opened"));
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE))
    return g_error_new (error->domain, error->code,
                        /* Translators: %s is what the library for pictures says */
                        _ ("the picture is damaged or ends early; copy or download it again (%s)"),
                        error->message);
  return g_steal_pointer (&owned);
}

/* Makes a document of a picture; takes ownership of @picture (nullable). */
static NumeralDocument *
new_from_picture (NumeralPicture *picture)
{
  NumeralDocument *document;

  if (picture == NULL)
    return NULL;
  document = g_new0 (NumeralDocument, 1);
  document->picture = picture;
  document->n_pages = 1;
  if (picture->image != NULL)
    ink_image_get_tensor (picture->image, document->tensor);
  return document;
}

static NumeralDocument *
parse_image (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GdkPixbuf) pixbuf = numeral_image_decode (bytes, &local);
  NumeralDocument *document;
  NumeralImageTiff tiff;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (pixbuf == NULL)
    {
      g_propagate_error (error, explain (bytes, g_steal_pointer (&local)));
      return NULL;
    }
  document = new_from_picture (numeral_picture_new (pixbuf, name, &local));
  if (document == NULL && local->domain == INK_BLANK_ERROR && numeral_image_is_deep (data, size) &&
      numeral_image_is_black (pixbuf))
    numeral_blank_set_error (error, INK_BLANK_LOW_BITS);
  else if (document == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (numeral_image_tiff_read (data, size, &tiff))
    document->n_pages = tiff.n_pages;
  return document;
}

NumeralDocument *
numeral_document_new_from_pixbuf (GdkPixbuf *pixbuf, GError **error)
{
  return new_from_picture (numeral_picture_new (pixbuf, NULL, error));
}

/* XML with ink, in any encoding. */
static NumeralDocument *
parse_markup (GBytes *bytes, GError **error)
{
  return ink_xml_has_root (bytes, "xournal") ? parse_xournal (bytes, error) :
                                               parse_inkml (bytes, error);
}

static gboolean
is_ink (GBytes *bytes)
{
  return ink_xml_has_root (bytes, "ink") || ink_xml_has_root (bytes, "xournal");
}

/* Ink of other programs, which cannot be read: what to do. (nullable) */
static const char *
find_advice (GBytes *bytes, const char *name)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "UINK", 4) == 0)
    return _ ("this is Universal Ink (.uim) of Wacom; export it as InkML");
  if (g_str_has_suffix (name, ".rnote"))
    return _ ("this is a file of Rnote; export it as Xournal++ (.xopp)");
  if (g_str_has_suffix (name, ".one"))
    return _ ("this is a file of OneNote; copy the drawing there and paste it here");
  return NULL;
}

NumeralDocument *
numeral_document_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) unpacked = numeral_bytes_gunzip (bytes, MAX_BYTES, error);
  g_autoptr (GBytes) plain = unpacked != NULL ? ink_xml_to_utf8 (unpacked, error) : NULL;
  NumeralDocument *document = NULL;

  if (plain != NULL && g_bytes_get_size (plain) == 0)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED, _ ("the file is empty"));
  else if (plain != NULL && !numeral_file_kind_check (plain, error))
    document = NULL;
  else if (plain != NULL && find_advice (plain, name) != NULL)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT, find_advice (plain, name));
  else if (plain != NULL && numeral_data_is_unipen (plain))
    document = parse_unipen (plain, error);
  else if (plain != NULL && is_ink (plain))
    document = parse_markup (plain, error);
  else if (plain != NULL)
    document = parse_image (plain, name, error);

  if (document == NULL)
    g_prefix_error (error, "%s: ", name);
  return document;
}

NumeralDocument *
numeral_document_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, MAX_BYTES, cancellable, error);
  g_autofree char *name = NULL;

  if (bytes == NULL)
    return NULL;
  name = g_file_get_parse_name (file);
  return numeral_document_parse (bytes, name, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralDocument *document = numeral_document_load (G_FILE (data), cancellable, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) numeral_document_free);
  else
    g_task_return_error (task, error);
}

void
numeral_document_load_async (GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, numeral_document_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

NumeralDocument *
numeral_document_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
