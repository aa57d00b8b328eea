/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-config-check.h"
#include "numeral-hand-learner.h"
#include "numeral-model.h"
#include "numeral-protector.h"
#include "numeral-run-store.h"
#include "numeral-subject.h"
#include "numeral-trainer.h"
#include "numeral-unsaved-run.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LAB (numeral_lab_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLab, numeral_lab, NUMERAL, LAB, GObject)

/**
 * NumeralLab:
 *
 * The state that the pages share: the saved runs, the trainer, the settings of the next run, one's
 * own handwriting, and the model that reads the canvas. No widgets.
 *
 * Properties (read-only, explicit notify): "trainer", "store" (a GListModel of NumeralRun),
 * "run" (the run whose curves are shown: the one being trained, or one picked from the list;
 * nullable), "model" (NumeralModel, boxed: the model that reads the canvas: the shipped model, a
 * run's, a file's, or the current network in training; nullable until the shipped model is
 * loaded), "reading-with" (a translated line such as "the model that ships" or "run 4, epoch
 * 3"), "subject" (NumeralSubject, boxed: the digit on the canvas; nullable: there is none),
 * "waiting" (gboolean: numeral_lab_train() waits for the data to be found).
 *
 * A model file is used with its own novelty, or without one, as on the command line. Runs and
 * the network in training have none, and get that of the shipped model.
 *
 * Signals: "config-changed": numeral_lab_get_config() has changed; "config-kept" (GError *error,
 * nullable): it was saved, or not; "unsaved-changed": numeral_lab_get_unsaved() has changed, or a
 * run of it could not be saved again; "learned" (NumeralModel *model, const char *name, returns
 * gboolean): a snapshot of the network in training is about to read the canvas. A handler that
 * returns %TRUE gives the lab a model derived from it instead, with numeral_lab_use_derived();
 * "unfollowed": the network in training no longer reads, because a model that has learned one's own
 * hand does; numeral_lab_follow() undoes that.
 */
NumeralLab *numeral_lab_new (void);

NumeralTrainer *numeral_lab_get_trainer (NumeralLab *self);
NumeralRunStore *numeral_lab_get_store (NumeralLab *self);

/* (transfer none): one's own handwriting, and its encryption */
NumeralHandStore *numeral_lab_get_hand (NumeralLab *self);
NumeralProtector *numeral_lab_get_protector (NumeralLab *self);

/* (transfer none): settings of the next run. */
const NumeralRunConfig *numeral_lab_get_config (NumeralLab *self);
/* Copies @config; it is saved for the next start. */
void numeral_lab_set_config (NumeralLab *self, const NumeralRunConfig *config);

/* (transfer none): whether the settings are valid */
NumeralConfigCheck *numeral_lab_get_check (NumeralLab *self);

/* Makes a run from the settings and starts it (paused: loads the data and waits for a step), or
 * waits until their data are found and does so then. Other settings end the waiting.
 * NN_ERROR_CONFIG if they are invalid. If the folder of the run cannot be made, its training fails.
 */
gboolean numeral_lab_train (NumeralLab *self, gboolean paused, GError **error);
gboolean numeral_lab_get_waiting (NumeralLab *self);
/* Takes back a training that waits for its data. */
void numeral_lab_stop_waiting (NumeralLab *self);
/* Resumes a run that was stopped, closed or killed. */
void numeral_lab_resume (NumeralLab *self, NumeralRun *run);

NumeralRun *numeral_lab_get_run (NumeralLab *self);
void numeral_lab_show_run (NumeralLab *self, NumeralRun *run);

/* Reads the canvas with a run's best weights, with one of its snapshots, or with the model that
 * ships. While a run is trained, its newest snapshot takes
 * over by itself. */
gboolean numeral_lab_use_shipped (NumeralLab *self, GError **error);
/* These read a file in a thread. A later call cancels an earlier one with G_IO_ERROR_CANCELLED. */
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
/* Reads with the network in training, and with each of its next snapshots. */
void numeral_lab_follow (NumeralLab *self);
/* Sets the shipped model when it is loaded. It reads the canvas unless another model does
 * already. */
void numeral_lab_set_shipped (NumeralLab *self, NumeralModel *model);
/* Reads the canvas with any other model; @name: its name for people. */
void numeral_lab_use_model (NumeralLab *self, NumeralModel *model, const char *name);

/* Reads with a model that is derived from the one that reads, which stays the whole one. Unlike
 * numeral_lab_use_model(), it does not cancel a model that is being loaded. */
void numeral_lab_use_derived (NumeralLab *self, NumeralModel *model, const char *name);

/* Reads with the whole model again, instead of one derived from it. */
void numeral_lab_use_whole (NumeralLab *self);

/* (transfer none): learns one's own hand. The model that it offers reads for a trial, unless
 * another one was chosen meanwhile; the one that it keeps reads from then on, and at the next
 * start. */
NumeralHandLearner *numeral_lab_get_learner (NumeralLab *self);
/* Loads the kept model, once, and looks whether it is encrypted. It is loaded again when it is
 * unlocked. */
void numeral_lab_load_kept (NumeralLab *self);
/* Learns from the model that reads; returns as numeral_hand_learner_start(). */
gboolean numeral_lab_learn_hand (NumeralLab *self);
/* Whether the kept model, or the one that is offered, is the one that reads. */
gboolean numeral_lab_reads_kept (NumeralLab *self);
gboolean numeral_lab_is_trying (NumeralLab *self);
/* Reads with the kept model. */
void numeral_lab_use_kept (NumeralLab *self);
/* (transfer full): "Numeral, adapted to your hand" */
char *numeral_lab_dup_kept_name (NumeralLab *self);

/* (nullable) (transfer none): the digit on the canvas, as the model reads it. */
NumeralSubject *numeral_lab_get_subject (NumeralLab *self);
void numeral_lab_set_subject (NumeralLab *self, NumeralSubject *subject);

/* Tries again to save the settings of the next run. */
void numeral_lab_keep_config (NumeralLab *self);

/* (transfer none) (element-type NumeralUnsavedRun): runs that have ended and are not saved */
GPtrArray *numeral_lab_get_unsaved (NumeralLab *self);
/* Gives up a run: what was not saved of it is lost. */
void numeral_lab_forget_unsaved (NumeralLab *self, NumeralUnsavedRun *run);
/* Tries again in a thread to save @run in its folder, or its model in @file (nullable), after which
 * it is no longer unsaved. */
void numeral_lab_save_unsaved_async (NumeralLab *self,
                                     NumeralUnsavedRun *run,
                                     GFile *file,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean numeral_lab_save_unsaved_finish (GAsyncResult *result, GError **error);

/* Stops the training, whose run stays in the list; shows no run and reads with the model that
 * learned one's own hand, or the shipped one. */
gboolean numeral_lab_reset (NumeralLab *self, GError **error);

/* Ends training so that nothing is lost; for the end of the program. */
void numeral_lab_close (NumeralLab *self);

G_END_DECLS
