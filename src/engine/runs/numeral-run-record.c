/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-record.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sys/file.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-json.h"
#include "numeral-write-queue.h"

#define FORMAT "numeral-run-1"
/* The beginning of the year 9999, in microseconds. GDateTime ends with that year, and a time zone
 * may add some hours. */
#define MAX_CREATED (G_GINT64_CONSTANT (253370764800) * G_USEC_PER_SEC)

static const char *const status_names[] = { "unfinished", "finished", "failed", "stopped" };

static NumeralRunRecord *
record_new (const char *folder)
{
  NumeralRunRecord *record = g_new0 (NumeralRunRecord, 1);

  record->folder = g_canonicalize_filename (folder, NULL);
  record->id = g_path_get_basename (record->folder);
  record->figures.best_accuracy = NAN;
  record->figures.learning_rate_scale = 1;
  pthread_mutex_init (&record->mutex, NULL);
  pthread_mutex_init (&record->save_mutex, NULL);
  record->ref_count = 1;
  return record;
}

void
numeral_run_record_set_folder (NumeralRunRecord *record, const char *folder)
{
  g_free (record->folder);
  g_free (record->id);
  record->folder = g_canonicalize_filename (folder, NULL);
  record->id = g_path_get_basename (record->folder);
}

NumeralRunRecord *
numeral_run_record_new (const char *folder, const NumeralRunConfig *config, const char *name)
{
  NumeralRunRecord *record = record_new (folder);

  record->config = numeral_run_config_copy (config);
  record->name = g_strdup (name);
  record->created = g_get_real_time ();
  return record;
}

NumeralRunRecord *
numeral_run_record_ref (NumeralRunRecord *record)
{
  g_atomic_int_inc (&record->ref_count);
  return record;
}

void
numeral_run_record_unref (NumeralRunRecord *record)
{
  if (!g_atomic_int_dec_and_test (&record->ref_count))
    return;
  g_free (record->folder);
  g_free (record->id);
  g_free (record->name);
  g_clear_pointer (&record->config, numeral_run_config_free);
  numeral_run_figures_clear (&record->figures);
  pthread_mutex_destroy (&record->mutex);
  pthread_mutex_destroy (&record->save_mutex);
  g_free (record);
}

void
numeral_run_figures_clear (NumeralRunFigures *figures)
{
  g_clear_pointer (&figures->message, g_free);
}

static void
copy_figures (NumeralRunFigures *to, const NumeralRunFigures *from)
{
  *to = *from;
  to->message = g_strdup (from->message);
}

void
numeral_run_record_get_figures (NumeralRunRecord *record, NumeralRunFigures *figures)
{
  pthread_mutex_lock (&record->mutex);
  copy_figures (figures, &record->figures);
  pthread_mutex_unlock (&record->mutex);
}

void
numeral_run_record_set_figures (NumeralRunRecord *record, const NumeralRunFigures *figures)
{
  pthread_mutex_lock (&record->mutex);
  numeral_run_figures_clear (&record->figures);
  copy_figures (&record->figures, figures);
  pthread_mutex_unlock (&record->mutex);
}

void
numeral_run_record_set_name (NumeralRunRecord *record, const char *name)
{
  pthread_mutex_lock (&record->mutex);
  g_free (record->name);
  record->name = g_strdup (name);
  pthread_mutex_unlock (&record->mutex);
}

char *
numeral_run_record_dup_name (NumeralRunRecord *record)
{
  char *name;

  pthread_mutex_lock (&record->mutex);
  name = g_strdup (record->name);
  pthread_mutex_unlock (&record->mutex);
  return name;
}

GFile *
numeral_run_record_get_file (const NumeralRunRecord *record, const char *name)
{
  return g_file_new_build_filename (record->folder, name, NULL);
}

/* Returns NULL if the member is absent or has another type. */
static const char *
get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
parse_figures (JsonObject *object, NumeralRunFigures *figures, GError **error)
{
  const char *status = get_text (object, "status");
  double step = numeral_json_get_double (object, "step");
  double epochs = numeral_json_get_double (object, "epochs-done");
  double scale = numeral_json_get_double (object, "learning-rate-scale");
  guint s = 0;

  while (s < G_N_ELEMENTS (status_names) && g_strcmp0 (status, status_names[s]) != 0)
    s++;
  if (s == G_N_ELEMENTS (status_names))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its “status” is not known"));
  if (!(step >= 0 && step <= 1e18))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its “step” is no number of steps"));
  if (!(epochs >= 0 && epochs <= 1e9))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its “epochs-done” is no number of epochs"));
  if (!(scale >= 0 && isfinite (scale)))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its “learning-rate-scale” is no such number"));
  *figures = (NumeralRunFigures){
    .status = (NumeralRunStatus) s,
    .message = g_strdup (get_text (object, "message")),
    .step = (guint64) step,
    .epochs_done = epochs,
    .best_accuracy = numeral_json_get_share (object, "best-accuracy"),
    .learning_rate_scale = scale,
  };
  return TRUE;
}

static gboolean
parse_record (NumeralRunRecord *record, JsonObject *object, GError **error)
{
  const char *format = get_text (object, "format");
  const char *created_text = get_text (object, "created");
  const char *name = get_text (object, "name");
  g_autoptr (GDateTime) created = NULL;

  if (g_strcmp0 (format, FORMAT) != 0)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("it is not the record of a run, or one of a newer Numeral"));
  if (created_text != NULL)
    created = g_date_time_new_from_iso8601 (created_text, NULL);
  if (created == NULL)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its “created” is no time"));
  record->created =
      g_date_time_to_unix (created) * G_USEC_PER_SEC + g_date_time_get_microsecond (created);
  record->created = CLAMP (record->created, 0, MAX_CREATED);
  record->name = g_strdup (name != NULL ? name : record->id);
  if (!parse_figures (object, &record->figures, error))
    return FALSE;
  record->config =
      numeral_run_config_from_json (json_object_get_member (object, NUMERAL_RUN_SETTINGS), error);
  if (record->config == NULL)
    return FALSE;
  record->figures.epochs_done = MIN (record->figures.epochs_done, record->config->train.epochs);
  return TRUE;
}

NumeralRunRecord *
numeral_run_record_load (const char *folder, GError **error)
{
  g_autoptr (NumeralRunRecord) record = record_new (folder);
  g_autoptr (GFile) file = numeral_run_record_get_file (record, NUMERAL_RECORD_FILE);
  g_autoptr (JsonNode) node = numeral_json_load (file, error);

  if (node == NULL)
    return NULL;
  if (!parse_record (record, json_node_get_object (node), error))
    {
      g_prefix_error (error, "%s: ", g_file_peek_path (file));
      return NULL;
    }
  return g_steal_pointer (&record);
}

static GBytes *
format_record (NumeralRunRecord *record)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (record->created / G_USEC_PER_SEC);
  g_autoptr (GDateTime) created = g_date_time_add (seconds, record->created % G_USEC_PER_SEC);
  g_autofree char *created_text = g_date_time_format_iso8601 (created);
  g_autofree char *name = numeral_run_record_dup_name (record);
  NumeralRunFigures figures;

  numeral_run_record_get_figures (record, &figures);
  json_node_take_object (node, object);
  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "created", created_text);
  json_object_set_string_member (object, "status", status_names[figures.status]);
  if (figures.message != NULL)
    json_object_set_string_member (object, "message", figures.message);
  json_object_set_int_member (object, "step", (gint64) figures.step);
  json_object_set_double_member (object, "epochs-done", figures.epochs_done);
  numeral_json_set_double (object, "best-accuracy", figures.best_accuracy);
  json_object_set_double_member (object, "learning-rate-scale", figures.learning_rate_scale);
  json_object_set_member (object, NUMERAL_RUN_SETTINGS,
                          numeral_run_config_to_json (record->config));
  numeral_run_figures_clear (&figures);
  return numeral_json_format (node);
}

gboolean
numeral_run_record_save (NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (record, NUMERAL_RECORD_FILE);
  g_autoptr (GBytes) bytes = NULL;
  gboolean saved;

  pthread_mutex_lock (&record->save_mutex);
  bytes = format_record (record);
  saved = numeral_file_write (file, bytes, NULL, error);
  pthread_mutex_unlock (&record->save_mutex);
  return saved;
}

gboolean
numeral_run_record_begin (NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (record, NUMERAL_RECORD_FILE);
  g_autoptr (GBytes) bytes = format_record (record);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  return g_file_set_contents_full (g_file_peek_path (file), text, (gssize) size,
                                   G_FILE_SET_CONTENTS_NONE, 0600, error);
}

static gboolean
save_in_thread (gpointer data, GError **error)
{
  return numeral_run_record_save (data, error);
}

void
numeral_run_record_save_async (NumeralRunRecord *record,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, numeral_run_record_ref (record),
                        (GDestroyNotify) numeral_run_record_unref);
  numeral_write_queue_run (task, save_in_thread);
}

gboolean
numeral_run_record_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

int
numeral_run_record_lock (const NumeralRunRecord *record, GError **error)
{
  int fd = g_open (record->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), code = errno;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    {
      code = errno;
      g_close (fd, NULL);
    }
  if (code == EWOULDBLOCK)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _ ("this run is being trained at the moment, here or in another window"));
  else
    numeral_fail_errno (error, code, "%s", record->folder);
  return -1;
}
