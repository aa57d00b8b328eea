/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-write.h"
#include "numeral-npy.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* Whether @bytes begin as an archive of arrays of NumPy, which is a zip archive of files ".npy". */
gboolean numeral_npz_is (GBytes *bytes);

/**
 * numeral_npz_parse:
 * @bytes: not trusted
 * @wanted: (nullable) (array zero-terminated=1): names of the arrays to read, without ".npy"; %NULL
 *   for all
 * @max_bytes: of the values of all arrays that are read
 *
 * Reads the arrays of an archive. A header is checked before memory is taken for its values, and
 * the memory grows with the values that are there, so that a small archive that claims to be large
 * takes little. Files without ".npy" are skipped.
 *
 * Returns: (transfer full) (nullable) (element-type NumeralNpyArray): NN_ERROR_*; the message names
 *   the array
 */
GPtrArray *
numeral_npz_parse (GBytes *bytes, const char *const *wanted, gsize max_bytes, GError **error);

/* (nullable): the array of that name. */
const NumeralNpyArray *numeral_npz_find (const GPtrArray *arrays, const char *name);

/* Whether the file at @path is an archive with an array @name. Reads the names alone. Blocks. */
gboolean numeral_npz_file_has (const char *path, const char *name);

/**
 * numeral_npz_write:
 * @metadata: (nullable) (element-type utf8 utf8): becomes an array `__metadata__` of bytes, the
 * JSON of a header of safetensors without tensors
 * @half: writes float16, rounded to nearest; values out of its range become its largest number
 *
 * Writes an archive without compression, as numpy.savez() does, through pieces. The same contents
 * give the same bytes. NN_ERROR_FORMAT if libarchive fails, or the error of @write.
 */
gboolean numeral_npz_write (const NumeralTensorValues *tensors,
                            guint n_tensors,
                            GHashTable *metadata,
                            gboolean half,
                            NnWriteFunc write,
                            gpointer data,
                            GError **error);

/* The name of the array with the metadata. */
#define NUMERAL_NPZ_METADATA "__metadata__"

G_END_DECLS
