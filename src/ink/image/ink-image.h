/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-error.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

#define INK_IMAGE_MAX_SIDE 20000

/**
 * InkImage:
 *
 * The ink that was found in a picture, in the pieces that hang together. Immutable and
 * reference-counted (atomic).
 */
typedef struct _InkImage InkImage;

/**
 * ink_image_new:
 * @gray: luminance, 0 is black, rows of @stride bytes; not kept
 *
 * Reads a picture of a digit or a number: dark on light or light on dark, of any size, on
 * uneven background as photographs have it. Finds the background and the ink, and what of it is
 * writing. An image that is already 28x28 and prepared as MNIST's are (light on a black border) is
 * taken as it is, and is one digit.
 *
 * Returns: (transfer full): INK_ERROR_EMPTY where there is no ink to be told from the background,
 *   INK_ERROR_TOO_LARGE
 */
InkImage *
ink_image_new (const guint8 *gray, guint width, guint height, gsize stride, GError **error);
InkImage *ink_image_ref (InkImage *image);
void ink_image_unref (InkImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkImage, ink_image_unref)

/* The tensor that the same digit would have given as strokes, were all of it one: 20x20 box, aspect
 * kept, centre of mass in the middle. */
void ink_image_get_tensor (const InkImage *image, float tensor[INK_TENSOR_SIZE]);

/* (transfer none): the outlines of the pieces, a stroke each, in pixels of the picture, for
 * ink_split_drawing(); without strokes where the image is one digit for certain. */
InkDrawing *ink_image_get_outlines (const InkImage *image);

/* The tensor of some of the pieces, by their outlines: @part has strokes that are of
 * ink_image_get_outlines(), at least one, and others that are not are left out. */
void ink_image_get_part_tensor (const InkImage *image,
                                const InkDrawing *part,
                                float tensor[INK_TENSOR_SIZE]);

/* ink_image_new() and ink_image_get_tensor(). Returns %FALSE with @error set and a @tensor of zeros
 * where there is nothing to read. */
gboolean ink_tensor_from_image (const guint8 *gray,
                                guint width,
                                guint height,
                                gsize stride,
                                float tensor[INK_TENSOR_SIZE],
                                GError **error);

G_END_DECLS
