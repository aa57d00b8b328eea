/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeral-data.h"
#include "numeral-file.h"
#include "numeral-image.h"
#include "numeral-model-file.h"
#include "numeral-picture.h"
#include "numeral-sheet.h"
#include "pictures-make.h"

/* How well pictures of digits are read, by their kind: cut to the ink, coarse, light on dark, on
 * paper with lines. The pictures are made from MNIST's training split, from pen digits, and from
 * the folders of pictures in "field" of NUMERAL_DATA_DIR. A picture counts as read if it gives the
 * one right digit: blank, refused and taken apart count as wrong. Prints one line for each kind.
 *
 * pictures [KIND...] [--show FOLDER]: writes what was not read to FOLDER as PGM files.
 * --reduced: large pictures are reduced before they are read, for comparison. */

typedef struct
{
  char *name;
  guint n, right, blank, refused, apart;
  double seconds;
} Kind;

typedef struct
{
  NumeralReader *reader;
  char **wanted;
  const char *show;
  GPtrArray *kinds;
  gboolean reduced;
} Bench;

static Kind *
find_kind (Bench *bench, const char *name)
{
  Kind *kind;

  for (guint i = 0; i < bench->kinds->len; i++)
    if (g_str_equal (((Kind *) bench->kinds->pdata[i])->name, name))
      return bench->kinds->pdata[i];
  kind = g_new0 (Kind, 1);
  kind->name = g_strdup (name);
  g_ptr_array_add (bench->kinds, kind);
  return kind;
}

static void
show (Bench *bench, const char *name, const char *text, const char *read, const Picture *picture)
{
  static guint number;
  g_autofree char *path = NULL, *header = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (bench->show == NULL)
    return;
  path = g_strdup_printf ("%s/%s-%s-as-%s-%05u.pgm", bench->show, name, text, read, number++);
  header = g_strdup_printf ("P5 %u %u 255\n", picture->width, picture->height);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, picture->gray, picture->width * picture->height);
  g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL);
}

/* (transfer full): as a file is decoded. */
static GdkPixbuf *
pixbuf_of (const Picture *picture)
{
  GdkPixbuf *pixbuf =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) picture->width, (int) picture->height);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      memset (gdk_pixbuf_get_pixels (pixbuf) +
                  (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + 3 * (gsize) x,
              picture->gray[(gsize) y * picture->width + x], 3);
  return pixbuf;
}

/* Reads a picture as the programs do. @sheet: (out): (nullable): if it is a page */
static NumeralPrediction *
read_picture (Bench *bench, const Picture *picture, NumeralSheet **sheet)
{
  g_autoptr (GdkPixbuf) pixbuf = pixbuf_of (picture);
  g_autoptr (NumeralPicture) whole = numeral_picture_new (pixbuf, NULL, NULL);
  InkImage *image = whole != NULL ? whole->image : NULL;
  NumeralPrediction *prediction =
      image != NULL ? numeral_reader_read_image (bench->reader, image) : numeral_prediction_new (0);
  const InkSheet *ink = NULL;

  if (whole != NULL && bench->reduced)
    numeral_picture_forget_full (whole);
  if (whole != NULL && !numeral_sheet_is_single (image, prediction))
    ink = numeral_picture_get_sheet (whole);
  *sheet = ink != NULL ? numeral_sheet_read (bench->reader, ink, image, prediction) : NULL;
  return prediction;
}

/* Reads a picture of @text, digits. */
static void
measure_text (Bench *bench, const char *name, const char *text, const Picture *picture)
{
  Kind *kind = find_kind (bench, name);
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (NumeralSheet) sheet = NULL;
  g_autoptr (NumeralPrediction) prediction = read_picture (bench, picture, &sheet);
  g_autofree char *read = sheet != NULL ? numeral_sheet_get_text (sheet, 0, sheet->n_numbers) :
                                          numeral_prediction_get_number (prediction);
  const gboolean blank = sheet == NULL && prediction->empty;
  const gboolean refused =
      sheet != NULL ? sheet->problem != NULL : numeral_prediction_is_refused (prediction);

  kind->seconds += 1e-6 * (double) (g_get_monotonic_time () - start);
  kind->n++;
  if (blank)
    kind->blank++;
  else if (refused)
    kind->refused++;
  else if (g_str_equal (read, text))
    {
      kind->right++;
      return;
    }
  else if (strlen (read) != strlen (text))
    kind->apart++;
  show (bench, name, text, blank ? "blank" : refused ? "refused" : read, picture);
}

static void
measure (Bench *bench, const char *name, guint digit, const Picture *picture)
{
  const char text[2] = { (char) ('0' + digit), '\0' };

  measure_text (bench, name, text, picture);
}

/* The lines that are read in a picture, each ended by a line feed. */
static char *
read_sheet (Bench *bench, const Picture *picture)
{
  g_autoptr (NumeralSheet) sheet = NULL;
  g_autoptr (NumeralPrediction) single = read_picture (bench, picture, &sheet);
  GString *text = g_string_new (NULL);

  for (guint first = 0, last; sheet != NULL && first < sheet->n_numbers; first = last)
    {
      g_autofree char *line = NULL;
      gboolean refused;

      last = numeral_sheet_end_of_line (sheet, first);
      line = numeral_sheet_get_text (sheet, first, last);
      numeral_sheet_get_probability (sheet, first, last, &refused);
      g_string_append_printf (text, "%s%s\n", refused ? "?" : "", line);
    }
  return g_string_free (text, FALSE);
}

/* Counts the lines of a page that are read, and the page if all are. */
static void
measure_sheet (Bench *bench, const char *name, const char *text, const Picture *picture)
{
  g_autofree char *line_name = g_strconcat (name, ", lines", NULL);
  Kind *pages = find_kind (bench, name), *lines = find_kind (bench, line_name);
  const gint64 start = g_get_monotonic_time ();
  g_autofree char *read = read_sheet (bench, picture);
  g_auto (GStrv) expected = g_strsplit (text, "\n", -1), found = g_strsplit (read, "\n", -1);

  pages->seconds += 1e-6 * (double) (g_get_monotonic_time () - start);
  pages->n++;
  pages->blank += *read == '\0';
  pages->right += g_str_equal (read, text);
  for (guint i = 0; expected[i] != NULL && expected[i][0] != '\0'; i++)
    {
      lines->n++;
      lines->right += g_strv_contains ((const char *const *) found, expected[i]);
    }
  if (g_str_equal (read, text) || bench->show == NULL)
    return;
  g_print ("%s\n%s\nas\n%s\n", name, text, read);
  show (bench, name, "page", "page", picture);
}

static gboolean
is_wanted (const Bench *bench, const char *name)
{
  if (bench->wanted == NULL || bench->wanted[0] == NULL)
    return TRUE;
  for (guint i = 0; bench->wanted[i] != NULL; i++)
    if (g_str_has_prefix (name, bench->wanted[i]))
      return TRUE;
  return FALSE;
}

/* Both signs of a picture that is light on dark. */
static void
measure_both (Bench *bench, const char *name, guint digit, const Picture *light)
{
  g_autoptr (Picture) dark = picture_invert (light);
  g_autofree char *dark_name = g_strdup_printf ("%s dark", name);
  g_autofree char *light_name = g_strdup_printf ("%s light", name);

  measure (bench, dark_name, digit, dark);
  measure (bench, light_name, digit, light);
}

static void
measure_mnist_sample (Bench *bench, guint digit, const Picture *whole)
{
  g_autoptr (Picture) box = picture_box (whole);
  g_autoptr (Picture) tight = picture_cut_to_ink (whole, 0);

  for (guint times = 1; times <= 20; times = times == 1 ? 2 : times == 2 ? 5 : times * 2)
    {
      g_autoptr (Picture) large = picture_enlarge (box, times);
      g_autofree char *name = g_strdup_printf ("mnist box x%u", times);

      if (is_wanted (bench, name))
        measure_both (bench, name, digit, large);
    }
  if (is_wanted (bench, "mnist tight"))
    measure_both (bench, "mnist tight", digit, tight);
  for (int border = 1; border <= 3; border++)
    {
      g_autofree char *name = g_strdup_printf ("mnist tight+%d", border);
      g_autoptr (Picture) wide = picture_with_border (tight, border, 0);

      if (is_wanted (bench, name))
        measure_both (bench, name, digit, wide);
    }
  for (guint side = 8; side <= 16; side += 4)
    {
      g_autofree char *cut_name = g_strdup_printf ("mnist box %upx", side);
      g_autofree char *whole_name = g_strdup_printf ("mnist whole %upx", side);
      g_autoptr (Picture) small = picture_resize_to (box, side);
      g_autoptr (Picture) small_whole = picture_resize_to (whole, side);

      if (is_wanted (bench, cut_name))
        measure_both (bench, cut_name, digit, small);
      if (is_wanted (bench, whole_name))
        measure_both (bench, whole_name, digit, small_whole);
    }
  if (is_wanted (bench, "mnist stretched 16px"))
    {
      g_autoptr (Picture) stretched = picture_resize (box, 16, 16);
      g_autoptr (Picture) levels = picture_two_levels (stretched);
      g_autoptr (Picture) kept = picture_resize_to (box, 16);
      g_autoptr (Picture) square = picture_cut (kept, ((int) kept->width - 16) / 2,
                                                ((int) kept->height - 16) / 2, 16, 16, 0);
      g_autoptr (Picture) square_levels = picture_two_levels (square);

      measure_both (bench, "mnist stretched 16px", digit, stretched);
      measure_both (bench, "mnist stretched 16px two levels", digit, levels);
      measure_both (bench, "mnist square 16px", digit, square);
      measure_both (bench, "mnist square 16px two levels", digit, square_levels);
    }
}

static void
measure_mnist (Bench *bench, const char *folder, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "mnist", NULL);
  g_autoptr (NnDataset) train = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);

  if (train == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < n; i++)
    {
      Picture whole = { 28, 28, train->pixels + (gsize) i * 784 };

      measure_mnist_sample (bench, train->labels[i], &whole);
    }
}

/* The picture of a file; %NULL if it is none. */
static Picture *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = numeral_file_read (file, (gsize) 64 << 20, NULL, NULL);
  g_autoptr (GdkPixbuf) pixbuf = bytes != NULL ? numeral_image_decode (bytes, NULL) : NULL;
  g_autoptr (GdkPixbuf) image = pixbuf != NULL ? numeral_image_prepare (pixbuf, NULL) : NULL;
  Picture *picture;

  if (image == NULL)
    return NULL;
  picture =
      picture_new ((guint) gdk_pixbuf_get_width (image), (guint) gdk_pixbuf_get_height (image), 0);
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = gdk_pixbuf_read_pixels (image) +
                          (gsize) y * (gsize) gdk_pixbuf_get_rowstride (image) +
                          (gsize) x * (gsize) gdk_pixbuf_get_n_channels (image);

        picture->gray[(gsize) y * picture->width + x] =
            (guint8) ((77u * p[0] + 150u * p[1] + 29u * p[2]) >> 8);
      }
  return picture;
}

static void
measure_file (Bench *bench, const char *folder, guint digit, const char *path)
{
  g_autoptr (Picture) whole = load (path);
  g_autoptr (Picture) tight = NULL;

  if (whole == NULL)
    return;
  tight = picture_cut_to_ink (whole, 0);
  for (guint variant = 0; variant < 7; variant++)
    {
      static const char *const names[] = { "",          " cut",  " cut+2", " cut 12px",
                                           " cut 16px", " 12px", " 16px" };
      g_autofree char *name = g_strconcat ("field ", folder, names[variant], NULL);
      g_autoptr (Picture) picture = NULL;

      if (!is_wanted (bench, name))
        continue;
      if (variant == 0)
        picture = picture_cut (whole, 0, 0, (int) whole->width, (int) whole->height, 0);
      else if (variant == 1)
        picture = picture_cut_to_ink (whole, 0);
      else if (variant == 2)
        picture = picture_cut_to_ink (whole, 2);
      else
        picture = picture_resize_to (variant < 5 ? tight : whole, variant % 2 == 1 ? 12 : 16);
      measure (bench, name, digit, picture);
    }
}

static void
measure_folder (Bench *bench, const char *root, const char *folder)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      const char class[2] = { (char) ('0' + digit), '\0' };
      g_autofree char *path = g_build_filename (root, "field", folder, class, NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (names, g_build_filename (path, name, NULL));
      g_ptr_array_sort (names, (GCompareFunc) (void (*) (void)) g_strcmp0);
      for (guint i = 0; i < names->len; i++)
        measure_file (bench, folder, digit, names->pdata[i]);
    }
}

static void
measure_pen_sample (Bench *bench, const InkSample *sample, InkRandom *random)
{
  const double size = exp (ink_random_range (random, log (20), log (300)));
  const double pen = MAX (1.2, size * ink_random_range (random, 0.04, 0.18));
  const guint lines = 1 + (guint) (ink_random_uniform (random) * 14);
  const struct
  {
    const char *name;
    Page page;
  } cases[] = {
    { "pen tight", { size, pen, 0, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen border", { size, pen, 0.3, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen small on sheet", { 30, 2, 6, 20, 240, 0, 0, FALSE, 0, 0 } },
    { "pen light on dark", { size, pen, 0.02, 230, 30, 0, 0, FALSE, 0, 0 } },
    { "pen frame", { size, pen, 0.35, 20, 240, 15, 0, FALSE, 0, 0 } },
    { "pen part of frame", { size, pen, 0.25, 20, 240, lines, 0, FALSE, 0, 0 } },
    { "pen ruled", { 90, 5, 0.6, 20, 240, 0, 0.45, FALSE, 0, 0 } },
    { "pen squared", { 90, 5, 0.6, 20, 240, 0, 0.4, TRUE, 0, 0 } },
    { "pen shaded", { size, pen, 0.5, 40, 220, 0, 0, FALSE, 0.6, 4 } },
    { "pen grain tight", { size, pen, 0.05, 60, 200, 0, 0, FALSE, 0.2, 8 } },
    { "pen faint", { size, pen, 0.4, 190, 235, 0, 0, FALSE, 0, 3 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (is_wanted (bench, cases[i].name))
      {
        g_autoptr (Picture) picture = picture_draw_page (&cases[i].page, sample->drawing, random);

        measure (bench, cases[i].name, (guint) sample->label, picture);
      }
}

static void
measure_ink (Bench *bench, const char *name, const char *text, InkDrawing *drawing)
{
  Kind *kind = find_kind (bench, name);
  g_autoptr (NumeralPrediction) prediction = numeral_reader_read_drawing (bench->reader, drawing);
  g_autofree char *read = numeral_prediction_get_number (prediction);

  kind->n++;
  if (numeral_prediction_is_refused (prediction))
    kind->refused++;
  else if (g_str_equal (read, text))
    kind->right++;
  else
    {
      kind->apart += strlen (read) != strlen (text);
      if (bench->show != NULL)
        g_print ("%s: %s as %s\n", name, text, read);
    }
}

static void
measure_signs (Bench *bench, GPtrArray *samples, guint n)
{
  static const char signs[] = { 0, ',', '.', '-', ':', '+' };
  InkRandom random;

  ink_random_init (&random, 3, 1);
  for (guint s = 0; s < G_N_ELEMENTS (signs); s++)
    for (guint i = 0; i < n; i++)
      {
        const InkSample *digits[3];
        g_autofree char *name = g_strdup_printf ("number %c", signs[s] ? signs[s] : ' ');
        g_autofree char *ink_name = g_strdup_printf ("ink number %c", signs[s] ? signs[s] : ' ');
        g_autoptr (InkDrawing) number = NULL;
        g_autoptr (Picture) picture = NULL;
        const Page page = { 60, 4, 0.4, 20, 240, 0, 0, FALSE, 0, 2 };
        char text[8];

        for (guint d = 0; d < 3;)
          {
            const InkSample *sample =
                samples->pdata[(guint) (ink_random_uniform (&random) * samples->len)];

            if (sample->writer % 5 == 0 && (d == 0 || sample->writer == digits[0]->writer))
              digits[d++] = sample;
          }
        number = picture_draw_number (digits, signs[s], &random, text);
        picture = picture_draw_page (&page, number, &random);
        if (is_wanted (bench, name))
          measure_text (bench, name, text, picture);
        if (is_wanted (bench, ink_name))
          measure_ink (bench, ink_name, text, number);
      }
}

static GPtrArray *
load_pen (const char *folder)
{
  g_autofree char *path =
      g_build_filename (folder, "pendigits", "pendigits-orig.tra.unipen.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = numeral_file_read (file, (gsize) 64 << 20, NULL, &error);
  GPtrArray *samples = bytes != NULL ? ink_unipen_parse (bytes, NULL, &error) : NULL;

  if (samples == NULL)
    g_error ("%s", error->message);
  return samples;
}

static void
measure_pen (Bench *bench, GPtrArray *samples, guint n)
{
  InkRandom random;
  guint done = 0;

  ink_random_init (&random, 1, 1);
  for (guint i = 0; i < samples->len && done < n; i++)
    {
      const InkSample *sample = samples->pdata[i];

      if (sample->writer % 5 != 0)
        continue;
      measure_pen_sample (bench, sample, &random);
      done++;
    }
}

static void
measure_sheets (Bench *bench, const char *folder, GPtrArray *samples, guint n)
{
  static const char *const papers[] = { "clean", "ruled", "squared", "shaded", "sudoku" };
  g_autofree char *path = g_build_filename (folder, "mnist", NULL);
  g_autoptr (NnDataset) train = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, NULL);
  g_autoptr (GPtrArray) held_out = g_ptr_array_new ();
  InkRandom random;

  for (guint i = 0; i < samples->len; i++)
    if (((InkSample *) samples->pdata[i])->writer % 5 == 0)
      g_ptr_array_add (held_out, samples->pdata[i]);
  for (guint paper = 0; paper < G_N_ELEMENTS (papers); paper++)
    for (guint source = 0; source < 2; source++)
      {
        g_autofree char *name =
            g_strdup_printf ("pages %s %s", papers[paper], source == 0 ? "mnist" : "pen");
        const SheetDigits digits = { source == 0 ? train : NULL, held_out };

        ink_random_init (&random, 4, 2 * paper + source);
        for (guint i = 0; i < n && is_wanted (bench, name); i++)
          {
            g_autofree char *text = NULL;
            g_autoptr (Picture) picture = paper < SHEET_N_PAPERS ?
                                              picture_draw_sheet (paper, &digits, &random, &text) :
                                              picture_draw_sudoku (&digits, &random, &text);

            measure_sheet (bench, name, text, picture);
          }
      }
}

/* Pages of a scanner, by the height of their digits: 3, 5 and 8 mm. */
static void
measure_scans (Bench *bench, const char *folder, guint n)
{
  static const double sizes[] = { 35, 59, 94 };
  g_autofree char *path = g_build_filename (folder, "mnist", NULL);
  g_autoptr (NnDataset) train = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, NULL);
  const SheetDigits digits = { train, NULL };
  InkRandom random;

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint paper = SHEET_CLEAN; paper <= SHEET_SQUARED; paper++)
      {
        static const char *const papers[] = { "clean", "ruled", "squared" };
        g_autofree char *name = g_strdup_printf ("scans %s %.0f px", papers[paper], sizes[s]);

        ink_random_init (&random, 5, SHEET_N_PAPERS * s + paper);
        for (guint i = 0; i < n && is_wanted (bench, name); i++)
          {
            g_autofree char *text = NULL;
            g_autoptr (Picture) picture =
                picture_draw_scan (paper, &digits, sizes[s], &random, &text);

            measure_sheet (bench, name, text, picture);
          }
      }
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("NUMERAL_DATA_DIR");
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autofree char *show_folder = NULL;
  gint n = 300;
  Bench bench = { 0 };
  const GOptionEntry entries[] = {
    { "show", 0, 0, G_OPTION_ARG_FILENAME, &show_folder, "Write what is not read", "FOLDER" },
    { "samples", 0, 0, G_OPTION_ARG_INT, &n, "Samples of each kind", "N" },
    { "reduced", 0, 0, G_OPTION_ARG_NONE, &bench.reduced, "Reduce large pictures", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[KIND…]");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (folder == NULL)
    {
      g_print ("skipped: NUMERAL_DATA_DIR names no data\n");
      return 77;
    }
  model = numeral_model_load_shipped (&error);
  if (model == NULL)
    g_error ("%s", error->message);
  bench.reader = numeral_reader_new (model);
  bench.wanted = argv + 1;
  bench.show = show_folder;
  bench.kinds = g_ptr_array_new ();
  if (show_folder != NULL)
    g_mkdir_with_parents (show_folder, 0700);
  measure_mnist (&bench, folder, (guint) n);
  samples = load_pen (folder);
  measure_pen (&bench, samples, (guint) n);
  measure_signs (&bench, samples, (guint) n);
  measure_sheets (&bench, folder, samples, MAX ((guint) n / 10, 1));
  measure_scans (&bench, folder, MAX ((guint) n / 20, 1));
  measure_folder (&bench, folder, "own");
  measure_folder (&bench, folder, "sudoku-hand");
  measure_folder (&bench, folder, "sudoku-hand-lines");
  for (guint i = 0; i < bench.kinds->len; i++)
    {
      const Kind *kind = bench.kinds->pdata[i];

      g_print ("%-42s %5.1f %% of %4u  blank %3u  refused %3u  wrong %3u (apart %3u)  %.2f ms\n",
               kind->name, 100.0 * kind->right / kind->n, kind->n, kind->blank, kind->refused,
               kind->n - kind->right - kind->blank - kind->refused, kind->apart,
               1000 * kind->seconds / kind->n);
    }
  return 0;
}
