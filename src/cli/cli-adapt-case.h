/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-adapt.h"

G_BEGIN_DECLS

/**
 * CliAdaptCase:
 * @writer: number of the writer in the data set; 0 without --writers
 * @adaptation: (nullable): the result; its model is the adapted one
 * @tested: figures of the samples that are left, before, [0], and after, [1], by the model that the
 *   person reads with then: the adapted one if it is kept, otherwise the one before. Their number
 *   is 0 if all samples were learned from
 *
 * One adaptation of the verb adapt.
 */
typedef struct
{
  guint32 writer;
  gsize n_samples;
  NumeralAdaptation *adaptation;
  NumeralAdaptFigures tested[2];
} CliAdaptCase;

void cli_adapt_case_free (CliAdaptCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliAdaptCase, cli_adapt_case_free)

/**
 * cli_adapt_case_new:
 * @request: without samples
 * @samples: of one person
 * @per_class: samples of each class to learn from, at random; 0 for all
 *
 * Adapts the model of @request, and tests it on the samples that are left. (transfer full)
 * (nullable): the errors of numeral_adapt()
 */
CliAdaptCase *cli_adapt_case_new (const NumeralAdaptRequest *request,
                                  NnDataset *samples,
                                  guint per_class,
                                  GError **error);

/**
 * cli_adapt_cases_new:
 * @dataset: names its writers
 * @name: of the data set, for messages
 * @n_writers: how many of them, at random
 *
 * The same for several writers, each from the same model. (transfer full) (nullable) (element-type
 * CliAdaptCase): NN_ERROR_VALUE if there are not so many writers
 */
GPtrArray *cli_adapt_cases_new (const NumeralAdaptRequest *request,
                                NnDataset *dataset,
                                const char *name,
                                guint n_writers,
                                guint per_class,
                                GError **error);

G_END_DECLS
