/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* Files that are not read: what is said about them. */

#define POINTER "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"
#define PAGE "<!DOCTYPE html>\n<html><head><title>Not found</title></head></html>\n"

static void
test_pointers (void)
{
  static const struct
  {
    const char *verb, *name, *data, *says;
  } cases[] = {
    { "recognize", "pointer.png", POINTER, "git lfs pull" },
    { "recognize", "page.jpg", PAGE, "HTML" },
    { "evaluate", "pointer.csv", POINTER, "git lfs pull" },
    { "evaluate", "page.csv", PAGE, "HTML" },
    { "evaluate", "pointer.unipen", POINTER, "git lfs pull" },
    { "model", "pointer.safetensors", POINTER, "git lfs pull" },
    { "model", "page.onnx", PAGE, "HTML" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *path = cli_write (cases[i].name, cases[i].data, -1);
      g_autoptr (CliRun) run = cli_run (cases[i].verb, path, NULL);

      cli_assert_error (run, 1, cases[i].says);
      cli_assert_error (run, 1, cases[i].name);
    }
}

/* A data set of pointers: IDX files, and folders of pictures. */
static void
test_folders (void)
{
  const char *idx = cli_make_idx ("idx", 20, 20);
  g_autofree char *images = g_build_filename (idx, "t10k-images-idx3-ubyte", NULL);
  const char *pictures = cli_path ("pictures");
  g_autofree char *digit = g_build_filename (pictures, "7", NULL);
  g_autofree char *picture = g_build_filename (digit, "a.png", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (images, POINTER, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (digit, 0700), ==, 0);
  g_file_set_contents (picture, POINTER, -1, &error);
  g_assert_no_error (error);
  {
    g_autoptr (CliRun) first = cli_run ("evaluate", idx, NULL);
    g_autoptr (CliRun) second = cli_run ("evaluate", pictures, NULL);

    cli_assert_error (first, 1, "git lfs pull");
    cli_assert_error (first, 1, images);
    cli_assert_error (second, 1, "git lfs pull");
    cli_assert_error (second, 1, pictures);
    cli_assert_error (second, 1, "7/a.png");
  }
}

/* @contrast: between a bar and its paper; 0 for none */
static const char *
draw (const char *name, guint paper, guint contrast)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 200);
  g_autoptr (GdkPixbuf) bar = gdk_pixbuf_new_subpixbuf (pixbuf, 95, 40, 12, 120);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, paper << 24 | paper << 16 | paper << 8 | 0xff);
  paper -= contrast;
  gdk_pixbuf_fill (bar, paper << 24 | paper << 16 | paper << 8 | 0xff);
  gdk_pixbuf_save (pixbuf, cli_path (name), "png", &error, NULL);
  g_assert_no_error (error);
  return cli_path (name);
}

static void
test_blank (void)
{
  const struct
  {
    const char *path, *kind, *says;
  } cases[] = {
    { draw ("white.png", 255, 0), "plain", "nothing differs" },
    { draw ("faint.png", 230, 6), "faint", "too faint" },
    { cli_write ("none.inkml", "<ink xmlns=\"http://www.w3.org/2003/InkML\"/>", -1), "no-strokes",
      "no ink" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) text = cli_run ("recognize", cases[i].path, NULL);
      g_autoptr (CliRun) json = cli_run ("recognize", "--json", cases[i].path, NULL);
      g_autoptr (CliRun) csv = cli_run ("recognize", "--csv", cases[i].path, NULL);
      g_autoptr (JsonObject) answer = NULL;

      cli_assert_ok (text);
      g_assert_nonnull (strstr (text->out, cases[i].says));
      cli_assert_ok (json);
      answer = cli_json (json->out);
      g_assert_cmpstr (json_object_get_string_member (answer, "reason"), ==, "blank");
      g_assert_cmpstr (json_object_get_string_member (answer, "blank"), ==, cases[i].kind);
      cli_assert_ok (csv);
      g_assert_nonnull (strstr (csv->out, ",1,1,,\r\n"));
    }
  /* A bar that can be seen is a 1 or no digit, but not blank. */
  {
    g_autoptr (CliRun) run = cli_run ("recognize", "--json", draw ("dark.png", 230, 200), NULL);
    g_autoptr (JsonObject) answer = cli_json (run->out);

    g_assert_false (json_object_has_member (answer, "blank"));
  }
}

/* Only the first page is read, and a note says so. */
static void
test_pages (void)
{
  const char *png = draw ("page.png", 255, 240), *path = cli_path ("pages.tiff");
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (png, NULL);
  g_autofree char *data = NULL;
  g_autofree char *two = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, directory;
  guint32 at, next;
  guint16 n;

  g_assert_nonnull (pixbuf);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "tiff", &error, NULL);
  g_assert_no_error (error);
  /* The directory once more at the end, in the machine's order of bytes. */
  memcpy (&at, data + 4, 4);
  memcpy (&n, data + at, 2);
  directory = 2 + 12 * (gsize) n + 4;
  two = g_malloc (size + directory);
  memcpy (two, data, size);
  memcpy (two + size, data + at, directory);
  next = (guint32) size;
  memcpy (two + at + directory - 4, &next, 4);
  cli_write ("pages.tiff", two, (gssize) (size + directory));
  {
    g_autoptr (CliRun) one = cli_run ("recognize", png, NULL);
    g_autoptr (CliRun) run = cli_run ("recognize", path, NULL);

    g_assert_cmpint (run->status, ==, 0);
    g_assert_nonnull (strstr (run->err, "first of its 2 pages"));
    g_assert_cmpstr (strstr (one->out, "[0]"), ==, strstr (run->out, "[0]"));
  }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/reasons/pointers", test_pointers);
  g_test_add_func ("/cli/reasons/folders", test_folders);
  g_test_add_func ("/cli/reasons/blank", test_blank);
  g_test_add_func ("/cli/reasons/pages", test_pages);
  return cli_fixture_end ();
}
