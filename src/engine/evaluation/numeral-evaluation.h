/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-comparison.h"
#include "nn-evaluate.h"
#include "numeral-batch.h"

G_BEGIN_DECLS

/**
 * NumeralMistake:
 * @index: of the sample in its data set
 * @label: @answer: classes; they differ
 * @probability: of @answer
 *
 * A sample that a model reads wrongly.
 */
typedef struct
{
  gsize index;
  guint label, answer;
  double probability;
} NumeralMistake;

/**
 * NumeralEvaluation:
 * @dataset: the samples as the model takes them (numeral_model_adapt_data()), in their order
 * @batch: the output of the model for each sample
 * @figures: accuracy, loss, calibration, confusion matrix
 * @answers: [dataset->n] the most probable class
 * @probabilities: [dataset->n] of the answers
 * @mistakes: (element-type NumeralMistake): the most confident first; those of the same probability
 *   in the order of the samples
 * @novelty: (nullable): refuses samples; %NULL if the model refuses none
 * @n_refused: number of samples that it refuses as no digits; they count in @figures all the same
 * @writers: (element-type guint32): the writers of the data set in ascending order, 0 for those
 * that it does not name; empty if it names none
 * @of_writer: whether @dataset has the samples of one writer alone
 * @writer: that one
 * @numbers: (nullable): [dataset->n] of @of_writer, the number of each sample in the data set that
 *   was measured; %NULL if @dataset is that one
 *
 * What a model is worth on a data set. Immutable; reference-counted (atomic).
 */
typedef struct
{
  NnDataset *dataset;
  NumeralBatch *batch;
  NnEvaluation *figures;
  guint8 *answers;
  float *probabilities;
  GArray *mistakes;
  NumeralNovelty *novelty;
  gsize n_refused;
  GArray *writers;
  gboolean of_writer;
  guint32 writer;
  guint32 *numbers;
  /*< private >*/
  NumeralModel *model;
  int ref_count;
} NumeralEvaluation;

/**
 * NumeralEvaluationWatch:
 * @progress: (nullable): called repeatedly with the share that is done, 0 to 1
 * @found: (nullable): called with the @n mistakes that were found since the last call, in the order
 *   of the samples; they are in the result too
 * @data: passed to both
 *
 * What is told of an evaluation before it is over.
 */
typedef struct
{
  void (*progress) (double share, gpointer data);
  void (*found) (const NumeralMistake *mistakes, guint n, gpointer data);
  gpointer data;
} NumeralEvaluationWatch;

/**
 * numeral_evaluation_new:
 * @watch: (nullable): called on the calling thread
 *
 * Reads a data set with a model on all processors and measures it. The result does not depend on
 * the number of processors. Does not change @dataset. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE if the model does not read such samples or
 *   does not know one of the classes, NN_ERROR_VALUE if its logits are not finite,
 *   G_IO_ERROR_CANCELLED
 */
NumeralEvaluation *numeral_evaluation_new (NumeralModel *model,
                                           NnDataset *dataset,
                                           const NumeralEvaluationWatch *watch,
                                           GCancellable *cancellable,
                                           GError **error);
NumeralEvaluation *numeral_evaluation_ref (NumeralEvaluation *evaluation);
void numeral_evaluation_unref (NumeralEvaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralEvaluation, numeral_evaluation_unref)

/**
 * numeral_evaluation_of_writer:
 * @whole: of all samples
 * @writer: one of its writers
 *
 * The same of the samples of one writer, from the output of the model that is there already.
 *
 * Returns: (transfer full)
 */
NumeralEvaluation *numeral_evaluation_of_writer (const NumeralEvaluation *whole, guint32 writer);

/* The number of a sample in the data set that was measured, from 0. */
gsize numeral_evaluation_get_number (const NumeralEvaluation *evaluation, gsize index);

/* Whether the model refuses a sample as no digit. */
gboolean numeral_evaluation_refuses (const NumeralEvaluation *evaluation, gsize index);

/* (transfer full): what changes for each sample when @evaluation's model takes the place of
 * @other's, on the same samples. */
NnComparison *numeral_evaluation_compare (const NumeralEvaluation *evaluation,
                                          const NumeralEvaluation *other);

G_END_DECLS
