/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-counterfactual.h"
#include "numeral-explanation.h"
#include "numeral-neighbours.h"
#include "numeral-omission.h"
#include "numeral-robustness.h"

G_BEGIN_DECLS

/* Number of sets of InkTensorSteps. */
#define NUMERAL_N_STEP_SETS (INK_TENSOR_ALL_STEPS + 1)

/* Readings on the way from a digit to its counterfactual. */
#define NUMERAL_N_BETWEEN 21

/**
 * NumeralQuestion:
 * @model: what reads
 * @drawing: (nullable): the ink; %NULL for a picture
 * @n_digits: number of digits in @drawing; @chosen: which of them is meant
 * @tensor: [28, 28] the digit
 * @side: of the canvas, in units of @drawing
 * @unfinished: the pen is down: only integrated gradients are wanted, as soon as possible
 * @against: the digit to compare with, or NUMERAL_AGAINST_*
 * @baseline: @patch: @grid: as in NumeralExplanationConfig
 * @across: @down: what the map of robustness changes
 * @neighbours: (nullable): the samples to find the nearest of
 * @search: whether to look for what would make it another digit even if that takes long
 *
 * What a NumeralInspector is asked about one digit.
 */
typedef struct
{
  NumeralModel *model;
  InkDrawing *drawing;
  guint n_digits, chosen;
  float tensor[INK_TENSOR_SIZE];
  double side;
  gboolean unfinished;
  int against;
  NumeralExplanationBaseline baseline;
  guint patch, grid;
  NumeralChange across, down;
  NumeralNeighbours *neighbours;
  gboolean search;
} NumeralQuestion;

/* (transfer full): takes references. */
NumeralQuestion *numeral_question_copy (const NumeralQuestion *question);
void numeral_question_free (NumeralQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralQuestion, numeral_question_free)

/* Whether both are about the same digit, read by the same model. */
gboolean numeral_question_same_input (const NumeralQuestion *a, const NumeralQuestion *b);
/* Whether both ask the same, about the same digit; of another model perhaps, and its neighbours. */
gboolean numeral_question_same_but_model (const NumeralQuestion *a, const NumeralQuestion *b);

/**
 * NumeralInsight:
 * @generation: number of the question; it increases
 * @question: what was asked
 * @drawing: (nullable): the ink of the digit alone
 * @error: (nullable): why nothing can be explained
 * @explanations: (nullable): of each method, when it is known; %NULL for those that are not for
 *   this input
 * @robustness: (nullable)
 * @counterfactual: (nullable): what would make it @other
 * @counterfactual_error: (nullable): why there is none
 * @between: (nullable) (element-type NumeralReading): [NUMERAL_N_BETWEEN] on the way to
 *   @counterfactual, both ends included
 * @omission: (nullable): %NULL too if no pieces can be left out
 * @other: the digit that it would be: the rival, or the runner-up without one
 * @searching: share of the search for a counterfactual that is done; below 0: it does not go on
 * @put_off: the search takes long, so it waits for NumeralQuestion::search
 * @neighbours: (nullable) (element-type NnNeighbour): of NumeralQuestion::neighbours
 * @steps: (nullable) (element-type NumeralReading): [NUMERAL_N_STEP_SETS] if only this set of
 *   InkTensorSteps is taken; for ink
 * @complete: no more parts will come
 * @seconds: time that all of it took
 *
 * All that is known about a digit and its answer. Parts are added as they are found, each time in a
 * new insight. A boxed type, reference-counted (atomic). Immutable.
 */
typedef struct
{
  guint64 generation;
  NumeralQuestion *question;
  InkDrawing *drawing;
  GError *error;
  NumeralExplanation *explanations[NUMERAL_N_EXPLANATION_METHODS];
  NumeralRobustness *robustness;
  NumeralCounterfactual *counterfactual;
  GError *counterfactual_error;
  GArray *between;
  NumeralOmission *omission;
  guint other;
  double searching;
  gboolean put_off;
  GArray *neighbours;
  GArray *steps;
  gboolean complete;
  double seconds;
  /*< private >*/
  int ref_count;
} NumeralInsight;

#define NUMERAL_TYPE_INSIGHT (numeral_insight_get_type ())
GType numeral_insight_get_type (void);

/* (transfer full): without parts, for the inspector to fill in. */
NumeralInsight *numeral_insight_new (const NumeralQuestion *question, guint64 generation);
/* (transfer full): with the same parts. */
NumeralInsight *numeral_insight_copy (const NumeralInsight *insight);
/* Takes over from @last the parts that answer the question of @insight as well. */
void numeral_insight_inherit (NumeralInsight *insight, const NumeralInsight *last);
NumeralInsight *numeral_insight_ref (NumeralInsight *insight);
void numeral_insight_unref (NumeralInsight *insight);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralInsight, numeral_insight_unref)

G_END_DECLS
