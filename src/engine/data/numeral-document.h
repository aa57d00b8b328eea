/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-unipen.h"
#include "numeral-picture.h"

G_BEGIN_DECLS

/**
 * NumeralDocument:
 * @samples: (nullable) (element-type InkSample): ink; at least one sample if not %NULL
 * @picture: (nullable): an image
 * @n_pages: number of pages in the file, of which only the first is read; 1 unless it is TIFF
 * @tensor: the image as one digit, or the first sample of ink: see ink_tensor_from_drawing()
 * @truth: (nullable): what an InkML file says that is written in it; it is the label of the sample
 *   if it is a digit
 *
 * The contents of a file to read: ink or an image. Immutable.
 */
typedef struct
{
  GPtrArray *samples;
  NumeralPicture *picture;
  guint n_pages;
  float tensor[INK_TENSOR_SIZE];
  char *truth;
} NumeralDocument;

/* Loads any image that gdk-pixbuf supports, InkML or UNIPEN (both also gzipped). The format
 * follows from the contents, not from the name. Blocks. INK_ERROR_*, GDK_PIXBUF_ERROR_*,
 * G_IO_ERROR_*, NN_ERROR_*; the message names @name and lists the supported formats.
 * numeral_blank_matches() for a file without digits. */
NumeralDocument *numeral_document_load (GFile *file, GCancellable *cancellable, GError **error);
NumeralDocument *numeral_document_parse (GBytes *bytes, const char *name, GError **error);
/* An image that is already decoded, e.g. from the clipboard. */
NumeralDocument *numeral_document_new_from_pixbuf (GdkPixbuf *pixbuf, GError **error);
void numeral_document_free (NumeralDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDocument, numeral_document_free)

/* The same in a thread of GTask; the callback runs in the caller's main context. */
void numeral_document_load_async (GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
NumeralDocument *numeral_document_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
