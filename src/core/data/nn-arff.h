/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/* Whether a text is ARFF: its first line that is not a comment begins with @relation or
 * @attribute. */
gboolean nn_arff_is (GBytes *text);

/**
 * nn_arff_parse:
 * @text: dense ARFF (Weka): numeric attributes and the label, which is the attribute that is called
 *   class, label or the like, else the only nominal one, else the first or the last as of CSV
 * @n_rejected: (out) (optional): rows left out, such as those with a missing value
 *
 * Classes are numbered and values scaled as nn_csv_parse() does.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_FORMAT, which names the line; NN_ERROR_TOO_LARGE
 */
NnDataset *nn_arff_parse (GBytes *text, gsize *n_rejected, GError **error);

G_END_DECLS
