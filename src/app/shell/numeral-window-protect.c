/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-protect-dialog.h"
#include "numeral-toast.h"
#include "numeral-unlock-dialog.h"
#include "numeral-window-private.h"

/* The encryption of one's own handwriting: its commands, and what is told about it. */

/* What a change is called in messages, and how it is made. */
typedef struct
{
  const char *action;
  NumeralProtectionAction change;
  gboolean asks;    /* in a dialog */
  gboolean keyring; /* waits for it */
  const char *done, *failed;
} Change;

static const Change changes[] = {
  { "protect", NUMERAL_PROTECTION_ON, TRUE, FALSE, N_ ("Your handwriting is protected"), NULL },
  { "unprotect", NUMERAL_PROTECTION_OFF, TRUE, FALSE,
    N_ ("Your handwriting is no longer protected"), NULL },
  { "set-passphrase", NUMERAL_PROTECTION_SET_PASSPHRASE, TRUE, FALSE, N_ ("The passphrase is set"),
    NULL },
  { "new-recovery-key", NUMERAL_PROTECTION_NEW_RECOVERY, TRUE, FALSE,
    N_ ("The old recovery key opens nothing any more"), NULL },
  { "remove-passphrase", NUMERAL_PROTECTION_REMOVE_PASSPHRASE, FALSE, FALSE,
    N_ ("The passphrase opens nothing any more"), N_ ("The Passphrase Was Not Removed") },
  { "add-keyring", NUMERAL_PROTECTION_ADD_KEYRING, FALSE, TRUE,
    N_ ("The keyring opens your handwriting"), N_ ("The Keyring Is Not Used") },
  { "remove-keyring", NUMERAL_PROTECTION_REMOVE_KEYRING, FALSE, TRUE,
    N_ ("The keyring opens nothing any more"), N_ ("The Keyring Is Still Used") },
  { "lock", NUMERAL_PROTECTION_LOCK, FALSE, FALSE, N_ ("Handwriting is locked"),
    N_ ("Your Handwriting Is Not Locked") },
};

static const Change *
find_change (GSimpleAction *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_equal (changes[i].action, g_action_get_name (G_ACTION (action))))
      return &changes[i];
  g_return_val_if_reached (NULL);
}

static void
on_dialog_changed (GtkWidget *dialog, NumeralWindow *self)
{
  const Change *change = g_object_get_data (G_OBJECT (dialog), "change");

  numeral_window_show_message (self, _ (change->done));
}

/* A change that runs without a dialog. */
typedef struct
{
  NumeralWindow *self;
  const Change *change;
  AdwToast *going; /* (nullable): says that the keyring is waited for */
} Run;

static void
on_run (GObject *protector, GAsyncResult *result, gpointer data)
{
  g_autofree Run *run = data;
  g_autoptr (NumeralWindow) self = run->self;
  g_autoptr (AdwToast) going = run->going;
  g_autoptr (GError) error = NULL;
  const gboolean done =
      numeral_protector_run_finish (NUMERAL_PROTECTOR (protector), result, &error);

  if (!self->lab)
    return;
  if (going)
    numeral_toast_withdraw (self->toasts, going);
  if (done)
    numeral_window_show_message (self, _ (run->change->done));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    numeral_window_show_error (self, _ (run->change->failed), error);
}

/* A message that stays, with a button that stops the waiting. */
static AdwToast *
show_waiting (NumeralWindow *self, GCancellable *cancellable)
{
  AdwToast *toast = adw_toast_new (_ ("Waiting for the keyring…"));

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _ ("_Cancel"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (g_cancellable_cancel), cancellable,
                           G_CONNECT_SWAPPED);
  numeral_toast_present (self->toasts, g_object_ref (toast));
  return toast;
}

static void
run (NumeralWindow *self, const Change *change)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run *data = g_new (Run, 1);

  *data = (Run){ g_object_ref (self), change,
                 change->keyring ? show_waiting (self, cancellable) : NULL };
  numeral_protector_run_async (numeral_lab_get_protector (self->lab),
                               &(NumeralProtectionRequest){ .action = change->change }, cancellable,
                               on_run, data);
}

static void
on_change (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *self = data;
  const Change *change = find_change (action);
  NumeralProtectDialog *dialog;

  if (!change->asks)
    {
      run (self, change);
      return;
    }
  dialog = numeral_protect_dialog_new (GTK_WINDOW (self), numeral_lab_get_protector (self->lab),
                                       change->change);
  g_object_set_data (G_OBJECT (dialog), "change", (gpointer) change);
  g_signal_connect_object (dialog, "changed", G_CALLBACK (on_dialog_changed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_unlock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *self = data;

  gtk_window_present (GTK_WINDOW (
      numeral_unlock_dialog_new (GTK_WINDOW (self), numeral_lab_get_protector (self->lab))));
}

static void
on_use_keyring (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_protector_use_keyring (numeral_lab_get_protector (NUMERAL_WINDOW (data)->lab));
}

static void
set_enabled (NumeralWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (
                                   g_action_map_lookup_action (G_ACTION_MAP (self), name)),
                               enabled);
}

static void
update_actions (NumeralWindow *self)
{
  NumeralProtector *protector = numeral_lab_get_protector (self->lab);
  const NumeralHandProtection *now = numeral_protector_get (protector);
  const gboolean locked = numeral_protector_is_locked (protector);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    set_enabled (self, changes[i].action,
                 now && now->access == (changes[i].change == NUMERAL_PROTECTION_ON ?
                                            NUMERAL_HAND_PLAIN :
                                            NUMERAL_HAND_UNLOCKED));
  set_enabled (self, "unlock", locked);
  set_enabled (self, "use-keyring", locked && !numeral_protector_is_waiting (protector));
}

/* Once after the start: nothing else tells it beside the canvas. */
static void
tell_locked (NumeralWindow *self)
{
  NumeralProtector *protector = numeral_lab_get_protector (self->lab);
  AdwToast *toast;

  if (self->told_locked || !numeral_protector_is_locked (protector) ||
      (numeral_protector_get (protector)->has_keyring &&
       !numeral_protector_get_problem (protector)))
    return;
  self->told_locked = TRUE;
  toast = adw_toast_new (_ ("Handwriting is locked"));
  adw_toast_set_button_label (toast, _ ("_Unlock…"));
  adw_toast_set_action_name (toast, "win.unlock");
  self->locked_toast = g_object_ref (toast);
  numeral_toast_present (self->toasts, toast);
}

/* The toast would cover the question whether the digit was read right, and that offers to unlock
 * the handwriting, too. */
static void
on_drawn (NumeralWindow *self)
{
  if (!self->locked_toast)
    return;
  numeral_toast_withdraw (self->toasts, self->locked_toast);
  g_clear_object (&self->locked_toast);
}

static void
on_protector (NumeralWindow *self)
{
  if (!self->lab)
    return;
  update_actions (self);
  tell_locked (self);
  if (!numeral_protector_is_locked (numeral_lab_get_protector (self->lab)) &&
      numeral_protector_get (numeral_lab_get_protector (self->lab)))
    {
      self->told_locked = TRUE;
      numeral_window_keep_unlocked (self);
    }
}

void
numeral_window_protect_init (NumeralWindow *self)
{
  static const GActionEntry others[] = {
    { .name = "unlock", .activate = on_unlock },
    { .name = "use-keyring", .activate = on_use_keyring },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), others, G_N_ELEMENTS (others), self);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_action_map_add_action_entries (G_ACTION_MAP (self),
                                     &(GActionEntry){ .name = changes[i].action,
                                                      .activate = on_change },
                                     1, self);
  g_signal_connect_object (self->canvas, "edited", G_CALLBACK (on_drawn), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_protector (self->lab), "changed",
                           G_CALLBACK (on_protector), self, G_CONNECT_SWAPPED);
  on_protector (self);
}
