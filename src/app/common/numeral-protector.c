/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-protector.h"

#include <string.h>

struct _NumeralProtector
{
  GObject parent_instance;

  NumeralHandStore *store;
  gboolean known, started;
  NumeralHandProtection protection;
  gboolean looking, look_again;
  GCancellable *waiting; /* (nullable): of the keyring */
  char *problem;         /* (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralProtector, numeral_protector, G_TYPE_OBJECT)

static void
changed (NumeralProtector *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_same (const NumeralHandProtection *a, const NumeralHandProtection *b)
{
  return a->access == b->access && a->has_passphrase == b->has_passphrase &&
         a->has_recovery == b->has_recovery && a->has_keyring == b->has_keyring &&
         a->unfinished == b->unfinished && memcmp (a->id, b->id, sizeof a->id) == 0;
}

static void
take (NumeralProtector *self, const NumeralHandProtection *protection)
{
  if (self->known && is_same (&self->protection, protection))
    return;
  self->known = TRUE;
  self->protection = *protection;
  if (protection->access != NUMERAL_HAND_LOCKED)
    g_clear_pointer (&self->problem, g_free);
  numeral_hand_store_look (self->store);
  changed (self);
}

/* A run of somebody who waits for its result. */
typedef struct
{
  GAsyncReadyCallback callback;
  gpointer user_data;
  NumeralProtector *self;
} Call;

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Call *call = data;
  g_autoptr (NumeralProtector) self = call->self;

  call->callback (G_OBJECT (self), result, call->user_data);
}

void
numeral_protector_run_async (NumeralProtector *self,
                             const NumeralProtectionRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Call *call;

  g_return_if_fail (NUMERAL_IS_PROTECTOR (self));

  call = g_new (Call, 1);
  *call = (Call){ callback, user_data, g_object_ref (self) };
  numeral_protection_run_async (numeral_hand_store_get_db (self->store), request, cancellable,
                                on_run, call);
}

gboolean
numeral_protector_run_finish (NumeralProtector *self, GAsyncResult *result, GError **error)
{
  g_auto (NumeralProtectionOutcome) outcome = { 0 };

  g_return_val_if_fail (NUMERAL_IS_PROTECTOR (self), FALSE);

  if (!numeral_protection_run_finish (result, &outcome, error))
    return FALSE;
  take (self, &outcome.protection);
  return TRUE;
}

static void look (NumeralProtector *self);

static void
on_looked (GObject *source, GAsyncResult *result, gpointer unused)
{
  NumeralProtector *self = NUMERAL_PROTECTOR (source);
  const gboolean first = !self->known;

  self->looking = FALSE;
  /* The list of the samples says why the database cannot be read. */
  if (numeral_protector_run_finish (self, result, NULL) && first && self->protection.has_keyring &&
      numeral_protector_is_locked (self))
    numeral_protector_use_keyring (self);
  if (self->look_again)
    look (self);
}

static void
look (NumeralProtector *self)
{
  self->look_again = self->looking;
  if (self->looking || !self->started)
    return;
  self->looking = TRUE;
  numeral_protector_run_async (self,
                               &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_LOOK },
                               NULL, on_looked, NULL);
}

void
numeral_protector_start (NumeralProtector *self)
{
  g_return_if_fail (NUMERAL_IS_PROTECTOR (self));

  self->started = TRUE;
  look (self);
}

static void
on_keyring (GObject *source, GAsyncResult *result, gpointer data)
{
  NumeralProtector *self = NUMERAL_PROTECTOR (source);
  g_autoptr (GCancellable) cancellable = data;
  g_autoptr (GError) error = NULL;
  const gboolean current = self->waiting == cancellable;

  if (current)
    g_clear_object (&self->waiting);
  if (!numeral_protector_run_finish (self, result, &error) && current)
    {
      g_free (self->problem);
      self->problem = g_strdup (error->message);
    }
  changed (self);
}

void
numeral_protector_use_keyring (NumeralProtector *self)
{
  const NumeralProtectionRequest request = { .action = NUMERAL_PROTECTION_UNLOCK, .keyring = TRUE };

  g_return_if_fail (NUMERAL_IS_PROTECTOR (self));

  if (self->waiting)
    return;
  g_clear_pointer (&self->problem, g_free);
  self->waiting = g_cancellable_new ();
  numeral_protector_run_async (self, &request, self->waiting, on_keyring,
                               g_object_ref (self->waiting));
  changed (self);
}

void
numeral_protector_close (NumeralProtector *self)
{
  g_return_if_fail (NUMERAL_IS_PROTECTOR (self));

  self->started = FALSE;
  g_cancellable_cancel (self->waiting);
  g_clear_object (&self->waiting);
}

static void
numeral_protector_dispose (GObject *object)
{
  NumeralProtector *self = NUMERAL_PROTECTOR (object);

  numeral_protector_close (self);
  if (self->store)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (numeral_protector_parent_class)->dispose (object);
}

static void
numeral_protector_finalize (GObject *object)
{
  g_free (NUMERAL_PROTECTOR (object)->problem);
  G_OBJECT_CLASS (numeral_protector_parent_class)->finalize (object);
}

static void
numeral_protector_class_init (NumeralProtectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_protector_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_protector_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_PROTECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_protector_init (NumeralProtector *self)
{
}

NumeralProtector *
numeral_protector_new (NumeralHandStore *store)
{
  NumeralProtector *self = g_object_new (NUMERAL_TYPE_PROTECTOR, NULL);

  self->store = g_object_ref (store);
  /* Another program may have switched it on or off. */
  g_signal_connect_object (store, "notify::generation", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return self;
}

const NumeralHandProtection *
numeral_protector_get (NumeralProtector *self)
{
  g_return_val_if_fail (NUMERAL_IS_PROTECTOR (self), NULL);

  return self->known ? &self->protection : NULL;
}

gboolean
numeral_protector_is_locked (NumeralProtector *self)
{
  g_return_val_if_fail (NUMERAL_IS_PROTECTOR (self), FALSE);

  return self->known && self->protection.access == NUMERAL_HAND_LOCKED;
}

gboolean
numeral_protector_is_waiting (NumeralProtector *self)
{
  g_return_val_if_fail (NUMERAL_IS_PROTECTOR (self), FALSE);

  return self->waiting != NULL;
}

const char *
numeral_protector_get_problem (NumeralProtector *self)
{
  g_return_val_if_fail (NUMERAL_IS_PROTECTOR (self), NULL);

  return self->problem;
}
