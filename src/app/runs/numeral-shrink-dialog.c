/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-shrink-dialog.h"

#include <glib/gi18n.h>

#include "numeral-config.h"
#include "numeral-format.h"
#include "numeral-shrink.h"
#include "numeral-tradeoff-view.h"
#include "picture-format.h"

/* What a smaller model may read worse before it is no longer proposed. */
#define TOLERANCE 0.001

struct _NumeralShrinkDialog
{
  AdwWindow parent_instance;

  NumeralShrink *shrink;
  NumeralRun *run;
  gboolean picked; /* by the person: nothing is proposed any more */
  gboolean proposing;

  AdwWindowTitle *window_title;
  GtkWidget *busy;
  GtkLabel *doing;
  GtkProgressBar *progress;
  GtkLabel *problem;
  GtkWidget *costs;
  GtkToggleButton *by_size;
  NumeralTradeoffView *view;
  GtkListBox *list;
  GtkLabel *measured;
};

enum
{
  EXPORT,
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralShrinkDialog, numeral_shrink_dialog, ADW_TYPE_WINDOW)

static double
size_of (NumeralShrunk *model)
{
  return (double) g_bytes_get_size (numeral_shrunk_get_bytes (model));
}

/* (transfer full): a row of the list */
static GtkWidget *
create_row (gpointer item, gpointer unused)
{
  NumeralShrunk *model = item;
  const NumeralCompressFigures *figures = numeral_shrunk_get_figures (model);
  g_autofree char *size = picture_cost_format (PICTURE_COST_BYTES, size_of (model));
  g_autofree char *time = picture_cost_format (PICTURE_COST_SECONDS, figures->seconds);
  g_autofree char *accuracy = picture_format_percent (figures->accuracy, 2);
  /* Translators: the first %s is the size of a file, the second a time */
  g_autofree char *detail = g_strdup_printf (_ ("%s, %s for a digit"), size, time);
  GtkWidget *row = adw_action_row_new (), *label = gtk_label_new (accuracy);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), numeral_shrunk_get_title (model));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* (transfer full) (nullable) */
static NumeralShrunk *
get_chosen (NumeralShrinkDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? g_list_model_get_item (numeral_shrink_get_results (self->shrink),
                                      (guint) gtk_list_box_row_get_index (row)) :
               NULL;
}

static void
choose (NumeralShrinkDialog *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);

  if (row)
    gtk_list_box_select_row (self->list, row);
}

/* The smallest one that reads as well as the model itself. */
static void
propose (NumeralShrinkDialog *self)
{
  GListModel *results = numeral_shrink_get_results (self->shrink);
  const guint n = g_list_model_get_n_items (results);
  double smallest = INFINITY, floor = 0;
  int best = -1;

  if (self->picked)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralShrunk) model = g_list_model_get_item (results, i);
      const double accuracy = numeral_shrunk_get_figures (model)->accuracy;

      if (i == 0)
        floor = accuracy - TOLERANCE;
      if (accuracy >= floor && size_of (model) < smallest)
        {
          smallest = size_of (model);
          best = (int) i;
        }
    }
  self->proposing = TRUE;
  choose (self, best);
  self->proposing = FALSE;
}

static void
on_results (NumeralShrinkDialog *self)
{
  const gboolean any = g_list_model_get_n_items (numeral_shrink_get_results (self->shrink)) > 0;

  gtk_widget_set_visible (self->costs, any);
  gtk_widget_set_visible (GTK_WIDGET (self->view), any);
  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  propose (self);
}

static void
on_row (NumeralShrinkDialog *self, GtkListBoxRow *row)
{
  const gboolean usable = row != NULL;

  self->picked = self->picked || (row && !self->proposing);
  numeral_tradeoff_view_set_chosen (self->view, row ? gtk_list_box_row_get_index (row) : -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shrink.export", usable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shrink.add", usable);
}

static void
on_point (NumeralShrinkDialog *self, guint index)
{
  choose (self, (int) index);
}

static void
on_cost (NumeralShrinkDialog *self)
{
  numeral_tradeoff_view_set_cost (self->view, gtk_toggle_button_get_active (self->by_size) ?
                                                  PICTURE_COST_BYTES :
                                                  PICTURE_COST_SECONDS);
}

static void
on_doing (NumeralShrinkDialog *self)
{
  g_autofree char *doing = NULL;

  g_object_get (self->shrink, "doing", &doing, NULL);
  gtk_label_set_text (self->doing, doing ? doing : "");
}

static void
on_progress (NumeralShrinkDialog *self)
{
  double progress;

  g_object_get (self->shrink, "progress", &progress, NULL);
  gtk_progress_bar_set_fraction (self->progress, progress);
}

static void
on_ended (NumeralShrinkDialog *self, const GError *error)
{
  const guint n = g_list_model_get_n_items (numeral_shrink_get_results (self->shrink));

  gtk_widget_set_visible (self->busy, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shrink.stop", FALSE);
  if (n > 0)
    gtk_label_set_text (self->measured,
                        numeral_shrink_get_generated (self->shrink) ?
                            _ ("Accuracy on generated digits: the samples of the run cannot be "
                               "loaded") :
                            _ ("Accuracy on the samples that the run held out for validation"));
  if (error || n == 0)
    {
      g_autofree char *reason = error ? numeral_format_sentence (error->message) :
                                        g_strdup (_ ("Stopped before anything was made"));

      gtk_label_set_text (self->problem, reason);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    }
}

static void
take (NumeralShrinkDialog *self, guint signal)
{
  g_autoptr (NumeralShrunk) model = get_chosen (self);
  g_autofree char *name = NULL;

  if (!model)
    return;
  /* Translators: a model of a run that was made smaller: the name of the run, and how */
  name = g_strdup_printf (_ ("%s, %s"), numeral_run_get_name (self->run),
                          numeral_shrunk_get_title (model));
  g_signal_emit (self, signals[signal], 0, model, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_shrink_stop (NUMERAL_SHRINK_DIALOG (widget)->shrink);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  take (NUMERAL_SHRINK_DIALOG (widget), EXPORT);
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  take (NUMERAL_SHRINK_DIALOG (widget), ADD);
}

static void
numeral_shrink_dialog_dispose (GObject *object)
{
  NumeralShrinkDialog *self = NUMERAL_SHRINK_DIALOG (object);

  if (self->shrink)
    numeral_shrink_stop (self->shrink);
  g_clear_object (&self->shrink);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (numeral_shrink_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, doing);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, costs);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, by_size);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, view);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, list);
  gtk_widget_class_bind_template_child (widget_class, NumeralShrinkDialog, measured);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_point);
  gtk_widget_class_bind_template_callback (widget_class, on_cost);
}

static void
numeral_shrink_dialog_class_init (NumeralShrinkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_shrink_dialog_dispose;
  g_type_ensure (NUMERAL_TYPE_TRADEOFF_VIEW);
  signals[EXPORT] = g_signal_new ("export", NUMERAL_TYPE_SHRINK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, NUMERAL_TYPE_SHRUNK, G_TYPE_STRING);
  signals[ADD] = g_signal_new ("add", NUMERAL_TYPE_SHRINK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, NUMERAL_TYPE_SHRUNK, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "shrink.stop", NULL, action_stop);
  gtk_widget_class_install_action (widget_class, "shrink.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "shrink.add", NULL, action_add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/runs/numeral-shrink-dialog.ui");
  bind_children (widget_class);
}

static void
numeral_shrink_dialog_init (NumeralShrinkDialog *self)
{
  GListModel *results;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shrink = numeral_shrink_new ();
  results = numeral_shrink_get_results (self->shrink);
  gtk_list_box_bind_model (self->list, results, create_row, NULL, NULL);
  numeral_tradeoff_view_set_models (self->view, results);
  g_signal_connect_object (results, "items-changed", G_CALLBACK (on_results), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shrink, "notify::doing", G_CALLBACK (on_doing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shrink, "notify::progress", G_CALLBACK (on_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shrink, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  on_row (self, NULL);
  on_results (self);
}

NumeralShrinkDialog *
numeral_shrink_dialog_new (GtkWindow *parent, NumeralRun *run)
{
  NumeralShrinkDialog *self = g_object_new (NUMERAL_TYPE_SHRINK_DIALOG, "transient-for", parent,
                                            "modal", parent != NULL, NULL);

  self->run = g_object_ref (run);
  adw_window_title_set_subtitle (self->window_title, numeral_run_get_name (run));
  numeral_shrink_start (self->shrink, numeral_run_get_folder (run), numeral_run_get_config (run));
  return self;
}

NumeralRun *
numeral_shrink_dialog_get_run (NumeralShrinkDialog *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRINK_DIALOG (self), NULL);

  return self->run;
}
