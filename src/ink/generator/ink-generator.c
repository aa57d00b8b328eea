/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator.h"

#include "ink-generator-digits.h"
#include "ink-generator-hand.h"

static const InkAllograph *const allographs[INK_GENERATOR_N_DIGITS] = {
  ink_allographs_0, ink_allographs_1, ink_allographs_2, ink_allographs_3, ink_allographs_4,
  ink_allographs_5, ink_allographs_6, ink_allographs_7, ink_allographs_8, ink_allographs_9,
};

void
ink_generator_init (InkGenerator *generator, guint64 seed, guint64 index)
{
  ink_random_init (&generator->random, seed, index);
  generator->version = INK_GENERATOR_VERSION;
}

static double
weight_in (const InkAllograph *allograph, guint version)
{
  return allograph->since <= version ? allograph->weight : 0;
}

void
ink_path_add_digit (InkPath *path, guint version, guint digit, InkRandom *random, guint *allograph)
{
  const InkAllograph *of_digit = allographs[digit];
  double total = 0, rest;
  guint chosen = 0;

  for (guint i = 0; of_digit[i].name != NULL; i++)
    total += weight_in (&of_digit[i], version);
  rest = ink_random_range (random, 0, total);
  for (guint i = 0; of_digit[i].name != NULL && rest >= 0; i++)
    if (weight_in (&of_digit[i], version) > 0)
      {
        chosen = i;
        rest -= of_digit[i].weight;
      }
  if (allograph != NULL)
    *allograph = chosen;
  of_digit[chosen].write (path, random);
}

InkDrawing *
ink_generator_digit (InkGenerator *generator, guint digit, guint *allograph)
{
  InkRandom *random = &generator->random;
  InkPath path = { .n_points = 0 };
  InkHand hand;
  guint chosen;

  g_return_val_if_fail (digit < INK_GENERATOR_N_DIGITS, NULL);

  ink_path_add_digit (&path, generator->version, digit, random, &chosen);
  if (allograph != NULL)
    *allograph = chosen;
  ink_hand_init (&hand, random);
  if (allographs[digit][chosen].steady)
    ink_hand_steady (&hand);
  return ink_hand_write (&hand, &path, INK_GENERATOR_SIDE, random);
}

double
ink_generator_relative_width (const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);
  const double extent = MAX (box.x1 - box.x0, box.y1 - box.y0);

  return drawing->n_strokes > 0 && extent > 0 ? drawing->strokes[0]->width / extent : 0;
}
