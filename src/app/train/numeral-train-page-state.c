/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-train-page-private.h"

NumeralTrainerState
numeral_train_page_get_state (NumeralTrainPage *self)
{
  return numeral_trainer_get_state (numeral_lab_get_trainer (self->lab));
}

gboolean
numeral_train_page_shows_trainer (NumeralTrainPage *self)
{
  NumeralRun *run = numeral_trainer_get_run (numeral_lab_get_trainer (self->lab));

  return run && run == numeral_lab_get_run (self->lab);
}

const NumeralHistory *
numeral_train_page_get_history (NumeralTrainPage *self)
{
  if (numeral_train_page_shows_trainer (self))
    return numeral_trainer_get_history (numeral_lab_get_trainer (self->lab));
  return self->history;
}
