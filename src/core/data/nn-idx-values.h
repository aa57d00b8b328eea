/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-error.h"

G_BEGIN_DECLS

#define NN_IDX_MAX_DIMS 4

/* The types of the elements, by their byte in the magic number. */
typedef enum
{
  NN_IDX_UBYTE = 0x08,
  NN_IDX_BYTE = 0x09,
  NN_IDX_SHORT = 0x0b,
  NN_IDX_INT = 0x0c,
  NN_IDX_FLOAT = 0x0d,
  NN_IDX_DOUBLE = 0x0e,
} NnIdxType;

/**
 * NnIdx:
 * @n: number of elements, the product of @dims
 * @data: borrowed: the elements, big-endian
 */
typedef struct
{
  NnIdxType type;
  guint n_dims;
  guint32 dims[NN_IDX_MAX_DIMS];
  gsize n;
  const guint8 *data;
} NnIdx;

/* Checks the header and the length of an IDX file. @what: its contents, for the message.
 * NN_ERROR_FORMAT, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE. */
gboolean nn_idx_parse (GBytes *bytes, const char *what, NnIdx *idx, GError **error);

/* Element @i, below @n. */
double nn_idx_get (const NnIdx *idx, gsize i);

/**
 * nn_idx_to_pixels:
 * @pixels: (out): [@n]
 *
 * Numbers of 0 to 255 become the nearest whole ones. Those that are not bytes and end at 1 are
 * multiplied by 255.
 *
 * Returns: FALSE with NN_ERROR_VALUE if a number is negative, above 255 or not finite
 */
gboolean nn_idx_to_pixels (const NnIdx *idx, guint8 *pixels, GError **error);

G_END_DECLS
