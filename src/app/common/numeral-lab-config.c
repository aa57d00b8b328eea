/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-lab-private.h"
#include "numeral-next-run.h"
#include "numeral-write-queue.h"

/* Debounce: a spin button is usually turned several times in a row. */
#define KEEP_AFTER_MS 800

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (NumeralLab) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (self)
    g_signal_emit_by_name (self, "config-kept", error);
  g_weak_ref_clear (weak);
  g_free (weak);
}

/* Saves in a thread, because a busy disk may take many frames. */
static void
keep_config (NumeralLab *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_kept, weak);

  /* The last settings are kept while the lab goes. */
  g_weak_ref_init (weak, self);

  g_clear_handle_id (&self->keeping, g_source_remove);
  g_task_set_task_data (task, numeral_next_run_format (self->config),
                        (GDestroyNotify) g_bytes_unref);
  numeral_write_queue_run (task, numeral_next_run_save);
}

static void
on_keep (gpointer data)
{
  NumeralLab *self = data;

  self->keeping = 0;
  keep_config (self);
}

void
numeral_lab_set_waiting (NumeralLab *self, gboolean waiting)
{
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify (G_OBJECT (self), "waiting");
}

void
numeral_lab_config_init (NumeralLab *self)
{
  self->config = numeral_next_run_load ();
  self->check = numeral_config_check_new ();
  numeral_config_check_set_config (self->check, self->config);
}

void
numeral_lab_config_flush (NumeralLab *self)
{
  if (self->keeping)
    keep_config (self);
}

const NumeralRunConfig *
numeral_lab_get_config (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->config;
}

void
numeral_lab_set_config (NumeralLab *self, const NumeralRunConfig *config)
{
  NumeralRunConfig *copy;

  g_return_if_fail (NUMERAL_IS_LAB (self));

  copy = numeral_run_config_copy (config);
  numeral_run_config_free (self->config);
  self->config = copy;
  if (!self->keeping)
    self->keeping = g_timeout_add_once (KEEP_AFTER_MS, on_keep, self);
  /* Other settings were meant. */
  numeral_lab_set_waiting (self, FALSE);
  numeral_config_check_set_config (self->check, self->config);
  g_signal_emit_by_name (self, "config-changed");
}

NumeralConfigCheck *
numeral_lab_get_check (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), NULL);

  return self->check;
}

gboolean
numeral_lab_get_waiting (NumeralLab *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAB (self), FALSE);

  return self->waiting;
}

void
numeral_lab_stop_waiting (NumeralLab *self)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  numeral_lab_set_waiting (self, FALSE);
}

void
numeral_lab_keep_config (NumeralLab *self)
{
  g_return_if_fail (NUMERAL_IS_LAB (self));

  keep_config (self);
}
