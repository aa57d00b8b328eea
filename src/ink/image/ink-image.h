/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-blank.h"
#include "ink-error.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

#define INK_IMAGE_MAX_SIDE 20000

/**
 * InkImage:
 *
 * The ink of a picture and its connected components. Immutable and
 * reference-counted (atomic).
 */
typedef struct _InkImage InkImage;

/**
 * ink_image_new:
 * @gray: luminance, 0 is black, rows of @stride bytes; not kept
 *
 * Finds the ink in a picture of a digit or a number: dark on light or light on dark, of any size,
 * also on the uneven background of a photograph. A 28x28 image that is already prepared as MNIST's
 * are (light on a black border) is taken unchanged, as one digit.
 *
 * Returns: (transfer full): INK_BLANK_ERROR, whose message is the name of its kind, if no ink
 * stands out from the background; INK_ERROR_TOO_LARGE
 */
InkImage *
ink_image_new (const guint8 *gray, guint width, guint height, gsize stride, GError **error);
InkImage *ink_image_ref (InkImage *image);
void ink_image_unref (InkImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkImage, ink_image_unref)

/* The tensor of all the ink as one digit, as ink_tensor_from_drawing() gives it for strokes: 20x20
 * box, aspect ratio kept, centre of mass in the middle. */
void ink_image_get_tensor (const InkImage *image, float tensor[INK_TENSOR_SIZE]);

/* The longer side of the picture, in pixels; those of a reduced one if it was reduced. */
guint ink_image_get_size (const InkImage *image);

/* (transfer none): the outlines of the pieces, one stroke each, in pixels of the picture, for
 * ink_split_drawing(); without strokes if the image was already prepared as one digit. */
InkDrawing *ink_image_get_outlines (const InkImage *image);

/* The tensor of the pieces whose outlines are strokes of @part: at least one stroke of
 * ink_image_get_outlines(). Other strokes are ignored. */
void ink_image_get_part_tensor (const InkImage *image,
                                const InkDrawing *part,
                                float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
