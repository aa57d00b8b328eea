/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-nondigit.h"

#include <math.h>

#include "ink-generator-nondigits.h"

/* Standard deviation of each point of a movement, part of the height. */
#define VARIATION 0.03

static const InkNondigitForm *const forms[INK_NONDIGIT_END] = {
  NULL,
  ink_nondigit_letters,
  ink_nondigit_signs,
  ink_nondigit_shapes,
  ink_nondigit_scribbles,
  ink_nondigit_dots,
  ink_nondigit_parts,
  ink_nondigit_several,
};

const char *
ink_nondigit_kind_name (guint kind)
{
  static const char *const names[INK_NONDIGIT_END] = {
    "digit", "letter", "sign", "shape", "scribble", "dots", "part", "several",
  };

  g_return_val_if_fail (kind < INK_NONDIGIT_END, NULL);

  return names[kind];
}

void
ink_nondigit_write_line (InkPath *path, const char *line, InkRandom *random)
{
  while (*line != '\0')
    {
      double number[6];
      guint n = 0;
      const gboolean arc = *line == '@';
      char *end;

      if (*line == ' ')
        {
          line++;
          continue;
        }
      if (*line == '/')
        {
          ink_path_lift (path);
          line++;
          continue;
        }
      if (arc)
        line++;
      for (;;)
        {
          number[n++] = g_ascii_strtod (line, &end);
          g_return_if_fail (end != line);
          line = end;
          if (*line != ',' || n == G_N_ELEMENTS (number))
            break;
          line++;
        }
      /* From left to right, so that every compiler draws the same random numbers. */
      for (guint i = 0; i < MIN (n, 4); i++)
        number[i] += around (random, 0, i < 2 ? VARIATION : VARIATION / 2);
      if (arc && n == 6)
        {
          number[4] += around (random, 0, 8);
          number[5] += around (random, 0, 8);
          ink_path_arc (path, number[0], number[1], number[2], number[3], number[4], number[5], 0);
        }
      else if (*line == '!')
        {
          ink_path_corner (path, number[0], number[1]);
          line++;
        }
      else
        ink_path_to (path, number[0], number[1]);
    }
  ink_path_lift (path);
}

static void
turn (InkPath *path, double degrees)
{
  const double cosine = cos (degrees * G_PI / 180), sine = sin (degrees * G_PI / 180);

  for (guint i = 0; i < path->n_points; i++)
    {
      const double x = path->points[i].x - 0.3, y = path->points[i].y - 0.5;

      path->points[i].x = 0.3 + x * cosine - y * sine;
      path->points[i].y = 0.5 + x * sine + y * cosine;
    }
}

/* A form of the wanted kind, all with the same probability. */
static const InkNondigitForm *
choose (const InkNondigitForm *of_kind, gboolean unseen, InkRandom *random)
{
  guint n = 0, lot;

  for (guint i = 0; of_kind[i].name != NULL; i++)
    n += of_kind[i].unseen == unseen;
  g_return_val_if_fail (n > 0, NULL);

  lot = MIN ((guint) ink_random_range (random, 0, n), n - 1);
  for (;; of_kind++)
    if (of_kind->unseen == unseen && lot-- == 0)
      return of_kind;
}

InkDrawing *
ink_generator_nondigit (InkGenerator *generator,
                        InkNondigitKind kind,
                        gboolean unseen,
                        const char **name)
{
  InkRandom *random = &generator->random;
  InkPath path = { .n_points = 0 };
  const InkNondigitForm *form;
  InkHand hand;

  g_return_val_if_fail (kind >= INK_NONDIGIT_LETTER && kind < INK_NONDIGIT_END, NULL);

  form = choose (forms[kind], unseen, random);
  if (name != NULL)
    *name = form->name;
  ink_hand_init (&hand, random);
  if (form->draw != NULL)
    return form->draw (&hand, random);
  if (form->line != NULL)
    ink_nondigit_write_line (&path, form->line, random);
  else
    form->write (&path, random);
  turn (&path, ink_random_range (random, -form->turn, form->turn));
  return ink_hand_write (&hand, &path, INK_GENERATOR_SIDE, random);
}
