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

/* How a part of a model is kept in a file. */
typedef enum
{
  NUMERAL_KEPT_NO,
  NUMERAL_KEPT_YES,
  NUMERAL_KEPT_EXACTLY,
  NUMERAL_KEPT_ROUNDED,
  NUMERAL_KEPT_AS_FLOAT32,
  NUMERAL_N_KEPT,
} NumeralKept;

/**
 * NumeralModelPart:
 * @NUMERAL_PART_HALF: weights that NUMERAL_SAVE_HALF rounds
 * @NUMERAL_PART_INT8: weights of a network in 8 bits (nn-quantized.h)
 * @NUMERAL_PART_CARD: the card, which has the calibration
 * @NUMERAL_PART_VECTOR: a convolution or pooling of a vector, which is an image of 1x1
 * @NUMERAL_PART_READ: whether the file is read again
 *
 * The rows of the table in the manual of "numeral-cli convert", in its order.
 */
typedef enum
{
  NUMERAL_PART_FLOAT32,
  NUMERAL_PART_HALF,
  NUMERAL_PART_INT8,
  NUMERAL_PART_ARCHITECTURE,
  NUMERAL_PART_CARD,
  NUMERAL_PART_LOSS,
  NUMERAL_PART_NOVELTY,
  NUMERAL_PART_VECTOR,
  NUMERAL_PART_READ,
  NUMERAL_N_PARTS,
} NumeralModelPart;

/* For the manual, not translated: "int8 weights", and "exactly". */
const char *numeral_model_part_name (NumeralModelPart part);
const char *numeral_kept_name (NumeralKept kept);

/**
 * NumeralModelFormat:
 * @name: the format's own name, such as "safetensors"; not translated
 * @suffixes: (array zero-terminated=1): of its files' names, in lower case, without the dot
 * @content_type: the media type of its files
 * @kept: [NUMERAL_N_PARTS]: what its files hold; tests hold it to this
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
  NumeralKept kept[NUMERAL_N_PARTS];
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
