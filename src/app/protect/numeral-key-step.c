/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-key-step.h"

#include <glib/gi18n.h>

#include "numeral-recovery-text.h"

typedef enum
{
  NOT_ANSWERED,
  KEPT,
  REFUSED,
} Answer;

struct _NumeralKeyStep
{
  gatomicrefcount count;
  NumeralKeyStepWatch watch; /* of the main thread; empty after a stop */
  GCancellable *cancellable;

  GMutex mutex;
  GCond cond;
  /* Protected by the mutex. */
  Answer answer;
  char *text; /* (nullable) */
};

static NumeralKeyStep *
key_step_ref (NumeralKeyStep *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

static void
key_step_unref (gpointer data)
{
  NumeralKeyStep *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_clear_pointer (&self->text, numeral_recovery_text_free);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

static gboolean
show (gpointer data)
{
  NumeralKeyStep *self = data;

  if (self->watch.show)
    self->watch.show (self->text, self->watch.data);
  return G_SOURCE_REMOVE;
}

/* In the thread of the change: waits for the person. */
static gboolean
keep_recovery (const char *text, gpointer data, GError **error)
{
  NumeralKeyStep *self = data;
  gboolean kept;

  g_mutex_lock (&self->mutex);
  self->text = g_strdup (text);
  if (self->answer == NOT_ANSWERED)
    g_idle_add_full (G_PRIORITY_DEFAULT, show, key_step_ref (self), key_step_unref);
  while (self->answer == NOT_ANSWERED)
    g_cond_wait (&self->cond, &self->mutex);
  kept = self->answer == KEPT;
  g_mutex_unlock (&self->mutex);
  if (!kept)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("nothing was changed"));
  return kept;
}

static void
on_done (GObject *protector, GAsyncResult *result, gpointer data)
{
  NumeralKeyStep *self = data;
  g_autoptr (GError) error = NULL;

  numeral_protector_run_finish (NUMERAL_PROTECTOR (protector), result, &error);
  if (self->watch.done)
    self->watch.done (error, self->watch.data);
  key_step_unref (self);
}

NumeralKeyStep *
numeral_key_step_begin (NumeralProtector *protector,
                        const NumeralProtectionRequest *request,
                        const NumeralKeyStepWatch *watch)
{
  NumeralKeyStep *self = g_new0 (NumeralKeyStep, 1);
  NumeralProtectionRequest shown = *request;

  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->watch = *watch;
  self->cancellable = g_cancellable_new ();
  shown.keep_recovery = keep_recovery;
  shown.data = self;
  numeral_protector_run_async (protector, &shown, self->cancellable, on_done, key_step_ref (self));
  return self;
}

void
numeral_key_step_answer (NumeralKeyStep *self, gboolean kept)
{
  g_mutex_lock (&self->mutex);
  if (self->answer == NOT_ANSWERED)
    self->answer = kept ? KEPT : REFUSED;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
numeral_key_step_stop (NumeralKeyStep *self)
{
  self->watch = (NumeralKeyStepWatch){ 0 };
  g_cancellable_cancel (self->cancellable);
  numeral_key_step_answer (self, FALSE);
  key_step_unref (self);
}
