/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-digits.h"
#include "ink-generator-hand.h"

G_BEGIN_DECLS

/**
 * InkNondigitForm:
 * @name: %NULL ends a list
 * @unseen: kept out of training
 * @turn: how far it may be turned either way, in degrees, without becoming a digit
 * @line: (nullable): the movement in words, see ink_nondigit_write_line()
 * @write: (nullable): adds the movement, where @line cannot say it
 * @draw: (nullable): (transfer full): makes the drawing itself, where it is more than one movement
 *
 * One of @line, @write and @draw is there.
 */
typedef struct
{
  const char *name;
  gboolean unseen;
  double turn;
  const char *line;
  void (*write) (InkPath *path, InkRandom *random);
  InkDrawing *(*draw) (const InkHand *hand, InkRandom *random);
} InkNondigitForm;

extern const InkNondigitForm ink_nondigit_letters[], ink_nondigit_signs[], ink_nondigit_shapes[],
    ink_nondigit_scribbles[], ink_nondigit_dots[], ink_nondigit_parts[], ink_nondigit_several[];

/**
 * ink_nondigit_write_line:
 * @line: words, in a field of height 1 and about 0.6 wide, y downwards
 *
 * Adds a movement: "x,y" passes smoothly through a point, "x,y!" turns there, "/" lifts, and
 * "@x,y,rx,ry,from,to" goes along an ellipse as ink_path_arc() does.
 */
void ink_nondigit_write_line (InkPath *path, const char *line, InkRandom *random);

G_END_DECLS
