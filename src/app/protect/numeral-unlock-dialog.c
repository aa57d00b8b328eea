/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-unlock-dialog.h"

#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-wrap-layout.h"

struct _NumeralUnlockDialog
{
  AdwWindow parent_instance;

  NumeralProtector *protector;
  GCancellable *checking; /* (nullable) */
  gboolean by_recovery;

  GtkWidget *entries;
  GtkWidget *passphrase, *recovery;
  GtkLabel *problem;
  GtkSpinner *spinner;
  GtkButton *other;
  GtkWidget *keyring;
};

G_DEFINE_FINAL_TYPE (NumeralUnlockDialog, numeral_unlock_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
get_entry (NumeralUnlockDialog *self)
{
  return self->by_recovery ? self->recovery : self->passphrase;
}

static void
update (NumeralUnlockDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (get_entry (self)));
  const gboolean checking = self->checking != NULL;

  gtk_widget_set_visible (self->passphrase, !self->by_recovery);
  gtk_widget_set_visible (self->recovery, self->by_recovery);
  gtk_widget_set_sensitive (self->entries, !checking);
  gtk_spinner_set_spinning (self->spinner, checking);
  gtk_button_set_label (self->other, self->by_recovery ? _ ("Use the _Passphrase") :
                                                         _ ("Use the _Recovery Key"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.go", !checking && *text != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.other", !checking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.keyring", !checking);
}

static void
on_edited (NumeralUnlockDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update (self);
}

/* A key that was checked. A stale one no longer matches the cancellable. The dialog is not held: a
 * window that is freed later than the one above it disconnects from freed memory in GTK 4.8. */
typedef struct
{
  GWeakRef self;
  GCancellable *cancellable;
} Check;

static void
check_free (Check *check)
{
  g_weak_ref_clear (&check->self);
  g_object_unref (check->cancellable);
  g_free (check);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static void
on_checked (GObject *protector, GAsyncResult *result, gpointer data)
{
  g_autoptr (Check) check = data;
  g_autoptr (NumeralUnlockDialog) self = g_weak_ref_get (&check->self);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  /* The dialog closes by the signal of the protector. */
  if (numeral_protector_run_finish (NUMERAL_PROTECTOR (protector), result, &error) || !self ||
      self->checking != check->cancellable)
    return;
  g_clear_object (&self->checking);
  reason = numeral_format_sentence (error->message);
  gtk_label_set_label (self->problem, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  update (self);
  gtk_widget_grab_focus (get_entry (self));
  gtk_editable_select_region (GTK_EDITABLE (get_entry (self)), 0, -1);
}

static void
check (NumeralUnlockDialog *self, gboolean keyring)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (get_entry (self)));
  const NumeralProtectionRequest request = {
    .action = NUMERAL_PROTECTION_UNLOCK,
    .passphrase = keyring || self->by_recovery ? NULL : text,
    .recovery = keyring || !self->by_recovery ? NULL : text,
    .keyring = keyring,
  };
  Check *data = g_new (Check, 1);

  self->checking = g_cancellable_new ();
  g_weak_ref_init (&data->self, self);
  data->cancellable = g_object_ref (self->checking);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  /* GTK 4.8 warns of an entry that gets insensitive with the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  numeral_protector_run_async (self->protector, &request, self->checking, on_checked, data);
  update (self);
}

static void
action_go (GtkWidget *widget, const char *name, GVariant *parameter)
{
  check (NUMERAL_UNLOCK_DIALOG (widget), FALSE);
}

static void
action_keyring (GtkWidget *widget, const char *name, GVariant *parameter)
{
  check (NUMERAL_UNLOCK_DIALOG (widget), TRUE);
}

static void
action_other (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralUnlockDialog *self = NUMERAL_UNLOCK_DIALOG (widget);

  self->by_recovery = !self->by_recovery;
  on_edited (self);
  gtk_widget_grab_focus (get_entry (self));
}

static void
on_protector (NumeralUnlockDialog *self)
{
  if (!numeral_protector_is_locked (self->protector))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
numeral_unlock_dialog_dispose (GObject *object)
{
  NumeralUnlockDialog *self = NUMERAL_UNLOCK_DIALOG (object);

  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  if (self->protector)
    g_signal_handlers_disconnect_by_data (self->protector, self);
  g_clear_object (&self->protector);
  G_OBJECT_CLASS (numeral_unlock_dialog_parent_class)->dispose (object);
}

static void
numeral_unlock_dialog_class_init (NumeralUnlockDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_unlock_dialog_dispose;
  g_type_ensure (NUMERAL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_install_action (widget_class, "unlock.go", NULL, action_go);
  gtk_widget_class_install_action (widget_class, "unlock.other", NULL, action_other);
  gtk_widget_class_install_action (widget_class, "unlock.keyring", NULL, action_keyring);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/protect/numeral-unlock-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, entries);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, recovery);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, other);
  gtk_widget_class_bind_template_child (widget_class, NumeralUnlockDialog, keyring);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
numeral_unlock_dialog_init (NumeralUnlockDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralUnlockDialog *
numeral_unlock_dialog_new (GtkWindow *parent, NumeralProtector *protector)
{
  NumeralUnlockDialog *self =
      g_object_new (NUMERAL_TYPE_UNLOCK_DIALOG, "transient-for", parent, NULL);
  const NumeralHandProtection *now = numeral_protector_get (protector);

  self->protector = g_object_ref (protector);
  g_signal_connect_object (protector, "changed", G_CALLBACK (on_protector), self,
                           G_CONNECT_SWAPPED);
  self->by_recovery = now && !now->has_passphrase;
  gtk_widget_set_visible (GTK_WIDGET (self->other), now && now->has_passphrase);
  gtk_widget_set_visible (self->keyring, now && now->has_keyring);
  update (self);
  gtk_widget_grab_focus (get_entry (self));
  return self;
}
