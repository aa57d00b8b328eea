/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-record.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-json.h"
#include "numeral-protect-error.h"
#include "numeral-sealed-folder.h"

#define FORMAT "numeral-run-1"
/* The beginning of the year 9999, in microseconds. GDateTime ends with that year, and a time zone
 * may add some hours. */
#define MAX_CREATED (G_GINT64_CONSTANT (253370764800) * G_USEC_PER_SEC)

/* Of the statuses that run.json may have. */
static const char *const status_names[] = { "unfinished", "finished", "failed", "stopped" };

/* @folder: (nullable): NULL where it does not exist yet */
static NumeralRunRecord *
record_new (const char *folder)
{
  NumeralRunRecord *record = g_new0 (NumeralRunRecord, 1);

  if (folder != NULL)
    numeral_run_record_set_folder (record, folder);
  record->made = folder != NULL;
  record->figures.best_accuracy = NAN;
  record->figures.learning_rate_scale = 1;
  pthread_mutex_init (&record->mutex, NULL);
  pthread_mutex_init (&record->save_mutex, NULL);
  pthread_mutex_init (&record->lock_mutex, NULL);
  pthread_mutex_init (&record->make_mutex, NULL);
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
numeral_run_record_new_later (const NumeralRunConfig *config,
                              const char *name,
                              NumeralRunMakeFunc make,
                              gpointer data,
                              GDestroyNotify destroy)
{
  NumeralRunRecord *record = numeral_run_record_new (NULL, config, name);

  record->make = make;
  record->make_data = data;
  record->make_free = destroy;
  return record;
}

NumeralRunRecord *
numeral_run_record_new_unreadable (const char *folder, const GError *reason)
{
  NumeralRunRecord *record = record_new (folder);

  record->config = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  if (g_error_matches (reason, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_LOCKED))
    {
      record->name = g_strdup (_ ("Protected Run"));
      record->figures.status = NUMERAL_RUN_LOCKED;
    }
  else
    {
      record->name = g_filename_display_name (record->id);
      record->figures.status = NUMERAL_RUN_UNREADABLE;
    }
  record->figures.message = g_utf8_make_valid (reason->message, -1);
  return record;
}

/* Locked: frees what makes the folder. */
static void
forget_maker (NumeralRunRecord *record)
{
  if (record->make != NULL && record->make_free != NULL)
    record->make_free (record->make_data);
  record->make = NULL;
}

gboolean
numeral_run_record_make (NumeralRunRecord *record, GError **error)
{
  gboolean made;

  pthread_mutex_lock (&record->make_mutex);
  if (record->make != NULL)
    {
      made = record->make (record, record->make_data, &record->make_error);
      forget_maker (record);
      pthread_mutex_lock (&record->mutex);
      record->made = made;
      pthread_mutex_unlock (&record->mutex);
    }
  made = record->make_error == NULL;
  if (!made && error != NULL)
    *error = g_error_copy (record->make_error);
  pthread_mutex_unlock (&record->make_mutex);
  return made;
}

gboolean
numeral_run_record_is_made (NumeralRunRecord *record)
{
  gboolean made;

  pthread_mutex_lock (&record->mutex);
  made = record->made;
  pthread_mutex_unlock (&record->mutex);
  return made;
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
  forget_maker (record);
  g_clear_error (&record->make_error);
  pthread_mutex_destroy (&record->mutex);
  pthread_mutex_destroy (&record->save_mutex);
  pthread_mutex_destroy (&record->lock_mutex);
  pthread_mutex_destroy (&record->make_mutex);
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

void
numeral_run_record_replace_name (NumeralRunRecord *record, const char *old, const char *name)
{
  pthread_mutex_lock (&record->mutex);
  if (g_strcmp0 (record->name, old) == 0)
    {
      g_free (record->name);
      record->name = g_strdup (name);
    }
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

/* Records without the member are of runs that have not begun, or of an older Numeral, which turned
 * nothing. */
static NumeralTurn
get_turn (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "turned");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return json_object_has_member (object, "step") && numeral_json_get_double (object, "step") > 0 ?
               NUMERAL_TURN_NO :
               NUMERAL_TURN_UNKNOWN;
  return json_node_get_boolean (node) ? NUMERAL_TURN_YES : NUMERAL_TURN_NO;
}

static gboolean
parse_figures (JsonObject *object, NumeralRunFigures *figures, GError **error)
{
  const char *status = get_text (object, "status");
  double step = numeral_json_get_double (object, "step");
  double epochs = numeral_json_get_double (object, "epochs-done");
  double scale = numeral_json_get_double (object, "learning-rate-scale");
  double explained = numeral_json_get_double (object, "explained-variance");
  double input_scale = numeral_json_get_double (object, "input-scale");
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
    .outcome = numeral_outcome_from_name (get_text (object, "outcome")),
    .turn = get_turn (object),
  };
  if (explained > 0 && explained <= 1)
    figures->explained = explained;
  if (input_scale >= 1 && input_scale <= G_MAXUINT8)
    figures->input_scale = (float) input_scale;
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
  if (numeral_outcome_name (figures.outcome) != NULL)
    json_object_set_string_member (object, "outcome", numeral_outcome_name (figures.outcome));
  if (figures.input_scale > 0)
    json_object_set_double_member (object, "input-scale", (double) figures.input_scale);
  if (figures.explained > 0)
    json_object_set_double_member (object, "explained-variance", figures.explained);
  if (figures.turn != NUMERAL_TURN_UNKNOWN)
    json_object_set_boolean_member (object, "turned", figures.turn == NUMERAL_TURN_YES);
  json_object_set_member (object, NUMERAL_RUN_SETTINGS,
                          numeral_run_config_to_json (record->config));
  numeral_run_figures_clear (&figures);
  return numeral_json_format (node);
}

/* An unreadable run.json is kept as it is. */
static gboolean
is_readable (NumeralRunRecord *record, GError **error)
{
  NumeralRunFigures figures;
  gboolean readable;

  numeral_run_record_get_figures (record, &figures);
  readable = figures.status != NUMERAL_RUN_UNREADABLE && figures.status != NUMERAL_RUN_LOCKED;
  numeral_run_figures_clear (&figures);
  return readable || numeral_fail (error, NN_ERROR_CONFIG, _ ("this run cannot be read"));
}

gboolean
numeral_run_record_save (NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean saved;

  if (!is_readable (record, error) || !numeral_run_record_make (record, error))
    return FALSE;
  file = numeral_run_record_get_file (record, NUMERAL_RECORD_FILE);
  pthread_mutex_lock (&record->save_mutex);
  bytes = format_record (record);
  saved = numeral_file_write (file, bytes, NULL, error);
  pthread_mutex_unlock (&record->save_mutex);
  return saved;
}

gboolean
numeral_run_record_reload (NumeralRunRecord *record, gboolean with_name, GError **error)
{
  g_autoptr (NumeralRunRecord) fresh = NULL;

  if (!is_readable (record, error) || !numeral_run_record_make (record, error))
    return FALSE;
  fresh = numeral_run_record_load (record->folder, error);
  if (fresh == NULL)
    return FALSE;
  numeral_run_record_set_figures (record, &fresh->figures);
  if (with_name)
    numeral_run_record_set_name (record, fresh->name);
  return TRUE;
}

gboolean
numeral_run_record_begin (NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (record, NUMERAL_RECORD_FILE);
  g_autoptr (GBytes) bytes = format_record (record);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  int fd, code;

  if (numeral_sealed_folder_is (record->folder))
    return numeral_file_write (file, bytes, NULL, error);
  fd = g_open (g_file_peek_path (file), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  code = fd < 0 ? errno : 0;

  /* No other program knows of the folder yet, and numeral_run_record_save() syncs it. */
  if (fd >= 0)
    {
      const gssize n = write (fd, text, size);

      if (n != (gssize) size)
        code = n < 0 ? errno : ENOSPC;
      if (close (fd) != 0 && code == 0)
        code = errno;
    }
  return code == 0 || numeral_fail_write (error, code, g_file_peek_path (file));
}
