/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-dataset-load.h"
#include "numeral-explain-network-private.h"
#include "numeral-format.h"

/* Bounds of the number of samples: those that measure the units, and those on the map. */
#define MAX_SAMPLES 10000
#define MAX_MAP 2000

static gboolean
fits (NumeralExplainNetwork *self, const NnDataset *dataset)
{
  return dataset->n > 1 && self->whole &&
         dataset->n_features == nn_architecture_n_inputs (&self->whole->network->arch) &&
         dataset->n_classes <= nn_architecture_n_classes (&self->whole->network->arch);
}

static void
take (NumeralExplainNetwork *self, NnDataset *dataset)
{
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->map_dataset, nn_dataset_unref);
  self->dataset = numeral_units_thin_out (dataset, MAX_SAMPLES);
  self->map_dataset = numeral_units_thin_out (self->dataset, MAX_MAP);
  self->loaded = TRUE;
  numeral_explain_network_restart (self, NUMERAL_NETWORK_UNITS);
  numeral_explain_network_restart (self, NUMERAL_NETWORK_MAP);
}

static void load (NumeralExplainNetwork *self, NumeralBrowse what);

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralExplainNetwork) self = data;
  g_autofree char *remarks = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = numeral_dataset_load_finish (result, &remarks, &error);
  g_autofree char *text = NULL;

  if (self->loading != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->loading);
  if (dataset && fits (self, dataset))
    take (self, dataset);
  else if (self->data_run && !self->fell_back)
    {
      /* A run without samples for validation, or whose files are gone. */
      self->fell_back = TRUE;
      load (self, NUMERAL_BROWSE_MNIST_TEST);
    }
  else if (g_error_matches (error, NUMERAL_DATASET_ERROR, NUMERAL_DATASET_ERROR_NO_MNIST))
    load (self, NUMERAL_BROWSE_GENERATED);
  else
    {
      text = error ? numeral_format_sentence (error->message) : NULL;
      numeral_explain_network_show_status (self, _ ("The Samples Cannot Be Loaded"),
                                           text ? text : _ ("The network does not read digits."),
                                           TRUE);
    }
}

static void
load (NumeralExplainNetwork *self, NumeralBrowse what)
{
  const NumeralRunConfig *config =
      what == NUMERAL_BROWSE_VALIDATION ?
          numeral_run_get_config (self->data_run) :
          numeral_lab_get_config (numeral_page_get_lab (NUMERAL_PAGE (self)));

  self->loading = g_cancellable_new ();
  numeral_dataset_load_async (what, config, NULL, self->loading, on_loaded, g_object_ref (self));
}

void
numeral_explain_network_load (NumeralExplainNetwork *self)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (numeral_page_get_lab (NUMERAL_PAGE (self)));
  NumeralRun *run = numeral_lab_get_run (numeral_page_get_lab (NUMERAL_PAGE (self)));
  NnDataset *validation = run && numeral_trainer_get_run (trainer) == run ?
                              numeral_trainer_get_validation_data (trainer) :
                              NULL;

  if ((self->loaded || self->loading) && self->data_run == run)
    return;
  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_set_object (&self->data_run, run);
  self->loaded = self->fell_back = FALSE;
  if (validation && fits (self, validation))
    take (self, validation);
  else
    load (self, run ? NUMERAL_BROWSE_VALIDATION : NUMERAL_BROWSE_MNIST_TEST);
}
