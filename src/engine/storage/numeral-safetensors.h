/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-error.h"
#include "nn-write.h"

G_BEGIN_DECLS

/* Far above any network of ours, far below what would hurt to parse. */
#define NUMERAL_SAFETENSORS_MAX_HEADER ((gsize) 1 << 20)
#define NUMERAL_SAFETENSORS_MAX_DIMS 8

/**
 * NumeralTensor:
 * @dims: [n_dims]
 * @n_values: product of @dims
 * @data: little-endian, not necessarily aligned; points into the bytes of the file
 */
typedef struct
{
  char *name;
  gboolean half;
  guint n_dims;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  gsize n_values;
  const guint8 *data;
} NumeralTensor;

/* Of one that was taken out of a file's @tensors. */
void numeral_tensor_free (NumeralTensor *tensor);

/**
 * NumeralSafetensors:
 * @tensors: (element-type NumeralTensor): in the order of their data
 * @metadata: (element-type utf8 utf8): `__metadata__`, empty where the file has none
 *
 * The container alone: 8 bytes little-endian header size, a JSON header that
 * maps names to type, shape and place, the data without gaps. What the tensors
 * mean is the business of formats/numeral-model-safetensors.
 */
typedef struct
{
  GBytes *bytes;
  GPtrArray *tensors;
  GHashTable *metadata;
} NumeralSafetensors;

/* Hostile until checked. Float32 and float16 only. NN_ERROR_*. */
NumeralSafetensors *numeral_safetensors_parse (GBytes *bytes, GError **error);
void numeral_safetensors_free (NumeralSafetensors *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSafetensors, numeral_safetensors_free)

/* (nullable) (transfer none) */
const NumeralTensor *numeral_safetensors_find (const NumeralSafetensors *file, const char *name);

/* Widens to float where needed; @out: [n_values]. NN_ERROR_VALUE at NaN or infinity. */
gboolean numeral_tensor_read (const NumeralTensor *tensor, float *out, GError **error);

/* A name out of a file, made fit for a message: short and on one line. Free with g_free(). */
char *numeral_tensor_quote (const char *name);

/**
 * NumeralTensorValues:
 * @values: product of @dims many
 *
 * A tensor to be written.
 */
typedef struct
{
  const char *name;
  guint n_dims;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  const float *values;
} NumeralTensorValues;

/**
 * numeral_safetensors_write:
 * @metadata: (element-type utf8 utf8): written in the order of the keys, so that the same
 *   content is the same file
 * @half: float16, rounded to nearest; what is beyond its range becomes its largest number
 *
 * The data follow in the order of @tensors; the header is padded with spaces
 * to a multiple of 8, so that a reader can map the file. NN_ERROR_TOO_LARGE where the header is
 * longer than what is read, and what @write says.
 */
gboolean numeral_safetensors_write (const NumeralTensorValues *tensors,
                                    guint n_tensors,
                                    GHashTable *metadata,
                                    gboolean half,
                                    NnWriteFunc write,
                                    gpointer data,
                                    GError **error);

G_END_DECLS
