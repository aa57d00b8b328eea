/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-reduction.h"
#include "nn-trainer.h"

/* A trainer whose state has less than 1 KiB. */
NnTrainer *fuzz_trainer_new (void);

/* Samples of a few values, and how many principal components of them a state has. */
NnDataset *fuzz_samples_new (void);
#define FUZZ_N_COMPONENTS 2
