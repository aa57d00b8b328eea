/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of pictures and ink as people have them. */

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine-test.h"
#include "ink-error.h"
#include "numeral-data.h"
#include "numeral-origin.h"

#define MAX_FILES 12

/* A file, and what is in it: see write_file(). */
typedef struct
{
  const char *path, *content;
} File;

/* A folder, and what is read of it.
 * @labels: the digits in order
 * @left_out: unreadable, blank, unlabelled
 * @says: in one of the lines of the report, or in the error if there are no labels */
typedef struct
{
  const char *name;
  File files[MAX_FILES];
  NumeralSplit split;
  const char *labels;
  gsize left_out[NUMERAL_N_LEFT_OUT];
  const char *says;
} Folder;

#define TRAIN NUMERAL_SPLIT_TRAIN
#define TEST NUMERAL_SPLIT_TEST

#define STROKE ".PEN_DOWN\n1 1\n9 9\n.PEN_UP\n"
#define SEGMENT(label) ".SEGMENT DIGIT 0 ? \"" label "\"\n" STROKE
#define PAGE(points) \
  "<page><layer><stroke tool=\"pen\" width=\"2\">" points "</stroke></layer></page>"

static const Folder folders[] = {
  { "plain", { { "3/a.png", "+" }, { "7/b.png", "+" } }, TEST, "37", { 0 }, "0, 1, 2, 4, 5" },
  { "nested", { { "3/anna/a.png", "+" }, { "3/b.png", "+" } }, TRAIN, "33", { 0 }, NULL },
  { "nameless",
    { { "3_anna.png", "+" }, { "notes.txt", "x" }, { "4_bob.png", "+" } },
    TRAIN,
    "34",
    { 0, 0, 1 },
    "notes.txt (neither" },
  { "blank-and-damaged",
    { { "1/a.png", "+" }, { "1/b.png", " " }, { "1/c.png", "half" }, { "1/d.png", "" } },
    TRAIN,
    "1",
    { 2, 1, 0 },
    "1 file is blank: 1/b.png" },
  { "hidden",
    { { "1/a.png", "+" }, { "1/.b.png", "+" }, { ".x/2/a.png", "+" } },
    TRAIN,
    "1",
    { 0 },
    NULL },
  { "train",
    { { "train/1/a.png", "+" }, { "test/2/a.png", "+" }, { "val/3/a.png", "+" } },
    TRAIN,
    "1",
    { 0 },
    "only its folder “train” is read" },
  { "test",
    { { "Train/1/a.png", "+" }, { "Test/2/a.png", "+" } },
    TEST,
    "2",
    { 0 },
    "only its folder “Test” is read" },
  { "wrapped",
    { { "digits/train/1/a.png", "+" }, { "digits/test/2/a.png", "+" } },
    TEST,
    "2",
    { 0 },
    "only its folder “test” is read" },
  { "beside-test",
    { { "1/a.png", "+" }, { "test/2/a.png", "+" } },
    TRAIN,
    "1",
    { 0 },
    "its folder “test” is not read" },
  { "no-test", { { "train/1/a.png", "+" } }, TEST, NULL, { 0 }, "no folder “test”" },
  { "no-label",
    { { "a.png", "+" }, { "b.png", "+" } },
    TRAIN,
    NULL,
    { 0 },
    "a.png, b.png (neither" },
  { "no-picture", { { "3/a.png", "x" } }, TRAIN, NULL, { 0 }, "3/a.png" },
  { "inkml",
    { { "a.inkml", "$3$" },
      { "b.inkml", "7" },
      { "c.inkml", "$x+1$" },
      { "d.inkml", "" },
      { "2/e.inkml", "" },
      { "2/f.inkml", "5" },
      { "g.INKML", " $ 8 $ " } },
    TRAIN,
    "25378",
    { 0, 0, 2 },
    "“$x+1$” is written" },
  { "several",
    { { "1/a.unp", SEGMENT ("3") SEGMENT ("4") },
      { "1/b.unp", SEGMENT ("3") },
      { "6/c.unp", ".SEGMENT DIGIT\n" STROKE SEGMENT ("?") SEGMENT ("A") SEGMENT ("x1") },
      { "6/d.unp", SEGMENT ("A") SEGMENT ("B") },
      { "6/e.unp", SEGMENT ("A") },
      { "f.unipen", SEGMENT ("7") ".SEGMENT DIGIT\n" STROKE SEGMENT ("8") },
      { "7/g.xopp", "<xournal>" PAGE ("0 0 0 9 9 9") PAGE ("5 5 5 90") PAGE ("") "</xournal>" },
      { "9/h.png", "+" } },
    TRAIN,
    "3436677978",
    { 0, 0, 2 },
    "3 drawings are left out of files with several" },
};

/* @cross: with ink, or blank */
static void
write_picture (const char *path, gboolean cross, gsize size)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 40);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (int i = 0; cross && i < 20 * 4; i++)
    {
      guint8 *row = gdk_pixbuf_get_pixels (pixbuf) +
                    (gsize) (10 + i / 4) * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      memset (row + 3 * (18 + i % 4), 0, 3);
    }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", &error, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize) MIN (length, size), &error));
}

/* "+" is a picture with ink, " " a blank one, "half" one that is cut off; in InkML the content is
 * the truth, or there is none. */
static void
write_file (const char *folder, const File *file)
{
  g_autofree char *path = g_build_filename (folder, file->path, NULL);
  g_autofree char *inside = g_path_get_dirname (path);
  g_autofree char *lower = g_ascii_strdown (path, -1);

  g_assert_cmpint (g_mkdir_with_parents (inside, 0755), ==, 0);
  if (g_str_has_suffix (lower, ".inkml"))
    {
      g_autofree char *truth =
          *file->content != '\0' ?
              g_strdup_printf ("<annotation type=\"truth\">%s</annotation>", file->content) :
              g_strdup ("");
      g_autofree char *text = g_strdup_printf (
          "<ink xmlns=\"http://www.w3.org/2003/InkML\">%s<trace>10 10, 10 90</trace></ink>", truth);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }
  else if (g_str_equal (file->content, "+") || g_str_equal (file->content, " "))
    write_picture (path, *file->content == '+', G_MAXSIZE);
  else if (g_str_equal (file->content, "half"))
    write_picture (path, TRUE, 60);
  else
    g_assert_true (g_file_set_contents (path, file->content, -1, NULL));
}

static void
assert_says (const NumeralDataReport *report, const char *word)
{
  g_autoptr (GPtrArray) lines = numeral_data_report_lines (report);
  gboolean found = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      g_test_message ("%s", (char *) lines->pdata[i]);
      found = found || strstr (lines->pdata[i], word) != NULL;
    }
  g_assert_true (found);
}

static void
test_folder (gconstpointer data)
{
  const Folder *row = data;
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  gsize n_rejected = 99, n_left_out = 0;
  const NumeralDataRequest request = { .split = row->split,
                                       .n_rejected = &n_rejected,
                                       .report = report };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MAX_FILES && row->files[i].path != NULL; i++)
    write_file (folder, &row->files[i]);
  dataset = numeral_data_load_full (folder, &request, &error);
  if (row->labels == NULL)
    {
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, folder));
      g_assert_nonnull (strstr (error->message, row->says));
      engine_test_remove (folder);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, strlen (row->labels));
  for (gsize i = 0; i < dataset->n; i++)
    g_assert_cmpuint (dataset->labels[i], ==, row->labels[i] - '0');
  for (guint why = 0; why < NUMERAL_N_LEFT_OUT; why++)
    {
      g_assert_cmpuint (report->n_left_out[why], ==, row->left_out[why]);
      n_left_out += row->left_out[why];
    }
  g_assert_cmpuint (n_rejected, ==, n_left_out);
  for (guint digit = 0; digit < 10; digit++)
    g_assert_true ((report->empty >> digit & 1) ==
                   (strchr (row->labels, '0' + (char) digit) == NULL));
  if (row->says != NULL)
    assert_says (report, row->says);
  engine_test_remove (folder);
}

/* Ink keeps its strokes, so that it is distorted as ink; pictures beside it have none. */
static void
test_origins (void)
{
  static const File files[] = { { "1/a.inkml", "" }, { "2/b.png", "+" } };
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    write_file (folder, &files[i]);
  dataset = numeral_data_load (folder, TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 2);
  g_assert_nonnull (numeral_origin_find_drawing (dataset, 0));
  g_assert_null (dataset->origins[1]);
  engine_test_remove (folder);
}

/* Links in a loop, a pipe, a dangling link and a folder without permission end, and are counted. */
static void
test_traps (void)
{
  static const File files[] = { { "1/a.png", "+" }, { "2/b.png", "+" }, { "locked/3.png", "+" } };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *loop = g_build_filename (folder, "1", "loop", NULL);
  g_autofree char *pipe = g_build_filename (folder, "1", "pipe.png", NULL);
  g_autofree char *gone = g_build_filename (folder, "2", "gone.png", NULL);
  g_autofree char *locked = g_build_filename (folder, "locked", NULL);
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  const NumeralDataRequest request = { .report = report };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    write_file (folder, &files[i]);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);
  g_assert_cmpint (symlink ("nowhere", gone), ==, 0);
  g_assert_cmpint (g_chmod (locked, 0), ==, 0);
  dataset = numeral_data_load_full (folder, &request, &error);
  g_assert_cmpint (g_chmod (locked, 0755), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 2);
  g_assert_cmpuint (report->n_left_out[NUMERAL_LEFT_OUT_UNREADABLE], ==, 3);
  assert_says (report, "pipe.png");
  assert_says (report, "gone.png");
  assert_says (report, "locked");
  engine_test_remove (folder);
}

/* Many files are listed, and can be cancelled, before any is read. */
static void
test_many (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const NumeralDataRequest request = { .report = report };
  const NumeralDataRequest cancelled = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/scan_%u.png", folder, i);
      int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);

      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }
  g_assert_null (numeral_data_load_full (folder, &request, &error));
  engine_test_error (&error, INK_ERROR, INK_ERROR_EMPTY, "5000 files have no label");
  g_assert_cmpuint (report->files->len, ==, NUMERAL_REPORT_MAX_FILES);
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_data_load_full (folder, &cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  engine_test_remove (folder);
}

static void
test_has_test (void)
{
  static const struct
  {
    File files[2];
    gboolean has_test;
  } rows[] = {
    { { { "train/1/a.png", "+" }, { "test/1/a.png", "+" } }, TRUE },
    { { { "x/Training/1/a.png", "+" }, { "x/Testing/1/a.png", "+" } }, TRUE },
    { { { "1/a.png", "+" }, { "test/1/a.png", "+" } }, TRUE },
    { { { "1/a.png", "+" }, { "2/a.png", "+" } }, FALSE },
    { { { "test/1/a.png", "+" } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folder = engine_test_folder ();

      for (guint k = 0; k < 2 && rows[i].files[k].path != NULL; k++)
        write_file (folder, &rows[i].files[k]);
      g_assert_true (numeral_data_has_test (folder) == rows[i].has_test);
      engine_test_remove (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_test_drop_privileges ();
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat ("/data-folders/", folders[i].name, NULL);

      g_test_add_data_func (path, &folders[i], test_folder);
    }
  g_test_add_func ("/data-folders/origins", test_origins);
  g_test_add_func ("/data-folders/traps", test_traps);
  g_test_add_func ("/data-folders/many", test_many);
  g_test_add_func ("/data-folders/has-test", test_has_test);
  return g_test_run ();
}
