/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ink-generator-nondigit.h"
#include "ink-generator-nondigits.h"
#include "ink-tensor.h"

static InkDrawing *
make (guint64 seed, guint64 index, InkNondigitKind kind, gboolean unseen, const char **form)
{
  InkGenerator generator;

  ink_generator_init (&generator, seed, index);
  return ink_generator_nondigit (&generator, kind, unseen, form);
}

/* All non-digits are finite ink within the field, and give a tensor. */
static void
test_sound (void)
{
  for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
    for (guint i = 0; i < 400; i++)
      {
        g_autoptr (InkDrawing) drawing = make (3, i, kind, i % 2, NULL);
        float tensor[INK_TENSOR_SIZE];
        double ink = 0;

        g_assert_false (ink_drawing_is_empty (drawing));
        for (guint s = 0; s < drawing->n_strokes; s++)
          {
            const InkStroke *stroke = drawing->strokes[s];
            const float margin = stroke->width / 2;

            g_assert_cmpfloat (stroke->width, >, 0);
            for (guint p = 0; p < stroke->n_points; p++)
              {
                g_assert_cmpfloat (stroke->points[p].x - margin, >=, -0.01);
                g_assert_cmpfloat (stroke->points[p].y - margin, >=, -0.01);
                g_assert_cmpfloat (stroke->points[p].x + margin, <=, INK_GENERATOR_SIDE + 0.01);
                g_assert_cmpfloat (stroke->points[p].y + margin, <=, INK_GENERATOR_SIDE + 0.01);
              }
          }
        g_assert_true (ink_tensor_from_drawing (drawing, NULL, tensor));
        for (guint k = 0; k < INK_TENSOR_SIZE; k++)
          ink += (double) tensor[k];
        g_assert_cmpfloat (ink, >, 1);
      }
}

/* A pure function of seed and index. */
static void
test_pure (void)
{
  for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
    {
      g_autoptr (InkDrawing) first = make (5, 17, kind, FALSE, NULL);
      g_autoptr (InkDrawing) again = make (5, 17, kind, FALSE, NULL);
      g_autoptr (InkDrawing) other = make (5, 18, kind, FALSE, NULL);
      const InkStroke *a = first->strokes[0], *b = again->strokes[0], *c = other->strokes[0];

      g_assert_cmpuint (first->n_strokes, ==, again->n_strokes);
      g_assert_cmpmem (a->points, a->n_points * sizeof (InkPoint), b->points,
                       b->n_points * sizeof (InkPoint));
      g_assert_true (a->n_points != c->n_points ||
                     memcmp (a->points, c->points, a->n_points * sizeof (InkPoint)) != 0);
    }
}

static const InkNondigitForm *const forms[INK_NONDIGIT_END] = {
  [INK_NONDIGIT_LETTER] = ink_nondigit_letters,  [INK_NONDIGIT_SIGN] = ink_nondigit_signs,
  [INK_NONDIGIT_SHAPE] = ink_nondigit_shapes,    [INK_NONDIGIT_SCRIBBLE] = ink_nondigit_scribbles,
  [INK_NONDIGIT_DOTS] = ink_nondigit_dots,       [INK_NONDIGIT_PART] = ink_nondigit_parts,
  [INK_NONDIGIT_SEVERAL] = ink_nondigit_several,
};

/* Each form of the list is drawn, for its kind and set only. */
static void
test_forms (void)
{
  for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
    {
      g_autoptr (GHashTable) seen_forms = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) unseen_forms = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTable *const met[2] = { seen_forms, unseen_forms };
      guint n_of[2] = { 0, 0 };
      const char *name;

      for (guint i = 0; i < 1200; i++)
        {
          g_autoptr (InkDrawing) drawing = make (9, i, kind, i % 2, &name);

          g_hash_table_add (met[i % 2], (gpointer) name);
        }
      for (guint f = 0; (name = forms[kind][f].name) != NULL; f++)
        {
          const gboolean unseen = forms[kind][f].unseen;

          n_of[unseen]++;
          if (!g_hash_table_contains (met[unseen], name))
            g_error ("%s: %s never came", ink_nondigit_kind_name (kind), name);
          g_assert_false (g_hash_table_contains (met[!unseen], name));
        }
      /* Each kind has forms to train with, and forms to measure with. */
      for (guint u = 0; u < 2; u++)
        {
          g_assert_cmpuint (n_of[u], >, 0);
          g_assert_cmpuint (n_of[u], ==, g_hash_table_size (met[u]));
        }
    }
}

static void
test_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpstr (ink_nondigit_kind_name (0), ==, "digit");
  for (guint kind = 0; kind < INK_NONDIGIT_END; kind++)
    g_assert_true (g_hash_table_add (names, (gpointer) ink_nondigit_kind_name (kind)));
}

/* Several digits have several strokes, and three in a row are wide. */
static void
test_several (void)
{
  guint n_wide = 0;

  for (guint i = 0; i < 300; i++)
    {
      const char *form;
      g_autoptr (InkDrawing) drawing = make (21, i, INK_NONDIGIT_SEVERAL, FALSE, &form);
      const InkBox box = ink_drawing_box (drawing);

      g_assert_cmpuint (drawing->n_strokes, >=, 2);
      n_wide += g_str_equal (form, "three") && box.x1 - box.x0 > box.y1 - box.y0;
    }
  g_assert_cmpuint (n_wide, >, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/nondigit/sound", test_sound);
  g_test_add_func ("/ink/nondigit/pure", test_pure);
  g_test_add_func ("/ink/nondigit/forms", test_forms);
  g_test_add_func ("/ink/nondigit/names", test_names);
  g_test_add_func ("/ink/nondigit/several", test_several);
  return g_test_run ();
}
