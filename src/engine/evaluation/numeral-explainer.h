/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-explanation.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * NumeralExplainer:
 *
 * Explains the answers of a model. It keeps the memory of the network between calls, and what
 * several methods need for one input, such as the logits of all coalitions of pieces; so explain
 * one input by all methods, against any rival, with one explainer. Owned by one thread at a time,
 * such as that of a GTask.
 */
typedef struct _NumeralExplainer NumeralExplainer;

/* The model's network must pass numeral_digits_check(). */
NumeralExplainer *numeral_explainer_new (NumeralModel *model);
void numeral_explainer_free (NumeralExplainer *explainer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralExplainer, numeral_explainer_free)

/* The input: all of @drawing as one digit, as numeral_reader_read_digit() reads it. Does nothing
 * for the drawing that is the input already. */
void numeral_explainer_set_drawing (NumeralExplainer *explainer, InkDrawing *drawing);
/* The input: a picture without strokes, as numeral_reader_read_tensor() reads it. */
void numeral_explainer_set_tensor (NumeralExplainer *explainer,
                                   const float tensor[INK_TENSOR_SIZE]);

/**
 * NumeralExplainerWatch:
 * @cancellable: (nullable): stops within one minibatch
 * @progress: (nullable): called repeatedly on the calling thread with the share of the work that is
 *   done
 */
typedef struct
{
  GCancellable *cancellable;
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
} NumeralExplainerWatch;

/**
 * numeral_explainer_explain:
 * @config: numeral_explanation_config_default, or a changed copy
 * @watch: (nullable)
 *
 * Explains the answer for the input. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_VALUE if there is no ink or the logits are not
 *   finite numbers; NN_ERROR_CONFIG if @config cannot be, if it needs strokes and the input is a
 *   picture, or if it needs a background and has none; G_IO_ERROR_CANCELLED
 */
NumeralExplanation *numeral_explainer_explain (NumeralExplainer *explainer,
                                               const NumeralExplanationConfig *config,
                                               const NumeralExplainerWatch *watch,
                                               GError **error);

G_END_DECLS
