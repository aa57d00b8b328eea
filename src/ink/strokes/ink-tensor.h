/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

#define INK_TENSOR_SIDE 28
#define INK_TENSOR_SIZE (INK_TENSOR_SIDE * INK_TENSOR_SIDE)

/* Where the centre of mass goes, as an index of pixels counted from 0. MNIST's own images have it
 * here: 14.00 and 13.99 on the average of the training images, each spread evenly over plus or
 * minus half a pixel, for they were placed by whole pixels. */
#define INK_TENSOR_CENTRE 14.0

/**
 * InkTensorStyle:
 * @box: side of the box that the ink is fitted into, in pixels; MNIST's is 20
 * @pen: width of the pen, in pixels
 * @shift_x: @shift_y: pixels from INK_TENSOR_CENTRE to where the centre of mass goes
 */
typedef struct
{
  double box;
  double pen;
  double shift_x, shift_y;
} InkTensorStyle;

/* What Numeral reads and trains with. */
extern const InkTensorStyle ink_tensor_style_default;

/**
 * ink_tensor_from_drawing:
 * @style: (nullable): the default where %NULL
 * @tensor: (out): [28, 28], ink 1, background 0
 *
 * As MNIST was made (LeCun, Cortes, Burges): the ink is scaled with its aspect
 * kept so that it fits a 20x20 box, and placed so that its centre of mass is at
 * the centre of the 28x28 field (INK_TENSOR_CENTRE). Here the scaling is of vectors, and the pen
 * has the same width in pixels whatever the size and width that a person drew with, so that only
 * the form of the digit is left. Pressure is not drawn. A dot becomes a dot of the pen's width in
 * the middle. Threads may call it at the same time.
 *
 * Returns: %FALSE, with @tensor zero, where there is no ink
 */
gboolean ink_tensor_from_drawing (const InkDrawing *drawing,
                                  const InkTensorStyle *style,
                                  float tensor[INK_TENSOR_SIZE]);

/* Rounded to 0..255, as data sets hold them. */
void ink_tensor_to_pixels (const float tensor[INK_TENSOR_SIZE], guint8 pixels[INK_TENSOR_SIZE]);

G_END_DECLS
