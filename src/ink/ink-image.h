/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-error.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

#define INK_IMAGE_MAX_SIDE 20000

/**
 * ink_tensor_from_image:
 * @gray: luminance, 0 is black, rows of @stride bytes
 * @tensor: (out): [28, 28], ink 1, ground 0
 *
 * Reads a picture of one digit: dark on light or light on dark, of any size, on
 * uneven ground as photographs have it. Finds the ground and the ink, cuts out
 * the ink, and makes the tensor that the same digit would have given as strokes:
 * 20x20 box, aspect kept, centre of mass in the middle. An image that is already
 * 28x28 and prepared as MNIST's are (light on a black border) is taken as it is.
 *
 * Returns: %FALSE with INK_ERROR_EMPTY where there is no ink to be told from the ground,
 *   INK_ERROR_TOO_LARGE
 */
gboolean ink_tensor_from_image (const guint8 *gray,
                                guint width,
                                guint height,
                                gsize stride,
                                float tensor[INK_TENSOR_SIZE],
                                GError **error);

G_END_DECLS
