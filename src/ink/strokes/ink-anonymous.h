/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/* The longer side of an anonymous drawing, whose corner is (0, 0). Coordinates are whole numbers.
 */
#define INK_ANONYMOUS_SIDE 1000
/* The distance of its points along a stroke: half a pixel of the 20 that a digit has in the tensor.
 * The length of a stroke is divided evenly, so it may be up to a third less or half more. */
#define INK_ANONYMOUS_STEP 25

/**
 * ink_drawing_anonymise:
 *
 * Keeps the shape of the ink and nothing else: no time, no pressure (0.5 everywhere), one width of
 * the pen, and no position or size: the box of the ink is scaled to INK_ANONYMOUS_SIDE with its
 * aspect ratio, and the shorter side is centred. Points are set at equal distances along each
 * stroke, because a device reports them at equal times, and their distances tell the speed. Whole
 * coordinates leave nothing of the grid of the device.
 *
 * The order and the direction of strokes are not kept, because they tell of the hand that writes
 * and the country of the school, and the 28x28 pixels do not depend on them: a stroke begins at its
 * upper end, or the left one of equally high ends, and strokes are sorted by where they begin. Two
 * drawings that differ only in what is not kept give the same, up to rounding. What looks like a
 * dot in ink_tensor_from_drawing() is one point in the middle. Thread-safe.
 *
 * Returns: (transfer full): a drawing without strokes if there is no ink
 */
InkDrawing *ink_drawing_anonymise (const InkDrawing *drawing);

G_END_DECLS
