/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink-random.h"
#include "ink-unipen.h"
#include "numeral-data.h"
#include "numeral-file.h"
#include "numeral-image.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"
#include "nn-dataset.h"

/* How well pictures of digits are read, by their kind: cut to the ink, coarse, light on dark, on
 * paper with lines. The pictures are made from MNIST's training split, from pen digits, and from
 * the folders of pictures in "field" of NUMERAL_DATA_DIR. A picture counts as read if it gives the
 * one right digit: blank, refused and taken apart count as wrong. Prints one line for each kind.
 *
 * pictures [KIND...] [--show FOLDER]: writes what was not read to FOLDER as PGM files. */

/* A grey picture; 0 is black. */
typedef struct
{
  guint width, height;
  guint8 *gray;
} Picture;

typedef struct
{
  char *name;
  guint n, right, blank, refused, apart;
  double seconds;
} Kind;

typedef struct
{
  NumeralReader *reader;
  char **wanted;
  const char *show;
  GPtrArray *kinds;
} Bench;

static Picture *
picture_new (guint width, guint height, guint8 value)
{
  Picture *picture = g_new (Picture, 1);

  picture->width = MAX (width, 1);
  picture->height = MAX (height, 1);
  picture->gray = g_malloc ((gsize) picture->width * picture->height);
  memset (picture->gray, value, (gsize) picture->width * picture->height);
  return picture;
}

static void
picture_free (Picture *picture)
{
  g_free (picture->gray);
  g_free (picture);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

static Picture *
invert (const Picture *picture)
{
  Picture *inverse = picture_new (picture->width, picture->height, 0);

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    inverse->gray[i] = (guint8) (255 - picture->gray[i]);
  return inverse;
}

/* Every pixel becomes @times by @times pixels. */
static Picture *
enlarge (const Picture *picture, guint times)
{
  Picture *large = picture_new (picture->width * times, picture->height * times, 0);

  for (guint y = 0; y < large->height; y++)
    for (guint x = 0; x < large->width; x++)
      large->gray[(gsize) y * large->width + x] =
          picture->gray[(gsize) (y / times) * picture->width + x / times];
  return large;
}

/* A part of the picture; outside of it @value. */
static Picture *
cut (const Picture *picture, int x0, int y0, int width, int height, guint8 value)
{
  Picture *part = picture_new ((guint) width, (guint) height, value);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (x0 + x >= 0 && y0 + y >= 0 && x0 + x < (int) picture->width &&
          y0 + y < (int) picture->height)
        part->gray[y * width + x] = picture->gray[(y0 + y) * (int) picture->width + x0 + x];
  return part;
}

/* Means over areas. */
static Picture *
resize (const Picture *picture, guint width, guint height)
{
  Picture *small = picture_new (width, height, 0);
  const double sx = (double) picture->width / small->width;
  const double sy = (double) picture->height / small->height;

  for (guint y = 0; y < small->height; y++)
    for (guint x = 0; x < small->width; x++)
      {
        const double x0 = x * sx, x1 = (x + 1) * sx, y0 = y * sy, y1 = (y + 1) * sy;
        double sum = 0;

        for (guint v = (guint) y0; v < y1 && v < picture->height; v++)
          for (guint u = (guint) x0; u < x1 && u < picture->width; u++)
            sum += (MIN (x1, u + 1.0) - MAX (x0, (double) u)) *
                   (MIN (y1, v + 1.0) - MAX (y0, (double) v)) *
                   picture->gray[(gsize) v * picture->width + u];
        small->gray[(gsize) y * width + x] = (guint8) (sum / (sx * sy) + 0.5);
      }
  return small;
}

static Picture *
resize_to (const Picture *picture, guint side)
{
  const double scale = (double) side / MAX (picture->width, picture->height);

  return resize (picture, (guint) MAX (1, round (picture->width * scale)),
                 (guint) MAX (1, round (picture->height * scale)));
}

/* Otsu's threshold. */
static guint
otsu (const Picture *picture)
{
  const gsize n = (gsize) picture->width * picture->height;
  gsize counts[256] = { 0 }, below = 0;
  double sum = 0, sum_below = 0, best = -1;
  guint cut_at = 128;

  for (gsize i = 0; i < n; i++)
    {
      counts[picture->gray[i]]++;
      sum += picture->gray[i];
    }
  for (guint t = 0; t < 255; t++)
    {
      double difference, between;

      below += counts[t];
      sum_below += (double) t * (double) counts[t];
      if (below == 0 || below == n)
        continue;
      difference = sum_below / (double) below - (sum - sum_below) / (double) (n - below);
      between = difference * difference * (double) below * (double) (n - below);
      if (between > best)
        {
          best = between;
          cut_at = t + 1;
        }
    }
  return cut_at;
}

/* The box of the ink by Otsu's threshold, widened by @border; the smaller class is ink. */
static Picture *
cut_to_ink (const Picture *picture, int border)
{
  const guint threshold = otsu (picture);
  gsize dark = 0;
  int x0 = G_MAXINT, y0 = G_MAXINT, x1 = -1, y1 = -1;
  gboolean dark_ink;

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    dark += picture->gray[i] < threshold;
  dark_ink = 2 * dark < (gsize) picture->width * picture->height;
  for (int y = 0; y < (int) picture->height; y++)
    for (int x = 0; x < (int) picture->width; x++)
      if ((picture->gray[y * (int) picture->width + x] < threshold) == dark_ink)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  x0 = MAX (x0 - border, 0);
  y0 = MAX (y0 - border, 0);
  x1 = MIN (x1 + border, (int) picture->width - 1);
  y1 = MIN (y1 + border, (int) picture->height - 1);
  return cut (picture, x0, y0, x1 - x0 + 1, y1 - y0 + 1, dark_ink ? 255 : 0);
}

static Kind *
find_kind (Bench *bench, const char *name)
{
  Kind *kind;

  for (guint i = 0; i < bench->kinds->len; i++)
    if (g_str_equal (((Kind *) bench->kinds->pdata[i])->name, name))
      return bench->kinds->pdata[i];
  kind = g_new0 (Kind, 1);
  kind->name = g_strdup (name);
  g_ptr_array_add (bench->kinds, kind);
  return kind;
}

static void
show (Bench *bench, const char *name, const char *text, const char *read, const Picture *picture)
{
  static guint number;
  g_autofree char *path = NULL, *header = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (bench->show == NULL)
    return;
  path = g_strdup_printf ("%s/%s-%s-as-%s-%05u.pgm", bench->show, name, text, read, number++);
  header = g_strdup_printf ("P5 %u %u 255\n", picture->width, picture->height);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, picture->gray, picture->width * picture->height);
  g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL);
}

/* Reads a picture of @text, digits. */
static void
measure_text (Bench *bench, const char *name, const char *text, const Picture *picture)
{
  Kind *kind = find_kind (bench, name);
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (InkImage) image =
      ink_image_new (picture->gray, picture->width, picture->height, picture->width, NULL);
  g_autoptr (NumeralPrediction) prediction =
      image != NULL ? numeral_reader_read_image (bench->reader, image) : NULL;
  g_autofree char *read = prediction != NULL ? numeral_prediction_get_number (prediction) : NULL;
  gboolean refused = FALSE;

  kind->seconds += 1e-6 * (double) (g_get_monotonic_time () - start);
  kind->n++;
  if (prediction != NULL)
    refused = numeral_prediction_is_refused (prediction);
  if (image == NULL)
    kind->blank++;
  else if (refused)
    kind->refused++;
  else if (g_str_equal (read, text))
    {
      kind->right++;
      return;
    }
  else if (strlen (read) != strlen (text))
    kind->apart++;
  show (bench, name, text, image == NULL ? "blank" : refused ? "refused" : read, picture);
}

static void
measure (Bench *bench, const char *name, guint digit, const Picture *picture)
{
  const char text[2] = { (char) ('0' + digit), '\0' };

  measure_text (bench, name, text, picture);
}

static gboolean
is_wanted (const Bench *bench, const char *name)
{
  if (bench->wanted == NULL || bench->wanted[0] == NULL)
    return TRUE;
  for (guint i = 0; bench->wanted[i] != NULL; i++)
    if (g_str_has_prefix (name, bench->wanted[i]))
      return TRUE;
  return FALSE;
}

/* Both signs of a picture that is light on dark. */
static void
measure_both (Bench *bench, const char *name, guint digit, const Picture *light)
{
  g_autoptr (Picture) dark = invert (light);
  g_autofree char *dark_name = g_strdup_printf ("%s dark", name);
  g_autofree char *light_name = g_strdup_printf ("%s light", name);

  measure (bench, dark_name, digit, dark);
  measure (bench, light_name, digit, light);
}

/* The box of all pixels that are not 0. */
static Picture *
box_of (const Picture *picture)
{
  int x0 = G_MAXINT, y0 = G_MAXINT, x1 = -1, y1 = -1;

  for (int y = 0; y < (int) picture->height; y++)
    for (int x = 0; x < (int) picture->width; x++)
      if (picture->gray[y * (int) picture->width + x] > 0)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x);
          y0 = MIN (y0, y);
          y1 = MAX (y1, y);
        }
  return cut (picture, x0, y0, x1 - x0 + 1, y1 - y0 + 1, 0);
}

static Picture *
with_border (const Picture *picture, int border, guint8 value)
{
  return cut (picture, -border, -border, (int) picture->width + 2 * border,
              (int) picture->height + 2 * border, value);
}

static Picture *
two_levels (const Picture *picture)
{
  Picture *levels = picture_new (picture->width, picture->height, 0);

  for (gsize i = 0; i < (gsize) picture->width * picture->height; i++)
    levels->gray[i] = picture->gray[i] >= 128 ? 255 : 0;
  return levels;
}

static void
measure_mnist_sample (Bench *bench, guint digit, const Picture *whole)
{
  g_autoptr (Picture) box = box_of (whole);
  g_autoptr (Picture) tight = cut_to_ink (whole, 0);

  for (guint times = 1; times <= 20; times = times == 1 ? 2 : times == 2 ? 5 : times * 2)
    {
      g_autoptr (Picture) large = enlarge (box, times);
      g_autofree char *name = g_strdup_printf ("mnist box x%u", times);

      if (is_wanted (bench, name))
        measure_both (bench, name, digit, large);
    }
  if (is_wanted (bench, "mnist tight"))
    measure_both (bench, "mnist tight", digit, tight);
  for (int border = 1; border <= 3; border++)
    {
      g_autofree char *name = g_strdup_printf ("mnist tight+%d", border);
      g_autoptr (Picture) wide = with_border (tight, border, 0);

      if (is_wanted (bench, name))
        measure_both (bench, name, digit, wide);
    }
  for (guint side = 8; side <= 16; side += 4)
    {
      g_autofree char *cut_name = g_strdup_printf ("mnist box %upx", side);
      g_autofree char *whole_name = g_strdup_printf ("mnist whole %upx", side);
      g_autoptr (Picture) small = resize_to (box, side);
      g_autoptr (Picture) small_whole = resize_to (whole, side);

      if (is_wanted (bench, cut_name))
        measure_both (bench, cut_name, digit, small);
      if (is_wanted (bench, whole_name))
        measure_both (bench, whole_name, digit, small_whole);
    }
  if (is_wanted (bench, "mnist stretched 16px"))
    {
      g_autoptr (Picture) stretched = resize (box, 16, 16);
      g_autoptr (Picture) levels = two_levels (stretched);
      g_autoptr (Picture) kept = resize_to (box, 16);
      g_autoptr (Picture) square =
          cut (kept, ((int) kept->width - 16) / 2, ((int) kept->height - 16) / 2, 16, 16, 0);
      g_autoptr (Picture) square_levels = two_levels (square);

      measure_both (bench, "mnist stretched 16px", digit, stretched);
      measure_both (bench, "mnist stretched 16px two levels", digit, levels);
      measure_both (bench, "mnist square 16px", digit, square);
      measure_both (bench, "mnist square 16px two levels", digit, square_levels);
    }
}

static void
measure_mnist (Bench *bench, const char *folder, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "mnist", NULL);
  g_autoptr (NnDataset) train = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);

  if (train == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < n; i++)
    {
      Picture whole = { 28, 28, train->pixels + (gsize) i * 784 };

      measure_mnist_sample (bench, train->labels[i], &whole);
    }
}

/* The picture of a file; %NULL if it is none. */
static Picture *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = numeral_file_read (file, (gsize) 64 << 20, NULL, NULL);
  g_autoptr (GdkPixbuf) pixbuf = bytes != NULL ? numeral_image_decode (bytes, NULL) : NULL;
  g_autoptr (GdkPixbuf) image = pixbuf != NULL ? numeral_image_prepare (pixbuf, NULL) : NULL;
  Picture *picture;

  if (image == NULL)
    return NULL;
  picture =
      picture_new ((guint) gdk_pixbuf_get_width (image), (guint) gdk_pixbuf_get_height (image), 0);
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = gdk_pixbuf_read_pixels (image) +
                          (gsize) y * (gsize) gdk_pixbuf_get_rowstride (image) +
                          (gsize) x * (gsize) gdk_pixbuf_get_n_channels (image);

        picture->gray[(gsize) y * picture->width + x] =
            (guint8) ((77u * p[0] + 150u * p[1] + 29u * p[2]) >> 8);
      }
  return picture;
}

static void
measure_file (Bench *bench, const char *folder, guint digit, const char *path)
{
  g_autoptr (Picture) whole = load (path);
  g_autoptr (Picture) tight = NULL;

  if (whole == NULL)
    return;
  tight = cut_to_ink (whole, 0);
  for (guint variant = 0; variant < 7; variant++)
    {
      static const char *const names[] = { "",          " cut",  " cut+2", " cut 12px",
                                           " cut 16px", " 12px", " 16px" };
      g_autofree char *name = g_strconcat ("field ", folder, names[variant], NULL);
      g_autoptr (Picture) picture = NULL;

      if (!is_wanted (bench, name))
        continue;
      if (variant == 0)
        picture = cut (whole, 0, 0, (int) whole->width, (int) whole->height, 0);
      else if (variant == 1)
        picture = cut_to_ink (whole, 0);
      else if (variant == 2)
        picture = cut_to_ink (whole, 2);
      else
        picture = resize_to (variant < 5 ? tight : whole, variant % 2 == 1 ? 12 : 16);
      measure (bench, name, digit, picture);
    }
}

static void
measure_folder (Bench *bench, const char *root, const char *folder)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      const char class[2] = { (char) ('0' + digit), '\0' };
      g_autofree char *path = g_build_filename (root, "field", folder, class, NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (names, g_build_filename (path, name, NULL));
      g_ptr_array_sort (names, (GCompareFunc) (void (*) (void)) g_strcmp0);
      for (guint i = 0; i < names->len; i++)
        measure_file (bench, folder, digit, names->pdata[i]);
    }
}

/* What surrounds the digits of a page. */
typedef struct
{
  double size;   /* height of the digits, in pixels */
  double pen;    /* in pixels */
  double border; /* in heights */
  double ink, paper;
  guint lines;     /* bits: a line at the left, right, top, bottom edge */
  double ruling;   /* distance of horizontal lines in heights, 0 for none */
  gboolean square; /* vertical lines too */
  double light;    /* how much darker the paper is at one corner */
  double grain;    /* standard deviation of the noise */
} Page;

static void
stroke_drawing (cairo_t *cr, const InkDrawing *drawing, double scale, double dx, double dy)
{
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];

      for (guint i = 0; i < stroke->n_points; i++)
        cairo_line_to (cr, stroke->points[i].x * scale + dx, stroke->points[i].y * scale + dy);
      if (stroke->n_points == 1)
        cairo_line_to (cr, stroke->points[0].x * scale + dx, stroke->points[0].y * scale + dy);
      cairo_stroke (cr);
    }
}

static void
draw_line (cairo_t *cr, double x0, double y0, double x1, double y1, InkRandom *random)
{
  cairo_move_to (cr, x0 + ink_random_range (random, -1, 1), y0 + ink_random_range (random, -1, 1));
  cairo_line_to (cr, x1 + ink_random_range (random, -1, 1), y1 + ink_random_range (random, -1, 1));
  cairo_stroke (cr);
}

static void
draw_lines (cairo_t *cr, const Page *page, double width, double height, InkRandom *random)
{
  const double inset = ink_random_range (random, 0, 0.04) * height;
  const double step = page->ruling * page->size, from = ink_random_range (random, 0, step);

  cairo_set_line_width (cr, MAX (1, ink_random_range (random, 0.01, 0.05) * page->size));
  if (page->lines & 1)
    draw_line (cr, inset, 0, inset, height, random);
  if (page->lines & 2)
    draw_line (cr, width - inset, 0, width - inset, height, random);
  if (page->lines & 4)
    draw_line (cr, 0, inset, width, inset, random);
  if (page->lines & 8)
    draw_line (cr, 0, height - inset, width, height - inset, random);
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgb (cr, 0.7, 0.7, 0.7);
  for (double y = from; step > 0 && y < height; y += step)
    draw_line (cr, 0, y, width, y, random);
  for (double x = from; step > 0 && page->square && x < width; x += step)
    draw_line (cr, x, 0, x, height, random);
}

static Picture *
draw_page (const Page *page, InkDrawing *drawing, InkRandom *random)
{
  const InkBox box = ink_drawing_box (drawing);
  const double scale = page->size / MAX (box.y1 - box.y0, 0.3 * (box.x1 - box.x0));
  const double border = page->border * page->size + page->pen / 2;
  const int width = (int) ceil ((box.x1 - box.x0) * scale + 2 * border);
  const int height = (int) ceil ((box.y1 - box.y0) * scale + 2 * border);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  Picture *picture = picture_new ((guint) width, (guint) height, 0);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_lines (cr, page, width, height, random);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, page->pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  stroke_drawing (cr, drawing, scale, border - box.x0 * scale, border - box.y0 * scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *row =
            cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
        const double cover = 1 - ((const guint32 *) (const void *) row)[x] % 256 / 255.0;
        const double shade = 1 - page->light * ((double) x / width + (double) y / height) / 2;
        const double value = shade * (page->paper + (page->ink - page->paper) * cover) +
                             ink_random_normal (random, 0, MAX (page->grain, 1e-9), 3);

        picture->gray[y * width + x] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
  cairo_surface_destroy (surface);
  return picture;
}

static void
measure_pen_sample (Bench *bench, const InkSample *sample, InkRandom *random)
{
  const double size = exp (ink_random_range (random, log (20), log (300)));
  const double pen = MAX (1.2, size * ink_random_range (random, 0.04, 0.18));
  const guint lines = 1 + (guint) (ink_random_uniform (random) * 14);
  const struct
  {
    const char *name;
    Page page;
  } cases[] = {
    { "pen tight", { size, pen, 0, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen border", { size, pen, 0.3, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen small on sheet", { 30, 2, 6, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen light on dark", { size, pen, 0.02, 230, 30, 0, 0, FALSE, 0, 0 } },
    { "pen frame", { size, pen, 0.35, 20, 240, 15, 0, FALSE, 0, 0 } },
    { "pen part of frame", { size, pen, 0.25, 20, 240, lines, 0, FALSE, 0, 0 } },
    { "pen ruled", { 90, 5, 0.6, 20, 240, 0, 0.45, FALSE, 0, 0 } },
    { "pen squared", { 90, 5, 0.6, 20, 240, 0, 0.4, TRUE, 0, 0 } },
    { "pen shaded", { size, pen, 0.5, 40, 220, 0, 0, FALSE, 0.6, 4 } },
    { "pen grain tight", { size, pen, 0.05, 60, 200, 0, 0, FALSE, 0.2, 8 } },
    { "pen faint", { size, pen, 0.4, 190, 235, 0, 0, FALSE, 0, 3 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (is_wanted (bench, cases[i].name))
      {
        g_autoptr (Picture) picture = draw_page (&cases[i].page, sample->drawing, random);

        measure (bench, cases[i].name, (guint) sample->label, picture);
      }
}

/* A sign at (0, foot), in units of the height of the digits. */
static InkStroke *
sign_stroke (double x0, double y0, double x1, double y1)
{
  InkStroke *stroke = ink_stroke_new (1);

  for (guint i = 0; i <= 8; i++)
    ink_stroke_append (stroke, (InkPoint){ (float) (x0 + (x1 - x0) * i / 8),
                                           (float) (y0 + (y1 - y0) * i / 8), 0.5f, 0 });
  return stroke;
}

static InkDrawing *
draw_sign (char sign, InkRandom *random)
{
  InkStroke *strokes[2] = { NULL, NULL };
  const double size = ink_random_range (random, 0.8, 1.25);
  const double up = ink_random_range (random, -0.06, 0.06);
  InkDrawing *drawing;
  guint n = 1;

  switch (sign)
    {
    case '.':
      strokes[0] = sign_stroke (0, -0.03 + up / 2, 0.02 * size, -0.01 + up / 2);
      break;
    case ',':
      strokes[0] = sign_stroke (0.08 * size, -0.08 + up, 0, 0.14 * size + up);
      break;
    case '-':
      strokes[0] = sign_stroke (0, -0.5 + up, 0.35 * size, -0.5 + up / 2);
      break;
    case ':':
      strokes[0] = sign_stroke (0, -0.62 + up, 0.02, -0.6 + up);
      strokes[1] = sign_stroke (0, -0.14 + up / 2, 0.02, -0.12 + up / 2);
      n = 2;
      break;
    default:
      strokes[0] = sign_stroke (0, -0.48 + up, 0.42 * size, -0.48 + up);
      strokes[1] =
          sign_stroke (0.2 * size, -0.48 + up - 0.21 * size, 0.21 * size, -0.48 + up + 0.21 * size);
      n = 2;
    }
  drawing = ink_drawing_new (strokes, n);
  for (guint i = 0; i < n; i++)
    ink_stroke_unref (strokes[i]);
  return drawing;
}

/* Adds a drawing to the right of the others. @x: (inout): where they end */
static void
append (GPtrArray *strokes, const InkDrawing *drawing, double scale, double foot, double *x)
{
  const InkBox box = ink_drawing_box (drawing);
  g_autoptr (InkDrawing) moved =
      ink_drawing_transform (drawing, (float) scale, (float) (*x - scale * box.x0), (float) foot);

  for (guint i = 0; i < moved->n_strokes; i++)
    g_ptr_array_add (strokes, ink_stroke_ref (moved->strokes[i]));
  *x += scale * ((double) box.x1 - box.x0);
}

/* A number of three digits by one writer with a sign after the first or the second, 0 for none. */
static InkDrawing *
draw_number (const InkSample *const *digits, char sign, InkRandom *random, char *text)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  const guint after = 1 + (guint) (ink_random_uniform (random) * 2);
  double height = 0, x = 0;
  guint n = 0;

  for (guint i = 0; i < 3; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]->drawing);

      height += ((double) box.y1 - box.y0) / 3;
    }
  for (guint i = 0; i < 3; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]->drawing);

      if (sign != 0 && i == after)
        {
          g_autoptr (InkDrawing) mark = draw_sign (sign, random);

          x += ink_random_range (random, 0.15, 0.35) * height;
          append (strokes, mark, height, 0, &x);
          text[n++] = sign;
        }
      if (i > 0)
        x += ink_random_range (random, 0.15, 0.4) * height;
      append (strokes, digits[i]->drawing, 1,
              -box.y1 + ink_random_normal (random, 0, 0.03, 2) * height, &x);
      text[n++] = (char) ('0' + digits[i]->label);
    }
  text[n] = 0;
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

static void
measure_ink (Bench *bench, const char *name, const char *text, InkDrawing *drawing)
{
  Kind *kind = find_kind (bench, name);
  g_autoptr (NumeralPrediction) prediction = numeral_reader_read_drawing (bench->reader, drawing);
  g_autofree char *read = numeral_prediction_get_number (prediction);

  kind->n++;
  if (numeral_prediction_is_refused (prediction))
    kind->refused++;
  else if (g_str_equal (read, text))
    kind->right++;
  else
    {
      kind->apart += strlen (read) != strlen (text);
      if (bench->show != NULL)
        g_print ("%s: %s as %s\n", name, text, read);
    }
}

static void
measure_signs (Bench *bench, GPtrArray *samples, guint n)
{
  static const char signs[] = { 0, ',', '.', '-', ':', '+' };
  InkRandom random;

  ink_random_init (&random, 3, 1);
  for (guint s = 0; s < G_N_ELEMENTS (signs); s++)
    for (guint i = 0; i < n; i++)
      {
        const InkSample *digits[3];
        g_autofree char *name = g_strdup_printf ("number %c", signs[s] ? signs[s] : ' ');
        g_autofree char *ink_name = g_strdup_printf ("ink number %c", signs[s] ? signs[s] : ' ');
        g_autoptr (InkDrawing) number = NULL;
        g_autoptr (Picture) picture = NULL;
        const Page page = { 60, 4, 0.4, 20, 240, 0, 0, FALSE, 0, 2 };
        char text[8];

        for (guint d = 0; d < 3;)
          {
            const InkSample *sample =
                samples->pdata[(guint) (ink_random_uniform (&random) * samples->len)];

            if (sample->writer % 5 == 0 && (d == 0 || sample->writer == digits[0]->writer))
              digits[d++] = sample;
          }
        number = draw_number (digits, signs[s], &random, text);
        picture = draw_page (&page, number, &random);
        if (is_wanted (bench, name))
          measure_text (bench, name, text, picture);
        if (is_wanted (bench, ink_name))
          measure_ink (bench, ink_name, text, number);
      }
}

static GPtrArray *
load_pen (const char *folder)
{
  g_autofree char *path =
      g_build_filename (folder, "pendigits", "pendigits-orig.tra.unipen.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = numeral_file_read (file, (gsize) 64 << 20, NULL, &error);
  GPtrArray *samples = bytes != NULL ? ink_unipen_parse (bytes, NULL, &error) : NULL;

  if (samples == NULL)
    g_error ("%s", error->message);
  return samples;
}

static void
measure_pen (Bench *bench, GPtrArray *samples, guint n)
{
  InkRandom random;
  guint done = 0;

  ink_random_init (&random, 1, 1);
  for (guint i = 0; i < samples->len && done < n; i++)
    {
      const InkSample *sample = samples->pdata[i];

      if (sample->writer % 5 != 0)
        continue;
      measure_pen_sample (bench, sample, &random);
      done++;
    }
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("NUMERAL_DATA_DIR");
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autofree char *show_folder = NULL;
  gint n = 300;
  const GOptionEntry entries[] = {
    { "show", 0, 0, G_OPTION_ARG_FILENAME, &show_folder, "Write what is not read", "FOLDER" },
    { "samples", 0, 0, G_OPTION_ARG_INT, &n, "Samples of each kind", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[KIND…]");
  Bench bench = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (folder == NULL)
    {
      g_print ("skipped: NUMERAL_DATA_DIR names no data\n");
      return 77;
    }
  model = numeral_model_load_shipped (&error);
  if (model == NULL)
    g_error ("%s", error->message);
  bench.reader = numeral_reader_new (model);
  bench.wanted = argv + 1;
  bench.show = show_folder;
  bench.kinds = g_ptr_array_new ();
  if (show_folder != NULL)
    g_mkdir_with_parents (show_folder, 0700);
  measure_mnist (&bench, folder, (guint) n);
  samples = load_pen (folder);
  measure_pen (&bench, samples, (guint) n);
  measure_signs (&bench, samples, (guint) n);
  measure_folder (&bench, folder, "own");
  measure_folder (&bench, folder, "sudoku-hand");
  measure_folder (&bench, folder, "sudoku-hand-lines");
  for (guint i = 0; i < bench.kinds->len; i++)
    {
      const Kind *kind = bench.kinds->pdata[i];

      g_print ("%-42s %5.1f %% of %4u  blank %3u  refused %3u  wrong %3u (apart %3u)  %.2f ms\n",
               kind->name, 100.0 * kind->right / kind->n, kind->n, kind->blank, kind->refused,
               kind->n - kind->right - kind->blank - kind->refused, kind->apart,
               1000 * kind->seconds / kind->n);
    }
  return 0;
}
