/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* Private to numeral-compress. */

/* (transfer full): at most NUMERAL_COMPRESS_MAX_SAMPLES of the samples, evenly spread. */
NnDataset *numeral_compress_thin_out (const NnDataset *samples);

/* (transfer full): @model with another @network, which @how describes
 * in the card. The card loses the figures of the training, which were those of the model before. */
NumeralModel *
numeral_compress_make_model (const NumeralModel *model, NnNetwork *network, const char *how);

G_END_DECLS
