/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-print.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "ink-image.h"

/* Sizes of the font in pixels: from those of a coarse scan up. */
#define SMALLEST 12.0
#define LARGEST 72.0
/* Side of the picture, in sizes of the font, and the digit's place in it. */
#define SIDE 3
#define UNSEEN_FAMILIES 5
#define MAX_TRIES 20

struct _PicturePrint
{
  PangoContext *context;
  GPtrArray *families; /* of GPtrArray of PangoFontDescription: the faces */
};

static gboolean
has_digits (PangoContext *context, const PangoFontDescription *description)
{
  g_autoptr (PangoFont) font = pango_context_load_font (context, description);

  for (gunichar digit = '0'; font != NULL && digit <= '9'; digit++)
    if (!pango_font_has_char (font, digit))
      return FALSE;
  return font != NULL;
}

/* (transfer full): the faces with digits, the synthesized ones left out */
static GPtrArray *
list_faces (PangoContext *context, PangoFontFamily *family)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pango_font_description_free);
  g_autofree PangoFontFace **faces = NULL;
  int n = 0;

  pango_font_family_list_faces (family, &faces, &n);
  for (int i = 0; i < n; i++)
    if (!pango_font_face_is_synthesized (faces[i]))
      {
        PangoFontDescription *description = pango_font_face_describe (faces[i]);

        if (has_digits (context, description))
          g_ptr_array_add (list, description);
        else
          pango_font_description_free (description);
      }
  return list;
}

static int
compare_families (gconstpointer a, gconstpointer b)
{
  return strcmp (pango_font_family_get_name (*(PangoFontFamily *const *) a),
                 pango_font_family_get_name (*(PangoFontFamily *const *) b));
}

PicturePrint *
picture_print_new (gboolean unseen)
{
  PicturePrint *print = g_new0 (PicturePrint, 1);
  g_autofree PangoFontFamily **families = NULL;
  int n = 0;

  print->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  print->families = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  pango_context_list_families (print->context, &families, &n);
  /* In the order of their names: that of the list is not always the same. */
  qsort (families, (gsize) n, sizeof *families, compare_families);
  for (int i = 0; i < n; i++)
    if ((g_str_hash (pango_font_family_get_name (families[i])) % UNSEEN_FAMILIES == 0) == !!unseen)
      {
        GPtrArray *faces = list_faces (print->context, families[i]);

        if (faces->len > 0)
          g_ptr_array_add (print->families, faces);
        else
          g_ptr_array_unref (faces);
      }
  if (print->families->len > 0)
    return print;
  picture_print_free (print);
  return NULL;
}

void
picture_print_free (PicturePrint *print)
{
  g_ptr_array_unref (print->families);
  g_object_unref (print->context);
  g_free (print);
}

guint
picture_print_get_n_families (const PicturePrint *print)
{
  return print->families->len;
}

static gconstpointer
pick (const GPtrArray *array, InkRandom *random)
{
  return array->pdata[(guint) (ink_random_uniform (random) * array->len)];
}

/* Draws the digit black on white in the middle of a square, as wide as @stretch says. */
static cairo_surface_t *
draw (PicturePrint *print, guint digit, InkRandom *random)
{
  const PangoFontDescription *face = pick (pick (print->families, random), random);
  const double size = exp (ink_random_range (random, log (SMALLEST), log (LARGEST)));
  const double stretch = exp (ink_random_normal (random, 0, 0.12, 2));
  const int side = (int) ceil (SIDE * size);
  const char text[] = { (char) ('0' + digit), '\0' };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_layout_new (print->context);
  g_autoptr (PangoFontDescription) description = pango_font_description_copy (face);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoRectangle ink;

  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  pango_attr_list_insert (attributes, pango_attr_fallback_new (FALSE));
  pango_layout_set_font_description (layout, description);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, 1);
  pango_layout_get_extents (layout, &ink, NULL);
  cairo_translate (cr, side / 2.0, side / 2.0);
  cairo_scale (cr, stretch, 1);
  cairo_move_to (cr, -(ink.x + ink.width / 2.0) / PANGO_SCALE,
                 -(ink.y + ink.height / 2.0) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Whether there is ink on the surface. */
static gboolean
read_surface (cairo_surface_t *surface, guint8 pixels[INK_TENSOR_SIZE])
{
  const gsize side = (gsize) cairo_image_surface_get_width (surface);
  const gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  g_autofree guint8 *gray = g_malloc (side * side);
  g_autoptr (InkImage) image = NULL;
  float tensor[INK_TENSOR_SIZE];

  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      gray[y * side + x] = (guint8) (255 - data[y * stride + x]);
  image = ink_image_new (gray, (guint) side, (guint) side, side, NULL);
  if (image == NULL)
    return FALSE;
  ink_image_get_tensor (image, tensor);
  ink_tensor_to_pixels (tensor, pixels);
  return TRUE;
}

void
picture_print_digit (PicturePrint *print,
                     guint digit,
                     InkRandom *random,
                     guint8 pixels[INK_TENSOR_SIZE])
{
  g_return_if_fail (digit <= 9);

  /* A font may draw a digit as nothing at all: try another. */
  memset (pixels, 0, INK_TENSOR_SIZE);
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      cairo_surface_t *surface = draw (print, digit, random);
      const gboolean found = read_surface (surface, pixels);

      cairo_surface_destroy (surface);
      if (found)
        return;
    }
}
