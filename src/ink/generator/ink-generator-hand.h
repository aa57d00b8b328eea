/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-generator-path.h"
#include "ink-random.h"

G_BEGIN_DECLS

/**
 * InkHand:
 * @slant: x per y, to the right
 * @rotation: in radians
 * @aspect: factor of the width
 * @middle: moves the middle up or down, part of the height
 * @taper: how much wider the top is than the bottom
 * @bow: curvature of vertical lines
 * @sway: curvature of horizontal lines
 * @jitter: standard deviation of each point of the path, part of the height
 * @wobble: amplitude of slow deviations along the path, part of the height
 * @tremor: amplitude of quick deviations, part of the height
 * @haste: width of the smoothing of corners, in samples of the tablet
 * @speed: heights per second on a straight line
 * @rate: points per second of the tablet
 * @force: mean pressure
 * @width: of the pen, part of the height
 * @size: height, part of the field
 *
 * The style of a writer: parameters that do not depend on the digit.
 */
typedef struct
{
  double slant, rotation, aspect;
  double middle, taper, bow, sway;
  double jitter, wobble, tremor;
  double haste, speed, rate;
  double force, width, size;
} InkHand;

void ink_hand_init (InkHand *hand, InkRandom *random);

/* The same hand where it writes upright and evenly, as in the boxes of a form: the deviations from
 * a level line of upright digits of natural width are a third of what they were. */
void ink_hand_steady (InkHand *hand);

/* (transfer full): @path written by this hand, at a random position in a field of @side. */
InkDrawing *
ink_hand_write (const InkHand *hand, const InkPath *path, double side, InkRandom *random);

G_END_DECLS
