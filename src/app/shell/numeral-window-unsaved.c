/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-file-chooser.h"
#include "numeral-format.h"
#include "numeral-model-filter.h"
#include "numeral-unsaved-bar.h"
#include "numeral-window-private.h"

/* Shows in the unsaved bar what of training and of its settings is not saved, and asks before a
 * trained model would be lost. */

/* --- the settings of the next run */

static void
act_on_config (gpointer window, NumeralUnsavedActions action, gpointer unused)
{
  numeral_lab_keep_config (NUMERAL_WINDOW (window)->lab);
}

static void
on_config_kept (NumeralWindow *self, const GError *error)
{
  g_autofree char *reason = error ? numeral_format_sentence (error->message) : NULL;
  const NumeralUnsaved unsaved = {
    .key = "settings",
    .title = _ ("The settings of the next run are not saved"),
    .reason = reason,
    .actions = NUMERAL_UNSAVED_AGAIN | NUMERAL_UNSAVED_DISMISS,
    .automatic = TRUE,
    .owner = self,
    .act = act_on_config,
  };

  if (error)
    numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
  else
    numeral_unsaved_bar_hide (GTK_WIDGET (self->pane), unsaved.key);
}

/* --- the run that is being trained */

static void
on_problem (NumeralWindow *self)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (self->lab);
  NumeralRun *run = numeral_trainer_get_run (trainer);
  const char *problem = numeral_trainer_get_problem (trainer);
  g_autofree char *title = NULL;
  g_autofree char *reason = NULL;
  NumeralUnsaved unsaved = { .key = "run", .urgent = TRUE, .owner = self };

  if (!problem || !run)
    {
      numeral_unsaved_bar_hide (GTK_WIDGET (self->pane), unsaved.key);
      return;
    }
  /* Translators: %s is the name of a run of training */
  title = g_strdup_printf (_ ("“%s” is not saved at the moment"), numeral_run_get_name (run));
  /* Translators: %s says why, and names the file */
  reason =
      g_strdup_printf (_ ("%s. Training goes on and tries again with each checkpoint. What was "
                          "saved before is kept. See whether the disk is full."),
                       problem);
  unsaved.title = title;
  unsaved.reason = reason;
  numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
}

/* --- runs that have ended */

typedef struct
{
  NumeralWindow *window;
  NumeralUnsavedRun *run;
  gboolean closing; /* whether the window is to be closed when the run is saved */
} Saving;

static Saving *
saving_new (NumeralWindow *self, NumeralUnsavedRun *run, gboolean closing)
{
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){ g_object_ref (self), numeral_unsaved_run_ref (run), closing };
  return saving;
}

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->window);
  numeral_unsaved_run_unref (saving->run);
  g_free (saving);
}

static void ask (NumeralWindow *self);

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  NumeralWindow *self = saving->window;
  const gboolean saved = numeral_lab_save_unsaved_finish (result, NULL);
  g_autofree char *name = numeral_unsaved_run_dup_name (saving->run);
  /* Translators: %s is the name of a run of training */
  g_autofree char *message = g_strdup_printf (_ ("“%s” is saved"), name);

  /* The bar shows a failure. */
  if (saved && saving->closing)
    gtk_window_close (GTK_WINDOW (self));
  else if (saving->closing)
    ask (self);
  else if (saved)
    numeral_window_show_message (self, message);
  saving_free (saving);
}

/* @file: (nullable): for the model; the folder of the run without it. Takes ownership of
 * @saving. */
static void
save (Saving *saving, GFile *file)
{
  numeral_lab_save_unsaved_async (saving->window->lab, saving->run, file, on_saved, saving);
}

static void
on_chosen (gpointer window, GFile *file, GtkFileFilter *filter, gpointer data)
{
  const Saving *saving = data;

  save (saving_new (window, saving->run, saving->closing), file);
}

/* Takes ownership of @saving. */
static void
choose (Saving *saving)
{
  g_autoptr (GtkFileFilter) filter = numeral_model_filter_new ();
  GtkFileFilter *const filters[] = { filter, NULL };
  g_autofree char *run = numeral_unsaved_run_dup_name (saving->run);
  g_autofree char *name = numeral_model_filter_dup_name (run);
  const NumeralFileRequest request = { .title = _ ("Save the Model"),
                                       .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                       .accept = _ ("_Save"),
                                       .name = g_strdelimit (name, G_DIR_SEPARATOR_S, '-'),
                                       .filters = filters };

  numeral_file_chooser_ask (GTK_WIDGET (saving->window), &request, on_chosen, saving, saving_free);
}

static void
act_on_run (gpointer window, NumeralUnsavedActions action, gpointer run)
{
  Saving *saving = saving_new (window, run, FALSE);

  if (action == NUMERAL_UNSAVED_AGAIN)
    save (saving, NULL);
  else
    choose (saving);
}

/* (transfer full) */
static char *
key_of (NumeralUnsavedRun *run)
{
  return g_strdup_printf ("run:%p", (gpointer) run);
}

static void
show_unsaved (NumeralWindow *self, NumeralUnsavedRun *run)
{
  g_autofree char *key = key_of (run);
  g_autofree char *name = numeral_unsaved_run_dup_name (run);
  g_autofree char *why = numeral_unsaved_run_dup_reason (run);
  g_autofree char *reason = numeral_format_sentence (why);
  g_autofree char *title =
      /* Translators: %s is the name of a run of training */
      g_strdup_printf (_ ("The trained model of “%s” is not saved"), name);
  const NumeralUnsaved unsaved = { .key = key,
                                   .title = title,
                                   .reason = reason,
                                   .actions = NUMERAL_UNSAVED_AGAIN | NUMERAL_UNSAVED_ELSEWHERE,
                                   .urgent = TRUE,
                                   .automatic = TRUE,
                                   .owner = self,
                                   .act = act_on_run,
                                   .data = numeral_unsaved_run_ref (run),
                                   .destroy = (GDestroyNotify) numeral_unsaved_run_unref };

  numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
  g_ptr_array_add (self->unsaved_keys, g_steal_pointer (&key));
}

static void
on_unsaved_changed (NumeralWindow *self)
{
  GPtrArray *runs = numeral_lab_get_unsaved (self->lab);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->unsaved_keys);

  self->unsaved_keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < runs->len; i++)
    show_unsaved (self, runs->pdata[i]);
  for (guint i = 0; i < before->len; i++)
    if (!g_ptr_array_find_with_equal_func (self->unsaved_keys, before->pdata[i], g_str_equal, NULL))
      numeral_unsaved_bar_hide (GTK_WIDGET (self->pane), before->pdata[i]);
}

/* --- closing the window */

static void
on_response (Saving *saving, const char *response)
{
  NumeralWindow *self = saving->window;

  if (g_str_equal (response, "again"))
    save (saving_new (self, saving->run, TRUE), NULL);
  else if (g_str_equal (response, "elsewhere"))
    choose (saving_new (self, saving->run, TRUE));
  else if (g_str_equal (response, "discard"))
    {
      numeral_lab_forget_unsaved (self->lab, saving->run);
      gtk_window_close (GTK_WINDOW (self));
    }
}

/* Of the first run; the next one has its turn when the window is closed again. */
static void
ask (NumeralWindow *self)
{
  NumeralUnsavedRun *run = numeral_lab_get_unsaved (self->lab)->pdata[0];
  g_autofree char *name = numeral_unsaved_run_dup_name (run);
  g_autofree char *why = numeral_unsaved_run_dup_reason (run);
  g_autofree char *reason = numeral_format_sentence (why);
  g_autofree char *body = g_strdup_printf (
      /* Translators: the first %s is the name of a run of training, the second says why */
      _ ("The trained model of “%s” is not saved and is lost if Numeral is closed. %s"), name,
      reason);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Model Not Saved"), body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "discard", _ ("_Discard"),
                                    "elsewhere", _ ("Save _Elsewhere…"), "again", _ ("_Try Again"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "again");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), saving_new (self, run, TRUE),
                         (GClosureNotify) (GCallback) saving_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
numeral_window_unsaved_ask (NumeralWindow *self)
{
  if (!self->lab || numeral_lab_get_unsaved (self->lab)->len == 0)
    return FALSE;
  gtk_window_present (GTK_WINDOW (self));
  ask (self);
  return TRUE;
}

void
numeral_window_unsaved_init (NumeralWindow *self)
{
  self->unsaved_keys = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_object (self->lab, "config-kept", G_CALLBACK (on_config_kept), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lab, "unsaved-changed", G_CALLBACK (on_unsaved_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_trainer (self->lab), "notify::problem",
                           G_CALLBACK (on_problem), self, G_CONNECT_SWAPPED);
}
