/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-reader.h"

#include <sys/resource.h>

#include "numeral-run-folders.h"
#include "numeral-run-lock.h"

/* The first rows appear at once, later ones several at a time: each batch costs a layout. */
#define FIRST_BATCH 16
#define BATCH_INTERVAL (G_USEC_PER_SEC / 10)
/* Most runs that are taken at a time, which takes 1 ms; then there is time for a frame. */
#define MAX_BATCH 256
#define MAX_BATCH_INTERVAL (G_USEC_PER_SEC / 50)
/* The window goes first. */
#define NICENESS 10

struct _NumeralRunReader
{
  NumeralRunRoot *root;
  NumeralRunReadFunc func;
  gpointer data;
  int ref_count;

  pthread_mutex_t mutex;
  pthread_cond_t cond;
  /* Protected by the mutex. */
  gboolean stopped, paused;
  GSource *source; /* in the context of the owner, who drops the last reference; then NULL */
  GPtrArray *records;
  gboolean done;
  GError *error;
};

/* A source that carries its reader. */
typedef struct
{
  GSource parent;
  NumeralRunReader *reader;
} ReaderSource;

static void
unref (NumeralRunReader *reader)
{
  if (!g_atomic_int_dec_and_test (&reader->ref_count))
    return;
  numeral_run_root_unref (reader->root);
  g_ptr_array_unref (reader->records);
  g_clear_error (&reader->error);
  pthread_mutex_destroy (&reader->mutex);
  pthread_cond_destroy (&reader->cond);
  g_free (reader);
}

/* Waits while the reader is paused. Whether to go on. */
static gboolean
may_read (NumeralRunReader *reader)
{
  gboolean may;

  pthread_mutex_lock (&reader->mutex);
  while (reader->paused && !reader->stopped)
    pthread_cond_wait (&reader->cond, &reader->mutex);
  may = !reader->stopped;
  pthread_mutex_unlock (&reader->mutex);
  return may;
}

/* --- in the thread -------------------------------------------------------------------------- */

/* The names inside a folder. */
typedef struct
{
  GPtrArray *runs, *others; /* of char * */
  guint64 highest;
} Names;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return numeral_run_folder_compare (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
list_names (const char *folder, Names *names, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  const char *name;

  if (dir == NULL)
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_ptr_array_add (numeral_run_folder_is_run (name) ? names->runs : names->others,
                       g_strdup (name));
      names->highest = MAX (names->highest, numeral_run_folder_number (name));
    }
  g_ptr_array_sort (names->runs, compare_names);
  return TRUE;
}

/* (nullable): NULL if the folder is gone */
static NumeralRunRecord *
read_run (const char *path)
{
  g_autoptr (GError) error = NULL;
  /* First the lock: what a process writes before it releases the lock is read. */
  const gboolean locked = numeral_run_folder_is_locked (path);
  NumeralRunRecord *record = numeral_run_record_load (path, &error);

  if (record == NULL && !numeral_run_folder_exists (path))
    return NULL;
  if (record == NULL)
    record = numeral_run_record_new_unreadable (path, error);
  numeral_run_record_set_elsewhere (record, locked);
  return record;
}

/* Locked. */
static void
wake (NumeralRunReader *reader)
{
  if (reader->source != NULL)
    g_source_set_ready_time (reader->source, 0);
}

static void
finish (NumeralRunReader *reader, GError *error)
{
  pthread_mutex_lock (&reader->mutex);
  reader->done = TRUE;
  reader->error = error;
  wake (reader);
  pthread_mutex_unlock (&reader->mutex);
}

static void
read_runs (NumeralRunReader *reader, GPtrArray *names)
{
  gint64 woken = g_get_monotonic_time ();

  for (guint i = 0; i < names->len && may_read (reader); i++)
    {
      g_autofree char *path = g_build_filename (reader->root->folder, names->pdata[i], NULL);
      NumeralRunRecord *record = read_run (path);
      const gint64 now = g_get_monotonic_time ();

      pthread_mutex_lock (&reader->mutex);
      if (record != NULL)
        g_ptr_array_add (reader->records, record);
      if (i + 1 == FIRST_BATCH || now - woken >= BATCH_INTERVAL)
        {
          wake (reader);
          woken = now;
        }
      pthread_mutex_unlock (&reader->mutex);
    }
}

static gpointer
run (gpointer data)
{
  NumeralRunReader *reader = data;
  Names names = { .runs = g_ptr_array_new_with_free_func (g_free),
                  .others = g_ptr_array_new_with_free_func (g_free) };
  GError *error = NULL;

  /* On Linux, of this thread alone. */
  (void) setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + NICENESS);
  if (may_read (reader) && list_names (reader->root->folder, &names, &error))
    {
      numeral_run_root_count (reader->root, names.highest);
      read_runs (reader, names.runs);
    }
  finish (reader, error);
  /* Nobody waits for this. */
  for (guint i = 0; i < names.others->len; i++)
    numeral_run_folder_sweep (reader->root->folder, names.others->pdata[i]);
  g_ptr_array_unref (names.runs);
  g_ptr_array_unref (names.others);
  unref (reader);
  return NULL;
}

/* --- in the main context -------------------------------------------------------------------- */

/* (transfer full): the next runs, and whether they are the last. */
static GPtrArray *
take (NumeralRunReader *reader, gboolean *done, GError **error)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_record_unref);
  guint n;

  pthread_mutex_lock (&reader->mutex);
  n = MIN (reader->records->len, MAX_BATCH);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, numeral_run_record_ref (g_ptr_array_index (reader->records, i)));
  g_ptr_array_remove_range (reader->records, 0, n);
  *done = reader->done && reader->records->len == 0;
  if (*done)
    *error = g_steal_pointer (&reader->error);
  else if (reader->records->len > 0)
    g_source_set_ready_time (reader->source, g_get_monotonic_time () + MAX_BATCH_INTERVAL);
  pthread_mutex_unlock (&reader->mutex);
  return records;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  NumeralRunReader *reader = ((ReaderSource *) source)->reader;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_source_set_ready_time (source, -1);
  records = take (reader, &done, &error);
  for (guint i = records->len; i > 0; i--)
    if (numeral_run_root_is_own (reader->root, ((NumeralRunRecord *) records->pdata[i - 1])->id))
      g_ptr_array_remove_index (records, i - 1);
  if (done || records->len > 0)
    reader->func (records, done, error, reader->data);
  return G_SOURCE_CONTINUE;
}

NumeralRunReader *
numeral_run_reader_start (NumeralRunRoot *root, NumeralRunReadFunc func, gpointer data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  NumeralRunReader *reader = g_new0 (NumeralRunReader, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  reader->root = numeral_run_root_ref (root);
  reader->func = func;
  reader->data = data;
  reader->records = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_record_unref);
  pthread_mutex_init (&reader->mutex, NULL);
  pthread_cond_init (&reader->cond, NULL);
  reader->ref_count = 2;
  reader->source = g_source_new (&funcs, sizeof (ReaderSource));
  ((ReaderSource *) reader->source)->reader = reader;
  g_source_set_ready_time (reader->source, -1);
  /* Before the next frame. An idle source would never be called where frames take all the time. */
  g_source_set_priority (reader->source, G_PRIORITY_HIGH_IDLE);
  g_source_attach (reader->source, context);
  g_thread_unref (g_thread_new ("run-reader", run, reader));
  return reader;
}

void
numeral_run_reader_set_paused (NumeralRunReader *reader, gboolean paused)
{
  pthread_mutex_lock (&reader->mutex);
  reader->paused = paused;
  pthread_cond_signal (&reader->cond);
  pthread_mutex_unlock (&reader->mutex);
}

void
numeral_run_reader_stop (NumeralRunReader *reader)
{
  GSource *source;

  pthread_mutex_lock (&reader->mutex);
  reader->stopped = TRUE;
  pthread_cond_signal (&reader->cond);
  source = g_steal_pointer (&reader->source);
  pthread_mutex_unlock (&reader->mutex);
  g_source_destroy (source);
  g_source_unref (source);
  unref (reader);
}
