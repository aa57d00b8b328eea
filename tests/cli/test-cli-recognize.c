/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "ink-inkml.h"
#include "ink-tensor.h"
#include "ink-unipen.h"
#include "numeral-model-file.h"

/* The ink of one sample of a UNIPEN file. */
static InkDrawing *
take_drawing (const char *path, guint index)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  cli_read (path, &text, &length);
  bytes = g_bytes_new (text, length);
  samples = ink_unipen_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (index, <, samples->len);
  return ink_drawing_ref (((InkSample *) g_ptr_array_index (samples, index))->drawing);
}

static const char *
make_inkml (const char *name, const char *unipen, guint index)
{
  g_autoptr (InkDrawing) drawing = take_drawing (unipen, index);
  g_autoptr (GBytes) bytes = ink_inkml_format (drawing);

  return cli_write (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

/* The ink as dark dots of @radius on a light background. */
static const char *
make_png (const char *name, const char *unipen, guint index)
{
  g_autoptr (InkDrawing) drawing = take_drawing (unipen, index);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 240);
  InkBox box = ink_drawing_box (drawing);
  float scale = MIN (120 / (box.x1 - box.x0), 160 / (box.y1 - box.y0));
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0xf0f0e8ff);
  for (guint s = 0; s < drawing->n_strokes; s++)
    for (guint p = 0; p + 1 < drawing->strokes[s]->n_points; p++)
      {
        InkPoint a = drawing->strokes[s]->points[p], b = drawing->strokes[s]->points[p + 1];

        for (float t = 0; t <= 1; t += 0.02f)
          {
            float cx = 40 + scale * (a.x + t * (b.x - a.x) - box.x0);
            float cy = 40 + scale * (a.y + t * (b.y - a.y) - box.y0);

            for (int y = (int) cy - 6; y <= (int) cy + 6; y++)
              for (int x = (int) cx - 6; x <= (int) cx + 6; x++)
                if (hypotf ((float) x - cx, (float) y - cy) <= 6)
                  memset (pixels + y * stride + 3 * x, 40, 3);
          }
      }
  gdk_pixbuf_save (pixbuf, cli_path (name), "png", &error, NULL);
  g_assert_no_error (error);
  return cli_path (name);
}

/* Digits of a file side by side, 0.3 of their height apart, as one drawing. */
static const char *
make_number (const char *name, const char *unipen, const guint *indices, guint n)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  g_autoptr (InkDrawing) number = NULL;
  g_autoptr (GBytes) bytes = NULL;
  float x = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InkDrawing) drawing = take_drawing (unipen, indices[i]);
      InkBox box = ink_drawing_box (drawing);
      g_autoptr (InkDrawing) moved = ink_drawing_transform (drawing, 100 / (box.y1 - box.y0),
                                                            x - box.x0 * 100 / (box.y1 - box.y0),
                                                            -box.y0 * 100 / (box.y1 - box.y0));

      for (guint s = 0; s < moved->n_strokes; s++)
        g_ptr_array_add (strokes, ink_stroke_ref (moved->strokes[s]));
      x += (box.x1 - box.x0) * 100 / (box.y1 - box.y0) + 30;
    }
  number = ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
  bytes = ink_inkml_format (number);
  return cli_write (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
assert_answer (JsonObject *answer, const char *source, gint64 index)
{
  static const char *const members[] = { "source",     "index",   "label",  "digit",
                                         "best_guess", "novelty", "reason", "probabilities" };
  g_autoptr (GList) names = json_object_get_members (answer);
  JsonArray *probabilities;
  gint64 digit = json_object_get_int_member (answer, "best_guess");
  double sum = 0;

  g_assert_cmpuint (g_list_length (names), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (answer, members[i]));
  g_assert_cmpstr (json_object_get_string_member (answer, "source"), ==, source);
  g_assert_cmpint (json_object_get_int_member (answer, "index"), ==, index);
  g_assert_cmpint (digit, >=, 0);
  g_assert_cmpint (digit, <=, 9);
  if (json_object_get_null_member (answer, "digit"))
    {
      g_assert_cmpstr (json_object_get_string_member (answer, "reason"), ==, "not a digit");
      g_assert_cmpfloat (cli_json_number (answer, "novelty"), >, 0.5);
    }
  else
    {
      g_assert_cmpint (json_object_get_int_member (answer, "digit"), ==, digit);
      g_assert_true (json_object_get_null_member (answer, "reason"));
    }
  probabilities = json_object_get_array_member (answer, "probabilities");
  g_assert_cmpuint (json_array_get_length (probabilities), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      double p = json_array_get_double_element (probabilities, i);

      g_assert_cmpfloat (p, >=, 0);
      g_assert_cmpfloat (p, <=, json_array_get_double_element (probabilities, (guint) digit));
      sum += p;
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
}

/* Samples that the model was not trained on. */
static void
test_unipen_json (void)
{
  const char *ink = cli_make_unipen ("unseen.unipen", 2, 5, 77);
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", "--model", cli_make_model (), ink, NULL);
  g_autoptr (GPtrArray) answers = NULL;
  guint n_right = 0;

  cli_assert_ok (run);
  answers = cli_json_lines (run->out);
  g_assert_cmpuint (answers->len, ==, 100);
  for (guint i = 0; i < answers->len; i++)
    {
      JsonObject *answer = g_ptr_array_index (answers, i);

      assert_answer (answer, ink, i);
      g_assert_cmpint (json_object_get_int_member (answer, "label"), ==, i % 10);
      n_right += json_object_get_int_member (answer, "digit") == i % 10;
    }
  g_assert_cmpuint (n_right, >=, 90);
}

static void
test_text (void)
{
  const char *ink = cli_make_unipen ("text.unipen", 1, 1, 77);
  g_autoptr (CliRun) run = cli_run ("recognize", "-m", cli_make_model (), ink, NULL);
  g_autoptr (CliRun) json = cli_run ("recognize", "-m", cli_make_model (), ink, "--json", NULL);
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);

  cli_assert_ok (run);
  cli_assert_ok (json);
  answers = cli_json_lines (json->out);
  for (guint i = 0; i < answers->len; i++)
    {
      JsonObject *answer = g_ptr_array_index (answers, i);
      gint64 digit = json_object_get_int_member (answer, "digit");
      JsonArray *probabilities = json_object_get_array_member (answer, "probabilities");

      g_string_append_printf (expected, "%s[%u]: %d %.4f\n", ink, i, (int) digit,
                              json_array_get_double_element (probabilities, (guint) digit));
    }
  g_assert_cmpstr (run->out, ==, expected->str);
}

/* InkML and an image of each digit: no label, and one answer per file. */
static void
test_inkml_and_images (void)
{
  const char *ink = cli_make_unipen ("kinds.unipen", 1, 1, 78);
  guint n_right = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *inkml_name = g_strdup_printf ("kinds-%u.inkml", i);
      g_autofree char *png_name = g_strdup_printf ("kinds-%u.png", i);
      const char *inkml = make_inkml (inkml_name, ink, i);
      const char *png = make_png (png_name, ink, i);
      g_autoptr (CliRun) run =
          cli_run ("recognize", "--json", "--model", cli_make_model (), inkml, png, NULL);
      g_autoptr (GPtrArray) answers = NULL;

      cli_assert_ok (run);
      answers = cli_json_lines (run->out);
      g_assert_cmpuint (answers->len, ==, 2);
      for (guint j = 0; j < 2; j++)
        {
          JsonObject *answer = g_ptr_array_index (answers, j);

          assert_answer (answer, j == 0 ? inkml : png, 0);
          g_assert_true (json_object_get_null_member (answer, "label"));
          n_right += json_object_get_int_member (answer, "digit") == i;
        }
    }
  g_assert_cmpuint (n_right, >=, 16);
}

/* A model whose weights are finite and whose figures are not, in whatever order a processor adds:
 * the first layer has one sign. */
static char *
make_overflow (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (cli_path ("overflow.safetensors"));
  const NnMlp mlp = { .n_layers = 2, .widths = { INK_TENSOR_SIZE, 4, 10 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);

  g_assert_true (nn_architecture_from_mlp (&mlp, arch, &error));
  network = nn_network_new (arch, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = i > INK_TENSOR_SIZE * 4 && i % 2 ? -3e38f : 3e38f;
  model = numeral_model_new (network, NULL, NULL);
  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  return g_file_get_path (file);
}

static void
test_overflow (void)
{
  g_autofree char *model = make_overflow ();
  const char *ink = cli_make_unipen ("overflow.unipen", 1, 1, 9);
  g_autoptr (CliRun) text = cli_run ("recognize", "-m", model, ink, NULL);
  g_autoptr (CliRun) json = cli_run ("recognize", "--json", "-m", model, ink, NULL);
  g_autoptr (CliRun) evaluated = cli_run ("evaluate", "-m", model, ink, NULL);
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) said = NULL;

  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "this model cannot read this"));
  g_assert_null (strstr (text->out, "nan"));
  cli_assert_ok (json);
  line = g_strndup (json->out, strcspn (json->out, "\n"));
  said = cli_json (line);
  g_assert_true (json_object_get_null_member (said, "digit"));
  g_assert_true (json_object_get_null_member (said, "best_guess"));
  g_assert_true (json_object_get_null_member (said, "probabilities"));
  g_assert_cmpstr (json_object_get_string_member (said, "reason"), ==, "overflow");
  cli_assert_error (evaluated, 1, "cannot read");
}

static void
test_shipped_model (void)
{
  const char *ink = cli_make_unipen ("shipped.unipen", 1, 1, 79);
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", ink, NULL);
  g_autoptr (GPtrArray) answers = NULL;

  cli_assert_ok (run);
  answers = cli_json_lines (run->out);
  g_assert_cmpuint (answers->len, ==, 10);
  for (guint i = 0; i < answers->len; i++)
    assert_answer (g_ptr_array_index (answers, i), ink, i);
}

typedef struct
{
  const char *name;
  const char *data;
  gssize length;
} Damaged;

#define PNG_START "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x1c\0\0\0\x1c\x08\0\0\0"
#define GZIP_START "\x1f\x8b\x08\0\0\0\0\0\0\x03"
#define TRACE(points) "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>" points "</trace></ink>"

static const Damaged damaged[] = {
  { "empty", "", 0 },
  { "one-byte", "\0", 1 },
  { "words", "these are words and no ink at all\n", -1 },
  { "zeros", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
  { "png-signature", PNG_START, 8 },
  { "png-header", PNG_START, 20 },
  { "png-no-data", PNG_START, sizeof PNG_START - 1 },
  { "png-absurd", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\0\0\0\0", 29 },
  { "jpeg-start", "\xff\xd8\xff\xe0\0\x10JFIF", 10 },
  { "gzip-start", GZIP_START, 2 },
  { "gzip-header", GZIP_START, 10 },
  { "gzip-junk", GZIP_START "junkjunk", 18 },
  { "inkml-open", "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>1 2, 3", -1 },
  { "inkml-words", TRACE ("one two, three four"), -1 },
  { "inkml-nan", TRACE ("nan 2, 3 inf"), -1 },
  { "inkml-huge", TRACE ("1e999 2, 3 4"), -1 },
  { "unipen-nan", ".VERSION 1.0\n.SEGMENT DIGIT 0 ? \"3\"\n.PEN_DOWN\nnan nan\n.PEN_UP\n", -1 },
  { "idx", "\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\xff", 17 },
};

static void
test_damaged (void)
{
  const char *model = cli_make_model ();
  g_autoptr (CliRun) missing = cli_run ("recognize", "-m", model, cli_path ("missing"), NULL);
  g_autoptr (CliRun) folder =
      cli_run ("recognize", "-m", model, g_getenv ("G_TEST_BUILDDIR"), NULL);

  cli_assert_error (missing, 1, "missing");
  cli_assert_error (folder, 1, g_getenv ("G_TEST_BUILDDIR"));
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      const char *path = cli_write (damaged[i].name, damaged[i].data, damaged[i].length);
      g_autoptr (CliRun) run = cli_run ("recognize", "--json", "--model", model, path, NULL);

      g_test_message ("%s: %s", damaged[i].name, run->err);
      cli_assert_error (run, 1, damaged[i].name);
    }
}

/* A file without ink is valid, and the answer is that there is no ink. */
static void
test_blank (void)
{
  static const char *const texts[] = {
    "<ink xmlns=\"http://www.w3.org/2003/InkML\"></ink>",
    ".VERSION 1.0\n.SEGMENT DIGIT 0 ? \"3\"\n.PEN_DOWN\n.PEN_UP\n",
  };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 60);
  const char *files[] = { cli_write ("blank-0", texts[0], -1), cli_write ("blank-1", texts[1], -1),
                          cli_path ("blank.png") };
  static const char *const kinds[] = { "no-strokes", "no-strokes", "plain" };
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0xf0f0f0ff);
  gdk_pixbuf_save (pixbuf, cli_path ("blank.png"), "png", &error, NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (CliRun) json = cli_run ("recognize", "--json", files[i], NULL);
      g_autoptr (CliRun) text = cli_run ("recognize", files[i], NULL);
      g_autofree char *expected = g_strdup_printf ("%s[0]: blank: ", files[i]);
      g_autoptr (JsonObject) answer = NULL;

      cli_assert_ok (json);
      cli_assert_ok (text);
      g_assert_true (g_str_has_prefix (text->out, expected));
      answer = cli_json (json->out);
      g_assert_cmpstr (json_object_get_string_member (answer, "blank"), ==, kinds[i]);
      g_assert_true (json_object_get_null_member (answer, "digit"));
      g_assert_true (json_object_get_null_member (answer, "best_guess"));
      g_assert_true (json_object_get_null_member (answer, "novelty"));
      g_assert_true (json_object_get_null_member (answer, "probabilities"));
      g_assert_cmpstr (json_object_get_string_member (answer, "reason"), ==, "blank");
    }
}

/* One bad file does not affect the good ones. */
static void
test_the_others_go_on (void)
{
  const char *ink = cli_make_unipen ("good.unipen", 1, 1, 80);
  const char *bad = cli_write ("bad.png", "no image", -1);
  g_autoptr (CliRun) run =
      cli_run ("recognize", "--json", "-m", cli_make_model (), bad, ink, bad, ink, NULL);
  g_autoptr (GPtrArray) answers = cli_json_lines (run->out);
  g_auto (GStrv) lines = g_strsplit (run->err, "\n", -1);

  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpuint (answers->len, ==, 20);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "numeral-cli: "));
  g_assert_nonnull (strstr (lines[0], "bad.png"));
  g_assert_true (g_str_has_prefix (lines[1], "numeral-cli: "));
}

/* Many files are read at once, and are answered in their order as each alone would be: byte for
 * byte, errors too. */
static void
test_many (gconstpointer data)
{
  const char *form = data;
  const char *unipen = cli_make_unipen ("many.unipen", 2, 1, 81);
  const char *files[] = { make_png ("many.png", unipen, 3), unipen,
                          make_inkml ("many.inkml", unipen, 5), cli_path ("not-there"),
                          cli_write ("many-blank", "<ink></ink>", -1) };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL), err = g_string_new (NULL);
  CliRun *alone[G_N_ELEMENTS (files)];
  g_autoptr (CliRun) run = NULL;

  g_ptr_array_add (arguments, (gpointer) "recognize");
  if (form != NULL)
    g_ptr_array_add (arguments, (gpointer) form);
  g_ptr_array_add (arguments, (gpointer) "--model");
  g_ptr_array_add (arguments, (gpointer) cli_make_model ());
  for (guint i = 0; i < 60; i++)
    g_ptr_array_add (arguments, (gpointer) files[i * 7 / 3 % G_N_ELEMENTS (files)]);
  g_ptr_array_add (arguments, NULL);
  run = cli_runv ((const char *const *) arguments->pdata);
  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    alone[f] = cli_run ("recognize", "--model", cli_make_model (), files[f], form, NULL);
  for (guint i = 0; i < 60; i++)
    {
      g_string_append (out, alone[i * 7 / 3 % G_N_ELEMENTS (files)]->out);
      g_string_append (err, alone[i * 7 / 3 % G_N_ELEMENTS (files)]->err);
    }
  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpstr (run->out, ==, out->str);
  g_assert_cmpstr (run->err, ==, err->str);
  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    cli_run_free (alone[f]);
}

/* Nothing is read on once nobody listens. */
static void
test_closed_pipe (void)
{
  const char *unipen = cli_make_unipen ("pipe.unipen", 20, 1, 82);
  g_autofree char *script =
      g_strdup_printf ("for i in 1 2 3 4 5; do set -- \"$@\" '%s' '%s' '%s' '%s'; done; "
                       "\"$CLI\" recognize --json -m '%s' \"$@\" | head -n 1",
                       unipen, unipen, unipen, unipen, cli_make_model ());
  g_autoptr (CliRun) run = cli_run_shell (script);

  cli_assert_ok (run);
  json_object_unref (cli_json (run->out));
}

static void
test_model_of_something_else (void)
{
  const char *csv = cli_make_csv (), *model = cli_path ("classes.safetensors");
  const char *ink = cli_make_unipen ("refused.unipen", 1, 1, 81);
  g_autoptr (CliRun) train =
      cli_run ("train", csv, "--out", model, "--epochs", "1", "--hidden", "4", "--quiet", NULL);
  g_autoptr (CliRun) run = NULL;

  cli_assert_ok (train);
  run = cli_run ("recognize", "--model", model, ink, NULL);
  cli_assert_error (run, 1, "5-4-2 cannot read digits");
}

/* A file name may be any bytes: the output is still valid JSON, and an error is one line. */
static void
test_strange_names (void)
{
  const char *odd = cli_make_unipen ("a \"quoted\\\n\xff name.unipen", 1, 1, 82);
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", "-m", cli_make_model (), odd, NULL);
  g_autoptr (CliRun) bad =
      cli_run ("recognize", "-m", cli_make_model (), cli_write ("two\nlines", "x", 1), NULL);
  g_autoptr (GPtrArray) answers = NULL;
  const char *source;

  cli_assert_ok (run);
  answers = cli_json_lines (run->out);
  g_assert_cmpuint (answers->len, ==, 10);
  source = json_object_get_string_member (g_ptr_array_index (answers, 0), "source");
  g_assert_true (g_str_has_suffix (source, "a \"quoted\\\n\xef\xbf\xbd name.unipen"));
  cli_assert_error (bad, 1, "lines");
}

/* Several digits in one drawing are a number. */
static void
test_number (void)
{
  static const guint indices[] = { 2, 0, 3, 6 };
  const char *digits = cli_make_unipen ("number.unipen", 1, 1, 78);
  const char *ink = make_number ("number.inkml", digits, indices, G_N_ELEMENTS (indices));
  g_autoptr (CliRun) text = cli_run ("recognize", "--model", cli_make_model (), ink, NULL);
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", "--model", cli_make_model (), ink, NULL);
  JsonObject *answer;
  JsonArray *array;
  const char *number;
  g_autofree char *begins = NULL;
  double product = 1, right = -1;

  cli_assert_ok (run);
  answer = cli_json (run->out);
  number = json_object_get_string_member (answer, "number");
  g_assert_cmpuint (strlen (number), ==, G_N_ELEMENTS (indices));
  g_assert_false (json_object_has_member (answer, "digit"));
  g_assert_true (json_object_get_null_member (answer, "label"));
  array = json_object_get_array_member (answer, "digits");
  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (indices));
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      JsonObject *digit = json_array_get_object_element (array, i);
      JsonArray *box = json_object_get_array_member (digit, "box");
      gint64 value = json_object_get_int_member (digit, "digit");

      g_assert_cmpint (value, ==, number[i] - '0');
      g_assert_cmpint (value, ==, indices[i]);
      product *=
          json_array_get_double_element (json_object_get_array_member (digit, "probabilities"),
                                         (guint) value);
      g_assert_cmpuint (json_array_get_length (box), ==, 4);
      g_assert_cmpfloat (json_array_get_double_element (box, 0), >, right);
      right = json_array_get_double_element (box, 2);
    }
  g_assert_cmpfloat_with_epsilon (cli_json_number (answer, "probability"), product, 1e-6);

  cli_assert_ok (text);
  begins = g_strdup_printf ("%s[0]: %s ", ink, number);
  g_assert_true (g_str_has_prefix (text->out, begins));
  json_object_unref (answer);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/recognize/unipen-json", test_unipen_json);
  g_test_add_func ("/cli/recognize/text", test_text);
  g_test_add_func ("/cli/recognize/inkml-and-images", test_inkml_and_images);
  g_test_add_func ("/cli/recognize/shipped-model", test_shipped_model);
  g_test_add_func ("/cli/recognize/damaged", test_damaged);
  g_test_add_func ("/cli/recognize/blank", test_blank);
  g_test_add_func ("/cli/recognize/the-others-go-on", test_the_others_go_on);
  g_test_add_data_func ("/cli/recognize/many/text", NULL, test_many);
  g_test_add_data_func ("/cli/recognize/many/json", "--json", test_many);
  g_test_add_func ("/cli/recognize/closed-pipe", test_closed_pipe);
  g_test_add_func ("/cli/recognize/model-of-something-else", test_model_of_something_else);
  g_test_add_func ("/cli/recognize/strange-names", test_strange_names);
  g_test_add_func ("/cli/recognize/overflow", test_overflow);
  g_test_add_func ("/cli/recognize/number", test_number);
  return cli_fixture_end ();
}
