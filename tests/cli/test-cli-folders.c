/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ink-generator.h"
#include "ink-inkml.h"
#include "nn-idx.h"
#include "numeral-origin.h"
#include "paper.h"

/* Folders of pictures and ink, measured and trained on. */

/* @digits: as many files, each with the sample of that digit; @name has its number as %u
 * @split: of --split, or %NULL
 * @says: on stderr */
typedef struct
{
  const char *folder, *name, *digits, *split;
  const char *says[3];
} Folder;

static const Folder folders[] = {
  { "classes", "%u/ink.inkml", "0123456789", NULL, { NULL } },
  { "train-test", "train/%u/ink.inkml", "0123456789", "train", { "only its folder “train”" } },
  { "chars74k", "img%03u-00012.inkml", "0123456789", NULL, { "img001 means the digit 0" } },
  { "begins",
    "%u_anna.inkml",
    "35",
    NULL,
    { "at the beginning", "there is no sample of: 0, 1, 2" } },
  { "truth", "file%u-x.inkml", "0123456789", NULL, { NULL } },
};

/* Writes the sample of a digit as InkML, with its truth if @truth. */
static void
write_ink (const char *name, guint digit, gboolean truth)
{
  g_autoptr (InkDrawing) drawing = paper_sample_drawing (digit);
  g_autoptr (GBytes) bytes = ink_inkml_format (drawing);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *inside = g_path_get_dirname (cli_path (name));

  g_assert_cmpint (g_mkdir_with_parents (inside, 0755), ==, 0);
  if (truth)
    {
      char *end = strstr (text, "</ink>");
      g_autofree char *all = NULL;

      *end = '\0';
      all = g_strdup_printf ("%s<annotation type=\"truth\">$%u$</annotation></ink>", text, digit);
      cli_write (name, all, -1);
    }
  else
    cli_write (name, text, -1);
}

static char *
name_of (const Folder *folder, guint digit)
{
  const guint number = digit + (g_str_equal (folder->folder, "chars74k") ? 1 : 0);
  g_autofree char *figures = strstr (folder->name, "%03u") != NULL ?
                                 g_strdup_printf ("%03u", number) :
                                 g_strdup_printf ("%u", number);
  g_auto (GStrv) parts =
      g_strsplit (folder->name, strstr (folder->name, "%03u") != NULL ? "%03u" : "%u", 2);

  return g_strconcat (folder->folder, "/", parts[0], figures, parts[1], NULL);
}

/* The samples are read right by the model of the fixture, with their labels. */
static void
test_evaluate (gconstpointer data)
{
  const Folder *folder = data;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonObject) report = NULL;
  JsonArray *per_class;

  for (const char *c = folder->digits; *c != '\0'; c++)
    {
      g_autofree char *name = name_of (folder, (guint) (*c - '0'));

      write_ink (name, (guint) (*c - '0'), g_str_equal (folder->folder, "truth"));
    }
  run = cli_run ("evaluate", cli_path (folder->folder), "--json", "--split",
                 folder->split != NULL ? folder->split : "test", NULL);
  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (folder->says) && folder->says[i] != NULL; i++)
    g_assert_nonnull (strstr (run->err, folder->says[i]));
  if (folder->says[0] == NULL)
    g_assert_cmpstr (run->err, ==, "");
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, strlen (folder->digits));
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), ==, 1);
  per_class = json_object_get_array_member (report, "per_class");
  for (const char *c = folder->digits; *c != '\0'; c++)
    g_assert_cmpfloat (cli_json_number (json_array_get_object_element (per_class,
                                                                       (guint) (*c - '0')),
                                        "support"),
                       ==, 1);
}

/* Counts, names and reasons, on stderr and as JSON. */
static void
test_left_out (void)
{
  g_autoptr (GdkPixbuf) white = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 40);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) text = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *data = NULL;
  JsonObject *said, *counts, *file;
  gsize length;

  for (guint digit = 1; digit < 10; digit++)
    {
      g_autofree char *name = g_strdup_printf ("mixed/%u/ink.inkml", digit);

      write_ink (name, digit, FALSE);
    }
  gdk_pixbuf_fill (white, 0xffffffff);
  g_assert_true (gdk_pixbuf_save_to_buffer (white, &data, &length, "png", NULL, NULL));
  cli_write ("mixed/2/white.png", data, (gssize) length);
  cli_write ("mixed/2/cut.png", data, (gssize) length / 2);
  cli_write ("mixed/3/junk.png", "junk", -1);
  cli_write ("mixed/photo.png", data, (gssize) length);

  run = cli_run ("evaluate", cli_path ("mixed"), "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 9);
  g_assert_cmpfloat (cli_json_number (report, "rejected"), ==, 4);
  said = json_object_get_object_member (report, "data");
  counts = json_object_get_object_member (said, "left_out");
  g_assert_cmpfloat (cli_json_number (counts, "unreadable"), ==, 2);
  g_assert_cmpfloat (cli_json_number (counts, "blank"), ==, 1);
  g_assert_cmpfloat (cli_json_number (counts, "unlabelled"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (said, "files")), ==, 4);
  file = json_array_get_object_element (json_object_get_array_member (said, "files"), 0);
  g_assert_cmpstr (json_object_get_string_member (file, "file"), ==, "photo.png");
  g_assert_cmpstr (json_object_get_string_member (file, "why"), ==, "unlabelled");
  g_assert_cmpuint (json_array_get_int_element (json_object_get_array_member (said,
                                                                              "empty_classes"),
                                                0),
                    ==, 0);
  g_assert_nonnull (strstr (run->err, "2 files cannot be read: 2/cut.png ("));
  g_assert_nonnull (strstr (run->err, "1 file is blank: 2/white.png ("));
  g_assert_nonnull (strstr (run->err, "there is no sample of: 0\n"));

  text = cli_run ("evaluate", cli_path ("mixed"), NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpstr (text->err, ==, run->err);
  g_assert_nonnull (strstr (text->out, "rejected  4 records or files"));
}

/* Training says the same, and counts it for the data set. */
static void
test_train (void)
{
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonObject) report = NULL;
  JsonObject *part;

  for (guint digit = 0; digit < 10; digit++)
    for (guint i = 0; i < 2; i++)
      {
        g_autofree char *name = g_strdup_printf ("learn/train/%u_%c.inkml", digit, 'a' + (char) i);

        write_ink (name, digit, FALSE);
      }
  cli_write ("learn/train/notes.png", "x", -1);
  run = cli_run ("train", cli_path ("learn"), "--out", cli_path ("learn.safetensors"), "--hidden",
                 "8", "--epochs", "1", "--validation", "0", "--json", "--quiet", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "1 file has no label: notes.png"));
  report = cli_json (run->out);
  part = json_array_get_object_element (json_object_get_array_member (report, "datasets"), 0);
  g_assert_cmpfloat (cli_json_number (part, "samples"), ==, 20);
  g_assert_cmpfloat (cli_json_number (part, "rejected"), ==, 1);
  part = json_object_get_object_member (json_object_get_object_member (part, "data"), "left_out");
  g_assert_cmpfloat (cli_json_number (part, "unlabelled"), ==, 1);
  g_clear_pointer (&run, cli_run_free);

  /* Measuring asks for the test samples, and there are none. */
  run = cli_run ("evaluate", cli_path ("learn"), "--model", cli_path ("learn.safetensors"), NULL);
  cli_assert_error (run, 1, "“train” for training and no folder “test”");
}

static void
write_idx (const char *name, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  cli_write (name, data, (gssize) size);
}

/* Digits with rows and columns swapped, as in EMNIST, are turned where they are measured and
 * where they are learned, and that is said. */
static void
test_transposed (void)
{
  g_autoptr (NnDataset) digits = nn_dataset_new_pixels (300, 28, 28, 10, NULL);
  g_autoptr (GBytes) images = NULL, labels = NULL;
  g_autoptr (CliRun) measured = NULL, trained = NULL;
  g_autoptr (JsonObject) report = NULL, summary = NULL;
  JsonArray *notes;
  const char *folder = cli_path ("emnist");

  for (guint i = 0; i < 300; i++)
    {
      guint8 pixels[INK_TENSOR_SIZE];

      numeral_generate_digit (i % 10, INK_GENERATOR_VERSION, 2, i, pixels);
      digits->labels[i] = (guint8) (i % 10);
      for (guint p = 0; p < INK_TENSOR_SIZE; p++)
        digits->pixels[i * INK_TENSOR_SIZE + p] = pixels[p % 28 * 28 + p / 28];
    }
  images = nn_idx_format_images (digits);
  labels = nn_idx_format_labels (digits);
  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  write_idx ("emnist/emnist-digits-test-images-idx3-ubyte", images);
  write_idx ("emnist/emnist-digits-test-labels-idx1-ubyte", labels);
  write_idx ("emnist/emnist-digits-train-images-idx3-ubyte", images);
  write_idx ("emnist/emnist-digits-train-labels-idx1-ubyte", labels);

  measured = cli_run ("evaluate", folder, "--json", NULL);
  g_assert_cmpint (measured->status, ==, 0);
  g_assert_nonnull (strstr (measured->err, "rows and columns of the digits are swapped"));
  report = cli_json (measured->out);
  g_test_message ("accuracy %g", cli_json_number (report, "accuracy"));
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), >, 0.8);
  notes = json_object_get_array_member (json_object_get_object_member (report, "data"), "notes");
  g_assert_cmpuint (json_array_get_length (notes), ==, 1);

  trained = cli_run ("train", folder, "--out", cli_path ("emnist.safetensors"), "--hidden", "8",
                     "--epochs", "1", "--json", "--quiet", NULL);
  g_assert_cmpint (trained->status, ==, 0);
  summary = cli_json (trained->out);
  g_clear_pointer (&report, json_object_unref);
  report = json_object_ref (
      json_array_get_object_element (json_object_get_array_member (summary, "datasets"), 0));
  notes = json_object_get_array_member (json_object_get_object_member (report, "data"), "notes");
  g_assert_cmpuint (json_array_get_length (notes), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (CliRun) run = NULL;

  write_ink ("counted/scan_1.inkml", 1, FALSE);
  write_ink ("counted/scan_2.inkml", 2, FALSE);
  run = cli_run ("evaluate", cli_path ("counted"), NULL);
  cli_assert_error (run, 1, "scan_1.inkml, scan_2.inkml (the numbers in these names");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/folders/evaluate/", folders[i].folder, NULL);

      g_test_add_data_func (path, &folders[i], test_evaluate);
    }
  g_test_add_func ("/cli/folders/left-out", test_left_out);
  g_test_add_func ("/cli/folders/train", test_train);
  g_test_add_func ("/cli/folders/transposed", test_transposed);
  g_test_add_func ("/cli/folders/refused", test_refused);
  return cli_fixture_end ();
}
