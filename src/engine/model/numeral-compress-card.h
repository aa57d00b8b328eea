/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* Private to numeral-compress: (transfer full): @model with another @network, which @how describes
 * in the card. The card loses the figures of the training, which were those of the model before. */
NumeralModel *
numeral_compress_make_model (const NumeralModel *model, NnNetwork *network, const char *how);

G_END_DECLS
