/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

#define INK_TENSOR_SIDE 28
#define INK_TENSOR_SIZE (INK_TENSOR_SIDE * INK_TENSOR_SIDE)

/* The target of the centre of mass, as a pixel index from 0. In MNIST's training images it is 14.00
 * and 13.99 on average, spread evenly over plus or minus half a pixel, because they were placed by
 * whole pixels. */
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

/* The style that Numeral trains and reads with. */
extern const InkTensorStyle ink_tensor_style_default;

/**
 * ink_tensor_from_drawing:
 * @style: (nullable): the default where %NULL
 * @tensor: (out): [28, 28], ink 1, background 0
 *
 * Draws the tensor as MNIST was made (LeCun, Cortes, Burges): the ink is scaled to fit a 20x20 box,
 * with its aspect ratio kept, and placed with its centre of mass at the centre of the 28x28 field
 * (INK_TENSOR_CENTRE). Vectors are scaled, not pixels, and the pen has the same width in pixels for
 * every size and width of the original, so that only the shape of the digit remains. Pressure is
 * not drawn. A dot becomes a dot of the pen's width in the middle. Thread-safe.
 *
 * Returns: %FALSE, with @tensor zero, where there is no ink
 */
gboolean ink_tensor_from_drawing (const InkDrawing *drawing,
                                  const InkTensorStyle *style,
                                  float tensor[INK_TENSOR_SIZE]);

/**
 * InkTensorSteps:
 * @INK_TENSOR_STEP_FIT: the ink is scaled to the box; without it, the canvas is scaled to the field
 * @INK_TENSOR_STEP_PEN: the pen gets the width of the style; without it, it keeps that of the
 * widest stroke
 * @INK_TENSOR_STEP_CENTRE: the centre of mass is moved to the middle; without it, the middle of the
 *   box that the ink fills, or nothing if the ink is not scaled either
 *
 * The steps from strokes to a tensor.
 */
typedef enum
{
  INK_TENSOR_STEP_FIT = 1 << 0,
  INK_TENSOR_STEP_PEN = 1 << 1,
  INK_TENSOR_STEP_CENTRE = 1 << 2,
  INK_TENSOR_ALL_STEPS = INK_TENSOR_STEP_FIT | INK_TENSOR_STEP_PEN | INK_TENSOR_STEP_CENTRE,
} InkTensorSteps;

/**
 * ink_tensor_from_drawing_by:
 * @side: of the canvas, whose corner is (0, 0), in units of the drawing
 *
 * The tensor in the default style if only these steps are taken: what a network would get without
 * the others. With all steps it is that of ink_tensor_from_drawing().
 *
 * Returns: %FALSE, with @tensor zero, where there is no ink
 */
gboolean ink_tensor_from_drawing_by (const InkDrawing *drawing,
                                     InkTensorSteps steps,
                                     double side,
                                     float tensor[INK_TENSOR_SIZE]);

/**
 * InkTensorPlace:
 * @scale: @dx: @dy: a point (x, y) of the drawing is at (scale x + dx, scale y + dy) in the tensor,
 *   where pixel i extends from i to i + 1
 * @pen: width of the pen in pixels
 *
 * Where a drawing is in its tensor.
 */
typedef struct
{
  double scale, dx, dy;
  double pen;
} InkTensorPlace;

/* The place that ink_tensor_from_drawing() gives the ink; %FALSE where there is none. */
gboolean ink_tensor_find_place (const InkDrawing *drawing,
                                const InkTensorStyle *style,
                                InkTensorPlace *place);

/* Rounds to 0..255, the range in data sets. */
void ink_tensor_to_pixels (const float tensor[INK_TENSOR_SIZE], guint8 pixels[INK_TENSOR_SIZE]);

G_END_DECLS
