/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_TRAIN_PAGE (numeral_train_page_get_type ())
G_DECLARE_FINAL_TYPE (NumeralTrainPage, numeral_train_page, NUMERAL, TRAIN_PAGE, NumeralPage)

/**
 * NumeralTrainPage:
 *
 * Trains a network and shows how it learns: what can be done, how far it is, the curves, the
 * settings of the next run, and what the network says of some samples.
 *
 * Actions of the group "train": "toggle" (train, pause, resume), "step", "step-epoch", "stop",
 * "reset", "resume-run" (goes on with the run that is shown), "export" (s).
 */

G_END_DECLS
