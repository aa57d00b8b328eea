/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-random.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/**
 * PicturePrint:
 *
 * Printed digits in the fonts of this machine: those that have all ten digits, as Fontconfig finds
 * them. One family in five is for testing alone. Owned by one thread at a time.
 */
typedef struct _PicturePrint PicturePrint;

/**
 * picture_print_new:
 * @unseen: whether to take the families for testing instead of those for training
 *
 * Returns: (transfer full) (nullable): %NULL if there is no such font
 */
PicturePrint *picture_print_new (gboolean unseen);
void picture_print_free (PicturePrint *print);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PicturePrint, picture_print_free)

/* Number of families. */
guint picture_print_get_n_families (const PicturePrint *print);

/**
 * picture_print_digit:
 * @digit: 0 to 9
 * @pixels: (out): [28, 28], as ink_tensor_to_pixels() gives them
 *
 * Prints the digit in a random family, face, size and width, and reads it as a picture
 * (ink_image_new()). The same fonts and random numbers give the same pixels.
 */
void picture_print_digit (PicturePrint *print,
                          guint digit,
                          InkRandom *random,
                          guint8 pixels[INK_TENSOR_SIZE]);

G_END_DECLS
