/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/* Private to image: the steps of ink_image_new() and of the tensors, one file each. */

/**
 * InkPlane:
 * @values: [height, width]
 */
typedef struct
{
  guint width, height;
  float *values;
} InkPlane;

/* A bounding box in pixels, both ends included. */
typedef struct
{
  guint x0, y0, x1, y1;
} InkPixelBox;

InkPlane *ink_plane_new (guint width, guint height);
void ink_plane_free (InkPlane *plane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkPlane, ink_plane_free)

/* (transfer full): means over blocks, whose size is chosen such that no side exceeds @max_side. */
InkPlane *ink_plane_reduce (const InkPlane *plane, guint max_side);
/* The side of the blocks of ink_plane_reduce(). */
guint ink_plane_block (const InkPlane *plane, guint max_side);
/* Bilinear interpolation at a position in pixel indices; outside, the edge is repeated. */
float ink_plane_sample (const InkPlane *plane, double x, double y);
/* The @part quantile (0 to 1) of @values. Reorders @values. */
float ink_quantile (float *values, gsize n, double part);

/**
 * ink_image_find_ink:
 * @gray: 0 is black
 * @threshold: (out): a pixel of the signal at or above it is ink
 *
 * Estimates and subtracts the background, and decides whether ink is darker or lighter.
 *
 * Returns: (transfer full) (nullable): the signal, 0 for the background and more for ink; %NULL if
 * no ink stands out
 */
InkPlane *ink_image_find_ink (const InkPlane *gray, double *threshold);

InkPixelBox ink_pixel_box_union (InkPixelBox a, InkPixelBox b);

/**
 * InkPieces:
 * @labels: [height, width] the piece of each pixel, counted from 1; 0 for none
 * @n: number of pieces
 * @boxes: [n]
 *
 * The connected components of the ink.
 */
typedef struct
{
  guint *labels;
  guint n;
  InkPixelBox *boxes;
} InkPieces;

void ink_pieces_clear (InkPieces *pieces);

/* Removes specks and components that are no writing, such as shadows at the border, from @signal,
 * and finds the @pieces of the rest. Returns %FALSE and empty @pieces if nothing is left. */
gboolean ink_image_clean (InkPlane *signal, double threshold, InkPieces *pieces);

/* (transfer full): the outline of piece @label as a closed stroke, in pixels of the plane times
 * @scale, shrunk by half the line width so that it approximates the centreline. */
InkStroke *
ink_image_outline (const InkPieces *pieces, guint label, const InkPlane *signal, double scale);

/* Draws the ink with a stroke width that fits the tensor. Returns %FALSE, with @tensor unchanged,
 * if there is no ink. */
gboolean ink_image_draw (const InkPlane *signal,
                         double threshold,
                         const InkPixelBox *box,
                         float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
