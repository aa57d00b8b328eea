/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-chart-card.h"
#include "numeral-run-curves.h"
#include "numeral-sample-grid.h"
#include "numeral-train-page.h"
#include "numeral-train-settings.h"

G_BEGIN_DECLS

struct _NumeralTrainPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* the lab of the page; NULL before it is set and after disposal */
  NumeralRunCurves *curves;
  GSimpleActionGroup *actions;
  /* (nullable): the step to make when the data are found */
  void (*step) (NumeralTrainer *trainer);
  guint tick;
  gint64 updated;   /* frame time of the last update */
  gboolean offered; /* whether a run was offered to be resumed, or one that comes will be */
  /* Called when data that the page loads has arrived. */
  void (*loaded) (NumeralTrainPage *self);
  /* The history of the shown run, if it is not the trainer's run. */
  NumeralHistory *history;
  GCancellable *loading;
  gboolean more_wanted; /* whether the run before the one that is shown may still be read */
  /* Samples of the test data of the trainer's run; %NULL if it has none. */
  NnDataset *test;
  NumeralRun *test_of; /* compared by address only */
  GCancellable *test_loading;
  /* (element-type guint64): steps of the snapshots of the run that is shown; %NULL until they are
   * listed */
  GArray *snapshots;
  GCancellable *listing;
  gboolean showing;

  GtkWidget *toggle;
  GtkLabel *toggle_label;
  GtkImage *toggle_image;
  GtkWidget *resume;
  GtkInscription *progress_text;
  GtkInscription *progress_detail;
  GtkProgressBar *progress_bar;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  NumeralChartCard *loss_card;
  NumeralChartCard *accuracy_card;
  NumeralChartCard *rate_card;
  GtkWidget *privacy; /* shown for private runs */
  NumeralChartCard *privacy_card;
  GtkWidget *factor_box;
  GtkScale *factor;
  GtkWidget *past_box;
  GtkScale *past;
  GtkLabel *past_text;
  GtkWidget *lower;
  gboolean begun; /* whether the first frame, without @lower, was drawn */
  NumeralTrainSettings *settings;
  NumeralSampleGrid *grid;
  GtkLabel *grid_title;
};

/* numeral-train-page-state.c: the state of the run that is shown */
NumeralTrainerState numeral_train_page_get_state (NumeralTrainPage *self);
/* Whether the run that is shown is the trainer's run. */
gboolean numeral_train_page_shows_trainer (NumeralTrainPage *self);
/* (nullable): the curve of the run that is shown. */
const NumeralHistory *numeral_train_page_get_history (NumeralTrainPage *self);

/* numeral-train-page-actions.c */
void numeral_train_page_actions_init (NumeralTrainPage *self);
void numeral_train_page_actions_update (NumeralTrainPage *self);
/* The lab has begun or ended to wait for the data. */
void numeral_train_page_actions_waited (NumeralTrainPage *self);
/* Offers once to resume the newest run that was interrupted, when it is read. */
void numeral_train_page_offer_resume (NumeralTrainPage *self);
/* Takes the offer back: something is trained. */
void numeral_train_page_withdraw_offer (NumeralTrainPage *self);

/* numeral-train-page-load.c: data that is loaded in threads and shown when it has arrived */
/* Loads the curve of the run that is shown, unless the trainer has it, and the curve of the run
 * before it. */
void numeral_train_page_load_curves (NumeralTrainPage *self);
/* More runs have been read, one of which may be the run before. */
void numeral_train_page_load_more (NumeralTrainPage *self);
/* Shows samples of the test data, if there is any. They are used for display alone. */
void numeral_train_page_grid_update (NumeralTrainPage *self);
void numeral_train_page_load_clear (NumeralTrainPage *self);

/* numeral-train-page-progress.c */
void numeral_train_page_progress_update (NumeralTrainPage *self);

/* numeral-train-page-past.c: the slider over the snapshots, and the factor of the learning rate. */
void numeral_train_page_past_init (NumeralTrainPage *self);
void numeral_train_page_past_update (NumeralTrainPage *self);
/* Lists the snapshots of another run. */
void numeral_train_page_past_reload (NumeralTrainPage *self);
void numeral_train_page_past_clear (NumeralTrainPage *self);

G_END_DECLS
