/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"

G_BEGIN_DECLS

/* Whether @bytes begin like a UNIPEN file: a keyword after a full stop. */
gboolean numeral_data_is_unipen (GBytes *bytes);

/**
 * numeral_data_from_unipen:
 * @bytes: a UNIPEN file
 * @n_rejected: (out): segments without a digit, without ink, or damaged
 *
 * Every labelled segment becomes 28x28 pixels through ink_tensor_from_drawing(), on as many as two
 * threads; the writers become the groups. Blocks.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_*, NN_ERROR_*, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_data_from_unipen (GBytes *bytes,
                                     gsize *n_rejected,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
