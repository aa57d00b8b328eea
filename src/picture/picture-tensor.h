/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-tensor.h"
#include "picture-style.h"

G_BEGIN_DECLS

/**
 * picture_tensor:
 * @tensor: (nullable): [28, 28], ink 1, background 0; nothing but the background where %NULL
 *
 * The tensor as the network sees it, white on black whatever the style: a
 * square in the middle of @width x @height, of cells with sharp edges, all the
 * same size where that fits. Cells large enough get a fine gap.
 */
void picture_tensor (cairo_t *cr, double width, double height, const float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
