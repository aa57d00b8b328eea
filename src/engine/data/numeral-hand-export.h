/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-import.h"

G_BEGIN_DECLS

/**
 * NumeralHandFormat:
 * @NUMERAL_HAND_INKML: a folder with an InkML file for each sample, that has its strokes and label;
 *   numeral_hand_import() gives the same
 * @NUMERAL_HAND_PNG: a folder with a folder for each digit, and in it 28x28 pictures as the network
 *   sees them
 * @NUMERAL_HAND_IDX: a folder with the two files of MNIST's training data
 * @NUMERAL_HAND_UNIPEN: a file with the strokes of all digits
 */
typedef enum
{
  NUMERAL_HAND_INKML,
  NUMERAL_HAND_PNG,
  NUMERAL_HAND_IDX,
  NUMERAL_HAND_UNIPEN,
  NUMERAL_HAND_N_FORMATS,
} NumeralHandFormat;

/* "inkml" and so on; never translated. */
const char *numeral_hand_format_name (NumeralHandFormat format);
/* Whether @name is one of them. */
gboolean numeral_hand_format_parse (const char *name, NumeralHandFormat *format);

/**
 * NumeralHandExport:
 * @anonymous: write shapes and labels alone, of numeral_hand_anonymise()
 *
 * How to export. An anonymous export has nothing of times, pressure, positions, sizes, the order
 * of the samples, their numbers and what was read; its files are numbered anew from 1. Like all
 * files they have the time of the export.
 */
typedef struct
{
  NumeralHandFormat format;
  gboolean anonymous;
} NumeralHandExport;

/**
 * numeral_hand_export:
 * @how: what is written
 * @path: the new file, or the new folder, which is empty or does not exist
 * @n_written: (out): number of samples written
 * @n_left_out: (out): number of damaged samples, and of those that are not a digit if the format
 *   has only digits, which is all but InkML
 *
 * Writes all samples, oldest first unless it is anonymous. The file or folder appears whole or not
 * at all. Blocks.
 *
 * Returns: %FALSE with INK_ERROR_EMPTY if there are none, G_IO_ERROR_EXISTS if the folder is not
 *   empty; NUMERAL_HAND_ERROR_*, G_IO_ERROR_*, G_IO_ERROR_CANCELLED
 */
gboolean numeral_hand_export (NumeralHandDb *db,
                              const NumeralHandExport *how,
                              const char *path,
                              const NumeralHandTransfer *transfer,
                              gsize *n_written,
                              gsize *n_left_out,
                              GError **error);

G_END_DECLS
