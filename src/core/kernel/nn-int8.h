/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The product of a dense layer whose weights and inputs are whole numbers of 8 bits:
 *
 *   z[i, o] = bias[o] + sum over j of w[o, j] x[i, j],   w in [-127, 127], x in [0, 255]
 *
 * summed in 32 bits. Such sums are exact, so that all kernels give the same bits, in whatever
 * order they add.
 *
 * Four inputs are a group, which one instruction of VNNI multiplies and adds. A group of four
 * zeros is left out: 72 % of the groups of a digit are background. The weights are cut into
 * panels of 64 units as those of nn-panel.h are: [panel][group][unit of the panel][4 inputs]. The
 * last panel may be narrower, a multiple of 16 units; padding is zero. */
#define NN_INT8_GROUP 4
#define NN_INT8_PANEL 64
#define NN_INT8_GRAIN 16

/* So many inputs have sums below 2^30 in absolute value: 255 * 127 * 32768 = 1.06e9. */
#define NN_INT8_MAX_INPUTS 32768
/* The largest absolute value of a bias, with which the sums stay in 32 bits. */
#define NN_INT8_MAX_BIAS ((gint32) 1 << 30)

typedef struct
{
  guint n_in, n_out;
  guint n_groups; /* of inputs, the last one padded */
  guint n_panels;
  guint stride; /* n_out rounded up to 16: length of a row of sums */
  gsize size;   /* bytes of all panels */
} NnInt8Layout;

/* @n_in: at most NN_INT8_MAX_INPUTS */
void nn_int8_layout_init (NnInt8Layout *layout, guint n_in, guint n_out);

/* @weight: [n_out, n_in]; @panels: (out): [layout->size], aligned to NN_ALIGN */
void nn_int8_pack (const NnInt8Layout *layout, const gint8 *weight, gint8 *panels);

/* How the products are computed. */
typedef enum
{
  NN_INT8_PLAIN,
  NN_INT8_AVX2,
  NN_INT8_AVX_VNNI,
  NN_INT8_AVX512_VNNI,
  NN_N_INT8_KERNELS,
} NnInt8Kernel;

/* "plain", "AVX2", "AVX-VNNI", "AVX-512 VNNI" */
const char *nn_int8_kernel_name (NnInt8Kernel kernel);

/* Whether this processor, the system and the compiler have what the kernel needs. */
gboolean nn_int8_kernel_is_supported (NnInt8Kernel kernel);

/* The fastest one that is supported. */
NnInt8Kernel nn_int8_kernel (void);

/* The groups of @n samples that are not zero and lie in one block of inputs. */
typedef struct
{
  gsize n;
  const guint16 *group;       /* number of the group */
  const guint32 *value;       /* its four inputs, as they lie in memory */
  const guint32 *start, *end; /* [n]: those of sample i are [start[i], end[i]) */
  gboolean first_block;       /* whether no block of these samples was added before */
} NnInt8Entries;

/* Adds the products of one block of inputs to z [n, stride], in the columns of the panel; the
 * first block starts at @bias [stride]. Sums wrap on the way, and do not in the end. */
void nn_int8_forward (NnInt8Kernel kernel,
                      const NnInt8Layout *layout,
                      const gint8 *panels,
                      guint panel,
                      const NnInt8Entries *x,
                      const gint32 *bias,
                      gint32 *z);

/* Lists the groups [first, last) of the inputs @x that are not zero; returns their number.
 * @x: [4 * last]; @group, @value: (out): room for NN_INT8_LIST_ROOM more than there may be */
#define NN_INT8_LIST_ROOM 16
guint32 nn_int8_list_groups (
    NnInt8Kernel kernel, const guint8 *x, guint first, guint last, guint16 *group, guint32 *value);

/* What becomes of a sum: place = round (clamp (sum * multiplier, low, high)) + offset, rounded to
 * the nearest, ties to even. One multiplication in float32 and no addition that could be fused
 * with it: the same bits on every processor. */
typedef struct
{
  const float *multiplier; /* [n_out] */
  float low, high;         /* whole numbers of less than 2^21 in absolute value */
  gint32 offset;
} NnInt8Scaling;

/* y[o] = the place of z[o], which must be in [0, 255]. */
void nn_int8_scale (const NnInt8Scaling *scaling, const gint32 *z, guint8 *y, guint n);
/* y[o] = table[the place of z[o]] */
void nn_int8_scale_by_table (
    const NnInt8Scaling *scaling, const guint8 *table, const gint32 *z, guint8 *y, guint n);

/* y[j] = round (clamp (x[j] * (1 / scale), -zero, 255 - zero)) + zero; NaN gives 0. */
void nn_int8_quantize (float scale, guint8 zero, const float *x, guint8 *y, gsize n);

G_END_DECLS
