/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-path.h"
#include "ink-random.h"

G_BEGIN_DECLS

/**
 * InkAllograph:
 * @weight: how common it is among those of its digit
 * @write: adds the movement, with parameters by chance
 */
typedef struct
{
  const char *name;
  double weight;
  void (*write) (InkPath *path, InkRandom *random);
} InkAllograph;

/* Ends with one whose name is %NULL. */
extern const InkAllograph ink_allographs_0[], ink_allographs_1[], ink_allographs_2[],
    ink_allographs_3[], ink_allographs_4[], ink_allographs_5[], ink_allographs_6[],
    ink_allographs_7[], ink_allographs_8[], ink_allographs_9[];

/* Adds the movement of one of the digit's allographs, as often as it is common. */
void ink_path_add_digit (InkPath *path, guint digit, InkRandom *random, guint *allograph);

/* The words in which the allographs are written. C leaves open in which order the arguments of a
 * function are evaluated; where each draws a lot, the order must be the same with every compiler.
 * Hence macros, in which one statement follows the other. */

static inline double
between (InkRandom *random, double low, double high)
{
  return ink_random_range (random, low, high);
}

static inline double
around (InkRandom *random, double mean, double deviation)
{
  return ink_random_normal (random, mean, deviation, 2.2);
}

/* Passes smoothly through a point. */
#define TO(path, ex, ey)            \
  G_STMT_START                      \
  {                                 \
    const double to_x = (ex);       \
    const double to_y = (ey);       \
    ink_path_to (path, to_x, to_y); \
  }                                 \
  G_STMT_END

/* Along an ellipse, see ink_path_arc(). */
#define ARC(path, ex, ey, radius_x, radius_y, efrom, eto, egrowth)                       \
  G_STMT_START                                                                           \
  {                                                                                      \
    const double arc_x = (ex);                                                           \
    const double arc_y = (ey);                                                           \
    const double arc_from = (efrom);                                                     \
    const double arc_to = (eto);                                                         \
    const double arc_growth = (egrowth);                                                 \
    ink_path_arc (path, arc_x, arc_y, radius_x, radius_y, arc_from, arc_to, arc_growth); \
  }                                                                                      \
  G_STMT_END

/* Turns at a point. */
#define CORNER(path, ex, ey)            \
  G_STMT_START                          \
  {                                     \
    const double to_x = (ex);           \
    const double to_y = (ey);           \
    ink_path_corner (path, to_x, to_y); \
  }                                     \
  G_STMT_END

G_END_DECLS
