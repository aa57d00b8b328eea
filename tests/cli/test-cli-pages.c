/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

#include "paper.h"
#include "repeat.h"

/* Pages with several lines, written with the samples of the source tree, and read with the model
 * that ships. */

/* Writes a picture as a file of this name. */
static const char *
write_picture (cairo_t *cr, const char *name)
{
  const char *path = cli_path (name);

  paper_write (cr, path);
  return path;
}

static const char *
draw_page (const char *text, Paper paper, const char *name)
{
  return write_picture (paper_page (text, paper), name);
}

/* "FILE[LINE]: NUMBERS PROBABILITY" of each line, without the probabilities. */
static char *
read_lines (const CliRun *run, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autofree char *start = g_strdup_printf ("%s[%u]: ", path, i);
      char *probability = strrchr (lines[i], ' ');

      g_assert_true (g_str_has_prefix (lines[i], start));
      g_assert_cmpfloat (g_ascii_strtod (probability, NULL), >, 0.5);
      *probability = '\0';
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", lines[i] + strlen (start));
    }
  return g_string_free (text, FALSE);
}

static const char page_text[] = "2036 4875\n917\n60 2 53 8\n3 461 7025\n98\n50823 64 7";

static void
test_papers (void)
{
  for (Paper paper = 0; paper < PAPER_N; paper++)
    {
      const char *path = draw_page (page_text, paper, "page.png");
      g_autoptr (CliRun) run = cli_run ("recognize", path, NULL);
      g_autofree char *read = NULL;

      g_test_message ("paper %u: %s", paper, run->out);
      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, page_text);
    }
}

static void
test_json (void)
{
  const char *path = draw_page ("20 475\n917", PAPER_CLEAN, "json.png");
  g_autoptr (CliRun) run = cli_run ("recognize", "--json", path, NULL);
  g_autoptr (JsonObject) page = NULL;
  JsonArray *lines, *numbers, *box, *digits;
  JsonObject *line, *number;

  cli_assert_ok (run);
  page = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (page, "source"), ==, path);
  g_assert_cmpint (json_object_get_int_member (page, "width"), ==, 800);
  g_assert_true (json_object_get_null_member (page, "columns"));
  lines = json_object_get_array_member (page, "lines");
  g_assert_cmpuint (json_array_get_length (lines), ==, 2);
  line = json_array_get_object_element (lines, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "text"), ==, "20 475");
  numbers = json_object_get_array_member (line, "numbers");
  g_assert_cmpuint (json_array_get_length (numbers), ==, 2);
  number = json_array_get_object_element (numbers, 1);
  g_assert_cmpint (json_object_get_int_member (number, "column"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (number, "number"), ==, "475");
  g_assert_cmpfloat (cli_json_number (number, "probability"), >, 0.5);
  box = json_object_get_array_member (number, "box");
  g_assert_cmpfloat (json_array_get_double_element (box, 0), >, 100);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (box, 3) -
                                      json_array_get_double_element (box, 1),
                                  PAPER_SIZE, 14);
  digits = json_object_get_array_member (number, "digits");
  g_assert_cmpuint (json_array_get_length (digits), ==, 3);
  /* The second line is below. */
  line = json_array_get_object_element (lines, 1);
  number = json_array_get_object_element (json_object_get_array_member (line, "numbers"), 0);
  g_assert_cmpfloat (json_array_get_double_element (json_object_get_array_member (number, "box"),
                                                    1),
                     >, json_array_get_double_element (box, 3));
}

/* The rows of a table, without the probabilities, which are checked to be there with a number. */
static char *
read_rows (const CliRun *run)
{
  g_auto (GStrv) rows = g_strsplit (run->out, "\r\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; rows[i] != NULL && rows[i][0] != '\0'; i++)
    {
      char *probability = strrchr (rows[i], ',');

      if (i > 0 && probability[-1] != ',')
        g_assert_cmpfloat (g_ascii_strtod (probability + 1, NULL), >, 0.5);
      else if (i > 0)
        g_assert_cmpstr (probability, ==, ",");
      *probability = '\0';
      g_string_append_printf (text, "%s\n", rows[i]);
    }
  return g_string_free (text, FALSE);
}

/* One table over pages, single numbers and blank pictures; names are quoted. */
static void
test_csv (void)
{
  const char *page = draw_page ("20 475\n917", PAPER_RULED, "a, \"b\".png");
  const char *number = draw_page ("64", PAPER_CLEAN, "number.png");
  const char *blank = draw_page ("", PAPER_CLEAN, "blank.png");
  g_autoptr (CliRun) run = cli_run ("recognize", "--csv", page, number, blank, NULL);
  g_auto (GStrv) halves = g_strsplit (page, "\"b\"", 2);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"\"b\"\"%s\"", halves[0], halves[1]);
  g_autofree char *expected = g_strdup_printf ("file,line,column,number\n%s,1,1,20\n%s,1,2,475\n"
                                               "%s,2,1,917\n%s,1,1,64\n%s,1,1,\n",
                                               quoted, quoted, quoted, number, blank);
  g_autoptr (CliRun) both = cli_run ("recognize", "--csv", "--json", page, NULL);
  g_autofree char *rows = NULL;

  cli_assert_ok (run);
  rows = read_rows (run);
  g_assert_cmpstr (rows, ==, expected);
  cli_assert_error (both, 2, "exclude");
}

static void
test_sudoku (void)
{
  static const char text[] = "5 3 . . 7 . . . .\n6 . . 1 9 5 . . .\n. 9 8 . . . . 6 .\n"
                             "8 . . . 6 . . . 3\n4 . . 8 . 3 . . 1\n7 . . . 2 . . . 6\n"
                             ". 6 . . . . 2 8 .\n. . . 4 1 9 . . 5\n. . . . 8 . . 7 9";

  for (guint i = 0; i < REPEAT (3, 1); i++)
    {
      const char *path =
          write_picture (paper_sudoku (text, i == 0 ? 80 : 50, 0.02 * i), "sudoku.png");
      g_autoptr (CliRun) run = cli_run ("recognize", path, NULL);
      g_autoptr (CliRun) table = cli_run ("recognize", "--csv", path, NULL);
      g_autofree char *read = NULL, *row = g_strdup_printf ("\r\n%s,4,9,3,", path);

      g_test_message ("%s", run->out);
      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, text);
      g_assert_nonnull (strstr (table->out, row));
    }
}

/* What is written beside a table is not read, and that is told. */
static void
test_outside (void)
{
  static const char text[] = "5 3 . . 7 . . . .\n6 . . 1 9 5 . . .\n. 9 8 . . . . 6 .\n"
                             "8 . . . 6 . . . 3\n4 . . 8 . 3 . . 1\n7 . . . 2 . . . 6\n"
                             ". 6 . . . . 2 8 .\n. . . 4 1 9 . . 5\n. . . . 8 . . 7 9";
  cairo_t *cr = paper_sudoku (text, 60, 0);
  const char *path;
  g_autoptr (CliRun) json = NULL;
  g_autoptr (JsonObject) page = NULL;

  cairo_identity_matrix (cr);
  cairo_set_line_width (cr, 5);
  cairo_move_to (cr, 18, 200);
  cairo_line_to (cr, 14, 240);
  cairo_stroke (cr);
  path = write_picture (cr, "beside.png");
  json = cli_run ("recognize", "--json", path, NULL);
  g_assert_cmpint (json->status, ==, 0);
  g_assert_nonnull (strstr (json->err, "1 mark outside of the table is not read"));
  page = cli_json (json->out);
  g_assert_cmpfloat (cli_json_number (page, "outside"), ==, 1);
}

/* A page that lies on its side is read when it is turned. */
static void
test_rotate (void)
{
  static const char text[] = "2036 4875\n917\n60 2 53 8";
  g_autoptr (CliRun) wrong = cli_run ("recognize", "--rotate", "45", "page.png", NULL);

  for (guint quarter = 1; quarter <= 3; quarter++)
    {
      const char *path =
          write_picture (paper_turn (paper_page (text, PAPER_CLEAN), quarter), "turned.png");
      g_autofree char *degrees = g_strdup_printf ("--rotate=%u", 360 - 90 * quarter);
      g_autoptr (CliRun) run = cli_run ("recognize", degrees, path, NULL);
      g_autoptr (CliRun) told = cli_run ("recognize", path, "--json", NULL);
      g_autofree char *read = NULL;
      g_autoptr (JsonObject) page = NULL;

      cli_assert_ok (run);
      read = read_lines (run, path);
      g_assert_cmpstr (read, ==, text);
      /* How it must be turned is told. */
      g_assert_cmpint (told->status, ==, 0);
      g_assert_nonnull (strstr (told->err, degrees));
      page = cli_json (told->out);
      g_assert_cmpfloat (cli_json_number (page, "turn"), ==, 360 - 90 * quarter);
    }
  cli_assert_error (wrong, 2, "--rotate takes 90, 180 or 270");
}

/* A page that is too much says so, and the other files are read. */
static void
test_too_much (void)
{
  const char *number = draw_page ("64", PAPER_CLEAN, "number.png");
  const char *path = write_picture (paper_too_much (), "much.png");
  g_autoptr (CliRun) run = NULL;

  run = cli_run ("recognize", path, number, NULL);
  g_assert_cmpint (run->status, ==, 1);
  g_assert_nonnull (strstr (run->err, "much.png"));
  g_assert_nonnull (strstr (run->err, "1296 parts"));
  g_assert_nonnull (strstr (run->err, "crop"));
  g_assert_nonnull (strstr (run->out, "number.png[0]: 64 "));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/pages/papers", test_papers);
  g_test_add_func ("/cli/pages/json", test_json);
  g_test_add_func ("/cli/pages/csv", test_csv);
  g_test_add_func ("/cli/pages/sudoku", test_sudoku);
  g_test_add_func ("/cli/pages/outside", test_outside);
  g_test_add_func ("/cli/pages/rotate", test_rotate);
  g_test_add_func ("/cli/pages/too-much", test_too_much);
  return cli_fixture_end ();
}
