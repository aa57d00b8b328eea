/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "ink-blank.h"
#include "ink-inkml.h"
#include "nn-error.h"
#include "numeral-document.h"
#include "numeral-image.h"

/* An upright stroke with a foot to the right, an "L": turned or mirrored it is another shape. */
static void
fill (GdkPixbuf *pixbuf, guint32 ground, guint32 ink)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *upright, *foot;

  gdk_pixbuf_fill (pixbuf, ground);
  upright = gdk_pixbuf_new_subpixbuf (pixbuf, width * 3 / 10, height * 2 / 10, width / 10,
                                      height * 6 / 10);
  foot = gdk_pixbuf_new_subpixbuf (pixbuf, width * 3 / 10, height * 7 / 10, width * 4 / 10,
                                   height / 10);
  gdk_pixbuf_fill (upright, ink);
  gdk_pixbuf_fill (foot, ink);
  g_object_unref (upright);
  g_object_unref (foot);
}

static GdkPixbuf *
make_pixbuf (int width, int height, gboolean alpha, guint32 ground, guint32 ink)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);

  fill (pixbuf, ground, ink);
  return pixbuf;
}

static GBytes *
encode (GdkPixbuf *pixbuf, const char *type)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* 0 if they are equal, 1 if they do not overlap. */
static double
distance (const float *a, const float *b)
{
  double difference = 0, all = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    {
      difference += fabs ((double) a[i] - (double) b[i]);
      all += (double) a[i] + (double) b[i];
    }
  g_assert_cmpfloat (all, >, 0);
  return difference / all;
}

static NumeralDocument *
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  NumeralDocument *document = numeral_document_parse (bytes, "name", &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  g_assert_true ((document->samples != NULL) != (document->picture != NULL));
  return document;
}

static NumeralDocument *
reference_document (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (200, 200, FALSE, 0xffffffff, 0x000000ff);
  g_autoptr (GError) error = NULL;
  NumeralDocument *document = numeral_document_new_from_pixbuf (pixbuf, &error);

  g_assert_no_error (error);
  return document;
}

static void
test_image (gconstpointer type)
{
  g_autoptr (NumeralDocument) reference = reference_document ();
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (200, 200, FALSE, 0xffffffff, 0x000000ff);
  g_autoptr (GBytes) bytes = encode (pixbuf, type);
  g_autoptr (GBytes) packed =
      engine_test_gzip (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (NumeralDocument) document = parse (bytes);
  g_autoptr (NumeralDocument) unpacked = parse (packed);

  g_assert_cmpint (gdk_pixbuf_get_width (document->picture->pixbuf), ==, 200);
  g_assert_cmpfloat (distance (document->tensor, reference->tensor), <, 0.02);
  g_assert_cmpmem (document->tensor, sizeof document->tensor, unpacked->tensor,
                   sizeof unpacked->tensor);
}

/* The ink is found, dark or light, opaque or not, on every background. */
static void
test_transparency (void)
{
  static const struct
  {
    const char *name;
    gboolean alpha;
    guint32 ground, ink;
  } rows[] = {
    { "dark on light", FALSE, 0xffffffff, 0x000000ff },
    { "light on dark", FALSE, 0x000000ff, 0xffffffff },
    { "dark on nothing", TRUE, 0x00000000, 0x000000ff },
    { "dark on nothing that is white", TRUE, 0xffffff00, 0x101010ff },
    { "light on nothing", TRUE, 0x00000000, 0xffffffff },
    { "light on nothing that is white", TRUE, 0xffffff00, 0xffffffff },
    { "blue on nothing", TRUE, 0x00000000, 0x1030c0ff },
    { "yellow on nothing", TRUE, 0x00000000, 0xffe040ff },
    { "dark on light, alpha unused", TRUE, 0xffffffff, 0x000000ff },
    { "light on dark, alpha unused", TRUE, 0x202020ff, 0xe0e0e0ff },
    { "dark and half transparent", TRUE, 0xffffff00, 0x000000c0 },
  };
  g_autoptr (NumeralDocument) reference = reference_document ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf =
          make_pixbuf (200, 200, rows[i].alpha, rows[i].ground, rows[i].ink);
      g_autoptr (GBytes) bytes = encode (pixbuf, "png");
      g_autoptr (NumeralDocument) document = parse (bytes);

      g_test_message ("%s", rows[i].name);
      g_assert_false (gdk_pixbuf_get_has_alpha (document->picture->pixbuf));
      g_assert_cmpfloat (distance (document->tensor, reference->tensor), <, 0.05);
    }
}

/* A card with rounded corners: what lies around it must not become ink. */
static void
test_card (void)
{
  static const guint32 tones[][2] = { { 0xf0f0f0ff, 0x202020ff }, { 0x202020ff, 0xf0f0f0ff } };
  g_autoptr (NumeralDocument) reference = reference_document ();

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (200, 200, TRUE, tones[i][0], tones[i][1]);
      guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
      g_autoptr (NumeralDocument) document = NULL;
      g_autoptr (GError) error = NULL;

      for (int y = 0; y < 200; y++)
        for (int x = 0; x < 200; x++)
          if (MIN (x, 199 - x) + MIN (y, 199 - y) < 30)
            memset (pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 4, 0, 4);
      document = numeral_document_new_from_pixbuf (pixbuf, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (distance (document->tensor, reference->tensor), <, 0.05);
    }
}

/* Large pictures are scaled down, and give the same digit. */
static void
test_reduced (void)
{
  static const char *const types[] = { "png", "jpeg", "bmp", "tiff" };
  g_autoptr (NumeralDocument) reference = reference_document ();
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (3000, 3000, FALSE, 0xffffffff, 0x000000ff);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) bytes = encode (pixbuf, types[i]);
      g_autoptr (NumeralDocument) document = parse (bytes);

      g_assert_cmpint (gdk_pixbuf_get_width (document->picture->pixbuf), ==, NUMERAL_IMAGE_SIDE);
      g_assert_cmpint (gdk_pixbuf_get_height (document->picture->pixbuf), ==, NUMERAL_IMAGE_SIDE);
      g_assert_cmpfloat (distance (document->tensor, reference->tensor), <, 0.05);
    }
}

static void
draw_bar (GdkPixbuf *pixbuf, guint x, guint y, guint width, guint height)
{
  for (guint v = y; v < y + height; v++)
    memset (gdk_pixbuf_get_pixels (pixbuf) + (gsize) v * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x,
            0, 3 * (gsize) width);
}

/* A page keeps the pixels that its small digits need, turned or not, until they are forgotten. */
static void
test_full (void)
{
  g_autoptr (GdkPixbuf) page = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3000, 2000);
  g_autoptr (NumeralPicture) picture = NULL, turned = NULL, forgotten = NULL;
  g_autoptr (GdkPixbuf) full = NULL, turned_full = NULL;
  const InkSheet *sheet;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (page, 0xe0e0e0ff);
  for (guint line = 0; line < 3; line++)
    for (guint i = 0; i < 8; i++)
      draw_bar (page, 600 + 14 * i, 400 + 50 * line, 4, 16);
  picture = numeral_picture_new (page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture->pixbuf), ==, NUMERAL_IMAGE_SIDE);
  full = numeral_picture_dup_full (picture);
  g_assert_cmpint (gdk_pixbuf_get_width (full), ==, 3000);
  turned = numeral_picture_turn (picture, 90, &error);
  g_assert_no_error (error);
  turned_full = numeral_picture_dup_full (turned);
  g_assert_cmpint (gdk_pixbuf_get_height (turned_full), ==, 3000);

  sheet = numeral_picture_get_sheet (picture);
  g_assert_nonnull (sheet);
  g_assert_cmpuint (sheet->n_lines, ==, 3);
  g_assert_cmpuint (sheet->n_numbers, ==, 3);
  g_assert_cmpfloat_with_epsilon (sheet->numbers[0].box.x0, 600 * 1024 / 3000.0, 1);
  numeral_picture_forget_full (picture);
  g_assert_null (numeral_picture_dup_full (picture));
  g_assert_true (numeral_picture_get_sheet (picture) == sheet);

  forgotten = numeral_picture_new (page, NULL, &error);
  g_assert_no_error (error);
  numeral_picture_forget_full (forgotten);
  g_assert_null (numeral_picture_get_sheet (forgotten));
}

/* The eight orientations of EXIF, on pictures that are rotated the opposite way. */
static void
test_orientation (void)
{
  g_autoptr (NumeralDocument) reference = reference_document ();
  g_autoptr (GdkPixbuf) upright = make_pixbuf (200, 160, FALSE, 0xffffffff, 0x000000ff);
  g_autoptr (NumeralDocument) straight = NULL;
  g_autoptr (GError) error = NULL;

  straight = numeral_document_new_from_pixbuf (upright, &error);
  g_assert_no_error (error);
  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint large = 0; large < 2; large++)
      {
        /* Big-endian TIFF in APP1: one entry, tag 0x0112, a short. */
        guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
                          'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
                          0x01, 0x12, 0, 3,  0,   0,   0,   1,   0, (guint8) orientation,
                          0,    0,    0, 0,  0,   0 };
        /* Undoes the reader's turn. */
        static const GdkPixbufRotation back[] = { 0, 0, 0, 180, 180, 90, 90, 270, 270 };
        g_autoptr (GdkPixbuf) scaled =
            gdk_pixbuf_scale_simple (upright, large ? 2000 : 200, large ? 1600 : 160,
                                     GDK_INTERP_NEAREST);
        /* Readers rotate first and then mirror. */
        gboolean mirrored =
            orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
        g_autoptr (GdkPixbuf) flipped =
            mirrored ? gdk_pixbuf_flip (scaled, TRUE) : g_object_ref (scaled);
        g_autoptr (GdkPixbuf) stored = gdk_pixbuf_rotate_simple (flipped, back[orientation]);
        g_autoptr (GBytes) jpeg = NULL;
        g_autoptr (GByteArray) array = g_byte_array_new ();
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (NumeralDocument) document = NULL;
        gsize size;
        const guint8 *data;

        jpeg = encode (stored, "jpeg");
        data = g_bytes_get_data (jpeg, &size);
        g_byte_array_append (array, data, 2);
        g_byte_array_append (array, exif, sizeof exif);
        g_byte_array_append (array, data + 2, (guint) size - 2);
        bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
        document = parse (bytes);
        g_test_message ("orientation %u", orientation);
        g_assert_cmpint (gdk_pixbuf_get_width (document->picture->pixbuf), >,
                         gdk_pixbuf_get_height (document->picture->pixbuf));
        g_assert_cmpfloat (distance (document->tensor, straight->tensor), <, 0.05);
      }
}

static void
test_svg (void)
{
  static const char svg[] =
      "<?xml version=\"1.0\"?>\n<!-- ink --><svg xmlns=\"http://www.w3.org/2000/svg\" "
      "width=\"200\" height=\"200\"><path d=\"M60 40h20v100h60v20H60z\"/></svg>";
  g_autoptr (NumeralDocument) reference = reference_document ();
  g_autoptr (NumeralDocument) document = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));
  g_autoptr (GError) error = NULL;

  document = numeral_document_parse (bytes, "name", &error);
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    {
      g_test_skip ("gdk-pixbuf has no loader for SVG here");
      return;
    }
  g_assert_no_error (error);
  g_assert_nonnull (document->picture);
  g_assert_cmpfloat (distance (document->tensor, reference->tensor), <, 0.05);
}

/* A 28x28 picture that is already preprocessed is not changed. */
static void
test_prepared (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 28, 28);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NumeralDocument) document = NULL;

  gdk_pixbuf_fill (pixbuf, 0x000000ff);
  for (int y = 4; y < 24; y++)
    for (int x = 12; x < 16; x++)
      memset (pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3, 120 + 6 * y - 5 * (x - 12),
              3);
  bytes = encode (pixbuf, "png");
  document = parse (bytes);
  for (int y = 0; y < 28; y++)
    for (int x = 0; x < 28; x++)
      g_assert_cmpfloat (document->tensor[y * 28 + x], ==,
                         (float) pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3] / 255);
}

static const char unipen[] = ".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n 10 10\n 10 50\n.PEN_UP\n"
                             ".SEGMENT DIGIT 1 ? \"?\"\n.PEN_DOWN\n 10 10\n 90 50\n.PEN_UP\n";
static const char inkml[] = "<?xml version=\"1.0\"?>\n<!-- <svg> -->\n"
                            "<ink:ink xmlns:ink=\"http://www.w3.org/2003/InkML\">"
                            "<ink:trace>10 10, 10 50, 40 50</ink:trace></ink:ink>";

static void
test_ink (void)
{
  g_autoptr (GBytes) unipen_bytes = g_bytes_new_static (unipen, strlen (unipen));
  g_autoptr (GBytes) inkml_bytes = g_bytes_new_static (inkml, strlen (inkml));
  g_autoptr (GBytes) packed = engine_test_gzip (inkml, strlen (inkml));
  g_autoptr (NumeralDocument) two = parse (unipen_bytes);
  g_autoptr (NumeralDocument) one = parse (inkml_bytes);
  g_autoptr (NumeralDocument) unpacked = parse (packed);
  const InkSample *sample;
  float tensor[INK_TENSOR_SIZE];

  g_assert_cmpuint (two->samples->len, ==, 2);
  sample = g_ptr_array_index (two->samples, 0);
  g_assert_cmpint (sample->label, ==, 1);
  g_assert_true (ink_tensor_from_drawing (sample->drawing, NULL, tensor));
  g_assert_cmpmem (two->tensor, sizeof two->tensor, tensor, sizeof tensor);
  sample = g_ptr_array_index (two->samples, 1);
  g_assert_cmpint (sample->label, ==, -1);

  g_assert_cmpuint (one->samples->len, ==, 1);
  sample = g_ptr_array_index (one->samples, 0);
  g_assert_cmpint (sample->label, ==, -1);
  g_assert_cmpuint (sample->drawing->n_strokes, ==, 1);
  g_assert_cmpmem (one->tensor, sizeof one->tensor, unpacked->tensor, sizeof unpacked->tensor);
}

/* A PNG with these sizes in its header that ends before its pixels. */
static GBytes *
make_png_header (guint32 width, guint32 height)
{
  guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                   /* Width, height, 8 bits, RGB, checksum. */
                   0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 'I', 'D', 'A',
                   'T' };
  guint32 crc = 0xffffffff, be;

  be = GUINT32_TO_BE (width);
  memcpy (png + 16, &be, 4);
  be = GUINT32_TO_BE (height);
  memcpy (png + 20, &be, 4);
  for (guint i = 12; i < 29; i++)
    {
      crc ^= png[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  be = GUINT32_TO_BE (~crc);
  memcpy (png + 29, &be, 4);
  return g_bytes_new (png, sizeof png);
}

static void
test_absurd_sizes (void)
{
  static const struct
  {
    guint32 width, height;
    GQuark (*domain) (void);
    int code;
  } rows[] = {
    { 20001, 1, nn_error_quark, NN_ERROR_TOO_LARGE },
    { 1, 20001, nn_error_quark, NN_ERROR_TOO_LARGE },
    { 10001, 10000, nn_error_quark, NN_ERROR_TOO_LARGE },
    { 20000, 20000, nn_error_quark, NN_ERROR_TOO_LARGE },
    { 1000000, 1000000, nn_error_quark, NN_ERROR_TOO_LARGE },
    { 0x7fffffff, 0x7fffffff, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_CORRUPT_IMAGE },
    { 0, 10, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_CORRUPT_IMAGE },
    { 10, 10, nn_error_quark, NN_ERROR_TRUNCATED },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) wide = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 20001, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = make_png_header (rows[i].width, rows[i].height);

      g_test_message ("%u x %u", rows[i].width, rows[i].height);
      g_assert_null (numeral_document_parse (bytes, "name", &error));
      engine_test_error (&error, rows[i].domain (), rows[i].code, "name: ");
    }
  g_assert_null (numeral_document_new_from_pixbuf (wide, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "20001");
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *content;
    gsize size; /* 0: it is text */
    GQuark (*domain) (void);
    int code;
  } rows[] = {
    { "", 0, nn_error_quark, NN_ERROR_TRUNCATED },
    { "hello", 0, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_UNKNOWN_TYPE },
    { "\0\0\0\0\0\0\0\0", 8, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_UNKNOWN_TYPE },
    { "\0\0\x08\x03\0\0\0\x01", 8, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_UNKNOWN_TYPE },
    { "\x89PNG\r\n\x1a\n", 8, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_CORRUPT_IMAGE },
    { "\x1f\x8b", 2, nn_error_quark, NN_ERROR_TRUNCATED },
    { "<html></html>", 0, nn_error_quark, NN_ERROR_FORMAT },
    { "<!-- no end", 0, gdk_pixbuf_error_quark, GDK_PIXBUF_ERROR_UNKNOWN_TYPE },
    { "<ink", 0, ink_error_quark, INK_ERROR_TRUNCATED },
    { "<!DOCTYPE ink><ink/>", 0, ink_error_quark, INK_ERROR_FORMAT },
    { "<ink><trace>\xff</trace></ink>", 0, ink_error_quark, INK_ERROR_FORMAT },
    { "<ink/>", 0, ink_error_quark, INK_ERROR_EMPTY },
    { "<ink><trace>1 2, 3", 0, ink_error_quark, INK_ERROR_TRUNCATED },
    { "<ink><trace>nan 2</trace></ink>", 0, ink_error_quark, INK_ERROR_VALUE },
    { ".SEGMENT", 0, ink_error_quark, INK_ERROR_EMPTY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size = rows[i].size != 0 ? rows[i].size : strlen (rows[i].content);
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i].content, size);
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      g_assert_null (numeral_document_parse (bytes, "name", &error));
      engine_test_error (&error, rows[i].domain (), rows[i].code, "name: ");
    }
}

/* A file that is cut off at any point is never accepted as a complete picture. */
static void
test_truncated (gconstpointer data)
{
  const char *type = data;
  /* Large enough for the loaders' row by row ways, not square so that rows and columns differ. */
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (60, 90, FALSE, 0xffffffff, 0x000000ff);
  g_autoptr (GBytes) good = encode (pixbuf, type);

  /* Every byte of the headers and of the end; between them it is all pixels. */
  for (gsize n = 1, size = g_bytes_get_size (good); n < size;
       n += n < 200 || n + 40 > size ? 1 : 23)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (good, 0, n);
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_document_parse (part, "name", &error));
      g_assert_true (error->domain == NN_ERROR || error->domain == GDK_PIXBUF_ERROR);
      g_assert_nonnull (strstr (error->message, "name: "));
    }
}

/* An empty picture has no digit. */
static void
test_blank (void)
{
  g_autoptr (GdkPixbuf) white = make_pixbuf (50, 50, FALSE, 0xffffffff, 0xffffffff);
  g_autoptr (GdkPixbuf) nothing = make_pixbuf (50, 50, TRUE, 0, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_document_new_from_pixbuf (white, &error));
  g_assert_error (error, INK_BLANK_ERROR, INK_BLANK_PLAIN);
  g_clear_error (&error);
  g_assert_null (numeral_document_new_from_pixbuf (nothing, &error));
  g_assert_error (error, INK_BLANK_ERROR, INK_BLANK_PLAIN);
}

/* Valid files, cut and damaged at random, give a document with finite numbers or an error. */
static void
test_mutations (gconstpointer data)
{
  const char *kind = data;
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (24, 20, FALSE, 0xffffffff, 0x000000ff);
  g_autoptr (GBytes) good = NULL;
  gboolean is_picture = FALSE;
  guint n_read = 0, n_refused = 0;
  NnRandom random;

  if (g_str_equal (kind, "inkml"))
    good = g_bytes_new_static (inkml, strlen (inkml));
  else if (g_str_equal (kind, "unipen"))
    good = g_bytes_new_static (unipen, strlen (unipen));
  else
    {
      good = encode (pixbuf, kind);
      is_picture = TRUE;
    }
  nn_random_init (&random, 20260102);
  /* Decoding pictures is slow. */
  for (guint i = 0; i < (is_picture ? 300 : 3000); i++)
    {
      g_autoptr (GBytes) bytes = engine_test_mutate (good, "<>/\"'=&;:,. 0123456789-.SPD", &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralDocument) document = numeral_document_parse (bytes, "name", &error);

      g_assert_true ((document != NULL) == (error == NULL));
      if (document == NULL)
        {
          n_refused++;
          continue;
        }
      n_read++;
      for (guint p = 0; p < INK_TENSOR_SIZE; p++)
        g_assert_true (document->tensor[p] >= 0 && document->tensor[p] <= 1);
    }
  g_test_message ("%u read, %u refused", n_read, n_refused);
  g_assert_cmpuint (n_read, >, 5);
  g_assert_cmpuint (n_refused, >, 10);
}

typedef struct
{
  gboolean done;
  NumeralDocument *document;
  GError *error;
} Loaded;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Loaded *loaded = data;

  loaded->document = numeral_document_load_finish (result, &loaded->error);
  loaded->done = TRUE;
}

static void
load (GFile *file, GCancellable *cancellable, Loaded *loaded)
{
  *loaded = (Loaded){ 0 };
  numeral_document_load_async (file, cancellable, on_loaded, loaded);
  g_assert_false (loaded->done);
  while (!loaded->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_async (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = engine_test_write (folder, "ink", inkml, strlen (inkml));
  g_autofree char *bad_path = engine_test_write (folder, "bad", "hello", 5);
  g_autofree char *missing_path = g_build_filename (folder, "missing", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (bad_path);
  g_autoptr (GFile) missing = g_file_new_for_path (missing_path);
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Loaded loaded;

  load (file, NULL, &loaded);
  g_assert_no_error (loaded.error);
  g_assert_cmpuint (loaded.document->samples->len, ==, 1);
  numeral_document_free (loaded.document);

  load (bad, NULL, &loaded);
  g_assert_null (loaded.document);
  engine_test_error (&loaded.error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE, bad_path);
  load (missing, NULL, &loaded);
  engine_test_error (&loaded.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, missing_path);
  load (directory, NULL, &loaded);
  engine_test_error (&loaded.error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, folder);
  g_cancellable_cancel (cancelled);
  load (file, cancelled, &loaded);
  g_assert_null (loaded.document);
  g_assert_error (loaded.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&loaded.error);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/document/image/png", "png", test_image);
  g_test_add_data_func ("/engine/document/image/jpeg", "jpeg", test_image);
  g_test_add_data_func ("/engine/document/image/bmp", "bmp", test_image);
  g_test_add_data_func ("/engine/document/image/tiff", "tiff", test_image);
  g_test_add_func ("/engine/document/transparency", test_transparency);
  g_test_add_func ("/engine/document/card", test_card);
  g_test_add_func ("/engine/document/reduced", test_reduced);
  g_test_add_func ("/engine/document/orientation", test_orientation);
  g_test_add_func ("/engine/document/svg", test_svg);
  g_test_add_func ("/engine/document/prepared", test_prepared);
  g_test_add_func ("/engine/document/ink", test_ink);
  g_test_add_func ("/engine/document/absurd-sizes", test_absurd_sizes);
  g_test_add_func ("/engine/document/full", test_full);
  g_test_add_func ("/engine/document/damaged", test_damaged);
  g_test_add_data_func ("/engine/document/truncated/png", "png", test_truncated);
  g_test_add_data_func ("/engine/document/truncated/jpeg", "jpeg", test_truncated);
  g_test_add_data_func ("/engine/document/truncated/bmp", "bmp", test_truncated);
  g_test_add_func ("/engine/document/blank", test_blank);
  g_test_add_data_func ("/engine/document/mutations/png", "png", test_mutations);
  g_test_add_data_func ("/engine/document/mutations/jpeg", "jpeg", test_mutations);
  g_test_add_data_func ("/engine/document/mutations/bmp", "bmp", test_mutations);
  g_test_add_data_func ("/engine/document/mutations/inkml", "inkml", test_mutations);
  g_test_add_data_func ("/engine/document/mutations/unipen", "unipen", test_mutations);
  g_test_add_func ("/engine/document/async", test_async);
  return g_test_run ();
}
