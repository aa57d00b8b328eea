/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-relabel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "numeral-hand-message.h"
#include "numeral-toast.h"

/**
 * Job:
 * @widget: (transfer full)
 * @label: the new one of all samples; ignored with @undo
 * @before: (element-type NumeralRelabel): what was changed, with the labels from before
 * @n_left: changes that are not done
 * @error: (nullable): the first one
 */
typedef struct
{
  GtkWidget *widget;
  NumeralHandStore *store;
  NumeralRelabelFunc func;
  int label;
  gboolean undo;
  GArray *before;
  guint n_left;
  GError *error;
} Job;

static void start (GtkWidget *widget,
                   NumeralHandStore *store,
                   const NumeralRelabel *changes,
                   guint n,
                   NumeralRelabelFunc func,
                   gboolean undo);

/**
 * Undo:
 * @before: (element-type NumeralRelabel)
 *
 * What the button of a toast puts back.
 */
typedef struct
{
  NumeralHandStore *store;
  NumeralRelabelFunc func;
  GArray *before;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->store);
  g_array_unref (undo->before);
  g_free (undo);
}

static void
on_undo (GtkWidget *widget, AdwToast *toast)
{
  const Undo *undo = g_object_get_data (G_OBJECT (toast), "undo");

  start (widget, undo->store, &g_array_index (undo->before, NumeralRelabel, 0), undo->before->len,
         undo->func, TRUE);
}

static void
show_done (const Job *job)
{
  g_autofree char *text = NULL;
  AdwToast *toast;
  Undo *undo;

  if (job->label == NUMERAL_HAND_NOT_A_DIGIT)
    text = g_strdup (_ ("Labelled as not a digit"));
  else
    text = g_strdup_printf (_ ("Labelled as %d"), job->label);
  toast = numeral_toast_show (job->widget, text);
  if (!toast)
    return;
  undo = g_new (Undo, 1);
  *undo = (Undo){ g_object_ref (job->store), job->func, g_array_ref (job->before) };
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, undo_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), job->widget,
                           G_CONNECT_SWAPPED);
}

static void
end (Job *job)
{
  if (job->error)
    numeral_hand_message_show (job->widget, _ ("The Label Was Not Changed"), job->error);
  else if (!job->undo && job->before->len > 0)
    show_done (job);
  g_clear_error (&job->error);
  g_array_unref (job->before);
  g_object_unref (job->store);
  g_object_unref (job->widget);
  g_free (job);
}

/* One of the changes of @job. */
typedef struct
{
  Job *job;
  NumeralRelabel wanted;
} Change;

static void
on_relabelled (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autofree Change *change = data;
  Job *job = change->job;
  NumeralRelabel before = { change->wanted.id, 0 };
  g_autoptr (GError) error = NULL;

  if (!numeral_hand_store_relabel_finish (job->store, result, &before.label, &error))
    {
      if (!job->error)
        job->error = g_steal_pointer (&error);
    }
  else
    {
      g_array_append_val (job->before, before);
      if (job->func)
        job->func (job->widget, change->wanted.id, change->wanted.label);
    }
  if (--job->n_left == 0)
    end (job);
}

/* The store makes the changes in order, each in a transaction. */
static void
start (GtkWidget *widget,
       NumeralHandStore *store,
       const NumeralRelabel *changes,
       guint n,
       NumeralRelabelFunc func,
       gboolean undo)
{
  Job *job;

  if (n == 0)
    return;
  job = g_new (Job, 1);
  *job = (Job){ .widget = g_object_ref (widget),
                .store = g_object_ref (store),
                .func = func,
                .label = changes[0].label,
                .undo = undo,
                .before = g_array_new (FALSE, FALSE, sizeof (NumeralRelabel)),
                .n_left = n };
  for (guint i = 0; i < n; i++)
    {
      Change *change = g_new (Change, 1);

      *change = (Change){ job, changes[i] };
      numeral_hand_store_relabel_async (store, changes[i].id, changes[i].label, on_relabelled,
                                        change);
    }
}

void
numeral_relabel (GtkWidget *widget,
                 NumeralHandStore *store,
                 const NumeralRelabel *changes,
                 guint n,
                 NumeralRelabelFunc func)
{
  start (widget, store, changes, n, func, FALSE);
}

void
numeral_relabel_add_keys (GtkWidgetClass *widget_class, const char *action)
{
  /* A menu names the last key. */
  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + digit, 0, action, "i",
                                           (int) digit);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + digit, 0, action, "i",
                                           (int) digit);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, 0, action, "i",
                                       NUMERAL_HAND_NOT_A_DIGIT);
}

GMenuModel *
numeral_relabel_create_menu (const char *action)
{
  GMenu *labels = g_menu_new ();

  for (int label = 0; label < NUMERAL_HAND_N_LABELS; label++)
    {
      g_autofree char *digit = g_strdup_printf ("%d", label);
      g_autoptr (GMenuItem) item =
          g_menu_item_new (label == NUMERAL_HAND_NOT_A_DIGIT ? _ ("Not a Digit") : digit, NULL);

      g_menu_item_set_action_and_target (item, action, "i", label);
      g_menu_append_item (labels, item);
    }
  return G_MENU_MODEL (labels);
}
