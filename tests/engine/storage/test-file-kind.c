/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "nn-error.h"
#include "numeral-file-kind.h"
#include "numeral-file.h"

#define FILE_OF(text) text, sizeof text - 1

static const struct
{
  const char *name;
  const char *data;
  gsize size;
  NumeralFileKind kind;
} cases[] = {
  { "pointer", FILE_OF ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"),
    NUMERAL_FILE_KIND_LFS_POINTER },
  { "old pointer", FILE_OF ("version https://hawser.github.com/spec/v1\n"),
    NUMERAL_FILE_KIND_LFS_POINTER },
  { "text about pointers", FILE_OF ("the version https://git-lfs.github.com/spec/v1"),
    NUMERAL_FILE_KIND_OTHER },
  { "doctype", FILE_OF ("<!DOCTYPE html><title>x"), NUMERAL_FILE_KIND_HTML },
  { "small doctype", FILE_OF ("\n  <!doctype HTML PUBLIC \"-//W3C\">"), NUMERAL_FILE_KIND_HTML },
  { "tag", FILE_OF ("<HTML lang=de>"), NUMERAL_FILE_KIND_HTML },
  { "byte order mark", FILE_OF ("\xef\xbb\xbf<html>"), NUMERAL_FILE_KIND_HTML },
  { "xhtml", FILE_OF ("<?xml version='1.0'?>\n<!-- <svg> -->\n<html>"), NUMERAL_FILE_KIND_HTML },
  { "comment without end", FILE_OF ("<!-- <html>"), NUMERAL_FILE_KIND_OTHER },
  { "other tag", FILE_OF ("<ink><html/></ink>"), NUMERAL_FILE_KIND_OTHER },
  { "svg", FILE_OF ("<?xml version='1.0'?><svg xmlns='x'>"), NUMERAL_FILE_KIND_SVG },
  { "pdf", FILE_OF ("%PDF-1.7\n"), NUMERAL_FILE_KIND_PDF },
  { "webp", FILE_OF ("RIFF\x10\0\0\0WEBPVP8L"), NUMERAL_FILE_KIND_WEBP },
  { "wave", FILE_OF ("RIFF\x10\0\0\0WAVEfmt "), NUMERAL_FILE_KIND_OTHER },
  { "heic",
    FILE_OF ("\0\0\0\x18"
             "ftypheic\0\0\0\0mif1heic"),
    NUMERAL_FILE_KIND_HEIC },
  { "heic by its second brand",
    FILE_OF ("\0\0\0\x18"
             "ftypmif1\0\0\0\0mif1heic"),
    NUMERAL_FILE_KIND_HEIC },
  { "avif",
    FILE_OF ("\0\0\0\x1c"
             "ftypavif\0\0\0\0avifmif1miaf"),
    NUMERAL_FILE_KIND_AVIF },
  { "avif by its second brand",
    FILE_OF ("\0\0\0\x18"
             "ftypmif1\0\0\0\0mif1avif"),
    NUMERAL_FILE_KIND_AVIF },
  { "brand after the box",
    FILE_OF ("\0\0\0\x14"
             "ftypisom\0\0\0\0isomheic"),
    NUMERAL_FILE_KIND_OTHER },
  { "box without end",
    FILE_OF ("\0\0\0\xff"
             "ftypisom"),
    NUMERAL_FILE_KIND_OTHER },
  { "box without size",
    FILE_OF ("\0\0\0\0"
             "ftypheic"),
    NUMERAL_FILE_KIND_OTHER },
  { "jpeg xl", FILE_OF ("\xff\x0a\x00"), NUMERAL_FILE_KIND_JPEG_XL },
  { "jpeg xl in a box", FILE_OF ("\0\0\0\x0cJXL \r\n\x87\n"), NUMERAL_FILE_KIND_JPEG_XL },
  { "jpeg 2000", FILE_OF ("\0\0\0\x0cjP  \r\n\x87\n"), NUMERAL_FILE_KIND_JPEG_2000 },
  { "png", FILE_OF ("\x89PNG\r\n\x1a\n"), NUMERAL_FILE_KIND_OTHER },
  { "words", FILE_OF ("1,2,3\n"), NUMERAL_FILE_KIND_OTHER },
  { "empty", FILE_OF (""), NUMERAL_FILE_KIND_OTHER },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].data, cases[i].size);
      const NumeralFileKind kind = numeral_file_kind_sniff (bytes);
      g_autofree char *advice = numeral_file_kind_dup_advice (kind);

      g_test_message ("%s: %u", cases[i].name, kind);
      g_assert_cmpuint (kind, ==, cases[i].kind);
      g_assert_true ((advice == NULL) == (kind == NUMERAL_FILE_KIND_OTHER));
    }
}

/* A file that is cut off anywhere is of its kind or of none. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize n = 0; n <= cases[i].size; n++)
      {
        g_autofree char *exact = g_memdup2 (cases[i].data, n);
        g_autoptr (GBytes) bytes = g_bytes_new_static (exact, n);
        const NumeralFileKind kind = numeral_file_kind_sniff (bytes);

        g_assert_true (kind == cases[i].kind || kind == NUMERAL_FILE_KIND_OTHER ||
                       (kind == NUMERAL_FILE_KIND_HEIC && cases[i].kind == NUMERAL_FILE_KIND_AVIF));
      }
}

/* Every reader of files names the kind, also of a compressed file. */
static void
test_read (void)
{
  static const char pointer[] = "version https://git-lfs.github.com/spec/v1\n";
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (GBytes) packed = engine_test_gzip (pointer, strlen (pointer));
  g_autofree char *paths[] = {
    engine_test_write (folder, "plain", pointer, strlen (pointer)),
    engine_test_write (folder, "packed", g_bytes_get_data (packed, NULL),
                       g_bytes_get_size (packed)),
    engine_test_write (folder, "page", "<html>", 6),
    engine_test_write (folder, "pdf", "%PDF-1.4", 8),
  };
  static const char *const words[] = { "git lfs pull", "git lfs pull", "HTML", "PDF" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_file_read (file, 1000, NULL, &error));
      g_assert_nonnull (strstr (error->message, paths[i]));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, words[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_free (g_steal_pointer (&paths[i]));
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/file-kind/cases", test_cases);
  g_test_add_func ("/engine/file-kind/cut", test_cut);
  g_test_add_func ("/engine/file-kind/read", test_read);
  return g_test_run ();
}
