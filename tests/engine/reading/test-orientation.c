/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures that lie on their side, or on their head. */

#include <glib/gstdio.h>

#include "ink-image.h"
#include "numeral-document.h"
#include "numeral-model-file.h"
#include "numeral-orientation.h"
#include "numeral-picture-read.h"
#include "paper.h"
#include "repeat.h"

#define LINES "2036 4875\n917\n60 2 53 8"
#define SUDOKU                                                \
  "5 3 . . 7 . . . .\n6 . . 1 9 5 . . .\n. 9 8 . . . . 6 .\n" \
  "8 . . . 6 . . . 3\n4 . . 8 . 3 . . 1\n7 . . . 2 . . . 6\n" \
  ". 6 . . . . 2 8 .\n. . . 4 1 9 . . 5\n. . . . 8 . . 7 9"

static NumeralReader *reader;

/* Frees @cr. */
static NumeralPicture *
take_picture (cairo_t *cr)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "numeral-orientation.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document = NULL;

  paper_write (cr, path);
  document = numeral_document_load (file, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  return numeral_picture_ref (document->picture);
}

static int
find (cairo_t *cr)
{
  g_autoptr (NumeralPicture) picture = take_picture (cr);
  g_autoptr (NumeralSheet) sheet = NULL;
  g_autoptr (NumeralPrediction) prediction = numeral_picture_read (reader, picture, &sheet);

  return numeral_orientation_find (reader, picture, prediction, sheet);
}

static cairo_t *
draw_page (guint which)
{
  return which == 0 ? paper_page (LINES, PAPER_CLEAN) :
         which == 1 ? paper_page ("4275", PAPER_CLEAN) :
                      paper_sudoku (SUDOKU, 80, 0);
}

/* A picture is turned back, and one that stands upright stays. */
static void
test_pages (void)
{
  for (guint which = 0; which < REPEAT (3, 2); which++)
    /* Of a large page, upside down is enough: there it looks most like one that can be read. */
    for (guint quarters = 0; quarters < 4; quarters += which == 2 ? 2 : 1)
      g_assert_cmpint (find (paper_turn (draw_page (which), quarters)), ==,
                       (int) (4 - quarters) % 4 * 90);
}

/* What can be read as it is stays, also where it is another number upside down. */
static void
test_ambiguous (void)
{
  for (guint quarters = 0; quarters < 4; quarters += 2)
    {
      g_assert_cmpint (find (paper_turn (paper_page ("8", PAPER_CLEAN), quarters)), ==, 0);
      g_assert_cmpint (find (paper_turn (paper_page ("6", PAPER_CLEAN), quarters)), ==, 0);
      g_assert_cmpint (find (paper_turn (paper_page ("9", PAPER_CLEAN), quarters)), ==, 0);
    }
}

/* No digit that stands upright is turned. */
static void
test_digits (void)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      const char text[] = { (char) ('0' + digit), '\0' };

      g_assert_cmpint (find (paper_page (text, PAPER_CLEAN)), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  model = numeral_model_load_shipped (&error);
  g_assert_no_error (error);
  reader = numeral_reader_new (model);
  g_test_add_func ("/orientation/pages", test_pages);
  g_test_add_func ("/orientation/ambiguous", test_ambiguous);
  g_test_add_func ("/orientation/digits", test_digits);
  result = g_test_run ();
  numeral_reader_free (reader);
  return result;
}
