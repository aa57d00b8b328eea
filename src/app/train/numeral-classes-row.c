/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-classes-row.h"

#include <glib/gi18n.h>

struct _NumeralClassesRow
{
  AdwActionRow parent_instance;

  NumeralRunConfig *config;
  GCancellable *counting;
  gboolean counted;
};

G_DEFINE_FINAL_TYPE (NumeralClassesRow, numeral_classes_row, ADW_TYPE_ACTION_ROW)

static char *
format_counts (const gsize *counts, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    /* Translators: a digit, and how many samples there are of it */
    g_string_append_printf (text, _ ("%s%u: %'zu"), i > 0 ? " · " : "", i, counts[i]);
  return g_string_free (text, FALSE);
}

static void
on_count (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_autoptr (NumeralSource) source = numeral_run_config_create_source (data);
  g_autofree gsize *counts = NULL;
  GError *error = NULL;
  guint n;

  if (!numeral_source_find (source, NULL))
    {
      g_task_return_pointer (task, g_strdup (_ ("There are no data to count")), g_free);
      return;
    }
  counts = numeral_source_count (source, &n, cancellable, &error);
  if (counts)
    g_task_return_pointer (task, format_counts (counts, n), g_free);
  else
    g_task_return_error (task, error);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralClassesRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->counting != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->counting);
  self->counted = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text ? text : error->message);
}

static void
count (NumeralClassesRow *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->counted || self->counting || !self->config)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Counting…"));
  self->counting = g_cancellable_new ();
  /* The row is not the source object: its last reference must not be dropped in the thread. */
  task = g_task_new (NULL, self->counting, on_counted, g_object_ref (self));
  g_task_set_task_data (task, numeral_run_config_copy (self->config),
                        (GDestroyNotify) numeral_run_config_free);
  g_task_run_in_thread (task, on_count);
}

static gboolean
same_data (const NumeralRunConfig *a, const NumeralRunConfig *b)
{
  return a->source == b->source && a->generated == b->generated &&
         g_strcmp0 (a->path, b->path) == 0;
}

static void
numeral_classes_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_classes_row_parent_class)->map (widget);
  count (NUMERAL_CLASSES_ROW (widget));
}

static void
numeral_classes_row_dispose (GObject *object)
{
  NumeralClassesRow *self = NUMERAL_CLASSES_ROW (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->config, numeral_run_config_free);
  G_OBJECT_CLASS (numeral_classes_row_parent_class)->dispose (object);
}

static void
numeral_classes_row_class_init (NumeralClassesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_classes_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = numeral_classes_row_map;
}

static void
numeral_classes_row_init (NumeralClassesRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Samples of Each Digit"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

NumeralClassesRow *
numeral_classes_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_CLASSES_ROW, NULL);
}

void
numeral_classes_row_set_config (NumeralClassesRow *self, const NumeralRunConfig *config)
{
  g_return_if_fail (NUMERAL_IS_CLASSES_ROW (self));

  if (self->config && same_data (self->config, config))
    return;
  g_clear_pointer (&self->config, numeral_run_config_free);
  self->config = numeral_run_config_copy (config);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counted = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    count (self);
}
