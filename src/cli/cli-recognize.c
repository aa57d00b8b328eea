/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-in-order.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-recognition.h"
#include "cli-verbs.h"
#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-document.h"
#include "numeral-orientation.h"
#include "numeral-picture-read.h"

/* What all threads share. */
typedef struct
{
  char **paths;
  const NumeralModel *model;
  CliRecognitionFormat format;
  int rotate; /* degrees clockwise by which pictures are turned */
  int status; /* of the calling thread */
} Work;

/* What one thread reads files with. */
typedef struct
{
  NumeralReader *reader;
  gboolean at_once; /* print each line when it is there */
  int rotate;       /* degrees clockwise */
  guint n_pages;    /* of the file that is read */
  guint n_outside;  /* marks outside of its table */
  CliRecognition out;
} Reader;

/* The output for one file. */
typedef struct
{
  char *text;
  char *error; /* (nullable): why the file could not be read */
  char *note;  /* (nullable): what of the file was not read */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer->error);
  g_free (answer->note);
  g_free (answer);
}

/* Ink that a file labels with a digit is read as one digit, without splitting. */
static void
read_sample (Reader *reader, const char *path, guint index, const InkSample *sample)
{
  g_autoptr (NumeralPrediction) prediction =
      sample->label >= 0 ? numeral_reader_read_digit (reader->reader, sample->drawing) :
                           numeral_reader_read_drawing (reader->reader, sample->drawing);

  cli_recognition_put (&reader->out, path, index, sample->label, prediction);
  if (!reader->at_once)
    return;
  cli_print ("%s", reader->out.text->str);
  g_string_truncate (reader->out.text, 0);
}

/* A picture of a number, or of a page. */
static void
read_picture (Reader *reader, const char *path, NumeralPicture *picture, GError **error)
{
  g_autoptr (NumeralSheet) sheet = NULL;
  g_autoptr (NumeralPrediction) prediction = numeral_picture_read (reader->reader, picture, &sheet);

  /* Who has turned it knows. */
  if (reader->rotate == 0)
    reader->out.turn = numeral_orientation_find (reader->reader, picture, prediction, sheet);
  if (sheet == NULL && picture->image == NULL)
    cli_recognition_put_blank (&reader->out, path, picture->blank);
  else if (sheet == NULL)
    cli_recognition_put (&reader->out, path, 0, -1, prediction);
  else if (sheet->problem == NULL)
    {
      reader->n_outside = sheet->n_outside;
      cli_recognition_put_sheet (&reader->out, path, sheet,
                                 (guint) gdk_pixbuf_get_width (picture->pixbuf),
                                 (guint) gdk_pixbuf_get_height (picture->pixbuf));
    }
  else
    g_set_error (error, NN_ERROR, NN_ERROR_VALUE, "%s: %s", path, sheet->problem);
}

/* A blank file is a valid answer. */
static void
read_file (Reader *reader, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (NumeralDocument) document = numeral_document_load (file, NULL, &local);
  g_autoptr (NumeralPicture) picture = NULL;
  InkBlank blank = INK_BLANK_PLAIN;

  reader->n_pages = document != NULL ? document->n_pages : 1;
  reader->n_outside = 0;
  reader->out.turn = 0;
  if (document != NULL && document->picture != NULL)
    picture = reader->rotate == 0 ?
                  numeral_picture_ref (document->picture) :
                  numeral_picture_turn (document->picture, reader->rotate, &local);
  if (local != NULL && !numeral_blank_matches (local, &blank))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return;
    }
  if (document != NULL && document->samples != NULL)
    {
      for (guint i = 0; i < document->samples->len && (!reader->at_once || cli_output_ok ()); i++)
        read_sample (reader, path, i, g_ptr_array_index (document->samples, i));
      return;
    }
  if (picture != NULL)
    {
      read_picture (reader, path, picture, error);
      return;
    }
  cli_recognition_put_blank (&reader->out, path, blank);
}

static gpointer
reader_new (gpointer data)
{
  const Work *work = data;
  Reader *reader = g_new0 (Reader, 1);

  reader->reader = numeral_reader_new (work->model);
  reader->rotate = work->rotate;
  cli_recognition_init (&reader->out, work->format, work->model->novelty != NULL);
  /* A single file is read by the calling thread, which may print. */
  reader->at_once = work->paths[1] == NULL;
  return reader;
}

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  numeral_reader_free (reader->reader);
  cli_recognition_clear (&reader->out);
  g_free (reader);
}

/* (transfer full) (nullable): what to tell of a file that was read */
static char *
get_note (const Reader *reader, const char *path)
{
  if (reader->out.turn != 0)
    return g_strdup_printf (_ ("%s: it can be read when it is turned: try --rotate=%d"), path,
                            reader->out.turn);
  if (reader->n_pages > 1)
    return g_strdup_printf (_ ("%s: only the first of its %u pages is read; save the "
                               "others as files of their own"),
                            path, reader->n_pages);
  if (reader->n_outside > 0)
    return g_strdup_printf (ngettext ("%s: %u mark outside of the table is not read; crop the "
                                      "picture to read it",
                                      "%s: %u marks outside of the table are not read; crop the "
                                      "picture to read them",
                                      reader->n_outside),
                            path, reader->n_outside);
  return NULL;
}

static gpointer
answer_item (gpointer worker, guint item, gpointer data)
{
  Reader *reader = worker;
  const Work *work = data;
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GError) error = NULL;

  read_file (reader, work->paths[item], &error);
  answer->text = g_strndup (reader->out.text->str, reader->out.text->len);
  g_string_truncate (reader->out.text, 0);
  if (error != NULL)
    answer->error = g_strdup (error->message);
  else
    answer->note = get_note (reader, work->paths[item]);
  return answer;
}

static gboolean
print_answer (gpointer result, gpointer data)
{
  Answer *answer = result;
  Work *work = data;

  cli_print ("%s", answer->text);
  if (answer->error != NULL)
    {
      cli_error ("%s", answer->error);
      work->status = CLI_FAILED;
    }
  if (answer->note != NULL)
    cli_error ("%s", answer->note);
  answer_free (answer);
  return cli_output_ok ();
}

static const CliInOrder reading = {
  .worker_new = reader_new,
  .worker_free = reader_free,
  .work = answer_item,
  .take = print_answer,
  .result_free = answer_free,
};

int
cli_recognize (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *model_path = NULL;
  gboolean json = FALSE, csv = FALSE;
  int rotate = 0;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Read with this model instead of the one that ships"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object per line"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv,
      N_ ("Print one table: file, line, column, number, probability"), NULL },
    { "rotate", 0, 0, G_OPTION_ARG_INT, &rotate,
      N_ ("Turn pictures clockwise by 90, 180 or 270 degrees first"), N_ ("DEGREES") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("FILE...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "recognize",
    _ ("Reads the digits in images (PNG, JPEG and others), and in ink: InkML, UNIPEN and "
       "Xournal++."),
    _ ("Each digit, or number of several digits side by side in ink, is a line "
       "\"FILE[INDEX]: NUMBER PROBABILITY\". A page gives such a line for each of its lines. What "
       "does not look like a digit is refused; its line "
       "says so, and what it would be if it were one."),
    entries,
    NULL,
  };
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;
  Work work;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (paths == NULL)
    return cli_usage_error (options.verb, _ ("no file to read was given"));
  if (rotate != 0 && rotate != 90 && rotate != 180 && rotate != 270)
    return cli_usage_error (options.verb, _ ("--rotate takes 90, 180 or 270"));
  if (json && csv)
    return cli_usage_error (options.verb, _ ("--json and --csv exclude each other"));

  model = cli_load_digit_model (model_path, &error);
  if (model == NULL)
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }

  work = (Work){ .paths = paths, .model = model, .rotate = rotate, .status = status };
  work.format = json ? CLI_RECOGNITION_JSON : csv ? CLI_RECOGNITION_CSV : CLI_RECOGNITION_TEXT;
  cli_print ("%s", cli_recognition_header (work.format));
  cli_in_order (&reading, g_strv_length (paths), &work);
  return work.status;
}
