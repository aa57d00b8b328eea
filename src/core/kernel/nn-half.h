/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest finite half. */
#define NN_HALF_MAX 65504.0f

/* IEEE 754 binary16 in the low bits of an integer: 1 sign, 5 exponent, 10 fraction bits.
 * Every half is exactly a float; NaN keeps its sign and the top of its payload. */
float nn_half_to_float (guint16 half);

/* Converts @n little-endian halves at @data, which need not be aligned; returns whether all are
 * finite. */
gboolean nn_half_read (gconstpointer data, gsize n, float *out);

/* Rounds to nearest, ties to even, subnormals included. Values of 65520 and above become
 * infinity. NaN stays NaN. */
guint16 nn_half_from_float (float value);

G_END_DECLS
