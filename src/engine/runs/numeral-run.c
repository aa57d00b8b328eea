/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-fail.h"
#include "numeral-run-curve.h"
#include "numeral-run-folders.h"
#include "numeral-run-lock.h"
#include "numeral-run-private.h"
#include "numeral-model-file.h"
#include "numeral-write-queue.h"

/* Maximum length of a name, in characters; longer names would be slow to show. */
#define MAX_NAME 200

struct _NumeralRun
{
  GObject parent_instance;
  NumeralRunRecord *record;
  guint64 order;
  const char *order_id; /* the id; NULL until the folder is made */
  GFile *folder;        /* NULL until it is asked for */
  char *name;
  gboolean elsewhere;
  NumeralRunFigures figures;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_STATUS,
  PROP_MESSAGE,
  PROP_ELSEWHERE,
  PROP_CREATED,
  PROP_EPOCHS_DONE,
  PROP_SUMMARY,
  PROP_BEST_ACCURACY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (NumeralRun, numeral_run, G_TYPE_OBJECT)

GType
numeral_run_status_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { NUMERAL_RUN_UNFINISHED, "NUMERAL_RUN_UNFINISHED", "unfinished" },
        { NUMERAL_RUN_FINISHED, "NUMERAL_RUN_FINISHED", "finished" },
        { NUMERAL_RUN_FAILED, "NUMERAL_RUN_FAILED", "failed" },
        { NUMERAL_RUN_STOPPED, "NUMERAL_RUN_STOPPED", "stopped" },
        { NUMERAL_RUN_UNREADABLE, "NUMERAL_RUN_UNREADABLE", "unreadable" },
        { NUMERAL_RUN_LOCKED, "NUMERAL_RUN_LOCKED", "locked" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("NumeralRunStatus", values));
    }
  return type;
}

char *
numeral_run_config_summary (const NumeralRunConfig *config)
{
  static const char *const optimizers[NN_N_OPTIMIZERS] = { "SGD", "Momentum", "RMSprop", "Adam",
                                                           "AdamW" };
  const NnTrainConfig *train = &config->train;
  g_autoptr (GString) text = g_string_new (train->network);
  /* Only a user's own data set may have other than 784 inputs and 10 classes. */
  gboolean digits = numeral_source_get_kind (config->source)->is_digits;

  if (text->len == 0)
    {
      g_string_append (text, digits ? "784" : "…");
      for (guint l = 0; l < train->n_hidden; l++)
        g_string_append_printf (text, "-%u", train->hidden[l]);
      g_string_append (text, digits ? "-10" : "-…");
    }
  /* Translators: a network, its optimiser, and how long it is trained: "784-128-10, Adam, 5 epochs"
   */
  return g_strdup_printf (ngettext ("%s, %s, %u epoch", "%s, %s, %u epochs", train->epochs),
                          text->str, optimizers[train->optimizer], train->epochs);
}

static void
numeral_run_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralRun *self = NUMERAL_RUN (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, numeral_run_get_id (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, (int) self->figures.status);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->figures.message);
      break;
    case PROP_ELSEWHERE:
      g_value_set_boolean (value, self->elsewhere);
      break;
    case PROP_CREATED:
      {
        g_autoptr (GDateTime) utc =
            g_date_time_new_from_unix_utc (self->record->created / G_USEC_PER_SEC);

        g_value_take_boxed (value, g_date_time_to_local (utc));
        break;
      }
    case PROP_EPOCHS_DONE:
      g_value_set_double (value, self->figures.epochs_done);
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, numeral_run_config_summary (self->record->config));
      break;
    case PROP_BEST_ACCURACY:
      g_value_set_double (value, self->figures.best_accuracy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_run_finalize (GObject *object)
{
  NumeralRun *self = NUMERAL_RUN (object);

  g_clear_pointer (&self->record, numeral_run_record_unref);
  g_clear_object (&self->folder);
  g_free (self->name);
  numeral_run_figures_clear (&self->figures);
  G_OBJECT_CLASS (numeral_run_parent_class)->finalize (object);
}

static void
numeral_run_class_init (NumeralRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_run_get_property;
  object_class->finalize = numeral_run_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, read);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  properties[PROP_STATUS] = g_param_spec_enum ("status", NULL, NULL, NUMERAL_TYPE_RUN_STATUS,
                                               NUMERAL_RUN_UNFINISHED, read);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, read);
  properties[PROP_ELSEWHERE] = g_param_spec_boolean ("elsewhere", NULL, NULL, FALSE, read);
  properties[PROP_CREATED] = g_param_spec_boxed ("created", NULL, NULL, G_TYPE_DATE_TIME, read);
  properties[PROP_EPOCHS_DONE] =
      g_param_spec_double ("epochs-done", NULL, NULL, 0, G_MAXDOUBLE, 0, read);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, read);
  /* NaN means unknown; it is outside every range, which is allowed as the property is read-only. */
  properties[PROP_BEST_ACCURACY] =
      g_param_spec_double ("best-accuracy", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, read);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
numeral_run_init (NumeralRun *self)
{
}

NumeralRun *
numeral_run_new (NumeralRunRecord *record)
{
  NumeralRun *self = g_object_new (NUMERAL_TYPE_RUN, NULL);

  self->record = numeral_run_record_ref (record);
  if (numeral_run_record_is_made (record))
    numeral_run_set_order (self, numeral_run_folder_number (record->id));
  self->name = numeral_run_record_dup_name (record);
  self->elsewhere = numeral_run_record_is_elsewhere (record);
  numeral_run_record_get_figures (record, &self->figures);
  return self;
}

int
numeral_run_compare (NumeralRun *a, NumeralRun *b)
{
  if (a->order != b->order)
    return a->order > b->order ? -1 : 1;
  return g_strcmp0 (b->order_id, a->order_id);
}

void
numeral_run_set_order (NumeralRun *self, guint64 number)
{
  self->order = number;
  self->order_id = numeral_run_get_id (self);
}

NumeralRunRecord *
numeral_run_get_record (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  return self->record;
}

static gboolean
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

void
numeral_run_refresh (NumeralRun *self)
{
  NumeralRunFigures old = self->figures;
  const gboolean elsewhere = numeral_run_record_is_elsewhere (self->record);
  char *name = numeral_run_record_dup_name (self->record);
  GObject *object = G_OBJECT (self);

  numeral_run_record_get_figures (self->record, &self->figures);
  g_object_freeze_notify (object);
  if (!g_str_equal (self->name, name))
    g_object_notify_by_pspec (object, properties[PROP_NAME]);
  g_free (self->name);
  self->name = name;
  if (self->elsewhere != elsewhere)
    g_object_notify_by_pspec (object, properties[PROP_ELSEWHERE]);
  self->elsewhere = elsewhere;
  if (self->figures.status != old.status)
    g_object_notify_by_pspec (object, properties[PROP_STATUS]);
  if (g_strcmp0 (self->figures.message, old.message) != 0)
    g_object_notify_by_pspec (object, properties[PROP_MESSAGE]);
  if (!same_number (self->figures.epochs_done, old.epochs_done))
    g_object_notify_by_pspec (object, properties[PROP_EPOCHS_DONE]);
  if (!same_number (self->figures.best_accuracy, old.best_accuracy))
    g_object_notify_by_pspec (object, properties[PROP_BEST_ACCURACY]);
  numeral_run_figures_clear (&old);
  g_object_thaw_notify (object);
}

const char *
numeral_run_get_id (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  return numeral_run_record_is_made (self->record) ? self->record->id : NULL;
}

const char *
numeral_run_get_name (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  return self->name;
}

/* Takes ownership of @name. */
static void
take_name (NumeralRun *self, char *name)
{
  numeral_run_record_set_name (self->record, name);
  g_free (self->name);
  self->name = name;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/* Normalises a name. (transfer full) (nullable): NULL if it is not a valid name. */
static char *
check_name (const char *name, GError **error)
{
  g_autofree char *valid = NULL;

  if (name != NULL)
    valid = g_strstrip (g_utf8_make_valid (name, -1));
  if (valid == NULL || *valid == '\0')
    numeral_fail (error, NN_ERROR_CONFIG, _ ("a run needs a name"));
  else if (g_utf8_strlen (valid, -1) > MAX_NAME)
    numeral_fail (error, NN_ERROR_CONFIG, _ ("the name of a run may have %d characters"), MAX_NAME);
  else
    return g_steal_pointer (&valid);
  return NULL;
}

typedef struct
{
  NumeralRunRecord *record;
  char *old;
} Rename;

static void
rename_free (gpointer data)
{
  Rename *rename = data;

  numeral_run_record_unref (rename->record);
  g_free (rename->old);
  g_free (rename);
}

static gboolean
save_name_in_thread (gpointer data, GError **error)
{
  return numeral_run_record_save_name (((Rename *) data)->record, error);
}

static void
on_name_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  NumeralRun *self = NUMERAL_RUN (source);
  const Rename *rename = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* With the progress that another window made. */
      numeral_run_refresh (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  take_name (self, g_strdup (rename->old));
  g_task_return_error (task, error);
}

static gboolean
can_rename (NumeralRun *self, GError **error)
{
  if (!numeral_run_is_readable (self))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("this run cannot be read"));
  if (!self->elsewhere)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("this run is being trained in another window"));
  return FALSE;
}

void
numeral_run_set_name_async (NumeralRun *self,
                            const char *name,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL, save = NULL;
  g_autofree char *valid = NULL;
  GError *error = NULL;
  Rename *rename;

  g_return_if_fail (NUMERAL_IS_RUN (self));

  task = g_task_new (self, NULL, callback, user_data);
  valid = check_name (name, &error);
  if (valid == NULL || !can_rename (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_str_equal (valid, self->name))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  rename = g_new (Rename, 1);
  *rename =
      (Rename){ .record = numeral_run_record_ref (self->record), .old = g_strdup (self->name) };
  take_name (self, g_steal_pointer (&valid));
  save = g_task_new (self, NULL, on_name_saved, g_steal_pointer (&task));
  g_task_set_task_data (save, rename, rename_free);
  numeral_write_queue_run (save, save_name_in_thread);
}

gboolean
numeral_run_set_name_finish (NumeralRun *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

NumeralRunStatus
numeral_run_get_status (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NUMERAL_RUN_UNFINISHED);

  return self->figures.status;
}

gboolean
numeral_run_is_readable (NumeralRun *self)
{
  const NumeralRunStatus status = numeral_run_get_status (self);

  return status != NUMERAL_RUN_UNREADABLE && status != NUMERAL_RUN_LOCKED;
}

const char *
numeral_run_get_message (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  return self->figures.message;
}

gboolean
numeral_run_get_elsewhere (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), FALSE);

  return self->elsewhere;
}

double
numeral_run_get_epochs_done (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), 0);

  return self->figures.epochs_done;
}

double
numeral_run_get_best_accuracy (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), 0);

  return self->figures.best_accuracy;
}

NumeralOutcome
numeral_run_get_outcome (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NUMERAL_OUTCOME_LEARNED);

  return self->figures.outcome;
}

gboolean
numeral_run_can_resume (NumeralRun *self)
{
  const NumeralRunStatus status = numeral_run_get_status (self);

  return !self->elsewhere && (status == NUMERAL_RUN_UNFINISHED || status == NUMERAL_RUN_STOPPED);
}

const NumeralRunConfig *
numeral_run_get_config (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  return self->record->config;
}

GFile *
numeral_run_get_folder (NumeralRun *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN (self), NULL);

  if (self->folder == NULL && numeral_run_record_is_made (self->record))
    self->folder = g_file_new_for_path (self->record->folder);
  return self->folder;
}
