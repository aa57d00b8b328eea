/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-json.h"
#include "nn-comparison.h"
#include "nn-statistics.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * CliComparison:
 * @accuracy: @interval: of the other model
 *
 * A model that was measured, beside another one that it could replace.
 */
typedef struct
{
  double accuracy;
  NnInterval interval;
  NnComparison *comparison;
} CliComparison;

/* @logits: [dataset->n, n_classes] of the model that is measured
 * @other: the other model, and @its_data: the same samples as it takes them */
gboolean cli_compare (CliComparison *result,
                      const NnDataset *dataset,
                      const float *logits,
                      guint n_classes,
                      const NumeralModel *other,
                      const NnDataset *its_data,
                      GError **error);
void cli_comparison_clear (CliComparison *result);

/* The members of an object. */
void cli_comparison_json (const CliComparison *result, CliJson *json);
void cli_comparison_print (const CliComparison *result);

/* An array of the two ends. */
void cli_interval_json (NnInterval interval, CliJson *json);

G_END_DECLS
