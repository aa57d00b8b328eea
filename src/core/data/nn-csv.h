/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * nn_csv_parse:
 * @text: CSV: the features, then the label, an integer >= 0, in the last column; a first line
 *   that is not all numbers is a header
 * @n_rejected: (out) (optional): rows left out because a field was missing, not a number, or
 *   not finite
 *
 * Features are not normalised.
 */
NnDataset *nn_csv_parse (GBytes *text, gsize *n_rejected, GError **error);

G_END_DECLS
