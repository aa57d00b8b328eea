/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-images.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ink-error.h"
#include "numeral-document.h"

#define N_DIGITS 10
#define MAX_THREADS 16
/* Enough for a picture of one digit; thousands of larger files would take all memory. */
#define MAX_FILE_BYTES (64 << 20)
/* Interval between calls of the progress callback. */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 30)

/* Shared by the threads: each takes the next file, and writes only the row of this file. */
typedef struct
{
  GPtrArray *paths;
  NnDataset *dataset;
  gboolean *read; /* [paths] */
  GMutex mutex;
  guint n_first; /* of the first file that could not be read */
  char *first;   /* (nullable): why it could not */
  GCancellable *cancellable;
  guint next; /* atomic */
  NumeralDataProgress progress;
  gpointer user_data;
} Work;

static gboolean
has_classes (const char *path)
{
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      char name[] = { (char) ('0' + digit), '\0' };
      g_autofree char *folder = g_build_filename (path, name, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return TRUE;
    }
  return FALSE;
}

char *
numeral_data_find_image_classes (const char *path, NumeralSplit split)
{
  static const char *const train[] = { "train", "training", NULL };
  static const char *const test[] = { "test", "testing", NULL };

  if (has_classes (path))
    return g_strdup (path);
  for (const char *const *name = split == NUMERAL_SPLIT_TRAIN ? train : test; *name != NULL; name++)
    {
      g_autofree char *folder = g_build_filename (path, *name, NULL);

      if (has_classes (folder))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds the files of a class in the order of their names, because file systems list them in any
 * order. */
static void
list_class (GPtrArray *paths, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (*name != '.' && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
  g_ptr_array_sort (found, compare_paths);
  g_ptr_array_extend_and_steal (paths, g_steal_pointer (&found));
}

/* Uses plain system calls: GFile makes a dozen unnecessary calls for each small file. */
static GBytes *
read_bytes (const char *path)
{
  GStatBuf status;
  char *data;
  gsize size;

  if (g_stat (path, &status) != 0 || status.st_size > MAX_FILE_BYTES ||
      !g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  return g_bytes_new_take (data, size);
}

/* Keeps why the first file could not be read, in whatever order the threads read them. */
static void
keep_reason (Work *work, guint i, const GError *error)
{
  g_mutex_lock (&work->mutex);
  if (work->first == NULL || i < work->n_first)
    {
      g_free (work->first);
      work->first = g_strdup (error->message);
      work->n_first = i;
    }
  g_mutex_unlock (&work->mutex);
}

static void
read_file (Work *work, guint i)
{
  const char *path = g_ptr_array_index (work->paths, i);
  g_autoptr (GBytes) bytes = read_bytes (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document =
      bytes != NULL ? numeral_document_parse (bytes, path, &error) : NULL;

  work->read[i] = document != NULL;
  if (error != NULL)
    keep_reason (work, i, error);
  if (document != NULL)
    ink_tensor_to_pixels (document->tensor, work->dataset->pixels + (gsize) i * INK_TENSOR_SIZE);
}

/* @first: whether this is the calling thread, which alone reports the progress */
static void
read_files (Work *work, gboolean first)
{
  gint64 told = 0;

  while (!g_cancellable_is_cancelled (work->cancellable))
    {
      guint i = __atomic_fetch_add (&work->next, 1, __ATOMIC_RELAXED);
      gint64 now;

      if (i >= work->paths->len)
        break;
      read_file (work, i);
      now = first && work->progress != NULL ? g_get_monotonic_time () : 0;
      if (now - told >= PROGRESS_INTERVAL)
        {
          told = now;
          work->progress ((double) i / (double) work->paths->len, work->user_data);
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

/* @reason: (nullable): why the first image could not be read */
static NnDataset *
fail_empty (const char *path, const char *reason, GError **error)
{
  g_autofree char *what =
      g_strdup_printf (_ ("%s: no image in its folders 0 to 9 could be read as a digit"), path);

  if (reason == NULL)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY, what);
  else
    /* Translators: a message, and why the first image could not be read */
    g_set_error (error, INK_ERROR, INK_ERROR_EMPTY, _ ("%s; the first one: %s"), what, reason);
  return NULL;
}

/* Removes the rows of files that could not be read. */
static NnDataset *
keep_read (const Work *work, const char *path, gsize *n_rejected, GError **error)
{
  g_autofree guint32 *kept = g_new (guint32, work->paths->len);
  gsize n = 0;

  for (guint i = 0; i < work->paths->len; i++)
    if (work->read[i])
      kept[n++] = i;
  *n_rejected = work->paths->len - n;
  if (n == 0)
    return fail_empty (path, work->first, error);
  if (n == work->paths->len)
    return nn_dataset_ref (work->dataset);
  return nn_dataset_subset (work->dataset, kept, n);
}

NnDataset *
numeral_data_from_images (const char *path,
                          gsize *n_rejected,
                          GCancellable *cancellable,
                          NumeralDataProgress progress,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree gboolean *read = NULL;
  guint starts[N_DIGITS + 1] = { 0 };
  NnDataset *kept = NULL;
  Work work;

  *n_rejected = 0;
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      char name[] = { (char) ('0' + digit), '\0' };
      g_autofree char *folder = g_build_filename (path, name, NULL);

      list_class (paths, folder);
      starts[digit + 1] = paths->len;
    }
  if (paths->len == 0)
    return fail_empty (path, NULL, error);
  dataset = nn_dataset_new_pixels (paths->len, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  if (dataset == NULL)
    return NULL;
  for (guint digit = 0; digit < N_DIGITS; digit++)
    memset (dataset->labels + starts[digit], (int) digit, starts[digit + 1] - starts[digit]);

  read = g_new0 (gboolean, paths->len);
  work = (Work){ .paths = paths,
                 .dataset = dataset,
                 .read = read,
                 .cancellable = cancellable,
                 .progress = progress,
                 .user_data = user_data };
  g_mutex_init (&work.mutex);
  read_all (&work);
  g_mutex_clear (&work.mutex);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    kept = keep_read (&work, path, n_rejected, error);
  g_free (work.first);
  return kept;
}
