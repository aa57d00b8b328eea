/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/**
 * InkDistortion:
 * @rotation: degrees, either way
 * @shear: degrees by which uprights lean, either way
 * @stretch: share by which the width changes against the height, either way
 * @elastic: standard deviation of a smooth displacement of the plane, as a part of the extent
 * @smoothness: standard deviation of the Gaussian that smooths it, as a part of the extent
 * @freedom: how far each stroke varies on its own: it is moved, turned and scaled against the
 *   others, wavers along its length, and begins and ends a little earlier or later; 1 is about the
 *   variation between digits of one person
 *
 * Bounds of a random distortion of strokes. The extent is the longer side of the drawing's box.
 */
typedef struct
{
  double rotation;
  double shear;
  double stretch;
  double elastic;
  double smoothness;
  double freedom;
} InkDistortion;

/**
 * ink_drawing_distort:
 * @seed: the only source of randomness
 *
 * Varies a drawing as one person's handwriting varies from one time to the next. The smooth
 * displacement is a sum of a few random waves with the spectrum of Gaussian-smoothed noise (random
 * Fourier features, Rahimi and Recht 2007), so that it acts on points as an elastic distortion of
 * an image (Simard, Steinkraus and Platt 2003) acts on pixels. Times, pressures and pen widths do
 * not change.
 *
 * Returns: (transfer full): as many strokes as before, never empty unless @drawing is
 */
InkDrawing *
ink_drawing_distort (const InkDrawing *drawing, const InkDistortion *distortion, guint64 seed);

G_END_DECLS
