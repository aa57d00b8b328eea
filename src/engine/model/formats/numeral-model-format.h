/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-write.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * NumeralSaveFlags:
 * @NUMERAL_SAVE_HALF: weights are float16, rounded to nearest
 * @NUMERAL_SAVE_CENTRE: the file also gets what makes the input of the network of any picture; only
 *   C has that, and other formats ignore it
 */
typedef enum
{
  NUMERAL_SAVE_DEFAULT = 0,
  NUMERAL_SAVE_HALF = 1 << 0,
  NUMERAL_SAVE_CENTRE = 1 << 1,
} NumeralSaveFlags;

/**
 * NumeralModelFormat:
 * @name: the format's own name, such as "safetensors"; not translated
 * @suffixes: (array zero-terminated=1): of its files' names, in lower case, without the dot
 * @content_type: the media type of its files
 * @sniff: (nullable): whether @bytes begin like a file of this format
 * @load: (nullable): %NULL, as @sniff is, for a format that is only written. Parses the untrusted
 * bytes of a file. @folder: (nullable): where other files that belong to it may be read, and
 * nowhere else. NN_ERROR_*, G_IO_ERROR_*
 * @load_as: (nullable): the same of a file that does not name its architecture, whose text is given
 * @save: writes the file in pieces with @write. NN_ERROR_TOO_LARGE if the file could not be read
 * again, and the errors of @write
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
  NumeralModel *(*load_as) (GBytes *bytes, const char *architecture, GError **error);
  gboolean (*save) (const NumeralModel *model,
                    NumeralSaveFlags flags,
                    NnWriteFunc write,
                    gpointer data,
                    GError **error);
} NumeralModelFormat;

/* (array zero-terminated=1): all formats; the first one is the default for writing. */
const NumeralModelFormat *const *numeral_model_formats (void);

/* (nullable): by the suffix of a file's name, in either case. */
const NumeralModelFormat *numeral_model_format_for_name (const char *name);

/* (nullable): by the first bytes. */
const NumeralModelFormat *numeral_model_format_for_bytes (GBytes *bytes);

/* (nullable): the same of the formats that are read. */
const NumeralModelFormat *numeral_model_format_for_reading (const char *name);

/* (transfer full): "safetensors, ONNX", for messages and dialogs: of all formats, or of those that
 * are read. */
char *numeral_model_format_dup_names (gboolean for_reading);

G_END_DECLS
