/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-images.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ink-error.h"
#include "numeral-blank.h"
#include "numeral-data-drawings.h"
#include "numeral-data-files.h"
#include "numeral-data-labels.h"
#include "numeral-data-split.h"
#include "numeral-document.h"
#include "numeral-origin.h"

#define N_DIGITS 10
#define MAX_THREADS 16
/* Enough for a picture of one digit; thousands of larger files would take all memory. */
#define MAX_FILE_BYTES (64 << 20)
/* Interval between calls of the progress callback. */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 30)

/**
 * Item:
 * @name: relative to the folder
 * @label: of its path, replaced by what the file says
 * @reason: (nullable): why it is left out, after reading
 * @origin: (nullable): of ink
 * @drawings: (nullable) (element-type NumeralDrawingRow): of a file with several drawings
 *
 * A file to read. A thread writes those that it reads.
 */
typedef struct
{
  const char *name;
  NumeralLabel label;
  NumeralLeftOut why;
  char *reason;
  NnOrigin *origin;
  GArray *drawings;
} Item;

/* Shared by the threads: each takes the next file, and writes only the row of this file. */
typedef struct
{
  const char *folder;
  GArray *items; /* Item */
  NnDataset *dataset;
  const NumeralDataRequest *request;
  guint next;       /* atomic */
  guint n_left_out; /* atomic: drawings of files with several */
} Work;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->reason);
  if (item->origin != NULL)
    nn_origin_unref (item->origin);
  if (item->drawings != NULL)
    g_array_unref (item->drawings);
}

/* Takes ownership of @reason. */
static void
leave_out (Item *item, NumeralLeftOut why, char *reason)
{
  item->why = why;
  item->reason = reason;
}

/* Uses plain system calls: GFile makes a dozen unnecessary calls for each small file. */
static GBytes *
read_bytes (const char *path, Item *item)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  char *data;
  gsize size;

  if (g_stat (path, &status) != 0)
    leave_out (item, NUMERAL_LEFT_OUT_UNREADABLE, g_strdup (g_strerror (errno)));
  else if (status.st_size > MAX_FILE_BYTES)
    leave_out (item, NUMERAL_LEFT_OUT_UNREADABLE,
               g_strdup_printf (_ ("larger than %d MB"), MAX_FILE_BYTES >> 20));
  else if (!g_file_get_contents (path, &data, &size, &error))
    leave_out (item, NUMERAL_LEFT_OUT_UNREADABLE, g_strdup (error->message));
  else
    return g_bytes_new_take (data, size);
  return NULL;
}

/* The message of numeral_document_parse() without the name of the file. */
static const char *
reason_of (const GError *error, const char *name)
{
  const gsize length = strlen (name);

  return g_str_has_prefix (error->message, name) &&
                 g_str_has_prefix (error->message + length, ": ") ?
             error->message + length + 2 :
             error->message;
}

/* A file that has a label for a part of its drawings alone is a sample for each of these. */
static void
take_drawings (Work *work, Item *item, const NumeralDocument *document)
{
  guint n_left_out;

  item->drawings = numeral_data_drawings_read (document->samples, item->label.digit,
                                               work->request->cancellable, &n_left_out);
  if (item->drawings->len > 0)
    __atomic_fetch_add (&work->n_left_out, n_left_out, __ATOMIC_RELAXED);
  else
    leave_out (item, NUMERAL_LEFT_OUT_UNLABELLED,
               g_strdup (_ ("none of its drawings is labelled as a digit")));
}

/* Takes the label that the file names. */
static void
take_ink (Item *item, const NumeralDocument *document)
{
  const InkSample *sample = g_ptr_array_index (document->samples, 0);

  if (sample->label == INK_LABEL_OTHER)
    leave_out (item, NUMERAL_LEFT_OUT_UNLABELLED, g_strdup (_ ("its label is not a digit")));
  else if (sample->label >= 0)
    item->label.digit = sample->label;
  else if (document->truth != NULL && *document->truth != '\0')
    {
      g_autofree char *shown =
          g_utf8_substring (document->truth, 0, MIN (g_utf8_strlen (document->truth, -1), 40));

      leave_out (item, NUMERAL_LEFT_OUT_UNLABELLED,
                 g_strdup_printf (_ ("“%s” is written, which is not one digit"), shown));
    }
  if (item->reason == NULL)
    item->origin = numeral_origin_new_for_ink (sample->drawing);
}

static void
read_file (Work *work, guint i)
{
  Item *item = &g_array_index (work->items, Item, i);
  g_autofree char *path = g_build_filename (work->folder, item->name, NULL);
  g_autoptr (GBytes) bytes = read_bytes (path, item);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document =
      bytes != NULL ? numeral_document_parse (bytes, item->name, &error) : NULL;
  InkBlank blank;

  if (document == NULL)
    {
      if (error != NULL)
        leave_out (item,
                   numeral_blank_matches (error, &blank) ? NUMERAL_LEFT_OUT_BLANK :
                                                           NUMERAL_LEFT_OUT_UNREADABLE,
                   g_strdup (reason_of (error, item->name)));
      return;
    }
  if (document->samples != NULL && document->samples->len > 1)
    {
      take_drawings (work, item, document);
      return;
    }
  if (document->samples != NULL)
    take_ink (item, document);
  else if (document->picture->image == NULL)
    leave_out (item, NUMERAL_LEFT_OUT_UNREADABLE,
               g_strdup (_ ("it is a page of several lines, not one digit")));
  if (item->reason == NULL && item->label.digit < 0)
    leave_out (item, NUMERAL_LEFT_OUT_UNLABELLED, g_strdup (item->label.reason));
  if (item->reason == NULL)
    ink_tensor_to_pixels (document->tensor, work->dataset->pixels + (gsize) i * INK_TENSOR_SIZE);
}

/* @first: whether this is the calling thread, which alone reports the progress */
static void
read_files (Work *work, gboolean first)
{
  const NumeralDataRequest *request = work->request;
  gint64 told = 0;

  while (!g_cancellable_is_cancelled (request->cancellable))
    {
      guint i = __atomic_fetch_add (&work->next, 1, __ATOMIC_RELAXED);
      gint64 now;

      if (i >= work->items->len)
        break;
      read_file (work, i);
      now = first && request->progress != NULL ? g_get_monotonic_time () : 0;
      if (now - told >= PROGRESS_INTERVAL)
        {
          told = now;
          request->progress ((double) i / (double) work->items->len, request->user_data);
        }
    }
}

static gpointer
read_in_thread (gpointer data)
{
  read_files (data, FALSE);
  return NULL;
}

static void
read_all (Work *work)
{
  GThread *threads[MAX_THREADS] = { NULL };
  guint n_threads = MIN (MAX_THREADS, g_get_num_processors ());

  for (guint t = 1; t < n_threads; t++)
    threads[t] = g_thread_new ("numeral-images", read_in_thread, work);
  read_files (work, TRUE);
  for (guint t = 1; t < n_threads; t++)
    g_thread_join (threads[t]);
}

/* Says in the error what the report says, because nobody sees the report of data that failed. */
static NnDataset *
fail_empty (const char *path, const NumeralDataReport *report, GError **error)
{
  g_autoptr (GPtrArray) lines = numeral_data_report_lines (report);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", (char *) lines->pdata[i]);
  g_set_error (error, INK_ERROR, INK_ERROR_EMPTY,
               _ ("%s: no file in this folder could be read as a digit with a label: %s. Folders 0 "
                  "to 9, names such as 3_anna.png, or the truth in InkML are labels"),
               path, text->str);
  return NULL;
}

static gboolean
has_ending (const char *name, const char *const *endings)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (; *endings != NULL; endings++)
    if (g_str_has_suffix (lower, *endings))
      return TRUE;
  return FALSE;
}

/* What may be ink that says what is written in it. Pictures without a label are not decoded. */
static gboolean
may_have_truth (const char *name)
{
  static const char *const endings[] = { ".inkml",  ".xml",       ".inkml.gz", ".xml.gz",
                                         ".unipen", ".unipen.gz", NULL };

  return has_ending (name, endings);
}

static gboolean
has_picture (const GPtrArray *files)
{
  static const char *const endings[] = { ".png",  ".jpg",  ".jpeg", ".bmp", ".gif", ".tif",
                                         ".tiff", ".webp", ".svg",  ".pgm", ".ppm", NULL };

  for (guint i = 0; i < files->len; i++)
    if (has_ending (files->pdata[i], endings))
      return TRUE;
  return FALSE;
}

/* (transfer full): the files that are worth reading; the others go to the report. */
static GArray *
choose_items (const GPtrArray *files, NumeralDataReport *report)
{
  g_autofree NumeralLabel *labels = numeral_labels_find (files, report);
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  g_array_set_clear_func (items, item_clear);
  for (guint i = 0; i < files->len; i++)
    {
      const Item item = {
        files->pdata[i], labels[i], NUMERAL_LEFT_OUT_UNREADABLE, NULL, NULL, NULL
      };

      if (labels[i].digit >= 0 || may_have_truth (item.name))
        g_array_append_val (items, item);
      else
        numeral_data_report_leave_out (report, NUMERAL_LEFT_OUT_UNLABELLED, item.name,
                                       labels[i].reason);
    }
  return items;
}

/* Number of samples in @item. */
static gsize
count_samples (const Item *item)
{
  if (item->reason != NULL)
    return 0;
  return item->drawings != NULL ? item->drawings->len : 1;
}

/* The number of samples. Files without one go to the report. */
static gsize
count_all (const Work *work, NumeralDataReport *report)
{
  gsize n = 0;

  for (guint i = 0; i < work->items->len; i++)
    {
      const Item *item = &g_array_index (work->items, Item, i);

      n += count_samples (item);
      if (item->reason != NULL)
        numeral_data_report_leave_out (report, item->why, item->name, item->reason);
    }
  if (work->n_left_out > 0)
    numeral_data_report_take_note (
        report,
        g_strdup_printf (
            ngettext ("%u drawing is left out of a file with several: it has no ink, or its label "
                      "is not a digit",
                      "%u drawings are left out of files with several: they have no ink, or their "
                      "label is not a digit",
                      work->n_left_out),
            work->n_left_out));
  return n;
}

/* Writes the samples of the file @i to @dataset, from the row @at. */
static void
put_samples (Work *work, guint i, NnDataset *dataset, gsize at)
{
  Item *item = &g_array_index (work->items, Item, i);

  if (item->drawings != NULL)
    {
      for (guint k = 0; k < item->drawings->len; k++)
        numeral_data_drawings_move (&g_array_index (item->drawings, NumeralDrawingRow, k), dataset,
                                    at + k);
      return;
    }
  memcpy (dataset->pixels + at * INK_TENSOR_SIZE,
          work->dataset->pixels + (gsize) i * INK_TENSOR_SIZE, INK_TENSOR_SIZE);
  dataset->labels[at] = (guint8) item->label.digit;
  if (item->origin == NULL)
    return;
  nn_dataset_add_origins (dataset);
  dataset->origins[at] = g_steal_pointer (&item->origin);
}

/* The samples of the files that are digits with a label; the others go to the report. */
static NnDataset *
keep_digits (Work *work, const char *path, NumeralDataReport *report, GError **error)
{
  const gsize n = count_all (work, report);
  g_autoptr (NnDataset) dataset = NULL;
  gsize at = 0;

  if (n == 0)
    return fail_empty (path, report, error);
  dataset = nn_dataset_new_pixels (n, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  if (dataset == NULL)
    return NULL;
  for (guint i = 0; i < work->items->len; i++)
    {
      gsize count = count_samples (&g_array_index (work->items, Item, i));

      if (count > 0)
        put_samples (work, i, dataset, at);
      at += count;
    }
  report->empty = (1u << N_DIGITS) - 1;
  for (gsize i = 0; i < n; i++)
    report->empty &= ~(1u << dataset->labels[i]);
  return g_steal_pointer (&dataset);
}

NnDataset *
numeral_data_from_images (const char *path,
                          const NumeralDataRequest *request,
                          NumeralDataReport *report,
                          GError **error)
{
  g_auto (NumeralDataPlace) place = { NULL };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  Work work;

  if (!numeral_data_find_place (path, request->split, &place, report, error))
    return NULL;
  files = numeral_data_list_files (place.folder, (const char *const *) place.skip, report,
                                   request->cancellable, error);
  if (files == NULL)
    return NULL;
  items = choose_items (files, report);
  if (items->len == 0 && !has_picture (files))
    {
      g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                   _ ("%s: there is no picture or ink in this folder"), place.folder);
      return NULL;
    }
  if (items->len == 0)
    return fail_empty (path, report, error);
  dataset = nn_dataset_new_pixels (items->len, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  if (dataset == NULL)
    return NULL;
  work = (Work){ place.folder, items, dataset, request, 0, 0 };
  read_all (&work);
  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return NULL;
  return keep_digits (&work, path, report, error);
}
