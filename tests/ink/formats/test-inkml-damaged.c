/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <string.h>

#include "ink-inkml.h"

static void
assert_error (const char *text, gsize length, int code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  InkDrawing *drawing = ink_inkml_parse (bytes, &error);

  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_null (drawing);
  g_assert_error (error, INK_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_documents (void)
{
  const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", INK_ERROR_TRUNCATED },
    { "\xef\xbb\xbf", INK_ERROR_TRUNCATED },
    { "   \n", INK_ERROR_TRUNCATED },
    { "hello", INK_ERROR_FORMAT },
    { "\x89PNG\r\n\x1a\n", INK_ERROR_FORMAT },
    { "<ink>\xff\xfe</ink>", INK_ERROR_FORMAT },
    { "<ink><![CDATA[\xff]]><trace>1 2</ink>", INK_ERROR_FORMAT },
    { "<ink><![CDATA[\xff]]><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<svg></svg>", INK_ERROR_FORMAT },
    { "<trace>1 2</trace>", INK_ERROR_FORMAT },
    { "<ink></ink>", INK_ERROR_EMPTY },
    { "<ink/>", INK_ERROR_EMPTY },
    { "<ink><trace></trace></ink>", INK_ERROR_EMPTY },
    { "<ink><trace> ? 1, 1 ? </trace></ink>", INK_ERROR_EMPTY },
    { "<ink><trace type='penUp'>1 2</trace></ink>", INK_ERROR_EMPTY },
    { "<", INK_ERROR_TRUNCATED },
    { "<ink", INK_ERROR_TRUNCATED },
    { "<ink>", INK_ERROR_TRUNCATED },
    { "<ink><trace>1 2", INK_ERROR_TRUNCATED },
    { "<ink><trace>1 2</trace>", INK_ERROR_TRUNCATED },
    { "<ink><trace>1 2</trace></in", INK_ERROR_TRUNCATED },
    { "<ink><trace contextRef=\"#", INK_ERROR_TRUNCATED },
    { "<ink><trace>1 2</ink>", INK_ERROR_FORMAT },
    { "<ink><trace>1 2</trace></ink></ink>", INK_ERROR_FORMAT },
    { "<ink a=b/>", INK_ERROR_FORMAT },
    { "<ink a='1' <trace/></ink>", INK_ERROR_FORMAT },
    { "<ink><trace>1 &two; 2</trace></ink>", INK_ERROR_FORMAT },
    { "<!DOCTYPE ink [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><ink><trace>1 2</trace></ink>",
      INK_ERROR_FORMAT },
    { "<?xml version='1.0'?><!doctype ink><ink><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><ink><trace>1 2</trace></ink>",
      INK_ERROR_FORMAT },
    { "<?xml version='1.0' encoding='UTF-16'?><ink><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><trace contextRef='#gone'>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><trace contextRef='gone'>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><traceGroup contextRef='#gone'/><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><context traceFormatRef='#gone'/><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><traceFormat/><trace>1 2</trace></ink>", INK_ERROR_FORMAT },
    { "<ink><traceFormat><channel name='X'/></traceFormat><trace>1 2</trace></ink>",
      INK_ERROR_FORMAT },
    { "<ink><traceFormat><channel name='X'/><intermittentChannels><channel name='Y'/>"
      "</intermittentChannels></traceFormat><trace>1 2</trace></ink>",
      INK_ERROR_FORMAT },
    { "<ink><traceFormat><channel/><channel/></traceFormat><trace>1 2</trace></ink>",
      INK_ERROR_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_error (cases[i].text, strlen (cases[i].text), cases[i].code);
}

static void
test_traces (void)
{
  const struct
  {
    const char *trace;
    int code;
  } cases[] = {
    { "1", INK_ERROR_FORMAT },
    { "1 2,3", INK_ERROR_FORMAT },
    { ",", INK_ERROR_FORMAT },
    { "1 2,,3 4", INK_ERROR_FORMAT },
    { "1;2", INK_ERROR_FORMAT },
    { "1 x", INK_ERROR_FORMAT },
    { "1 \xc3\xa9", INK_ERROR_FORMAT },
    { "1 0x10", INK_ERROR_FORMAT },
    { "1 -", INK_ERROR_FORMAT },
    { "1 --2", INK_ERROR_FORMAT },
    { "1 .", INK_ERROR_FORMAT },
    { "1 #", INK_ERROR_FORMAT },
    { "1 #g", INK_ERROR_FORMAT },
    { "1 '", INK_ERROR_FORMAT },
    { "1 !", INK_ERROR_FORMAT },
    { "1 \"", INK_ERROR_FORMAT },
    { "1 ''2", INK_ERROR_FORMAT },
    { "nan 2", INK_ERROR_VALUE },
    { "1 NaN", INK_ERROR_VALUE },
    { "1 inf", INK_ERROR_VALUE },
    { "1 -Infinity", INK_ERROR_VALUE },
    { "1 1e39", INK_ERROR_VALUE },
    { "1 -1e999", INK_ERROR_VALUE },
    { "1 #ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", INK_ERROR_VALUE },
    { "3e38 1,'3e38'1", INK_ERROR_VALUE },
    { "1 1,'1e38'1,\"3e38\"1,* *", INK_ERROR_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("<ink><trace>5 5, 6 6</trace><trace>%s</trace></ink>", cases[i].trace);

      g_test_message ("%s", cases[i].trace);
      assert_error (text, strlen (text), cases[i].code);
    }
}

static void
test_bytes (void)
{
  static const char zero[] = "<ink><trace>1 2\0</trace></ink>";
  static const char utf16[] = "\xff\xfe<\0i\0n\0k\0/\0>\0";

  assert_error (zero, sizeof zero - 1, INK_ERROR_FORMAT);
  assert_error (utf16, sizeof utf16 - 1, INK_ERROR_FORMAT);
}

static void
test_too_large (void)
{
  GString *points = g_string_new ("<ink><trace>");
  GString *traces = g_string_new ("<ink>");
  GString *channels = g_string_new ("<ink><traceFormat>");

  for (guint i = 0; i <= INK_MAX_POINTS; i++)
    g_string_append (points, "1 2,");
  g_string_append (points, "1 2</trace></ink>");
  assert_error (points->str, points->len, INK_ERROR_TOO_LARGE);
  for (guint i = 0; i <= INK_MAX_STROKES; i++)
    g_string_append (traces, "<trace>1 2</trace>");
  g_string_append (traces, "</ink>");
  assert_error (traces->str, traces->len, INK_ERROR_TOO_LARGE);
  for (guint i = 0; i <= 1000; i++)
    g_string_append (channels, "<channel name='X'/>");
  g_string_append (channels, "</traceFormat></ink>");
  assert_error (channels->str, channels->len, INK_ERROR_TOO_LARGE);
  g_string_free (points, TRUE);
  g_string_free (traces, TRUE);
  g_string_free (channels, TRUE);
}

/* A hundred thousand nested groups must exhaust neither the stack nor the memory. */
static void
test_deep (void)
{
  const guint depth = 100000;
  GString *text = g_string_new ("<ink>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = NULL;

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<traceGroup>");
  g_string_append (text, "<trace>1 2</trace>");
  assert_error (text->str, text->len, INK_ERROR_TRUNCATED);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</traceGroup>");
  g_string_append (text, "</ink>");
  bytes = g_string_free_to_bytes (text);
  drawing = ink_inkml_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drawing->n_strokes, ==, 1);
}

/* Unusual content that is valid: unused brushes, attributes that are not numbers, elements in
 * places without a meaning. */
static void
test_harmless (void)
{
  const char *const texts[] = {
    "<ink><brush><brushProperty name='width' value='wide'/></brush><trace>1 2, 3 4</trace></ink>",
    "<ink><brush><brushProperty name='width' value='-3'/></brush><trace>1 2, 3 4</trace></ink>",
    "<ink><brush><brushProperty name='width' value='1e300'/></brush><trace>1 2, 3 4</trace></ink>",
    "<ink><brush><brushProperty name='width' value='nan'/></brush><trace>1 2, 3 4</trace></ink>",
    "<ink><brush><brushProperty name='width'/></brush><trace>1 2, 3 4</trace></ink>",
    "<ink><trace brushRef='#gone'>1 2, 3 4</trace></ink>",
    "<ink><channel name='X'/><brushProperty name='width' value='3'/><trace>1 2, 3 4</trace></ink>",
    "<ink><traceFormat><traceFormat/></traceFormat><traceFormat><channel name='X'/>"
    "<channel name='Y'/><channel name='F' min='5' max='5'/></traceFormat>"
    "<trace>1 2 3, 3 4 5</trace></ink>",
    "<ink><context><context/></context><trace>1 2, 3 4</trace></ink>",
    "<ink><inkSource/><trace>1 2, 3 4</trace></ink>",
    "<ink><trace continuation='end'>1 2, 3 4</trace></ink>",
    "<ink><unknown>5 5</unknown><trace>1 2, 3 4</trace></ink>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (InkDrawing) drawing = ink_inkml_parse (bytes, &error);

      g_test_message ("%s", texts[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (drawing->n_strokes, ==, 1);
      g_assert_cmpuint (drawing->strokes[0]->n_points, ==, 2);
      g_assert_cmpfloat (drawing->strokes[0]->width, >, 0);
      g_assert_cmpfloat (drawing->strokes[0]->width, <, 100);
    }
}

/* A file that is cut anywhere is rejected. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = ink_test_sample ("digit-4.inkml");
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  /* Except for the line feed at its end. */
  for (gsize length = 0; length + 1 < size; length += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (ink_inkml_parse (part, &error));
      g_assert_error (error, INK_ERROR, INK_ERROR_TRUNCATED);
    }
  g_assert_true (text[size - 1] == '\n');
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/inkml/damaged/documents", test_documents);
  g_test_add_func ("/ink/inkml/damaged/traces", test_traces);
  g_test_add_func ("/ink/inkml/damaged/bytes", test_bytes);
  g_test_add_func ("/ink/inkml/damaged/too-large", test_too_large);
  g_test_add_func ("/ink/inkml/damaged/deep", test_deep);
  g_test_add_func ("/ink/inkml/damaged/harmless", test_harmless);
  g_test_add_func ("/ink/inkml/damaged/truncated", test_truncated);
  return g_test_run ();
}
