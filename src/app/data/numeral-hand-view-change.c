/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-hand-view-private.h"
#include "numeral-toast.h"

/* A sample, and the label that it had. */
typedef struct
{
  gint64 id;
  int label;
} Before;

/**
 * Relabel:
 * @view: (transfer full)
 * @label: the new one of all samples; ignored with @undo
 * @before: (element-type Before): what was changed
 * @n_left: changes that are not done
 * @error: (nullable): the first one
 */
typedef struct
{
  NumeralHandView *view;
  int label;
  gboolean undo;
  GArray *before;
  guint n_left;
  GError *error;
} Relabel;

static void relabel (NumeralHandView *self, const Before *changes, guint n, gboolean undo);

static void
on_undo_label (NumeralHandView *self, AdwToast *toast)
{
  GArray *before = g_object_get_data (G_OBJECT (toast), "before");

  relabel (self, &g_array_index (before, Before, 0), before->len, TRUE);
}

static void
show_relabelled (NumeralHandView *self, Relabel *job)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (job->label == NUMERAL_HAND_NOT_A_DIGIT)
    text = g_strdup (_ ("Labelled as not a digit"));
  else
    text = g_strdup_printf (_ ("Labelled as %d"), job->label);
  toast = numeral_toast_show (GTK_WIDGET (self), text);
  if (!toast)
    return;
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "before", g_array_ref (job->before),
                          (GDestroyNotify) g_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_label), self,
                           G_CONNECT_SWAPPED);
}

static void
end_relabel (Relabel *job)
{
  if (job->error)
    numeral_hand_view_show_error (job->view, _ ("The Label Was Not Changed"), job->error);
  else if (!job->undo && job->before->len > 0)
    show_relabelled (job->view, job);
  g_clear_error (&job->error);
  g_array_unref (job->before);
  g_object_unref (job->view);
  g_free (job);
}

/* One of the changes of @job. */
typedef struct
{
  Relabel *job;
  gint64 id;
} Change;

static void
on_relabelled (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autofree Change *change = data;
  Relabel *job = change->job;
  Before before = { change->id, 0 };
  g_autoptr (GError) error = NULL;

  if (numeral_hand_store_relabel_finish (NUMERAL_HAND_STORE (store), result, &before.label, &error))
    g_array_append_val (job->before, before);
  else if (!job->error)
    job->error = g_steal_pointer (&error);
  if (--job->n_left == 0)
    end_relabel (job);
}

/* The store makes the changes in order, each in a transaction. */
static void
relabel (NumeralHandView *self, const Before *changes, guint n, gboolean undo)
{
  Relabel *job;

  if (n == 0)
    return;
  job = g_new (Relabel, 1);
  *job = (Relabel){ .view = g_object_ref (self),
                    .label = changes[0].label,
                    .undo = undo,
                    .before = g_array_new (FALSE, FALSE, sizeof (Before)),
                    .n_left = n };
  for (guint i = 0; i < n; i++)
    {
      Change *change = g_new (Change, 1);

      *change = (Change){ job, changes[i].id };
      numeral_hand_store_relabel_async (self->store, changes[i].id, changes[i].label, on_relabelled,
                                        change);
    }
}

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
  changes = g_array_new (FALSE, FALSE, sizeof (Before));
  for (guint i = 0; i < items->len; i++)
    {
      const NumeralHandSample *sample = numeral_hand_item_get_sample (items->pdata[i]);
      const Before change = { sample->id, label };

      if (!sample->damage && sample->label != label)
        g_array_append_val (changes, change);
    }
  relabel (self, &g_array_index (changes, Before, 0), changes->len, FALSE);
}

static void
on_restored (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralHandView) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_hand_store_restore_finish (NUMERAL_HAND_STORE (store), result, &error))
    numeral_hand_view_show_error (self, _ ("The Samples Were Not Put Back"), error);
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
      numeral_hand_view_show_error (self, _ ("Nothing Was Deleted"), error);
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
  /* A menu names the last key. */
  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + digit, 0, "hand.label", "i",
                                           (int) digit);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + digit, 0, "hand.label", "i",
                                           (int) digit);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, 0, "hand.label", "i",
                                       NUMERAL_HAND_NOT_A_DIGIT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "hand.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "hand.delete", NULL);
}
