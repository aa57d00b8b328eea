/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-evaluation.h"

G_BEGIN_DECLS

/* The long work of measuring, each in a thread of its own. The functions of @watch (nullable) are
 * called in the caller's main context, one call at a time, and never after a cancellation or the
 * end of the task. */

/**
 * numeral_evaluation_run_async:
 *
 * numeral_evaluation_new() in a thread. The mistakes of @watch come in the order in which
 * minibatches are read; the first ones long before the result.
 */
void numeral_evaluation_run_async (NumeralModel *model,
                                   NnDataset *dataset,
                                   const NumeralEvaluationWatch *watch,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) (nullable): the errors of numeral_evaluation_new() */
NumeralEvaluation *numeral_evaluation_run_finish (GAsyncResult *result, GError **error);

/**
 * numeral_evaluation_suspects_async:
 * @watch: (nullable): its progress alone is called
 *
 * numeral_suspects_find() in a thread.
 */
void numeral_evaluation_suspects_async (NnDataset *dataset,
                                        const NumeralEvaluationWatch *watch,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* (transfer full) (nullable) (element-type NnSuspect): the errors of numeral_suspects_find(),
 * G_IO_ERROR_CANCELLED */
GArray *numeral_evaluation_suspects_finish (GAsyncResult *result, GError **error);

G_END_DECLS
