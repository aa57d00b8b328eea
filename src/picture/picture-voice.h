/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * picture_voice_draw:
 * @values: [n] what each class gains
 *
 * Bars about a line: blue and up for the classes that a unit speaks for, orange and down for those
 * that it speaks against, with a plus and a minus sign beside, and the numbers of the classes
 * below. The longest bar has the largest value, and a bold number.
 */
void picture_voice_draw (cairo_t *cr,
                         double width,
                         double height,
                         const float *values,
                         guint n,
                         const PictureStyle *style);

G_END_DECLS
