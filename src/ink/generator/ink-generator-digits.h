/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-path.h"
#include "ink-random.h"

G_BEGIN_DECLS

/**
 * InkAllograph:
 * @weight: relative frequency among the allographs of its digit
 * @write: adds the movement, with random parameters
 * @since: the version of the generator that first writes it
 * @steady: written upright and evenly, as in the boxes of a form (see ink_hand_steady())
 */
typedef struct
{
  const char *name;
  double weight;
  void (*write) (InkPath *path, InkRandom *random);
  guint since;
  gboolean steady;
} InkAllograph;

/* The array ends with a %NULL name. */
extern const InkAllograph ink_allographs_0[], ink_allographs_1[], ink_allographs_2[],
    ink_allographs_3[], ink_allographs_4[], ink_allographs_5[], ink_allographs_6[],
    ink_allographs_7[], ink_allographs_8[], ink_allographs_9[];

/* Adds the movement of an allograph of the digit, chosen with the probability of its weight from
 * those that @version of the generator has. @allograph: (out) (optional) */
void
ink_path_add_digit (InkPath *path, guint version, guint digit, InkRandom *random, guint *allograph);

/* Macros to write allographs. They evaluate their arguments in order, one statement each: C does
 * not define the order in which function arguments are evaluated, and every compiler must draw the
 * same random numbers. */

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

/* Passes through a point smoothly. */
#define TO(path, ex, ey)            \
  G_STMT_START                      \
  {                                 \
    const double to_x = (ex);       \
    const double to_y = (ey);       \
    ink_path_to (path, to_x, to_y); \
  }                                 \
  G_STMT_END

/* Follows an ellipse, see ink_path_arc(). */
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

/* Passes through a point with a corner. */
#define CORNER(path, ex, ey)            \
  G_STMT_START                          \
  {                                     \
    const double to_x = (ex);           \
    const double to_y = (ey);           \
    ink_path_corner (path, to_x, to_y); \
  }                                     \
  G_STMT_END

G_END_DECLS
