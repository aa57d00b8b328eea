/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-faithfulness.h"
#include "nn-names.h"
#include "numeral-background.h"
#include "numeral-digits.h"
#include "numeral-piece-map.h"

G_BEGIN_DECLS

/**
 * NumeralExplanationMethod:
 * @NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS: nn_integrated_gradients()
 * @NUMERAL_EXPLANATION_SHAPLEY: nn_shapley() of the pieces of stroke; for ink alone
 * @NUMERAL_EXPLANATION_EXPECTED_GRADIENTS: nn_expected_gradients()
 * @NUMERAL_EXPLANATION_LIME: nn_lime_coalitions() of the pieces, or nn_lime_grid()
 * @NUMERAL_EXPLANATION_OCCLUSION: nn_occlusion()
 */
typedef enum
{
  NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS,
  NUMERAL_EXPLANATION_SHAPLEY,
  NUMERAL_EXPLANATION_EXPECTED_GRADIENTS,
  NUMERAL_EXPLANATION_LIME,
  NUMERAL_EXPLANATION_OCCLUSION,
  NUMERAL_N_EXPLANATION_METHODS,
} NumeralExplanationMethod;

/* "integrated-gradients", "shapley", "expected-gradients", "lime", "occlusion"; and for people,
 * translated: "Integrated Gradients" */
extern const NnNames numeral_explanation_method_names;
const char *numeral_explanation_method_name (NumeralExplanationMethod method);
gboolean numeral_explanation_method_from_name (const char *name,
                                               NumeralExplanationMethod *out,
                                               GError **error);
const char *numeral_explanation_method_title (NumeralExplanationMethod method);

/**
 * NumeralExplanationBaseline:
 * @NUMERAL_BASELINE_BLANK: paper without ink
 * @NUMERAL_BASELINE_MEAN: the mean of many digits
 *
 * What stands for the absence of a pixel.
 */
typedef enum
{
  NUMERAL_BASELINE_BLANK,
  NUMERAL_BASELINE_MEAN,
  NUMERAL_N_BASELINES,
} NumeralExplanationBaseline;

/* "blank", "mean" */
extern const NnNames numeral_explanation_baseline_names;
const char *numeral_explanation_baseline_name (NumeralExplanationBaseline baseline);
gboolean numeral_explanation_baseline_from_name (const char *name,
                                                 NumeralExplanationBaseline *out,
                                                 GError **error);

/* NumeralExplanationConfig::target: the answer of the network. */
#define NUMERAL_TARGET_ANSWER (-1)
/* NumeralExplanationConfig::against: the most probable digit beside the target, or none. */
#define NUMERAL_AGAINST_RUNNER_UP (-1)
#define NUMERAL_AGAINST_NONE (-2)

/**
 * NumeralExplanationConfig:
 * @target: the digit whose logit is explained, or NUMERAL_TARGET_ANSWER
 * @against: the digit that it is compared with, or NUMERAL_AGAINST_*
 * @baseline: of integrated gradients, the grid of LIME, occlusion, and faithfulness
 * @patch: side of the square of occlusion in pixels, 1 to NN_OCCLUSION_MAX_PATCH
 * @grid: side of a cell of LIME's grid in pixels, 1 to 14; 0 for the pieces of stroke, or 4 where
 *   there are none
 * @faithfulness: whether to measure it
 * @seed: of all random choices
 * @background: (nullable): for NUMERAL_BASELINE_MEAN and expected gradients
 */
typedef struct
{
  NumeralExplanationMethod method;
  int target, against;
  NumeralExplanationBaseline baseline;
  guint patch, grid;
  gboolean faithfulness;
  guint64 seed;
  NumeralBackground *background;
} NumeralExplanationConfig;

/* Integrated gradients of the answer against the runner-up, from the blank baseline, with
 * faithfulness. */
extern const NumeralExplanationConfig numeral_explanation_config_default;

/**
 * NumeralExplanation:
 * @contrast: F: the digit that is explained, and the one it is compared with
 * @answer: the digit with the largest logit
 * @logits: [10]
 * @tensor: the input
 * @value: F (x)
 * @attribution: what each pixel adds to F
 * @sum: of the attributions
 * @difference: F (x) less F of the baseline: of the sheet without ink for Shapley values, of the
 *   mean over the background for expected gradients
 * @additive: whether the method's attributions are meant to add up to @difference
 * @r2: R² of LIME; NaN for other methods
 * @path: (nullable) (element-type NnPathNode): where integrated gradients were computed
 * @by_pieces: whether the method attributes to pieces: then @attribution is spread over their
 *   pixels (numeral_piece_map_spread()), else @pieces are sums over them (numeral_piece_map_sum())
 * @map: the pieces, and the pixels of each; without pieces for a picture
 * @pieces: [map.n] the attribution of each piece
 * @measured: whether there is a @faithfulness: of the order of the pixels, or if @by_pieces of the
 *   pieces, where what is left of the ink is centred anew
 * @seconds: time that it took
 *
 * The explanation of one answer by one method. A boxed type, reference-counted (atomic). Immutable.
 */
typedef struct
{
  NumeralExplanationMethod method;
  NumeralExplanationBaseline baseline;
  NnContrast contrast;
  guint answer;
  float logits[NUMERAL_N_DIGITS];
  float tensor[INK_TENSOR_SIZE];
  double value;
  float attribution[INK_TENSOR_SIZE];
  double sum, difference;
  gboolean additive;
  double r2;
  GArray *path;
  gboolean by_pieces;
  NumeralPieceMap map;
  double pieces[INK_MAX_PIECES];
  gboolean measured;
  NnFaithfulness faithfulness;
  double seconds;
  /*< private >*/
  int ref_count;
} NumeralExplanation;

#define NUMERAL_TYPE_EXPLANATION (numeral_explanation_get_type ())
GType numeral_explanation_get_type (void);

/* (transfer full): all zero, for the explainer to fill in. */
NumeralExplanation *numeral_explanation_new (void);
NumeralExplanation *numeral_explanation_ref (NumeralExplanation *explanation);
void numeral_explanation_unref (NumeralExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralExplanation, numeral_explanation_unref)

G_END_DECLS
