/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

#define NUMERAL_N_DIGITS 10

/* Whether a network has the 784 inputs and 10 classes that reading digits needs; otherwise
 * NN_ERROR_SHAPE, translated. */
gboolean numeral_digits_check (const NnNetwork *network, GError **error);

G_END_DECLS
