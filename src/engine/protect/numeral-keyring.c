/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sodium.h>
#include <string.h>

#include "numeral-config.h"

static const SecretSchema schema = {
  APPLICATION_ID ".Handwriting",
  SECRET_SCHEMA_NONE,
  { { "vault", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  0,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
};

/**
 * Wait:
 * @loop: runs until there is a result
 * @inside: cancelled by the caller's cancellable, or by the timeout
 *
 * One call of libsecret, in a main context of this thread alone.
 */
typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  GCancellable *inside, *outside;
  gulong connection;
  GSource *timeout;
  gboolean late;
  GHashTable *attributes;
  GAsyncResult *result;
} Wait;

static void
on_outside (GCancellable *outside, gpointer inside)
{
  g_cancellable_cancel (inside);
}

static gboolean
on_timeout (gpointer data)
{
  Wait *wait = data;

  wait->late = TRUE;
  g_cancellable_cancel (wait->inside);
  return G_SOURCE_REMOVE;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
begin (Wait *wait, const guint8 *id, guint timeout, GCancellable *cancellable)
{
  char hex[2 * NUMERAL_VAULT_ID_SIZE + 1];

  *wait = (Wait){ .context = g_main_context_new (), .outside = cancellable };
  wait->inside = g_cancellable_new ();
  wait->loop = g_main_loop_new (wait->context, FALSE);
  sodium_bin2hex (hex, sizeof hex, id, NUMERAL_VAULT_ID_SIZE);
  wait->attributes = secret_attributes_build (&schema, "vault", hex, NULL);
  if (cancellable != NULL)
    wait->connection = g_cancellable_connect (cancellable, G_CALLBACK (on_outside),
                                              g_object_ref (wait->inside), g_object_unref);
  wait->timeout = g_timeout_source_new_seconds (timeout);
  g_source_set_callback (wait->timeout, on_timeout, wait, NULL);
  g_source_attach (wait->timeout, wait->context);
  g_main_context_push_thread_default (wait->context);
}

/* Runs until the callback of libsecret has been called. */
static void
run (Wait *wait)
{
  if (wait->result == NULL)
    g_main_loop_run (wait->loop);
}

/* @local: (transfer full) (nullable): what libsecret gave. */
static gboolean
end (Wait *wait, GError *local, GError **error)
{
  const gboolean late = wait->late;

  g_clear_object (&wait->result);
  g_source_destroy (wait->timeout);
  /* GDBus frees here what it kept for its signals. */
  while (g_main_context_iteration (wait->context, FALSE))
    continue;
  g_main_context_pop_thread_default (wait->context);
  if (wait->outside != NULL)
    g_cancellable_disconnect (wait->outside, wait->connection);
  g_source_unref (wait->timeout);
  g_object_unref (wait->inside);
  g_main_loop_unref (wait->loop);
  g_main_context_unref (wait->context);
  g_hash_table_unref (wait->attributes);
  if (local == NULL)
    return TRUE;
  if (late)
    numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_KEYRING,
                          _ ("the keyring does not answer; use the passphrase or the recovery "
                             "key"));
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  else
    numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_KEYRING,
                          _ ("the desktop has no keyring that can be used (%s); use a passphrase"),
                          local->message);
  g_error_free (local);
  return FALSE;
}

gboolean
numeral_keyring_store (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                       NumeralKey *key,
                       guint timeout,
                       GCancellable *cancellable,
                       GError **error)
{
  gsize size;
  const guint8 *data = numeral_key_get_data (key, &size);
  char *text;
  GError *local = NULL;
  Wait wait;

  g_return_val_if_fail (numeral_key_get_kind (key) == NUMERAL_KEY_KEYRING, FALSE);

  text = g_base64_encode (data, size);
  begin (&wait, id, timeout, cancellable);
  secret_password_storev (&schema, wait.attributes, SECRET_COLLECTION_DEFAULT,
                          /* The name of the item in the keyring. */
                          _ ("Key of your handwriting in Numeral"), text, wait.inside, on_result,
                          &wait);
  run (&wait);
  secret_password_store_finish (wait.result, &local);
  sodium_memzero (text, strlen (text));
  g_free (text);
  return end (&wait, local, error);
}

NumeralKey *
numeral_keyring_load (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                      guint timeout,
                      GCancellable *cancellable,
                      GError **error)
{
  NumeralKey *key = NULL;
  GError *local = NULL;
  guint8 *data = NULL;
  gsize size = 0;
  char *text;
  Wait wait;

  begin (&wait, id, timeout, cancellable);
  secret_password_lookupv (&schema, wait.attributes, wait.inside, on_result, &wait);
  run (&wait);
  text = secret_password_lookup_nonpageable_finish (wait.result, &local);
  if (!end (&wait, local, error))
    return NULL;
  if (text == NULL)
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                            _ ("the keyring has no key for your handwriting; use the passphrase or "
                               "the recovery key"));
      return NULL;
    }
  data = g_base64_decode (text, &size);
  key = numeral_key_new_from_keyring (data, size, error);
  sodium_memzero (data, size);
  g_free (data);
  secret_password_free (text);
  return key;
}

gboolean
numeral_keyring_remove (const guint8 id[NUMERAL_VAULT_ID_SIZE],
                        guint timeout,
                        GCancellable *cancellable,
                        GError **error)
{
  GError *local = NULL;
  Wait wait;

  begin (&wait, id, timeout, cancellable);
  secret_password_clearv (&schema, wait.attributes, wait.inside, on_result, &wait);
  run (&wait);
  secret_password_clear_finish (wait.result, &local);
  return end (&wait, local, error);
}
