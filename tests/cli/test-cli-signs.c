/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <cairo.h>
#include <string.h>

#include "ink-inkml.h"
#include "paper.h"

/* A digit and one sign beside it, in ink and in pictures, read with the model that ships. */

/**
 * Sign:
 * @points: x and y of strokes, in heights of the digit from its foot; a stroke ends at 9, all of
 *   them at 0
 */
typedef struct
{
  const char *name;
  gboolean before;
  double points[12];
} Sign;

static const Sign signs[] = {
  { "-", TRUE, { 0.01, -0.5, 0.35, -0.5, 9 } },
  { "+", TRUE, { 0.01, -0.5, 0.4, -0.5, 9, 0.2, -0.7, 0.2, -0.3, 9 } },
  { ",", FALSE, { 0.1, -0.06, 0.08, 0.04, 0.01, 0.16, 9 } },
  { ".", FALSE, { 0.01, -0.03, 0.03, -0.01, 9 } },
  { "+", FALSE, { 0.01, -0.5, 0.4, -0.5, 9, 0.2, -0.7, 0.2, -0.3, 9 } },
  { "-", FALSE, { 0.01, -0.5, 0.35, -0.5, 9 } },
};

#define HEIGHT 180.0
#define GAP 0.25

/* (transfer full): the digit and the sign. */
static InkDrawing *
make (guint digit, const Sign *sign)
{
  g_autoptr (InkDrawing) sample = paper_sample_drawing (digit);
  const InkBox box = ink_drawing_box (sample);
  const float scale = (float) HEIGHT / (box.y1 - box.y0);
  const float width = (box.x1 - box.x0) * scale, left = sign->before ? 150 : 60;
  g_autoptr (InkDrawing) placed =
      ink_drawing_transform (sample, scale, left - box.x0 * scale, 60 - box.y0 * scale);
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  InkStroke *stroke = NULL;
  double extent = 0;

  for (guint i = 0; i < placed->n_strokes; i++)
    g_ptr_array_add (strokes, ink_stroke_ref (placed->strokes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (sign->points) && sign->points[i] != 0; i++)
    if (sign->points[i] < 9)
      {
        extent = MAX (extent, sign->points[i]);
        i++;
      }
  for (guint i = 0; i < G_N_ELEMENTS (sign->points) && sign->points[i] != 0;)
    if (sign->points[i] == 9)
      {
        g_clear_pointer (&stroke, ink_stroke_unref);
        i++;
      }
    else
      {
        const double x0 = sign->before ? 150 - (extent + GAP) * HEIGHT : 60 + width + GAP * HEIGHT;
        const InkPoint point = { (float) (x0 + sign->points[i] * HEIGHT),
                                 (float) (60 + HEIGHT + sign->points[i + 1] * HEIGHT), 0.5f, 0 };

        if (stroke == NULL)
          {
            stroke = ink_stroke_new (12);
            g_ptr_array_add (strokes, ink_stroke_ref (stroke));
          }
        ink_stroke_append (stroke, point);
        i += 2;
      }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

static const char *
write_ink (InkDrawing *drawing, const char *name)
{
  g_autoptr (GBytes) bytes = ink_inkml_format (drawing);

  return cli_write (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static const char *
write_picture (InkDrawing *drawing, const char *name)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 320);
  cairo_t *cr = cairo_create (surface);
  const char *path = cli_path (name);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 12);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      for (guint p = 0; p < drawing->strokes[s]->n_points; p++)
        cairo_line_to (cr, drawing->strokes[s]->points[p].x, drawing->strokes[s]->points[p].y);
      cairo_stroke (cr);
    }
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

static void
test_signs (gconstpointer kind)
{
  const gboolean picture = kind != NULL;
  gboolean good = TRUE;

  for (guint s = 0; s < G_N_ELEMENTS (signs); s++)
    {
      g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
      g_autoptr (CliRun) run = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      guint right = 0, wrong = 0;

      g_ptr_array_add (arguments, (gpointer) "recognize");
      g_ptr_array_add (arguments, (gpointer) "--json");
      for (guint digit = 0; digit < 10; digit++)
        {
          g_autofree char *name =
              g_strdup_printf ("sign-%u-%u.%s", s, digit, picture ? "png" : "inkml");
          g_autoptr (InkDrawing) drawing = make (digit, &signs[s]);

          g_ptr_array_add (arguments, (gpointer) (picture ? write_picture (drawing, name) :
                                                            write_ink (drawing, name)));
        }
      g_ptr_array_add (arguments, NULL);
      run = cli_runv ((const char *const *) arguments->pdata);
      lines = cli_json_lines (run->out);
      for (guint digit = 0; digit < 10; digit++)
        {
          JsonObject *line = lines->pdata[digit];
          const gboolean number = json_object_has_member (line, "number");
          const char *member = number ? "number" : "digit";
          g_autofree char *expected =
              g_strdup_printf (signs[s].before ? "%s%u" : "%2$u%1$s", signs[s].name, digit);
          g_autofree char *read = NULL;

          if (json_object_get_null_member (line, member))
            {
              g_test_message ("%s: refused %s", expected, number ? "number" : "digit");
              continue;
            }
          read = number ? g_strdup (json_object_get_string_member (line, member)) :
                          g_strdup_printf ("%d", (int) json_object_get_int_member (line, member));
          if (g_str_equal (read, expected))
            right++;
          else
            {
              wrong++;
              g_test_message ("%s: read %s", expected, read);
            }
        }
      g_test_message ("%s %s: %u right, %u wrong", signs[s].name,
                      signs[s].before ? "before" : "after", right, wrong);
      good = good && right >= 9 && wrong == 0;
    }
  g_assert_true (good);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_data_func ("/cli/signs/ink", NULL, test_signs);
  g_test_add_data_func ("/cli/signs/picture", GINT_TO_POINTER (1), test_signs);
  return cli_fixture_end ();
}
