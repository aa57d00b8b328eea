/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-digits.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "numeral-window-private.h"

/* Opens a model file: a dialog describes it and asks whether to read with it. */

/* Width of the dialog's text, in pixels: wider than its heading, narrower than the narrowest
 * screen. */
#define DIALOG_WIDTH 250

gboolean
numeral_window_is_model (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name && numeral_model_format_for_reading (name);
}

typedef struct
{
  NumeralWindow *window;
  NumeralModel *model;
  char *name;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->window);
  numeral_model_unref (offer->model);
  g_free (offer->name);
  g_free (offer);
}

/* The sentence on how another program scaled the input of its network. */
static char *
describe_input (const NumeralModel *model)
{
  const char *input = numeral_model_get_metadata (model, NUMERAL_MODEL_INPUT);

  /* Translators: %s is a formula as "(x - 0.1307) / 0.3081" */
  return input ? g_strdup_printf (_ ("It takes its input as %s."), input) : g_strdup ("");
}

static char *
describe (const NumeralModel *model)
{
  g_autofree char *layers = nn_architecture_to_string (&model->network->arch);
  const char *validation = numeral_model_get_metadata (model, "validation_accuracy");
  g_autofree char *accuracy = NULL;

  if (!validation)
    /* Translators: %s is the sizes of a network's layers, as 784-128-10 */
    return g_strdup_printf (_ ("A network with the layers %s."), layers);
  accuracy = numeral_format_percent (CLAMP (g_ascii_strtod (validation, NULL), 0, 1));
  /* Translators: the first %s is the sizes of a network's layers, the second a percentage */
  return g_strdup_printf (_ ("A network with the layers %s. It read %s of its validation samples "
                             "right."),
                          layers, accuracy);
}

static void
use (NumeralWindow *self, NumeralModel *model, const char *name)
{
  g_autofree char *message = g_strdup_printf (_ ("Drawings are read with “%s”"), name);

  numeral_lab_use_model (self->lab, model, name);
  numeral_window_show_message (self, message);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Offer *offer)
{
  if (g_str_equal (response, "use"))
    use (offer->window, offer->model, offer->name);
}

static void
offer (NumeralWindow *self, NumeralModel *model, const char *name)
{
  g_autofree char *description = describe (model);
  g_autofree char *input = describe_input (model);
  /* The name is not in the heading: a long name in large type would be wider than the dialog. */
  g_autofree char *body = g_strconcat (name, "\n", description, " ", input, NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Read with This Model?"), body);
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Offer *data = g_new (Offer, 1);

  /* libadwaita 1.7 measures the heading too narrow if nothing else in the dialog is as wide. */
  gtk_widget_set_size_request (room, DIALOG_WIDTH, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), room);
  data->window = g_object_ref (self);
  data->model = numeral_model_ref (model);
  data->name = g_strdup (name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "use",
                                    _ ("_Read with It"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "use",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "use");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), data,
                         (GClosureNotify) (GCallback) offer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralModel *model = numeral_model_load (data, cancellable, &error);

  /* Check the model before the dialog offers it. */
  if (model && !numeral_digits_check (model->network, &error))
    g_clear_pointer (&model, numeral_model_unref);
  if (model)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  GFile *file = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another file was opened since, or the window is gone. */
  if (self->opening != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->opening);
  if (!model)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        numeral_window_show_error (self, _ ("The model cannot be opened"), error);
      return;
    }
  numeral_window_add_recent (self, file);
  offer (self, model, shown);
}

void
numeral_window_open_model (NumeralWindow *self, GFile *file, GCancellable *cancellable)
{
  /* The task does not hold the window, which must not be freed in a thread. */
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_loaded, g_object_ref (self));

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}
