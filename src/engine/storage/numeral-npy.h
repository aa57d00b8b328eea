/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-error.h"

G_BEGIN_DECLS

#define NUMERAL_NPY_MAX_DIMS 8
/* The longest header that is parsed; those of NumPy have 118 bytes. */
#define NUMERAL_NPY_MAX_HEADER 65536
/* Bytes of a file that tell how long its header is. */
#define NUMERAL_NPY_PREFIX 12

/* The types of the values, by their letter in the header. */
typedef enum
{
  NUMERAL_NPY_FLOAT = 'f',
  NUMERAL_NPY_SIGNED = 'i',
  NUMERAL_NPY_UNSIGNED = 'u',
  NUMERAL_NPY_BOOLEAN = 'b',
} NumeralNpyType;

/**
 * NumeralNpyHeader:
 * @width: bytes of a value: 1, 2, 4 or 8
 * @swapped: whether the values are big-endian
 * @fortran: whether the first dimension varies fastest
 * @dims: [n_dims]
 * @n_values: product of @dims
 * @size: bytes of the values, which follow the header
 *
 * The header of an array of NumPy.
 */
typedef struct
{
  NumeralNpyType type;
  guint width;
  gboolean swapped, fortran;
  guint n_dims;
  gsize dims[NUMERAL_NPY_MAX_DIMS];
  gsize n_values, size;
} NumeralNpyHeader;

/* Whether @bytes begin as a file of NumPy. */
gboolean numeral_npy_is (gconstpointer bytes, gsize size);

/* The bytes of the whole header, for the first NUMERAL_NPY_PREFIX bytes of a file, or fewer if it
 * has no more. NN_ERROR_FORMAT, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE; 0 on an error. */
gsize numeral_npy_header_size (const guint8 *bytes, gsize size, GError **error);

/**
 * numeral_npy_header_parse:
 * @bytes: [numeral_npy_header_size()]: not trusted
 *
 * Versions 1 to 3 of the format (NumPy Enhancement Proposal 1): a dictionary of Python with type,
 * order and shape. Objects of Python, which are pickles, are refused, and so are structures, texts,
 * dates and complex numbers. The products of sizes are checked.
 *
 * NN_ERROR_FORMAT, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE
 */
gboolean numeral_npy_header_parse (const guint8 *bytes,
                                   gsize size,
                                   NumeralNpyHeader *header,
                                   GError **error);

/**
 * numeral_npy_header_format:
 * @n_dims: at most NUMERAL_NPY_MAX_DIMS
 *
 * Returns: (transfer full): a header of version 1 for little-endian values, the last dimension
 *   varying fastest, padded to a multiple of 64 bytes
 */
GBytes *
numeral_npy_header_format (NumeralNpyType type, guint width, const gsize *dims, guint n_dims);

/**
 * NumeralNpyArray:
 * @name: without ".npy"
 * @data: the values, little-endian, the last dimension varying fastest
 */
typedef struct
{
  char *name;
  NumeralNpyHeader header;
  guint8 *data;
} NumeralNpyArray;

void numeral_npy_array_free (NumeralNpyArray *array);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralNpyArray, numeral_npy_array_free)

/* Brings @data, of the size in the header, into the order of a NumeralNpyArray, and makes the
 * header say so. */
void numeral_npy_array_arrange (NumeralNpyArray *array);

/* Value @i as a number. */
double numeral_npy_array_get (const NumeralNpyArray *array, gsize i);

/* (transfer full): the array of a whole file ".npy". Errors as above. */
NumeralNpyArray *
numeral_npy_parse (GBytes *bytes, const char *name, gsize max_bytes, GError **error);

G_END_DECLS
