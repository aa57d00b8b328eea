/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TRAIN_PAGE (numeral_train_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTrainPage, numeral_train_page, NUMERAL, TRAIN_PAGE, NumeralPage)

/**
 * NumeralTrainPage:
 *
 * Trains a network and shows its training: the actions, the progress, the curves, the settings
 * of the next run, and the network's answers to some samples.
 *
 * Actions of the group "train": "toggle" (train, pause, resume), "step", "step-epoch", "stop",
 * "reset", "resume-run" (resumes the run that is shown), "export" (s).
 */

G_END_DECLS
