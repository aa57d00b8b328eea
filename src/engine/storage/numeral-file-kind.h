/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NumeralFileKind:
 * @NUMERAL_FILE_KIND_OTHER: none of these
 * @NUMERAL_FILE_KIND_LFS_POINTER: the text that Git LFS leaves in place of a large file
 * @NUMERAL_FILE_KIND_HTML: a web page, often saved in place of what it shows
 * @NUMERAL_FILE_KIND_WEBP: and the following: pictures that gdk-pixbuf reads where a loader for
 *   them is installed
 *
 * Files that are often given in place of a picture, a data set or a model.
 */
typedef enum
{
  NUMERAL_FILE_KIND_OTHER,
  NUMERAL_FILE_KIND_LFS_POINTER,
  NUMERAL_FILE_KIND_HTML,
  NUMERAL_FILE_KIND_PDF,
  NUMERAL_FILE_KIND_WEBP,
  NUMERAL_FILE_KIND_HEIC,
  NUMERAL_FILE_KIND_AVIF,
  NUMERAL_FILE_KIND_JPEG_XL,
  NUMERAL_FILE_KIND_JPEG_2000,
  NUMERAL_FILE_KIND_SVG,
} NumeralFileKind;

/* What a file is, by its first bytes. */
NumeralFileKind numeral_file_kind_sniff (GBytes *bytes);

/* What the file is and what to do, as a translated message; %NULL for NUMERAL_FILE_KIND_OTHER. */
char *numeral_file_kind_dup_advice (NumeralFileKind kind);

/**
 * numeral_file_kind_check:
 *
 * Refuses what nothing reads: pointers of Git LFS, HTML and PDF.
 *
 * Returns: %FALSE with NN_ERROR_FORMAT; the message does not name the file
 */
gboolean numeral_file_kind_check (GBytes *bytes, GError **error);

G_END_DECLS
