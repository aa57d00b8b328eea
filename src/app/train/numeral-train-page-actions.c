/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-draft.h"
#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-format.h"
#include "numeral-history-text.h"
#include "numeral-toast.h"
#include "numeral-train-page-private.h"
#include "numeral-unsaved-bar.h"

/* The key of the row that offers to resume. */
#define OFFER "interrupted"

static NumeralTrainer *
get_trainer (gpointer data)
{
  return numeral_lab_get_trainer (NUMERAL_TRAIN_PAGE (data)->lab);
}

static gboolean
train (NumeralTrainPage *self, gboolean paused)
{
  g_autoptr (GError) error = NULL;

  if (numeral_lab_train (self->lab, paused, &error))
    return TRUE;
  numeral_toast_show (GTK_WIDGET (self), error->message);
  return FALSE;
}

static void
on_toggle (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  switch (numeral_train_page_get_state (data))
    {
    case NUMERAL_TRAINER_PAUSED:
      numeral_trainer_resume (get_trainer (data));
      break;
    case NUMERAL_TRAINER_PREPARING:
    case NUMERAL_TRAINER_RUNNING:
      numeral_trainer_pause (get_trainer (data));
      break;
    case NUMERAL_TRAINER_IDLE:
    default:
      train (data, FALSE);
    }
}

/* The first step begins a run that is paused, perhaps after its data were found. */
static void
step (NumeralTrainPage *self, void (*make) (NumeralTrainer *trainer))
{
  if (numeral_train_page_get_state (self) == NUMERAL_TRAINER_IDLE && !train (self, TRUE))
    return;
  if (numeral_lab_get_waiting (self->lab))
    self->step = make;
  else
    make (get_trainer (self));
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, numeral_trainer_step_minibatch);
}

static void
on_step_epoch (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, numeral_trainer_step_epoch);
}

void
numeral_train_page_actions_waited (NumeralTrainPage *self)
{
  void (*make) (NumeralTrainer * trainer) = self->step;

  if (numeral_lab_get_waiting (self->lab))
    return;
  self->step = NULL;
  if (make && numeral_train_page_get_state (self) != NUMERAL_TRAINER_IDLE)
    make (get_trainer (self));
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_lab_stop_waiting (NUMERAL_TRAIN_PAGE (data)->lab);
  numeral_trainer_stop (get_trainer (data));
}

/* Reset loses nothing: the run stays in the list. */
static void
on_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralTrainPage *self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_lab_reset (self->lab, &error))
    numeral_toast_show (GTK_WIDGET (self), error->message);
}

static void
on_resume_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralTrainPage *self = data;
  NumeralRun *run = numeral_lab_get_run (self->lab);

  if (run)
    numeral_lab_resume (self->lab, run);
}

/* In the write queue, on a copy of the history. */
static gboolean
write_history (const NumeralHistory *history,
               NumeralHistoryWriteFunc write,
               GFile *file,
               GError **error)
{
  g_autoptr (NumeralDraft) draft = numeral_draft_new (file, error);

  return draft && write (history, numeral_draft_write, draft, error) &&
         numeral_draft_commit (draft, NULL, error);
}

static gboolean
write_csv (gpointer history, GFile *file, GError **error)
{
  return write_history (history, numeral_history_write_csv, file, error);
}

static gboolean
write_jsonl (gpointer history, GFile *file, GError **error)
{
  return write_history (history, numeral_history_write_jsonl, file, error);
}

static void
on_file_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer json)
{
  const NumeralHistory *history = numeral_train_page_get_history (page);

  if (!history)
    return;
  numeral_export (page, &(NumeralExport){ .file = file,
                                          .func = json ? write_jsonl : write_csv,
                                          .data = numeral_history_copy (history),
                                          .destroy = (GDestroyNotify) numeral_history_free });
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralTrainPage *self = data;
  NumeralRun *run = numeral_lab_get_run (self->lab);
  const gboolean json = g_str_equal (g_variant_get_string (parameter, NULL), "jsonl");
  g_autofree char *name = NULL;
  NumeralFileRequest request = { .title = _ ("Export the Run"),
                                 .action = GTK_FILE_CHOOSER_ACTION_SAVE };

  if (!run)
    return;
  name = g_strdup_printf ("%s.%s", numeral_run_get_name (run), json ? "jsonl" : "csv");
  request.name = g_strdelimit (name, "/", '-');
  numeral_file_chooser_ask (data, &request, on_file_chosen, GINT_TO_POINTER (json), NULL);
}

static void
on_show_problem (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_train_settings_show_problem (NUMERAL_TRAIN_PAGE (data)->settings);
}

void
numeral_train_page_actions_init (NumeralTrainPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "toggle", .activate = on_toggle },
    { .name = "step", .activate = on_step },
    { .name = "step-epoch", .activate = on_step_epoch },
    { .name = "stop", .activate = on_stop },
    { .name = "reset", .activate = on_reset },
    { .name = "resume-run", .activate = on_resume_run },
    { .name = "show-problem", .activate = on_show_problem },
    { .name = "export", .activate = on_export, .parameter_type = "s" },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "train", G_ACTION_GROUP (self->actions));
}

static void
enable (NumeralTrainPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Set only what has changed: this runs in every frame, and each of the three causes a layout of
 * the whole window. */
static void
update_toggle (NumeralTrainPage *self, NumeralTrainerState state)
{
  const gboolean idle = state == NUMERAL_TRAINER_IDLE;
  const gboolean paused = state == NUMERAL_TRAINER_PAUSED;
  const char *label = idle ? _ ("_Train") : paused ? _ ("_Resume") : _ ("_Pause");
  const char *icon =
      idle || paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic";
  const char *tooltip = idle   ? _ ("Train a New Network With These Settings") :
                        paused ? _ ("Go on Learning") :
                                 _ ("Pause After This Minibatch");

  if (!g_str_equal (gtk_label_get_label (self->toggle_label), label))
    gtk_label_set_label (self->toggle_label, label);
  if (g_strcmp0 (gtk_image_get_icon_name (self->toggle_image), icon) != 0)
    gtk_image_set_from_icon_name (self->toggle_image, icon);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->toggle), tooltip) != 0)
    gtk_widget_set_tooltip_text (self->toggle, tooltip);
}

void
numeral_train_page_actions_update (NumeralTrainPage *self)
{
  const NumeralTrainerState state = numeral_train_page_get_state (self);
  const gboolean idle = state == NUMERAL_TRAINER_IDLE;
  const gboolean paused = state == NUMERAL_TRAINER_PAUSED;
  NumeralRun *run = numeral_lab_get_run (self->lab);
  const gboolean unfinished = idle && run && numeral_run_can_resume (run);
  const GError *problem =
      numeral_config_check_get_problem (numeral_lab_get_check (self->lab), NULL);
  const gboolean waiting = numeral_lab_get_waiting (self->lab);
  const gboolean ready = idle && !problem && !waiting;

  update_toggle (self, state);
  enable (self, "toggle", !idle || ready);
  enable (self, "step", paused || ready);
  enable (self, "step-epoch", paused || ready);
  enable (self, "stop", !idle || waiting);
  enable (self, "reset", run != NULL);
  enable (self, "resume-run", unfinished);
  enable (self, "export", run != NULL);
  gtk_widget_set_visible (self->resume, unfinished);
  if (problem)
    {
      g_autofree char *sentence = numeral_format_sentence (problem->message);

      gtk_label_set_text (self->problem, sentence);
    }
  gtk_revealer_set_reveal_child (self->problem_revealer, problem != NULL);
}

static void
on_offer_accepted (gpointer page, NumeralUnsavedActions action, gpointer run)
{
  NumeralTrainPage *self = page;

  if (self->lab && numeral_train_page_get_state (self) == NUMERAL_TRAINER_IDLE)
    numeral_lab_resume (self->lab, run);
}

static void
offer (NumeralTrainPage *self, NumeralRun *run)
{
  g_autofree char *reason =
      /* Translators: %s is the name of a run of training */
      g_strdup_printf (_ ("“%s” can go on where it was, after %.3g epochs."),
                       numeral_run_get_name (run), numeral_run_get_epochs_done (run));
  const NumeralUnsaved unsaved = { .key = OFFER,
                                   .title = _ ("Training was interrupted"),
                                   .reason = reason,
                                   .actions = NUMERAL_UNSAVED_RESUME | NUMERAL_UNSAVED_DISMISS,
                                   .owner = self,
                                   .act = on_offer_accepted,
                                   .data = g_object_ref (run),
                                   .destroy = g_object_unref };

  numeral_lab_show_run (self->lab, run);
  numeral_unsaved_bar_show (GTK_WIDGET (self), &unsaved);
}

void
numeral_train_page_withdraw_offer (NumeralTrainPage *self)
{
  numeral_unsaved_bar_hide (GTK_WIDGET (self), OFFER);
}

/* A run that a person stopped is not offered, nor one that another window trains, nor one that was
 * just created and has no folder yet. */
static gboolean
is_interrupted (NumeralRun *run)
{
  return numeral_run_get_status (run) == NUMERAL_RUN_UNFINISHED && numeral_run_can_resume (run) &&
         numeral_run_get_folder (run);
}

/* The first one that is found is the newest, because runs are read in this order. */
static void
on_runs_added (GListModel *store, guint at, guint removed, guint added, NumeralTrainPage *self)
{
  /* Do not come between a person and what they do now. */
  gboolean done = !self->lab || numeral_train_page_get_state (self) != NUMERAL_TRAINER_IDLE ||
                  numeral_lab_get_run (self->lab);

  for (guint i = at; i < at + added && !done; i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (store, i);

      done = is_interrupted (run);
      if (done)
        offer (self, run);
    }
  if (done)
    g_signal_handlers_disconnect_by_func (store, on_runs_added, self);
}

static void
on_runs_read (GListModel *store, GParamSpec *pspec, NumeralTrainPage *self)
{
  if (numeral_run_store_get_loading (NUMERAL_RUN_STORE (store)))
    return;
  g_signal_handlers_disconnect_by_func (store, on_runs_added, self);
  g_signal_handlers_disconnect_by_func (store, on_runs_read, self);
}

void
numeral_train_page_offer_resume (NumeralTrainPage *self)
{
  GListModel *store;

  if (self->offered || !self->lab || !gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  self->offered = TRUE;
  store = G_LIST_MODEL (numeral_lab_get_store (self->lab));
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_runs_added), self, 0);
  g_signal_connect_object (store, "notify::loading", G_CALLBACK (on_runs_read), self, 0);
  on_runs_added (store, 0, 0, g_list_model_get_n_items (store), self);
  on_runs_read (store, NULL, self);
}
