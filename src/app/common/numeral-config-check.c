/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config-check.h"

/* Debounce: the choice of the data is stepped through with the keys. */
#define LOOK_AFTER_MS 100

struct _NumeralConfigCheck
{
  GObject parent_instance;

  NumeralRunConfig *config; /* (nullable): before the first one */
  const NnSetting *setting; /* (nullable): of the problem */
  GError *problem;          /* (nullable): the verdict */
  GError *missing;          /* (nullable): why the last search found no data */
  const NnSetting *place;   /* the setting that says where they are */
  guint timeout;
  guint generation; /* of the newest search; what another one finds is not taken */
  gboolean searching;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralConfigCheck, numeral_config_check, G_TYPE_OBJECT)

/* Of one search. The task, which may end in a thread, refers to no object. */
typedef struct
{
  GWeakRef check;
  guint generation;
} Search;

static void
search_free (Search *search)
{
  g_weak_ref_clear (&search->check);
  g_free (search);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer config, GCancellable *cancellable)
{
  g_autoptr (NumeralSource) data = numeral_run_config_create_source (config);
  GError *error = NULL;

  if (numeral_source_find (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @problem over. */
static void
set_verdict (NumeralConfigCheck *self, const NnSetting *setting, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  self->setting = problem ? setting : NULL;
}

static void
decide (NumeralConfigCheck *self)
{
  const NnSetting *setting;
  GError *problem = NULL;

  if (!numeral_run_config_check (self->config, &setting, &problem))
    set_verdict (self, setting, problem);
  else
    set_verdict (self, self->place, self->missing ? g_error_copy (self->missing) : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take (NumeralConfigCheck *self, GError *missing)
{
  g_clear_error (&self->missing);
  self->missing = missing;
  self->place = numeral_run_config_data_setting (self->config);
  self->searching = FALSE;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (NumeralConfigCheck) self = g_weak_ref_get (&search->check);
  GError *missing = NULL;

  g_task_propagate_boolean (G_TASK (result), &missing);
  if (self && search->generation == self->generation)
    {
      take (self, g_steal_pointer (&missing));
      decide (self);
    }
  g_clear_error (&missing);
  search_free (search);
}

static void
look (gpointer check)
{
  NumeralConfigCheck *self = check;
  Search *search = g_new0 (Search, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_looked, search);

  self->timeout = 0;
  g_weak_ref_init (&search->check, self);
  search->generation = self->generation;
  g_task_set_task_data (task, numeral_run_config_copy (self->config),
                        (GDestroyNotify) numeral_run_config_free);
  g_task_run_in_thread (task, look_in_thread);
}

static void
search_anew (NumeralConfigCheck *self)
{
  g_autoptr (NumeralSource) data = numeral_run_config_create_source (self->config);

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->generation++;
  if (numeral_source_has_files (data) && numeral_source_check (data, NULL))
    {
      self->searching = TRUE;
      self->timeout = g_timeout_add_once (LOOK_AFTER_MS, look, self);
    }
  else
    take (self, NULL);
}

static gboolean
same_data (const NumeralRunConfig *a, const NumeralRunConfig *b)
{
  return a->source == b->source && g_strcmp0 (a->path, b->path) == 0;
}

static void
numeral_config_check_dispose (GObject *object)
{
  NumeralConfigCheck *self = NUMERAL_CONFIG_CHECK (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  G_OBJECT_CLASS (numeral_config_check_parent_class)->dispose (object);
}

static void
numeral_config_check_finalize (GObject *object)
{
  NumeralConfigCheck *self = NUMERAL_CONFIG_CHECK (object);

  g_clear_pointer (&self->config, numeral_run_config_free);
  g_clear_error (&self->problem);
  g_clear_error (&self->missing);
  G_OBJECT_CLASS (numeral_config_check_parent_class)->finalize (object);
}

static void
numeral_config_check_class_init (NumeralConfigCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_config_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_config_check_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_CONFIG_CHECK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_config_check_init (NumeralConfigCheck *self)
{
}

NumeralConfigCheck *
numeral_config_check_new (void)
{
  return g_object_new (NUMERAL_TYPE_CONFIG_CHECK, NULL);
}

void
numeral_config_check_set_config (NumeralConfigCheck *self, const NumeralRunConfig *config)
{
  gboolean same;

  g_return_if_fail (NUMERAL_IS_CONFIG_CHECK (self));

  same = self->config && same_data (self->config, config);
  g_clear_pointer (&self->config, numeral_run_config_free);
  self->config = numeral_run_config_copy (config);
  if (!same)
    search_anew (self);
  decide (self);
}

void
numeral_config_check_look_again (NumeralConfigCheck *self)
{
  g_return_if_fail (NUMERAL_IS_CONFIG_CHECK (self));

  /* A search that waits for a server would wait as long a second time. */
  if (self->config && !self->searching)
    search_anew (self);
}

gboolean
numeral_config_check_is_pending (NumeralConfigCheck *self)
{
  g_return_val_if_fail (NUMERAL_IS_CONFIG_CHECK (self), FALSE);

  return self->searching;
}

const GError *
numeral_config_check_get_problem (NumeralConfigCheck *self, const NnSetting **setting)
{
  g_return_val_if_fail (NUMERAL_IS_CONFIG_CHECK (self), NULL);

  if (setting)
    *setting = self->setting;
  return self->problem;
}
