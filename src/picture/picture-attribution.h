/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-tensor.h"
#include "picture-style.h"

G_BEGIN_DECLS

/* Side of an exported picture, in units and in pixels of a PNG. */
#define PICTURE_ATTRIBUTION_SIDE 560

/**
 * PictureAttribution:
 * @tensor: [28, 28] the input of the network
 * @attribution: [28, 28] what each pixel adds
 * @drawing: (nullable): the ink; %NULL for a picture, whose pixels are shown
 * @place: of @drawing in @tensor
 * @target: the digit that is explained
 * @against: the digit that it is compared with; below 0 for none
 *
 * What speaks for a digit and what against it.
 */
typedef struct
{
  const float *tensor, *attribution;
  const InkDrawing *drawing;
  InkTensorPlace place;
  guint target;
  int against;
} PictureAttribution;

/**
 * picture_attribution:
 *
 * Draws the ink, or the pixels of a picture, in the middle of @width x @height. Parts that speak
 * for the target are blue with a plus sign, parts that speak against it are orange with a minus
 * sign; parts that say little are grey. The colour is full at the largest attribution. Below stands
 * which digit each colour speaks for.
 */
void picture_attribution (cairo_t *cr,
                          double width,
                          double height,
                          const PictureAttribution *picture,
                          const PictureStyle *style);

/* The same as 28x28 cells, without ink, signs in small cells and legend, for a thumbnail. */
void picture_attribution_cells (cairo_t *cr,
                                double width,
                                double height,
                                const PictureAttribution *picture,
                                const PictureStyle *style);

/* The colour of what speaks against the target; style->accent is that of what speaks for it. */
PictureColour picture_attribution_against (const PictureStyle *style);

/* (transfer full): picture_attribution() on the style's paper, as PNG or as SVG. Errors as
 * picture_export_png(). */
GBytes *picture_attribution_export (const PictureAttribution *picture,
                                    gboolean svg,
                                    const PictureStyle *style,
                                    GError **error);

G_END_DECLS
