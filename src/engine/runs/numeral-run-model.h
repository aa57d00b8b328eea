/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* The model in the folder of a run: that with the best weights, or the last without one.
 * G_IO_ERROR_NOT_FOUND if nothing was trained yet, and the errors of numeral_model_load(). Blocks.
 */
NumeralModel *numeral_run_model_load (GFile *folder, GCancellable *cancellable, GError **error);

G_END_DECLS
