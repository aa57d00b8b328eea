/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-digits.h"
#include "ink-generator-hand.h"

G_BEGIN_DECLS

/**
 * InkNondigitForm:
 * @name: %NULL ends a list
 * @unseen: excluded from training
 * @turn: largest rotation either way, in degrees, that does not make it a digit
 * @line: (nullable): the movement in words, see ink_nondigit_write_line()
 * @write: (nullable): adds the movement, if @line cannot express it
 * @draw: (nullable): (transfer full): makes the drawing, if it is more than one movement
 *
 * Exactly one of @line, @write and @draw is set.
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
 * Adds a movement: "x,y" is a smooth point, "x,y!" a corner, "/" lifts the pen, and
 * "@x,y,rx,ry,from,to" follows an ellipse as ink_path_arc() does.
 */
void ink_nondigit_write_line (InkPath *path, const char *line, InkRandom *random);

G_END_DECLS
