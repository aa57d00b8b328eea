/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-write.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * NumeralModelFormat:
 * @name: the format's own name, such as "safetensors"; not translated
 * @suffixes: (array zero-terminated=1): of its files' names, in lower case, without the dot
 * @content_type: the media type of its files
 * @sniff: whether @bytes begin like a file of this format
 * @load: parses the untrusted bytes of a file. @folder: (nullable): where other files that belong
 * to it may be read, and nowhere else. NN_ERROR_*, G_IO_ERROR_*
 * @save: writes the file in pieces with @write. @half: float16, rounded to nearest.
 *   NN_ERROR_TOO_LARGE if the file could not be read again, and the errors of @write
 *
 * A file format for models: one row of a table. To add a format, write one file in formats/ and add
 * its row to numeral-model-format.c. Files, dialogs and the command line all go through the table.
 */
typedef struct
{
  const char *name;
  const char *const *suffixes;
  const char *content_type;
  gboolean (*sniff) (GBytes *bytes);
  NumeralModel *(*load) (GBytes *bytes, GFile *folder, GError **error);
  gboolean (*save) (
      const NumeralModel *model, gboolean half, NnWriteFunc write, gpointer data, GError **error);
} NumeralModelFormat;

/* (array zero-terminated=1): all formats; the first one is the default for writing. */
const NumeralModelFormat *const *numeral_model_formats (void);

/* (nullable): by the suffix of a file's name, in either case. */
const NumeralModelFormat *numeral_model_format_for_name (const char *name);

/* (nullable): by the first bytes. */
const NumeralModelFormat *numeral_model_format_for_bytes (GBytes *bytes);

/* (transfer full): "safetensors, ONNX", for messages and dialogs. */
char *numeral_model_format_dup_names (void);

G_END_DECLS
