/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-generator-nondigits.h"
#include "ink-generator.h"

/* Non-digits made of digits: parts of one, and several. */

/* Of the generator that writes the digits. */
#define VERSION 1

#define N_TRIES 8

static InkDrawing *
write_digit (const InkHand *hand, guint digit, InkRandom *random)
{
  InkPath path = { .n_points = 0 };

  ink_path_add_digit (&path, VERSION, digit, random, NULL);
  return ink_hand_write (hand, &path, INK_GENERATOR_SIDE, random);
}

/* Keeps the ink on one side of a line: a limit of x if @vertical, otherwise of y; beyond the line
 * or before it. */
static InkDrawing *
cut (const InkDrawing *drawing, gboolean vertical, gboolean beyond, double at)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];
      InkStroke *piece = NULL;

      for (guint i = 0; i < stroke->n_points; i++)
        {
          const double where = (double) (vertical ? stroke->points[i].x : stroke->points[i].y);

          if ((where > at) != beyond)
            piece = NULL;
          else
            {
              if (piece == NULL)
                g_ptr_array_add (kept, piece = ink_stroke_new (stroke->width));
              ink_stroke_append (piece, stroke->points[i]);
            }
        }
    }
  return ink_drawing_new ((InkStroke *const *) kept->pdata, kept->len);
}

typedef struct
{
  guint digit;
  gboolean vertical, beyond;
} Cut;

/* Half an 8 looks like a 0, half a 9 like a 0 or a 1, half a 3 like a 7. The halves listed here
 * look like no digit. */
static const Cut left_cuts[] = {
  { 2, TRUE, FALSE }, { 3, TRUE, FALSE }, { 5, TRUE, FALSE }, { 7, TRUE, FALSE }, { 9, TRUE, FALSE }
};
static const Cut right_cuts[] = { { 5, TRUE, TRUE }, { 6, TRUE, TRUE } };
static const Cut upper_cuts[] = { { 0, FALSE, FALSE }, { 5, FALSE, FALSE } };
static const Cut lower_cuts[] = { { 0, FALSE, TRUE }, { 2, FALSE, TRUE } };
static const Cut unseen_cuts[] = { { 8, TRUE, FALSE }, { 4, FALSE, FALSE } };

static InkDrawing *
cut_one_of (const Cut *cuts, guint n, const InkHand *hand, InkRandom *random)
{
  InkDrawing *part = NULL;

  for (guint i = 0; i < N_TRIES; i++)
    {
      const Cut *way = &cuts[MIN ((guint) between (random, 0, n), n - 1)];
      g_autoptr (InkDrawing) whole = write_digit (hand, way->digit, random);
      const InkBox box = ink_drawing_box (whole);
      const double share = between (random, 0.38, 0.5);
      /* Keep less than half, on either side. */
      const double part_of = way->beyond ? 1 - share : share;
      const double at = way->vertical ? (double) box.x0 + part_of * (double) (box.x1 - box.x0) :
                                        (double) box.y0 + part_of * (double) (box.y1 - box.y0);

      g_clear_pointer (&part, ink_drawing_unref);
      part = cut (whole, way->vertical, way->beyond, at);
      /* Large enough to be seen. */
      if (ink_drawing_n_points (part) >= 6)
        break;
    }
  /* Every attempt left nothing, because the digits were too thin. */
  if (ink_drawing_is_empty (part))
    {
      g_clear_pointer (&part, ink_drawing_unref);
      part = write_digit (hand, 0, random);
    }
  return part;
}

static InkDrawing *
part_left (const InkHand *hand, InkRandom *random)
{
  return cut_one_of (left_cuts, G_N_ELEMENTS (left_cuts), hand, random);
}

static InkDrawing *
part_right (const InkHand *hand, InkRandom *random)
{
  return cut_one_of (right_cuts, G_N_ELEMENTS (right_cuts), hand, random);
}

static InkDrawing *
part_upper (const InkHand *hand, InkRandom *random)
{
  return cut_one_of (upper_cuts, G_N_ELEMENTS (upper_cuts), hand, random);
}

static InkDrawing *
part_lower (const InkHand *hand, InkRandom *random)
{
  return cut_one_of (lower_cuts, G_N_ELEMENTS (lower_cuts), hand, random);
}

static InkDrawing *
part_unseen (const InkHand *hand, InkRandom *random)
{
  return cut_one_of (unseen_cuts, G_N_ELEMENTS (unseen_cuts), hand, random);
}

/* A digit turned onto its side, where it is no digit. Half a turn would make a 6 of a 9. */
static void
part_lying (InkPath *path, InkRandom *random)
{
  static const guint lying[] = { 2, 3, 4, 5 };
  const guint n = G_N_ELEMENTS (lying);

  ink_path_add_digit (path, VERSION, lying[MIN ((guint) between (random, 0, n), n - 1)], random,
                      NULL);
  if (ink_random_chance (random, 0.5))
    for (guint i = 0; i < path->n_points; i++)
      path->points[i] = (InkPathPoint){ path->points[i].y, 0.6 - path->points[i].x,
                                        path->points[i].corner, path->points[i].last };
  else
    for (guint i = 0; i < path->n_points; i++)
      path->points[i] = (InkPathPoint){ 1 - path->points[i].y, path->points[i].x,
                                        path->points[i].corner, path->points[i].last };
}

const InkNondigitForm ink_nondigit_parts[] = {
  { "left half", FALSE, 0, NULL, NULL, part_left },
  { "right half", FALSE, 0, NULL, NULL, part_right },
  { "upper half", FALSE, 0, NULL, NULL, part_upper },
  { "lower half", FALSE, 0, NULL, NULL, part_lower },
  { "lying", FALSE, 15, NULL, part_lying, NULL },
  { "other half", TRUE, 0, NULL, NULL, part_unseen },
  { NULL, FALSE, 0, NULL, NULL, NULL },
};

static guint
any_digit (InkRandom *random)
{
  return MIN ((guint) between (random, 0, INK_GENERATOR_N_DIGITS), INK_GENERATOR_N_DIGITS - 1);
}

/* @n digits, each shifted from the last one by a pitch between @low and @high: 0 puts them on top
 * of each other, 1 puts their boxes side by side. */
static InkDrawing *
row (const InkHand *hand, InkRandom *random, guint n, double low, double high)
{
  g_autoptr (InkDrawing) all = ink_drawing_new_empty ();
  double right = 0, last_width = 0;
  InkBox box;
  double extent, scale, margin;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InkDrawing) digit = write_digit (hand, any_digit (random), random);
      const InkBox own = ink_drawing_box (digit);
      const double height = (double) (own.y1 - own.y0);
      /* A 1 has hardly any width. */
      const double width = MAX ((double) (own.x1 - own.x0), 0.35 * height);
      const double pitch = between (random, low, high);
      g_autoptr (InkDrawing) placed = NULL;

      if (i > 0)
        right += pitch * (width + last_width) / 2;
      last_width = width;
      placed = ink_drawing_transform (digit, 1, (float) (right - (double) (own.x0 + own.x1) / 2),
                                      (float) (around (random, 0, 0.08) * height -
                                               (double) (own.y0 + own.y1) / 2));
      for (guint s = 0; s < placed->n_strokes; s++)
        {
          InkDrawing *more = ink_drawing_with_stroke (all, placed->strokes[s]);

          ink_drawing_unref (all);
          all = more;
        }
    }
  box = ink_drawing_box (all);
  extent = (double) MAX (box.x1 - box.x0, box.y1 - box.y0);
  margin = 0.75 * (double) all->strokes[0]->width;
  /* Scale down to the field if they are wider, never up. */
  scale = MIN (1.0, (INK_GENERATOR_SIDE - 1) / (extent + 2 * margin));
  return ink_drawing_transform (all, (float) scale,
                                (float) (scale * (margin - (double) box.x0) + 0.5),
                                (float) (scale * (margin - (double) box.y0) + 0.5));
}

static InkDrawing *
several_beside (const InkHand *hand, InkRandom *random)
{
  return row (hand, random, 2, 1, 1.6);
}

static InkDrawing *
several_touching (const InkHand *hand, InkRandom *random)
{
  return row (hand, random, 2, 0.75, 1.02);
}

static InkDrawing *
several_over (const InkHand *hand, InkRandom *random)
{
  return row (hand, random, 2, 0.4, 0.75);
}

static InkDrawing *
several_three (const InkHand *hand, InkRandom *random)
{
  return row (hand, random, 3, 0.7, 1.4);
}

static InkDrawing *
several_four (const InkHand *hand, InkRandom *random)
{
  return row (hand, random, 4, 0.9, 1.4);
}

const InkNondigitForm ink_nondigit_several[] = {
  { "beside", FALSE, 0, NULL, NULL, several_beside },
  { "touching", FALSE, 0, NULL, NULL, several_touching },
  { "over", FALSE, 0, NULL, NULL, several_over },
  { "three", FALSE, 0, NULL, NULL, several_three },
  { "four", TRUE, 0, NULL, NULL, several_four },
  { NULL, FALSE, 0, NULL, NULL, NULL },
};
