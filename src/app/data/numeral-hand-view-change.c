/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-hand-message.h"
#include "numeral-hand-view-private.h"
#include "numeral-relabel.h"
#include "numeral-toast.h"

static void
action_label (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralHandView *self = NUMERAL_HAND_VIEW (widget);
  const int label = g_variant_get_int32 (parameter);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GArray) changes = NULL;

  if (!self->store || !numeral_hand_is_label (label) ||
      numeral_hand_view_wait_for_all (self, name, parameter))
    return;
  items = numeral_hand_view_get_selected (self);
  changes = g_array_new (FALSE, FALSE, sizeof (NumeralRelabel));
  for (guint i = 0; i < items->len; i++)
    {
      const NumeralHandSample *sample = numeral_hand_item_get_sample (items->pdata[i]);
      const NumeralRelabel change = { sample->id, label };

      if (!sample->damage && sample->label != label)
        g_array_append_val (changes, change);
    }
  numeral_relabel (widget, self->store, &g_array_index (changes, NumeralRelabel, 0), changes->len,
                   NULL);
}

static void
on_restored (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralHandView) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_hand_store_restore_finish (NUMERAL_HAND_STORE (store), result, &error))
    numeral_hand_message_show (GTK_WIDGET (self), _ ("The Samples Were Not Put Back"), error);
}

static void
on_undo_delete (NumeralHandView *self, AdwToast *toast)
{
  GPtrArray *samples = g_object_get_data (G_OBJECT (toast), "samples");

  if (self->store)
    numeral_hand_store_restore_async (self->store, (NumeralHandSample *const *) samples->pdata,
                                      samples->len, on_restored, g_object_ref (self));
}

static void
on_deleted (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralHandView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deleted =
      numeral_hand_store_delete_finish (NUMERAL_HAND_STORE (store), result, &error);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (!deleted)
    {
      numeral_hand_message_show (GTK_WIDGET (self), _ ("Nothing Was Deleted"), error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u sample deleted", "%u samples deleted", deleted->len),
                          deleted->len);
  toast = deleted->len > 0 ? numeral_toast_show (GTK_WIDGET (self), text) : NULL;
  if (!toast)
    return;
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "samples", g_steal_pointer (&deleted),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_delete), self,
                           G_CONNECT_SWAPPED);
}

static void
action_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralHandView *self = NUMERAL_HAND_VIEW (widget);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!self->store || numeral_hand_view_wait_for_all (self, name, parameter))
    return;
  items = numeral_hand_view_get_selected (self);
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (ids, numeral_hand_item_get_sample (items->pdata[i])->id);
  if (ids->len > 0)
    numeral_hand_store_delete_async (self->store, &g_array_index (ids, gint64, 0), ids->len,
                                     on_deleted, g_object_ref (self));
}

void
numeral_hand_view_change_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "hand.label", "i", action_label);
  gtk_widget_class_install_action (widget_class, "hand.delete", NULL, action_delete);
  numeral_relabel_add_keys (widget_class, "hand.label");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "hand.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "hand.delete", NULL);
}
