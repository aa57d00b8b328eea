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
  NumeralModel *model;     /* (nullable): the model that reads the canvas */
  NumeralNovelty *novelty; /* (nullable): the shipped model's */
  gboolean lent;           /* whether @model may get that novelty, as it has none of its own */
  char *reading_with;
  NumeralSubject *subject; /* (nullable) */
  GCancellable *using;     /* the model that is being loaded to read with */
  guint keeping;
  NumeralConfigCheck *check;
  gboolean waiting;       /* for the data of a training that was asked for */
  gboolean start_paused;  /* whether it pauses when it begins */
  NumeralHandStore *hand; /* (nullable): opened when it is needed */
  GPtrArray *unsaved;     /* (element-type NumeralUnsavedRun) */
  gboolean following;     /* whether the canvas is read with the network in training */
};

/* numeral-lab-config.c: the settings of the next run */
void numeral_lab_config_init (NumeralLab *self);
/* Whether a training waits for its data. */
void numeral_lab_set_waiting (NumeralLab *self, gboolean waiting);
/* Saves the settings now if they are to be saved soon. */
void numeral_lab_config_flush (NumeralLab *self);

G_END_DECLS
