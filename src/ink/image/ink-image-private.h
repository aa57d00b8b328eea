/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/* The steps of ink_image_new() and what is made of it, one file each. */

/**
 * InkPlane:
 * @values: [height, width]
 */
typedef struct
{
  guint width, height;
  float *values;
} InkPlane;

/* Pixels, the ends included. */
typedef struct
{
  guint x0, y0, x1, y1;
} InkPixelBox;

InkPlane *ink_plane_new (guint width, guint height);
void ink_plane_free (InkPlane *plane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkPlane, ink_plane_free)

/* (transfer full): means over blocks, as large as it takes for no side to exceed @max_side. */
InkPlane *ink_plane_reduce (const InkPlane *plane, guint max_side);
/* The side of these blocks. */
guint ink_plane_block (const InkPlane *plane, guint max_side);
/* Between the centres of pixels, in their indices; the edge goes on outside. */
float ink_plane_sample (const InkPlane *plane, double x, double y);
/* The @part quantile (0 to 1) of @values, which are put into another order. */
float ink_quantile (float *values, gsize n, double part);

/**
 * ink_image_find_ink:
 * @gray: 0 is black
 * @threshold: (out): from here on @signal is ink
 *
 * Estimates the background, decides which side of it the ink is on, and subtracts it.
 *
 * Returns: (transfer full) (nullable): the signal, 0 for the background and more for ink; %NULL
 * where nothing stands out from the background
 */
InkPlane *ink_image_find_ink (const InkPlane *gray, double *threshold);

InkPixelBox ink_pixel_box_union (InkPixelBox a, InkPixelBox b);

/**
 * InkPieces:
 * @labels: [height, width] which piece a pixel is of, counted from 1; 0 for none
 * @n: how many there are
 * @boxes: [n]
 *
 * The connected pieces of the ink.
 */
typedef struct
{
  guint *labels;
  guint n;
  InkPixelBox *boxes;
} InkPieces;

void ink_pieces_clear (InkPieces *pieces);

/* Clears specks and what is no writing, such as shadows at the border, from @signal, and finds the
 * @pieces of what is left. Returns %FALSE where nothing is, with @pieces empty. */
gboolean ink_image_clean (InkPlane *signal, double threshold, InkPieces *pieces);

/* (transfer full): the outline of piece @label as a closed stroke, in pixels of the plane times
 * @scale, drawn in by half the width of its lines, as if it were their centreline. */
InkStroke *
ink_image_outline (const InkPieces *pieces, guint label, const InkPlane *signal, double scale);

/* Draws the form of the ink with a pen of the tensor's width. Returns FALSE, with @tensor as it
 * was, where there is none after all. */
gboolean ink_image_draw (const InkPlane *signal,
                         double threshold,
                         const InkPixelBox *box,
                         float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
