/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ink-xml.h"
#include "ink-xournal.h"

#define PAGE(content) "<page width=\"595\" height=\"841\"><layer>" content "</layer></page>"
#define FILE_OF(content) "<?xml version=\"1.0\"?>\n<xournal fileversion=\"4\">" content "</xournal>"

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return ink_xournal_parse (bytes, error);
}

/* Pages with ink, the strokes of the pen alone, and the width of each segment as a pressure. */
static void
test_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages =
      parse (FILE_OF (
                 PAGE ("<stroke tool=\"pen\" width=\"2 1 2 4\">10 20 30 40 50 60.5 70 80</stroke>"
                       "<stroke tool=\"highlighter\" width=\"8\">1 1 2 2</stroke>"
                       "<stroke tool=\"eraser\" width=\"8\">1 1 2 2</stroke>"
                       "<text>7</text>") PAGE ("<text>no ink</text>")
                     PAGE ("<stroke>1 2 3 4</stroke><stroke width=\"3\">5 6</stroke>")),
             &error);
  const InkDrawing *drawing;

  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 2);
  drawing = pages->pdata[0];
  g_assert_cmpuint (drawing->n_strokes, ==, 1);
  g_assert_cmpuint (drawing->strokes[0]->n_points, ==, 4);
  g_assert_cmpfloat (drawing->strokes[0]->width, ==, 2);
  g_assert_cmpfloat (drawing->strokes[0]->points[2].y, ==, 60.5f);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].pressure, ==, 0);
  g_assert_cmpfloat (drawing->strokes[0]->points[1].pressure, ==, 0.5f);
  g_assert_cmpfloat (drawing->strokes[0]->points[2].pressure, ==, 1);
  g_assert_cmpfloat (drawing->strokes[0]->points[3].pressure, ==, 1);
  drawing = pages->pdata[1];
  g_assert_cmpuint (drawing->n_strokes, ==, 2);
  g_assert_cmpfloat (drawing->strokes[1]->width, ==, 3);
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *text;
    InkError code;
  } rows[] = {
    { "", INK_ERROR_FORMAT },
    { "\xff\xfe\xfd", INK_ERROR_FORMAT },
    { "<notes/>", INK_ERROR_FORMAT },
    { FILE_OF (PAGE ("")), INK_ERROR_EMPTY },
    { FILE_OF (PAGE ("<stroke>1 2 three 4</stroke>")), INK_ERROR_VALUE },
    { FILE_OF (PAGE ("<stroke>1 2 nan 4</stroke>")), INK_ERROR_VALUE },
    { "<xournal><page><layer><stroke>1 2", INK_ERROR_TRUNCATED },
    { "<xournal></page>", INK_ERROR_FORMAT },
    { "<!DOCTYPE xournal><xournal/>", INK_ERROR_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (rows[i].text, &error));
      g_assert_error (error, INK_ERROR, (int) rows[i].code);
    }
}

static GBytes *
convert (const char *text, const char *encoding)
{
  gsize size;
  char *data = g_convert (text, -1, encoding, "UTF-8", NULL, &size, NULL);

  return g_bytes_new_take (data, size);
}

/* Each encoding gives the same text, without a declaration that no longer holds. */
static void
test_encodings (void)
{
  static const struct
  {
    const char *encoding, *declaration;
  } rows[] = {
    { "UTF-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" },
    { "UTF-16LE", "" },
    { "UTF-16BE", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" },
    { "ISO-8859-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" },
    { "ISO-8859-15", "<?xml version=\"1.0\" encoding='iso-8859-15'?>" },
    { "WINDOWS-1252", "<?xml version=\"1.0\" encoding=\"Windows-1252\"?>" },
  };
  static const char body[] = "<ink><annotation>f\303\274nf</annotation></ink>";

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (rows[i].declaration, body, NULL);
      g_autoptr (GBytes) bytes = convert (text, rows[i].encoding);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = ink_xml_to_utf8 (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), body,
                       strlen (body));
      g_assert_true (ink_xml_has_root (plain, "ink"));
      g_assert_false (ink_xml_has_root (plain, "xournal"));
    }
}

/* UTF-8, and bytes that are no XML, stay as they are; half a character is an error. */
static void
test_left_alone (void)
{
  static const char *const texts[] = { "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ink/>", "<ink/>",
                                       "\x89PNG\r\n\x1a\n", "7", "" };
  g_autoptr (GBytes) half = g_bytes_new_static ("<\0i\0n\0\0\xd8", 8);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GBytes) same = ink_xml_to_utf8 (bytes, &error);

      g_assert_no_error (error);
      g_assert_true (same == bytes);
    }
  g_assert_null (ink_xml_to_utf8 (half, &error));
  g_assert_error (error, INK_ERROR, INK_ERROR_FORMAT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/xournal/pages", test_pages);
  g_test_add_func ("/ink/xournal/damaged", test_damaged);
  g_test_add_func ("/ink/xml/encodings", test_encodings);
  g_test_add_func ("/ink/xml/left-alone", test_left_alone);
  return g_test_run ();
}
