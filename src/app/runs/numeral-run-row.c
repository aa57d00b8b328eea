/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-format.h"

struct _NumeralRunRow
{
  GtkWidget parent_instance;

  GtkCheckButton *pick;
  GtkLabel *name;
  GtkLabel *summary;
  GtkImage *status_icon;
  GtkLabel *status;
  GtkLabel *date;
  GtkWidget *figure;
  GtkLabel *accuracy;
  GtkLabel *accuracy_of;
  GtkMenuButton *menu;
  GMenuModel *actions;
  GMenuModel *unreadable_actions;
  GMenuModel *locked_actions;

  NumeralRun *run;
  NumeralTrainer *trainer;
};

enum
{
  PROP_PICKED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint menu_signal;

G_DEFINE_FINAL_TYPE (NumeralRunRow, numeral_run_row, GTK_TYPE_WIDGET)

static NumeralTrainerState
trainer_state (NumeralRun *run, NumeralTrainer *trainer)
{
  return numeral_trainer_get_run (trainer) == run ? numeral_trainer_get_state (trainer) :
                                                    NUMERAL_TRAINER_IDLE;
}

/* "2.3 of 5 epochs" */
static char *
epochs_text (NumeralRun *run)
{
  const guint epochs = numeral_run_get_config (run)->train.epochs;

  /* Translators: how far a run of training is */
  return g_strdup_printf (g_dngettext (NULL, "%.3g of %u epoch", "%.3g of %u epochs", epochs),
                          numeral_run_get_epochs_done (run), epochs);
}

char *
numeral_run_row_describe (NumeralRun *run, NumeralTrainer *trainer, const char **icon)
{
  g_autofree char *epochs = epochs_text (run);
  const char *outcome = numeral_outcome_describe (numeral_run_get_outcome (run));
  const char *message;

  switch (trainer_state (run, trainer))
    {
    case NUMERAL_TRAINER_PREPARING:
    case NUMERAL_TRAINER_RUNNING:
      *icon = "media-playback-start-symbolic";
      /* Translators: %s is such as "2.3 of 5 epochs" */
      return g_strdup_printf (_ ("Training, %s"), epochs);
    case NUMERAL_TRAINER_PAUSED:
      *icon = "media-playback-pause-symbolic";
      return g_strdup_printf (_ ("Paused, %s"), epochs);
    case NUMERAL_TRAINER_IDLE:
    default:
      break;
    }
  if (numeral_run_get_elsewhere (run))
    {
      *icon = "media-playback-start-symbolic";
      /* Translators: %s is such as "2.3 of 5 epochs" */
      return g_strdup_printf (_ ("Training in another window, %s"), epochs);
    }
  switch (numeral_run_get_status (run))
    {
    case NUMERAL_RUN_UNREADABLE:
      *icon = "dialog-warning-symbolic";
      return g_strdup (_ ("Cannot be read"));
    case NUMERAL_RUN_LOCKED:
      *icon = "system-lock-screen-symbolic";
      return g_strdup (_ ("Locked"));
    case NUMERAL_RUN_FINISHED:
      if (outcome != NULL)
        {
          *icon = "dialog-warning-symbolic";
          /* Translators: the first %s is such as "5 of 5 epochs", the second such as "no better
           * than guessing" */
          return g_strdup_printf (_ ("Finished, %s: %s"), epochs, outcome);
        }
      *icon = "object-select-symbolic";
      return numeral_run_get_epochs_done (run) > 0 ? g_strdup_printf (_ ("Finished, %s"), epochs) :
                                                     g_strdup (_ ("Model from a file"));
    case NUMERAL_RUN_FAILED:
      *icon = "dialog-error-symbolic";
      message = numeral_run_get_message (run);
      return message ? g_strdup_printf (_ ("Failed: %s"), message) : g_strdup (_ ("Failed"));
    case NUMERAL_RUN_STOPPED:
      *icon = "media-playback-stop-symbolic";
      /* Translators: as somebody wished; %s is such as "2.3 of 5 epochs" */
      return g_strdup_printf (_ ("Stopped, %s"), epochs);
    case NUMERAL_RUN_UNFINISHED:
    default:
      *icon = "document-open-recent-symbolic";
      return g_strdup_printf (_ ("Interrupted, %s"), epochs);
    }
}

static void
show_accuracy (NumeralRunRow *self, double accuracy)
{
  g_autofree char *percent = NULL;

  gtk_widget_set_visible (self->figure, !isnan (accuracy));
  if (isnan (accuracy))
    return;
  percent = numeral_format_percent (accuracy);
  gtk_label_set_text (self->accuracy, percent);
  gtk_label_set_text (self->accuracy_of, numeral_run_get_config (self->run)->train.validation > 0 ?
                                             _ ("validation") :
                                             _ ("training"));
}

static void
set_name (gpointer widget, char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (name);
}

/* The date in a short form that fits narrow windows. */
static char *
date_text (GDateTime *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (date, g_date_time_get_year (now) == g_date_time_get_year (date) ?
                                       /* Translators: a date and time of this year, for
                                        * g_date_time_format() */
                                       _ ("%-e %b, %H:%M") :
                                       /* Translators: a date of another year */
                                       _ ("%-e %b %Y"));
}

/* Settings and date; the reason and no date if the run cannot be read. */
static void
describe_run (NumeralRun *run, gboolean readable, char **summary, char **date)
{
  g_autoptr (GDateTime) created = NULL;

  if (numeral_run_get_status (run) == NUMERAL_RUN_LOCKED)
    {
      *summary = g_strdup (_ ("Unlock your handwriting to see it"));
      *date = g_strdup ("");
      return;
    }
  if (!readable)
    {
      *summary = numeral_format_sentence (numeral_run_get_message (run));
      *date = g_strdup ("");
      return;
    }
  g_object_get (run, "created", &created, "summary", summary, NULL);
  *date = date_text (created);
}

static void
show (NumeralRunRow *self)
{
  g_autofree char *summary = NULL;
  g_autofree char *date = NULL;
  g_autofree char *status = NULL;
  gboolean readable;
  const char *name;
  const char *icon;

  if (!self->run)
    return;
  readable = numeral_run_is_readable (self->run);
  name = numeral_run_get_name (self->run);
  describe_run (self->run, readable, &summary, &date);
  status = numeral_run_row_describe (self->run, self->trainer, &icon);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->summary, summary);
  gtk_image_set_from_icon_name (self->status_icon, icon);
  gtk_label_set_text (self->status, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), status);
  gtk_label_set_text (self->date, date);
  show_accuracy (self, numeral_run_get_best_accuracy (self->run));
  set_name (self, readable ?
                      /* Translators: name, settings, state and date of a run of training */
                      g_strdup_printf (_ ("%s: %s. %s. %s"), name, summary, status, date) :
                      /* Translators: name of a run, that it cannot be read, and why */
                      g_strdup_printf (_ ("%s: %s. %s"), name, status, summary));
  set_name (self->pick, g_strdup_printf (_ ("Pick “%s”"), name));
  set_name (self->menu, g_strdup_printf (_ ("Menu of “%s”"), name));
}

static void
on_picked (NumeralRunRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICKED]);
}

/* Called before the menu opens. The row has no menu before: each item of a menu follows its action,
 * and with hundreds of rows a change of an action would take many frames. */
static void
on_menu (GtkMenuButton *menu, gpointer data)
{
  NumeralRunRow *self = data;
  const gboolean readable = self->run && numeral_run_is_readable (self->run);
  const gboolean locked = self->run && numeral_run_get_status (self->run) == NUMERAL_RUN_LOCKED;
  GMenuModel *model = readable ? self->actions :
                      locked   ? self->locked_actions :
                                 self->unreadable_actions;

  g_signal_emit (self, menu_signal, 0);
  if (gtk_menu_button_get_menu_model (menu) != model)
    gtk_menu_button_set_menu_model (menu, model);
}

static void
numeral_run_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, gtk_check_button_get_active (NUMERAL_RUN_ROW (object)->pick));
}

static void
numeral_run_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_check_button_set_active (NUMERAL_RUN_ROW (object)->pick, g_value_get_boolean (value));
}

static void
numeral_run_row_dispose (GObject *object)
{
  NumeralRunRow *self = NUMERAL_RUN_ROW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (self->run)
    numeral_run_row_set_run (self, NULL, NULL);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (numeral_run_row_parent_class)->dispose (object);
}

static void
numeral_run_row_class_init (NumeralRunRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_run_row_get_property;
  object_class->set_property = numeral_run_row_set_property;
  object_class->dispose = numeral_run_row_dispose;

  properties[PROP_PICKED] =
      g_param_spec_boolean ("picked", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  menu_signal = g_signal_new ("menu", NUMERAL_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/runs/numeral-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, pick);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, name);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, summary);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, status_icon);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, status);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, date);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, figure);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, accuracy);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, accuracy_of);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, menu);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, actions);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, unreadable_actions);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunRow, locked_actions);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, numeral_run_row_open_menu);
}

static void
numeral_run_row_init (NumeralRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, on_menu, self, NULL);
}

NumeralRunRow *
numeral_run_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_RUN_ROW, NULL);
}

void
numeral_run_row_set_run (NumeralRunRow *self, NumeralRun *run, NumeralTrainer *trainer)
{
  g_return_if_fail (NUMERAL_IS_RUN_ROW (self));
  g_return_if_fail (!run || trainer);

  if (self->run)
    {
      g_signal_handlers_disconnect_by_data (self->run, self);
      g_signal_handlers_disconnect_by_data (self->trainer, self);
    }
  g_set_object (&self->run, run);
  g_set_object (&self->trainer, trainer);
  if (!run)
    return;
  g_signal_connect_object (run, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trainer, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trainer, "notify::run", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

NumeralRun *
numeral_run_row_get_run (NumeralRunRow *self)
{
  g_return_val_if_fail (NUMERAL_IS_RUN_ROW (self), NULL);

  return self->run;
}

void
numeral_run_row_open_menu (NumeralRunRow *self)
{
  g_return_if_fail (NUMERAL_IS_RUN_ROW (self));

  gtk_menu_button_popup (self->menu);
}
