/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-split-sign.h"

#include <string.h>

#include "ink-split.h"
#include "ink-test.h"

/* Strokes of digits of height 100, x and y alternately. */
static const float one[] = { 10, 0, 8, 50, 10, 100 };
static const float seven[] = { 0, 0, 50, 0, 20, 100 };
static const float bar[] = { 10, 45, 48, 43 };
static const float hook[] = { 10, 0, 0, 60, 40, 58 };
static const float stem[] = { 48, 25, 46, 100 };
static const float body[] = { 8, 0, 5, 45, 45, 60, 40, 95, 0, 92 };
static const float flag[] = { 9, 1, 48, 0 };
static const float zero[] = { 25, 0, 0, 50, 25, 100, 50, 50, 25, 0 };

typedef struct
{
  const float *xy;
  guint n;
  float dx, dy;
} Placed;

#define AT(xy, dx, dy)                \
  {                                   \
    xy, G_N_ELEMENTS (xy) / 2, dx, dy \
  }

static InkDrawing *
draw (const Placed *placed, guint n)
{
  InkStroke *strokes[16] = { NULL };
  InkDrawing *drawing;

  for (guint s = 0; s < n; s++)
    {
      strokes[s] = ink_test_stroke (8, placed[s].xy, placed[s].n);
      for (guint i = 0; i < strokes[s]->n_points; i++)
        {
          strokes[s]->points[i].x += placed[s].dx;
          strokes[s]->points[i].y += placed[s].dy;
        }
    }
  drawing = ink_drawing_new (strokes, n);
  for (guint s = 0; s < n; s++)
    ink_stroke_unref (strokes[s]);
  return drawing;
}

/* One character for each part: "d" for a digit, or the sign. @refused: what the network says of
 * each */
static char *
signs_of (const Placed *placed, guint n, gboolean refused)
{
  g_autoptr (InkDrawing) drawing = draw (placed, n);
  g_autoptr (GPtrArray) parts = ink_split_drawing (drawing, NULL, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const InkSign sign = ink_split_get_sign (parts, i, refused);

      g_string_append_c (text, sign == INK_SIGN_NONE ? 'd' : ink_sign_character (sign));
    }
  return g_string_free (text, FALSE);
}

#define ASSERT_SIGNS(refused, expected, ...)                                      \
  G_STMT_START                                                                    \
  {                                                                               \
    const Placed placed[] = { __VA_ARGS__ };                                      \
    g_autofree char *signs = signs_of (placed, G_N_ELEMENTS (placed), (refused)); \
    g_assert_cmpstr (signs, ==, (expected));                                      \
  }                                                                               \
  G_STMT_END

/* Whether the parts belong together, the network says. */
#define ASSERT_NO_SIGNS(...)                                                  \
  G_STMT_START                                                                \
  {                                                                           \
    const Placed placed[] = { __VA_ARGS__ };                                  \
    g_autofree char *signs = signs_of (placed, G_N_ELEMENTS (placed), FALSE); \
    g_assert_cmpuint (strspn (signs, "d"), ==, strlen (signs));               \
  }                                                                           \
  G_STMT_END

/* Signs with their foot on the line at 0. */
static const float comma[] = { 8, -8, 6, 4, 0, 16 };
static const float point[] = { 0, -2, 2, 0 };
static const float dash[] = { 0, -50, 32, -51 };
static const float upright[] = { 16, -70, 16, -30 };
static const float upper_point[] = { 0, -60, 2, -58 };

static void
test_signs (void)
{
  ASSERT_SIGNS (TRUE, "d,d", AT (one, 0, 0), AT (comma, 32, 100), AT (seven, 60, 0));
  ASSERT_SIGNS (TRUE, "d.d", AT (zero, 0, 0), AT (point, 72, 100), AT (seven, 95, 0));
  ASSERT_SIGNS (TRUE, "d-d", AT (zero, 0, 0), AT (dash, 75, 100), AT (one, 125, 0));
  ASSERT_SIGNS (TRUE, "d:d", AT (zero, 0, 0), AT (upper_point, 72, 100), AT (point, 72, 100),
                AT (one, 95, 0));
  ASSERT_SIGNS (TRUE, "d+d", AT (zero, 0, 0), AT (dash, 75, 100), AT (upright, 75, 100),
                AT (one, 135, 0));
  /* Before, between and after several digits, in any order of drawing. */
  ASSERT_SIGNS (TRUE, "-dd,d.", AT (dash, 0, 100), AT (point, 265, 100), AT (comma, 165, 100),
                AT (one, 60, 0), AT (zero, 95, 0), AT (seven, 190, 0));
}

/* One sign beside one digit, if it is clearly apart from all of the digit. */
static void
test_lone (void)
{
  ASSERT_SIGNS (FALSE, "d,", AT (seven, 0, 0), AT (comma, 65, 100));
  ASSERT_SIGNS (FALSE, "d.", AT (zero, 0, 0), AT (point, 75, 100));
  ASSERT_SIGNS (FALSE, "-d", AT (dash, 0, 100), AT (one, 60, 0));
  ASSERT_SIGNS (FALSE, "d-", AT (zero, 0, 0), AT (dash, 75, 100));
  ASSERT_SIGNS (TRUE, "d+", AT (zero, 0, 0), AT (dash, 75, 100), AT (upright, 75, 100));
  ASSERT_SIGNS (TRUE, "+d", AT (dash, 0, 100), AT (upright, 0, 100), AT (seven, 75, 0));
  ASSERT_SIGNS (FALSE, "-d,", AT (dash, 0, 100), AT (seven, 60, 0), AT (comma, 130, 100));
  /* A digit of several strokes. */
  ASSERT_SIGNS (FALSE, "d,", AT (hook, 0, 0), AT (stem, 0, 0), AT (comma, 70, 100));
  ASSERT_SIGNS (FALSE, "d.", AT (body, 0, 0), AT (flag, 0, 0), AT (point, 75, 100));
  ASSERT_SIGNS (FALSE, "d-", AT (hook, 0, 0), AT (stem, -12, 0), AT (dash, 65, 94));
  ASSERT_SIGNS (FALSE, "-d", AT (dash, 0, 94), AT (hook, 60, 0), AT (stem, 48, 0));
}

/* What is beside only a part of the digit, or near, belongs to it. */
static void
test_lone_parts (void)
{
  static const float dot[] = { 10, -20, 12, -18 };
  static const float rest_of_bar[] = { 56, 58, 78, 57 };
  static const float speck[] = { 53, 96, 54, 97 };

  ASSERT_NO_SIGNS (AT (one, 0, 0), AT (dot, 0, 0));
  ASSERT_NO_SIGNS (AT (zero, 0, 0), AT (speck, 0, 0));
  ASSERT_NO_SIGNS (AT (hook, 0, 0), AT (stem, 0, 0), AT (rest_of_bar, 0, 0));
  ASSERT_NO_SIGNS (AT (seven, 0, 0), AT (bar, 0, 0));
  ASSERT_NO_SIGNS (AT (hook, 0, 0), AT (stem, 0, 0));
  ASSERT_NO_SIGNS (AT (body, 0, 0), AT (flag, 8, 0));
}

/* The parts of a digit are no signs: the bars of 7 and 5, the stem of a 4, the foot of a 1. */
static void
test_parts (void)
{
  static const float foot[] = { 0, 103, 22, 103 };
  static const float short_stem[] = { 48, 58, 46, 105 };

  ASSERT_SIGNS (FALSE, "dd", AT (seven, 0, 0), AT (bar, 0, 0), AT (one, 90, 0));
  ASSERT_SIGNS (FALSE, "dd", AT (body, 0, 0), AT (flag, 0, 0), AT (one, 90, 0));
  ASSERT_SIGNS (FALSE, "dd", AT (hook, 0, 0), AT (stem, 0, 0), AT (one, 90, 0));
  ASSERT_SIGNS (FALSE, "dd", AT (hook, 0, 0), AT (short_stem, 0, 0), AT (one, 90, 0));
  ASSERT_SIGNS (FALSE, "dd", AT (one, 0, 0), AT (foot, 0, 0), AT (zero, 60, 0));
}

/* A small piece beside one digit is a part of it; a digit is not a plus, however small. */
static void
test_doubt (void)
{
  static const float small[] = { 12, 30, 0, 52, 12, 75, 24, 52, 12, 30 };

  ASSERT_SIGNS (FALSE, "d", AT (body, 0, 0), AT (flag, 4, 0));
  ASSERT_SIGNS (FALSE, "ddd", AT (one, 0, 0), AT (small, 40, 0), AT (one, 90, 0));
  ASSERT_SIGNS (TRUE, "d+d", AT (one, 0, 0), AT (small, 40, 0), AT (one, 90, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/split-sign/signs", test_signs);
  g_test_add_func ("/ink/split-sign/lone", test_lone);
  g_test_add_func ("/ink/split-sign/lone-parts", test_lone_parts);
  g_test_add_func ("/ink/split-sign/parts", test_parts);
  g_test_add_func ("/ink/split-sign/doubt", test_doubt);
  return g_test_run ();
}
