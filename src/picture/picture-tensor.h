/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-tensor.h"
#include "picture-style.h"

G_BEGIN_DECLS

/**
 * picture_tensor:
 * @tensor: (nullable): [28, 28], ink 1, background 0; %NULL: background only
 *
 * Draws the tensor as the network sees it, white on black in every style: a square in the
 * middle of @width x @height, of cells with sharp edges and the same size if that fits.
 * Large cells have a thin gap.
 */
void picture_tensor (cairo_t *cr, double width, double height, const float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
