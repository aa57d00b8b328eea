/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-error.h"
#include "nn-write.h"

G_BEGIN_DECLS

/* Far larger than the header of any network here, and still fast to parse. */
#define NUMERAL_SAFETENSORS_MAX_HEADER ((gsize) 1 << 20)
#define NUMERAL_SAFETENSORS_MAX_DIMS 8

/* The type of the values. What is no fraction cannot be a weight by itself; a counter of batches,
 * say. */
typedef enum
{
  NUMERAL_TENSOR_F32,
  NUMERAL_TENSOR_F16,
  NUMERAL_TENSOR_BF16,
  NUMERAL_TENSOR_F64,
  NUMERAL_TENSOR_I8, /* from here on whole numbers */
  NUMERAL_TENSOR_U8,
  NUMERAL_TENSOR_OTHER,
} NumeralTensorType;

/**
 * NumeralTensor:
 * @width: bytes of a value
 * @dims: [n_dims]
 * @n_values: product of @dims
 * @data: little-endian, not necessarily aligned; points into the bytes of the file, or is @owned
 * @owned: (nullable): the values of a tensor that was made of others
 */
typedef struct
{
  char *name;
  NumeralTensorType type;
  guint width;
  guint n_dims;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  gsize n_values;
  const guint8 *data;
  guint8 *owned;
} NumeralTensor;

/* Frees a tensor that was removed from the @tensors of a file. */
void numeral_tensor_free (NumeralTensor *tensor);

/**
 * NumeralSafetensors:
 * @tensors: (element-type NumeralTensor): in the order of their data
 * @metadata: (element-type utf8 utf8): `__metadata__`, empty where the file has none
 *
 * The container format alone: 8 bytes with the size of the header (little-endian), a JSON header
 * that maps names to type, shape and offsets, and the data without gaps.
 * formats/numeral-model-safetensors interprets the tensors.
 */
typedef struct
{
  GBytes *bytes;
  GPtrArray *tensors;
  GHashTable *metadata;
} NumeralSafetensors;

/* Parses an untrusted file. NN_ERROR_*. */
NumeralSafetensors *numeral_safetensors_parse (GBytes *bytes, GError **error);
void numeral_safetensors_free (NumeralSafetensors *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSafetensors, numeral_safetensors_free)

/* (nullable) (transfer none) */
const NumeralTensor *numeral_safetensors_find (const NumeralSafetensors *file, const char *name);

/* Converts the values to float; @out: [n_values]. NN_ERROR_VALUE at NaN or infinity, also of a
 * float64 that is too large; NN_ERROR_FORMAT if the type is one of whole numbers. */
gboolean numeral_tensor_read (const NumeralTensor *tensor, float *out, GError **error);

/* A name from a file, shortened to one line for a message. Free with g_free(). */
char *numeral_tensor_quote (const char *name);

/**
 * NumeralTensorValues:
 * @values: (nullable): [product of @dims]
 * @type: NUMERAL_TENSOR_F32 for @values; NUMERAL_TENSOR_I8 or NUMERAL_TENSOR_U8 for @bytes
 * @bytes: (nullable): [product of @dims]
 * @exact: whether @values are float32 in any case
 *
 * A tensor to be written.
 */
typedef struct
{
  const char *name;
  guint n_dims;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  const float *values;
  NumeralTensorType type;
  gconstpointer bytes;
  gboolean exact;
} NumeralTensorValues;

/**
 * numeral_safetensors_write:
 * @metadata: (element-type utf8 utf8): sorted by key, so that the same contents give the same
 *   file
 * @half: writes float16, rounded to nearest; values out of its range become its largest number
 *
 * The data is in the order of @tensors: those with longer values come first, so that all are
 * aligned. The header is padded with spaces to a multiple of 8, so
 * that a reader can map the file. NN_ERROR_TOO_LARGE if the header is longer than
 * numeral_safetensors_parse() accepts, or the error of @write.
 */
gboolean numeral_safetensors_write (const NumeralTensorValues *tensors,
                                    guint n_tensors,
                                    GHashTable *metadata,
                                    gboolean half,
                                    NnWriteFunc write,
                                    gpointer data,
                                    GError **error);

G_END_DECLS
