/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"

G_BEGIN_DECLS

/* Whether @bytes begin like a UNIPEN file: a keyword after a full stop. */
gboolean numeral_data_is_unipen (GBytes *bytes);

/**
 * numeral_data_from_ink:
 * @samples: (element-type InkSample): at least one, each labelled as a digit
 * @writers: whether the writers become the groups
 * @n_rejected: (inout): grows by the number of samples without ink
 *
 * Every sample becomes 28x28 pixels through ink_tensor_from_drawing(), on as many as two threads.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_EMPTY, NN_ERROR_*, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_data_from_ink (GPtrArray *samples,
                                  gboolean writers,
                                  gsize *n_rejected,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * numeral_data_from_unipen:
 * @bytes: a UNIPEN file
 * @n_rejected: (out): segments without a digit, without ink, or damaged
 *
 * numeral_data_from_ink() of every labelled segment, with the writers. Blocks.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_*, NN_ERROR_*, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_data_from_unipen (GBytes *bytes,
                                     gsize *n_rejected,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
