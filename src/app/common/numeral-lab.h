/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"
#include "numeral-run.h"
#include "numeral-trainer.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LAB (numeral_lab_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLab, numeral_lab, NUMERAL, LAB, GObject)

/**
 * NumeralLab:
 *
 * What the pages about learning share: the kept runs, the one trainer, the
 * settings of the next run, and which model the canvas is read with. No widgets.
 *
 * Properties (read-only, explicit notify): "trainer", "store" (a GListModel of NumeralRun), "run"
 * (the run whose curves are shown: the one being trained, or one picked from the list; nullable),
 * "model" (NumeralModel, boxed: what the canvas is read with: the shipped model, a run's, a file's,
 * or the network of this moment of training; nullable until the shipped model is loaded),
 * "reading-with" (a translated line such as "the model that ships" or "run 4, epoch 3").
 *
 * A model file reads with its own novelty, or without one, as on the command line. Runs and the
 * network in training have none of their own, and are given the shipped model's.
 *
 * Signals: "config-changed": numeral_lab_get_config() is another.
 */
NumeralLab *numeral_lab_new (void);

NumeralTrainer *numeral_lab_get_trainer (NumeralLab *self);
NumeralRunStore *numeral_lab_get_store (NumeralLab *self);

/* (transfer none): settings of the next run. */
const NumeralRunConfig *numeral_lab_get_config (NumeralLab *self);
/* Copies; kept over restarts. */
void numeral_lab_set_config (NumeralLab *self, const NumeralRunConfig *config);

/* Makes a run of the settings and starts it (paused: loads the data and waits for a step). */
gboolean numeral_lab_train (NumeralLab *self, gboolean paused, GError **error);
/* Goes on with a run that was stopped, closed or killed. */
void numeral_lab_resume (NumeralLab *self, NumeralRun *run);

NumeralRun *numeral_lab_get_run (NumeralLab *self);
void numeral_lab_show_run (NumeralLab *self, NumeralRun *run);

/* Reads the canvas with a run's best weights, with one of its snapshots, or with the model that
 * ships. While a run is trained, its newest snapshot takes
 * over by itself. */
gboolean numeral_lab_use_shipped (NumeralLab *self, GError **error);
/* These read a file in a thread; of several the last one counts, and the others end with
 * G_IO_ERROR_CANCELLED. */
void numeral_lab_use_run (NumeralLab *self,
                          NumeralRun *run,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
void numeral_lab_use_snapshot (NumeralLab *self,
                               NumeralRun *run,
                               guint64 step,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* (nullable): the name of the run; lives as long as @result */
const char *numeral_lab_use_finish (GAsyncResult *result, GError **error);
/* (nullable) (transfer none) */
NumeralModel *numeral_lab_get_model (NumeralLab *self);
/* The shipped model, once it is loaded: it reads unless something else does by now. */
void numeral_lab_set_shipped (NumeralLab *self, NumeralModel *model);
/* With any other; @name is what it is called. */
void numeral_lab_use_model (NumeralLab *self, NumeralModel *model, const char *name);

/* Stops what is being trained, which stays in the list, shows no run and reads with the model that
 * ships. */
gboolean numeral_lab_reset (NumeralLab *self, GError **error);

/* Ends training so that nothing is lost; for the end of the program. */
void numeral_lab_close (NumeralLab *self);

G_END_DECLS
