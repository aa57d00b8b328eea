/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-columns-layout.h"
#include "numeral-format.h"
#include "numeral-toast.h"
#include "numeral-train-page-private.h"
#include "numeral-unsaved-bar.h"

/* Interval of updates, in microseconds. Curves that move twenty times a second look smooth, and
 * other frames are free for the pen. */
#define UPDATE_INTERVAL 48000

G_DEFINE_FINAL_TYPE (NumeralTrainPage, numeral_train_page, NUMERAL_TYPE_PAGE)

static void
update_curves (NumeralTrainPage *self)
{
  const NumeralHistory *history = numeral_train_page_get_history (self);

  if (history)
    numeral_run_curves_update (self->curves, history);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralTrainPage *self = NUMERAL_TRAIN_PAGE (widget);

  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->lab && now - self->updated < UPDATE_INTERVAL)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  self->updated = now;
  if (!self->lab)
    return G_SOURCE_REMOVE;
  update_curves (self);
  numeral_train_page_grid_update (self);
  numeral_train_page_actions_update (self);
  numeral_train_page_progress_update (self);
  numeral_train_page_past_update (self);
  return G_SOURCE_REMOVE;
}

/* Updates everything with the next frame. */
static void
queue_update (NumeralTrainPage *self)
{
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
on_model (NumeralTrainPage *self)
{
  NumeralModel *model = numeral_page_get_model (NUMERAL_PAGE (self));

  if (model && numeral_page_get_shown (NUMERAL_PAGE (self)))
    numeral_sample_grid_set_network (self->grid, model->network);
}

static void
on_run (NumeralTrainPage *self)
{
  NumeralRun *run = numeral_lab_get_run (self->lab);

  numeral_run_curves_begin (self->curves, run ? numeral_run_get_config (run)->train.epochs : 0);
  gtk_widget_set_visible (self->privacy, run && numeral_run_get_config (run)->train.dp_noise > 0);
  numeral_train_page_load_curves (self);
  numeral_train_page_past_reload (self);
  queue_update (self);
}

static void
on_state (NumeralTrainPage *self)
{
  if (self->lab && numeral_train_page_get_state (self) != NUMERAL_TRAINER_IDLE)
    numeral_train_page_withdraw_offer (self);
}

/* A run of which nothing can be saved did not begin. The reason stays in sight. */
static void
show_lost (NumeralTrainPage *self, NumeralRun *run, const GError *error)
{
  g_autofree char *reason = numeral_format_sentence (error->message);
  /* Translators: %s is the name of a run of training */
  g_autofree char *title = g_strdup_printf (_ ("“%s” was not begun"), numeral_run_get_name (run));
  g_autofree char *key = g_strdup_printf ("lost:%s", numeral_run_get_name (run));
  const NumeralUnsaved unsaved = {
    .key = key, .title = title, .reason = reason, .actions = NUMERAL_UNSAVED_DISMISS, .owner = self
  };

  /* It is another one than the last of this name. */
  numeral_unsaved_bar_hide (GTK_WIDGET (self), key);
  numeral_unsaved_bar_show (GTK_WIDGET (self), &unsaved);
}

static void
on_finished (NumeralTrainer *trainer, const GError *error, NumeralTrainPage *self)
{
  if (error)
    {
      /* "lost" says it of a run without a folder. */
      if (numeral_run_get_folder (numeral_trainer_get_run (trainer)))
        numeral_toast_show (GTK_WIDGET (self), error->message);
      /* Perhaps the data are gone. */
      numeral_config_check_look_again (numeral_lab_get_check (self->lab));
    }
  numeral_train_page_past_reload (self);
  queue_update (self);
}

/* A run whose folder cannot be made. */
static void
on_lost (NumeralRunStore *store, NumeralRun *run, const GError *error, NumeralTrainPage *self)
{
  if (self->lab)
    show_lost (self, run, error);
}

static void
on_waiting (NumeralTrainPage *self)
{
  numeral_train_page_actions_waited (self);
  queue_update (self);
}

/* Data may have come, or gone, while another page or another program was used. */
static void
on_back (NumeralTrainPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->lab && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    numeral_config_check_look_again (numeral_lab_get_check (self->lab));
}

static void
numeral_train_page_set_lab (NumeralPage *page, NumeralLab *lab)
{
  static const char *const notes[] = { "notify::state", "notify::progress", "notify::reducing",
                                       "notify::images-per-second", "history-added" };
  NumeralTrainPage *self = NUMERAL_TRAIN_PAGE (page);
  NumeralTrainer *trainer = numeral_lab_get_trainer (lab);

  self->lab = lab;
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_signal_connect_object (trainer, notes[i], G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trainer, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trainer, "finished", G_CALLBACK (on_finished), self, 0);
  g_signal_connect_object (self->grid, "read", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::run", G_CALLBACK (on_run), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_store (lab), "items-changed",
                           G_CALLBACK (numeral_train_page_load_more), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_store (lab), "lost", G_CALLBACK (on_lost), self, 0);
  g_signal_connect_object (lab, "config-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::waiting", G_CALLBACK (on_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_check (lab), "changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  numeral_train_settings_set_lab (self->settings, lab);
  on_run (self);
  numeral_train_page_actions_update (self);
  numeral_train_page_progress_update (self);
  numeral_train_page_offer_resume (self);
}

/* The rows below the curves get a frame of their own: drawing both for the first time in one
 * frame would delay the pen. */
static gboolean
on_first_frames (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralTrainPage *self = NUMERAL_TRAIN_PAGE (widget);

  if (self->begun)
    gtk_widget_set_visible (self->lower, TRUE);
  self->begun = TRUE;
  return !gtk_widget_get_visible (self->lower);
}

static void
numeral_train_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_train_page_parent_class)->map (widget);
  if (!gtk_widget_get_visible (NUMERAL_TRAIN_PAGE (widget)->lower))
    gtk_widget_add_tick_callback (widget, on_first_frames, NULL, NULL);
  on_back (NUMERAL_TRAIN_PAGE (widget));
}

static void
numeral_train_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_train_page_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                             G_CALLBACK (on_back), widget, G_CONNECT_SWAPPED);
  numeral_train_page_offer_resume (NUMERAL_TRAIN_PAGE (widget));
}

static void
numeral_train_page_dispose (GObject *object)
{
  NumeralTrainPage *self = NUMERAL_TRAIN_PAGE (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "train", NULL);
  g_clear_object (&self->actions);
  self->lab = NULL;
  g_clear_pointer (&self->curves, numeral_run_curves_free);
  numeral_train_page_load_clear (self);
  numeral_train_page_past_clear (self);
  G_OBJECT_CLASS (numeral_train_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, NumeralTrainPage, name)

static void
numeral_train_page_class_init (NumeralTrainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_train_page_dispose;
  NUMERAL_PAGE_CLASS (klass)->set_lab = numeral_train_page_set_lab;
  widget_class->map = numeral_train_page_map;
  widget_class->root = numeral_train_page_root;

  g_type_ensure (NUMERAL_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (NUMERAL_TYPE_CHART_CARD);
  g_type_ensure (NUMERAL_TYPE_TRAIN_SETTINGS);
  g_type_ensure (NUMERAL_TYPE_SAMPLE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/train/numeral-train-page.ui");
  BIND (toggle);
  BIND (toggle_label);
  BIND (toggle_image);
  BIND (resume);
  BIND (progress_text);
  BIND (progress_detail);
  BIND (progress_bar);
  BIND (problem_revealer);
  BIND (problem);
  BIND (loss_card);
  BIND (accuracy_card);
  BIND (rate_card);
  BIND (privacy);
  BIND (privacy_card);
  BIND (factor_box);
  BIND (factor);
  BIND (past_box);
  BIND (past);
  BIND (past_text);
  BIND (lower);
  BIND (settings);
  BIND (grid);
  BIND (grid_title);
}

static void
numeral_train_page_init (NumeralTrainPage *self)
{
  NumeralChart *loss, *accuracy, *rate, *epsilon;

  gtk_widget_init_template (GTK_WIDGET (self));
  loss = numeral_chart_card_get_chart (self->loss_card);
  accuracy = numeral_chart_card_get_chart (self->accuracy_card);
  rate = numeral_chart_card_get_chart (self->rate_card);
  epsilon = numeral_chart_card_get_chart (self->privacy_card);
  self->curves = numeral_run_curves_new (loss, accuracy, rate, epsilon);
  g_object_set (loss, "log-y", TRUE, NULL);
  /* The charts share one cursor, to compare them at the same time. */
  g_object_bind_property (loss, "cursor", accuracy, "cursor", G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (loss, "cursor", rate, "cursor", G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (loss, "cursor", epsilon, "cursor", G_BINDING_BIDIRECTIONAL);
  self->loaded = queue_update;
  g_signal_connect (self, "notify::model", G_CALLBACK (on_model), NULL);
  numeral_train_page_actions_init (self);
  numeral_train_page_past_init (self);
}
