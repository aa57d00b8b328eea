/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* The texts that every format keeps beside the weights: the card of the model, and what describes
 * its networks: "format": "numeral-1", "architecture": "784-128-10", "activation", "loss",
 * "preprocessing", and the same of the novelty detector with its prefix. */

/* The "format" of a file that has a generator (numeral-generator-file.h) and no model. */
#define NUMERAL_GENERATOR_FORMAT "numeral-generator-1"

/* Whether the model can be used: a newer format cannot, and a model works only with the
 * preprocessing of its training data. @metadata: (element-type utf8 utf8). NN_ERROR_* */
gboolean numeral_model_card_check (GHashTable *metadata, GError **error);

/* (transfer full): @metadata without the keys that describe the networks. It refers to the texts of
 * @metadata. */
GHashTable *numeral_model_card_read (GHashTable *metadata);

/* (transfer full): the texts for a file. The description is written from the model, never from the
 * card. */
GHashTable *numeral_model_card_write (const NumeralModel *model);

G_END_DECLS
