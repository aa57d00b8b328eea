/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "engine-test.h"
#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-document.h"
#include "numeral-image-depth.h"
#include "numeral-image-tiff.h"

/* Files that are no picture, or of which only a part is read. */

#define SIDE 64

static NumeralDocument *
parse (const void *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return numeral_document_parse (bytes, "name", error);
}

static gboolean
has_loader (const char *name)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_autofree char *format = gdk_pixbuf_format_get_name (link->data);

      found |= g_str_equal (format, name);
    }
  g_slist_free (formats);
  return found;
}

static void
test_named (void)
{
  static const struct
  {
    const char *loader; /* (nullable): with it another message is given */
    const char *data;
    gsize size;
    const char *words[2];
  } cases[] = {
    { NULL, "version https://git-lfs.github.com/spec/v1\n", 0, { "Git LFS", "git lfs pull" } },
    { NULL, "<!DOCTYPE html><html>", 0, { "HTML", "save the file" } },
    { NULL, "%PDF-1.4\n", 0, { "PDF", "PNG" } },
    { "webp", "RIFF\x10\0\0\0WEBPVP8L", 16, { "WebP", "webp-pixbuf-loader" } },
    { "heif/avif",
      "\0\0\0\x18"
      "ftypheic\0\0\0\0mif1heic",
      24,
      { "HEIC", "JPEG" } },
    { "avif",
      "\0\0\0\x18"
      "ftypavif\0\0\0\0mif1avif",
      24,
      { "AVIF", "JPEG" } },
    { "jxl", "\xff\x0a\x00\x00", 4, { "JPEG XL", "JPEG" } },
    { "svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", 0, { "SVG", "librsvg" } },
    { NULL, "", 0, { "empty", "name: " } },
    { NULL, "hello", 0, { "PNG", "InkML" } },
    { NULL, "\x89PNG\r\n\x1a\n", 8, { "ends early", "again" } },
    { NULL, "\xff\xd8\xff\xe0\0\x10JFIF", 10, { "ends early", "again" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gsize size = cases[i].size != 0 ? cases[i].size : strlen (cases[i].data);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].data, size, &error));
      g_test_message ("%s", error->message);
      if (cases[i].loader != NULL && has_loader (cases[i].loader))
        continue;
      for (guint k = 0; k < 2; k++)
        g_assert_nonnull (strstr (error->message, cases[i].words[k]));
    }
}

/* A 7 of 64 x 64 in WebP, lossless. */
static const guint8 webp[] = {
  0x52, 0x49, 0x46, 0x46, 0x44, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4c,
  0x37, 0x00, 0x00, 0x00, 0x2f, 0x3f, 0xc0, 0x0f, 0x00, 0x85, 0xe2, 0xb6, 0x91, 0x94, 0xf4, 0xdf,
  0xf4, 0xee, 0x31, 0xf3, 0x3d, 0x22, 0xfa, 0xaf, 0x20, 0x6d, 0x03, 0x66, 0x5f, 0xc0, 0x54, 0xc8,
  0x75, 0x24, 0xe5, 0x9c, 0x3f, 0x80, 0xe1, 0xd1, 0xf0, 0x13, 0xcd, 0xf1, 0xee, 0x5b, 0x26, 0xd1,
  0x7c, 0x57, 0x2d, 0x22, 0xe2, 0xbb, 0xf1, 0x90, 0xdb, 0x41, 0x01, 0x00,
};

static void
test_webp (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document = parse (webp, sizeof webp, &error);

  if (!has_loader ("webp"))
    {
      g_assert_null (document);
      engine_test_error (&error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE, "WebP");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (document->picture->pixbuf), ==, SIDE);
  g_assert_nonnull (document->picture->image);
}

/* A thick L, whose values are @ink and whose background is 0. */
static gboolean
is_ink (guint x, guint y)
{
  return (x >= 20 && x < 26 && y >= 10 && y < 54) || (y >= 48 && y < 54 && x >= 20 && x < 44);
}

/* PGM; of two bytes a value if @maximum is above 255. */
static GBytes *
make_pgm (guint maximum, guint ink, gboolean text)
{
  GString *pgm = g_string_new (NULL);

  g_string_append_printf (pgm, "P%u\n# made by a test\n%u %u\n%u\n", text ? 2 : 5, SIDE, SIDE,
                          maximum);
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        const guint value = is_ink (x, y) ? ink : 0;

        if (text)
          g_string_append_printf (pgm, "%u ", value);
        else
          {
            if (maximum > 255)
              g_string_append_c (pgm, (char) (value >> 8));
            g_string_append_c (pgm, (char) (value & 0xff));
          }
      }
  return g_string_free_to_bytes (pgm);
}

static void
test_low_bits (void)
{
  static const struct
  {
    guint maximum, ink;
    gboolean text;
    gboolean read;
    InkBlank kind;
  } cases[] = {
    { 65535, 255, FALSE, FALSE, INK_BLANK_LOW_BITS },
    { 65535, 255, TRUE, FALSE, INK_BLANK_LOW_BITS },
    { 65535, 60000, FALSE, TRUE, INK_BLANK_PLAIN },
    { 255, 255, FALSE, TRUE, INK_BLANK_PLAIN },
    { 255, 0, FALSE, FALSE, INK_BLANK_PLAIN },
    { 255, 0, TRUE, FALSE, INK_BLANK_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_pgm (cases[i].maximum, cases[i].ink, cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralDocument) document = numeral_document_parse (bytes, "name", &error);
      InkBlank kind;

      g_test_message ("case %u: %s", i, error != NULL ? error->message : "read");
      g_assert_true ((document != NULL) == cases[i].read);
      if (cases[i].read)
        continue;
      g_assert_true (numeral_blank_matches (error, &kind));
      g_assert_cmpuint (kind, ==, cases[i].kind);
    }
}

/* The header of a PNG that is 16 bits deep, and others. */
static void
test_depth (void)
{
  static const struct
  {
    const char *data;
    gsize size;
    gboolean deep;
  } cases[] = {
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x10\0", 26, TRUE },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0", 26, FALSE },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24, FALSE },
    { "P5 1 1 65535 xx", 15, TRUE },
    { "P6#a\n1#b\n 1\n4095\n", 17, TRUE },
    { "P5 1 1 255 x", 12, FALSE },
    { "P5 1 1", 6, FALSE },
    { "P5 1 1 99999999999999999999", 27, TRUE },
    { "P4 1 1 65535", 12, FALSE },
    { "P5 a 1 65535", 12, FALSE },
    { "P5#", 3, FALSE },
    { "", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *exact = g_memdup2 (cases[i].data, cases[i].size);

      g_test_message ("case %u", i);
      g_assert_true (numeral_image_is_deep (exact, cases[i].size) == cases[i].deep);
    }
}

typedef struct
{
  GByteArray *bytes;
  gboolean big_endian, big_tiff;
} Tiff;

static void
put (Tiff *tiff, guint n, guint64 value)
{
  for (guint i = 0; i < n; i++)
    {
      const guint8 byte = (guint8) (value >> 8 * (tiff->big_endian ? n - 1 - i : i));

      g_byte_array_append (tiff->bytes, &byte, 1);
    }
}

/* Directories one after another, each with NewSubfileType and BitsPerSample; the last points to
 * directory @back, or nowhere if that is @n. */
static GBytes *
make_directories (Tiff *tiff, const guint *subfiles, guint n, guint bits, guint back)
{
  const guint size = tiff->big_tiff ? 8 : 4, count = tiff->big_tiff ? 8 : 2;
  const guint header = tiff->big_tiff ? 16 : 8, directory = count + 2 * (4 + 2 * size) + size;

  tiff->bytes = g_byte_array_new ();
  g_byte_array_append (tiff->bytes, (const guint8 *) (tiff->big_endian ? "MM" : "II"), 2);
  put (tiff, 2, tiff->big_tiff ? 43 : 42);
  if (tiff->big_tiff)
    {
      put (tiff, 2, 8);
      put (tiff, 2, 0);
    }
  put (tiff, size, header);
  for (guint i = 0; i < n; i++)
    {
      put (tiff, count, 2);
      put (tiff, 2, 254);
      put (tiff, 2, 4);
      put (tiff, size, 1);
      put (tiff, 4, subfiles[i]);
      put (tiff, size - 4, 0);
      put (tiff, 2, 258);
      put (tiff, 2, 3);
      put (tiff, size, 1);
      put (tiff, 2, bits);
      put (tiff, size - 2, 0);
      put (tiff, size,
           i + 1 < n ? header + (i + 1) * directory :
           back < n  ? header + back * directory :
                       0);
    }
  return g_byte_array_free_to_bytes (tiff->bytes);
}

static void
test_tiff_pages (void)
{
  static const struct
  {
    guint n, subfiles[4], back, pages;
  } cases[] = {
    { 1, { 0 }, 9, 1 },          { 3, { 0, 0, 0 }, 9, 3 },    { 2, { 0, 2 }, 9, 2 },
    { 3, { 0, 1, 0 }, 9, 2 },    { 3, { 0, 4, 5 }, 9, 1 },    { 1, { 0 }, 0, 1 },
    { 4, { 0, 0, 0, 0 }, 1, 4 }, { 4, { 0, 0, 0, 0 }, 3, 4 }, { 1, { 1 }, 9, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint form = 0; form < 4; form++)
      {
        Tiff tiff = { NULL, (form & 1) != 0, (form & 2) != 0 };
        g_autoptr (GBytes) bytes =
            make_directories (&tiff, cases[i].subfiles, cases[i].n, 16, cases[i].back);
        gsize size;
        const guint8 *data = g_bytes_get_data (bytes, &size);
        NumeralImageTiff found;

        g_test_message ("case %u, form %u", i, form);
        g_assert_true (numeral_image_tiff_read (data, size, &found));
        g_assert_cmpuint (found.n_pages, ==, cases[i].pages);
        g_assert_cmpuint (found.bits, ==, 16);
        g_assert_true (numeral_image_is_deep (data, size));
        /* Cut off anywhere: fewer pages, and no byte beyond the end is read. */
        for (gsize n = 0; n < size; n++)
          {
            g_autofree guint8 *exact = g_memdup2 (data, n);

            if (numeral_image_tiff_read (exact, n, &found))
              g_assert_cmpuint (found.n_pages, <=, cases[i].pages);
          }
      }
}

/* A real file with two pages: the picture of the first one is read. */
static void
test_tiff_document (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE, SIDE);
  g_autoptr (GByteArray) two = g_byte_array_new ();
  g_autoptr (NumeralDocument) one_page = NULL;
  g_autoptr (NumeralDocument) two_pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  guint32 at, n_entries;
  guint8 next[4];
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      if (is_ink (x, y))
        memset (gdk_pixbuf_get_pixels (pixbuf) + y * (guint) gdk_pixbuf_get_rowstride (pixbuf) +
                    3 * x,
                0, 3);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "tiff", &error, NULL);
  g_assert_no_error (error);
  one_page = parse (data, size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one_page->n_pages, ==, 1);

  /* The directory is copied to the end, which is its next page. libtiff writes in the order of
   * bytes of the machine. */
  g_byte_array_append (two, (const guint8 *) data, (guint) size);
  memcpy (&at, data + 4, 4);
  n_entries = *(const guint8 *) (data + at + (G_BYTE_ORDER == G_BIG_ENDIAN));
  g_byte_array_append (two, (const guint8 *) data + at, 2 + 12 * n_entries + 4);
  size += size % 2;
  for (guint i = 0; i < 4; i++)
    next[i] = (guint8) ((two->len - (2 + 12 * n_entries + 4)) >>
                        8 * (G_BYTE_ORDER == G_BIG_ENDIAN ? 3 - i : i));
  memcpy (two->data + at + 2 + 12 * n_entries, next, 4);
  two_pages = parse (two->data, two->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (two_pages->n_pages, ==, 2);
  g_assert_cmpmem (one_page->tensor, sizeof one_page->tensor, two_pages->tensor,
                   sizeof two_pages->tensor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/document-kinds/named", test_named);
  g_test_add_func ("/engine/document-kinds/webp", test_webp);
  g_test_add_func ("/engine/document-kinds/low-bits", test_low_bits);
  g_test_add_func ("/engine/document-kinds/depth", test_depth);
  g_test_add_func ("/engine/document-kinds/tiff-pages", test_tiff_pages);
  g_test_add_func ("/engine/document-kinds/tiff-document", test_tiff_document);
  return g_test_run ();
}
