/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-lab.h"

G_BEGIN_DECLS

struct _NumeralLab
{
  GObject parent_instance;

  NumeralTrainer *trainer;
  NumeralRunStore *store;
  NumeralRun *run;
  NumeralRunConfig *config;
  NumeralModel *model; /* (nullable): the model that reads the canvas */
  NumeralModel *whole; /* (nullable): the one that @model is, or is derived from */
  char *whole_name;    /* (nullable): of it, and whether it is lent, and the shipped one */
  gboolean whole_lent, whole_shipped;
  NumeralNovelty *novelty; /* (nullable): the shipped model's */
  gboolean lent;           /* whether @model may get that novelty, as it has none of its own */
  char *reading_with;
  NumeralSubject *subject; /* (nullable) */
  GCancellable *using;     /* the model that is being loaded to read with */
  guint keeping;
  NumeralConfigCheck *check;
  gboolean waiting;            /* for the data of a training that was asked for */
  gboolean start_paused;       /* whether it pauses when it begins */
  NumeralHandStore *hand;      /* (nullable): opened when it is needed */
  NumeralProtector *protector; /* (nullable): made when it is needed */
  gboolean was_locked;
  GPtrArray *unsaved;      /* (element-type NumeralUnsavedRun) */
  gboolean following;      /* whether the canvas is read with the network in training */
  gboolean whole_followed; /* whether @whole is a snapshot of it */

  NumeralHandLearner *learner; /* (nullable): made when it is needed */
  NumeralModel *kept;          /* (nullable): the learner's, as far as the lab knows */
  gboolean loads_kept;
  gboolean kept_by_hand; /* whether the next one is kept on purpose, and not loaded */
  /* (nullable): what read before, and the model that is offered and reads for a trial */
  NumeralModel *before, *trial;
  gboolean trial_followed; /* whether the network in training was left for the trial */
};

/* (transfer full): @from: (nullable): the name of the model before */
char *numeral_lab_dup_adapted_name (const char *from);

/* Does not read with the next snapshot of the network in training, and says so, if it would. */
gboolean numeral_lab_unfollow (NumeralLab *self);

/* numeral-lab-config.c: the settings of the next run */
void numeral_lab_config_init (NumeralLab *self);
/* Whether a training waits for its data. */
void numeral_lab_set_waiting (NumeralLab *self, gboolean waiting);
/* Saves the settings now if they are to be saved soon. */
void numeral_lab_config_flush (NumeralLab *self);

G_END_DECLS
