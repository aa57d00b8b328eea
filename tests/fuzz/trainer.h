/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-trainer.h"

/* A trainer whose state has less than 1 KiB. */
NnTrainer *fuzz_trainer_new (void);
