/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-digits.h"
#include "ink-generator-hand.h"

G_BEGIN_DECLS

/**
 * InkScrapForm:
 * @name: %NULL ends a list
 * @unseen: kept out of training
 * @turn: how far it may be turned either way, in degrees, without becoming a digit
 * @line: (nullable): the movement in words, see ink_scrap_write_line()
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
} InkScrapForm;

extern const InkScrapForm ink_scrap_letters[], ink_scrap_signs[], ink_scrap_shapes[],
    ink_scrap_scribbles[], ink_scrap_dots[], ink_scrap_parts[], ink_scrap_several[];

/**
 * ink_scrap_write_line:
 * @line: words, in a field of height 1 and about 0.6 wide, y downwards
 *
 * Adds a movement: "x,y" passes smoothly through a point, "x,y!" turns there, "/" lifts, and
 * "@x,y,rx,ry,from,to" goes along an ellipse as ink_path_arc() does.
 */
void ink_scrap_write_line (InkPath *path, const char *line, InkRandom *random);

G_END_DECLS
