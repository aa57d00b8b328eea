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
 * @freedom: how far strokes go their own way: each is moved, turned and scaled against the others,
 *   wavers along its length, and begins and ends a little earlier or later; 1 is about what one
 *   person's digits differ among themselves
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
 * @seed: decides all of it
 *
 * The drawing as the same hand might have written it another time. The smooth displacement is a sum
 * of a few random waves with the spectrum of Gaussian-smoothed noise (random Fourier features,
 * Rahimi and Recht 2007), so that it acts on points as an elastic distortion of an image (Simard,
 * Steinkraus and Platt 2003) acts on pixels. Times, pressures and the pen's width stay.
 *
 * Returns: (transfer full): as many strokes as before, never empty unless @drawing is
 */
InkDrawing *
ink_drawing_distort (const InkDrawing *drawing, const InkDistortion *distortion, guint64 seed);

G_END_DECLS
