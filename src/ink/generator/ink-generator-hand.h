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
 * @aspect: width times this
 * @middle: moves the middle up or down, part of the height
 * @taper: how much wider the top is than the bottom
 * @bow: bends the vertical
 * @sway: bends the horizontal
 * @jitter: deviation of each point that the pen aims at, part of the height
 * @wobble: amplitude of slow deviations along the path, part of the height
 * @tremor: the same for quick ones
 * @haste: how many samples of the tablet corners are smoothed over
 * @speed: heights a second on a straight line
 * @rate: points a second that the tablet reports
 * @force: mean pressure
 * @width: of the pen, part of the height
 * @size: height, part of the field
 *
 * What stays the same while somebody writes a digit, whichever it is.
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

/* (transfer full): @path in this hand, anywhere within a field of @side. */
InkDrawing *
ink_hand_write (const InkHand *hand, const InkPath *path, double side, InkRandom *random);

G_END_DECLS
