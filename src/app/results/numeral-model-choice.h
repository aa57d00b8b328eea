/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_MODEL_CHOICE (numeral_model_choice_get_type ())
G_DECLARE_FINAL_TYPE (NumeralModelChoice, numeral_model_choice, NUMERAL, MODEL_CHOICE, AdwBin)

/**
 * NumeralModelChoice:
 *
 * A drop-down list of models: the one that reads the canvas, the one that ships, a file, and the
 * best weights of each run.
 *
 * Properties: "optional" (boolean, construct only): the first entry is no model. "list-name"
 * (string): accessible name.
 *
 * Signals: "changed": another entry was chosen.
 */

void numeral_model_choice_set_lab (NumeralModelChoice *self, NumeralLab *lab);

/* Adds the file in place of the last one, and chooses it. */
void numeral_model_choice_take_file (NumeralModelChoice *self, GFile *file);
/* Whether no model is chosen. */
gboolean numeral_model_choice_is_none (NumeralModelChoice *self);
/* (transfer none) (nullable): the run that is chosen */
NumeralRun *numeral_model_choice_get_run (NumeralModelChoice *self);
/* (transfer full): what the list says */
char *numeral_model_choice_dup_name (NumeralModelChoice *self);

/* Loads the model in a thread. */
void numeral_model_choice_load_async (NumeralModelChoice *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (nullable): NN_ERROR_*, G_IO_ERROR_* */
NumeralModel *numeral_model_choice_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
