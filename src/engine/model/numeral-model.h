/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-novelty.h"

G_BEGIN_DECLS

/* The preprocessing of a drawing: as for MNIST (20x20 pixels with the centre of mass in the
 * middle of 28x28), or none. */
#define NUMERAL_PREPROCESSING_MNIST "mnist-20x20-centre-of-mass"
#define NUMERAL_PREPROCESSING_NONE "none"

/* Keys in the card of the scale and the class names of a table (NnDataset). The card has them only
 * if the training data has. */
#define NUMERAL_CARD_SCALE "input_scale"
#define NUMERAL_CARD_CLASSES "classes"

/**
 * NumeralModel:
 * @network: the network; its calibration is part of the weights
 * @novelty: (nullable): the detector of inputs that are not digits; %NULL if the model rejects
 *   nothing
 * @preprocessing: one of NUMERAL_PREPROCESSING_*
 * @temperature: the calibration: the divisor of the logits, which is applied already; 1 for none
 * @smoothing: the filter that is folded into the first layer (nn_input_filter_apply()); 0 for
 * none
 * @metadata: (element-type utf8 utf8): the training card: name, licence, data, seed, figures,
 *   and the three members above under their names
 *
 * A model that reads digits, with its origin; the type that all code passes around. Immutable;
 * reference-counted (atomic). Its files have one of numeral_model_formats().
 */
typedef struct
{
  NnNetwork *network;
  NumeralNovelty *novelty;
  const char *preprocessing;
  double temperature, smoothing;
  GHashTable *metadata;
  /*< private >*/
  int ref_count;
} NumeralModel;

#define NUMERAL_TYPE_MODEL (numeral_model_get_type ())
GType numeral_model_get_type (void);

/* @novelty: (nullable); @metadata: (nullable): copied */
NumeralModel *numeral_model_new (NnNetwork *network, NumeralNovelty *novelty, GHashTable *metadata);
NumeralModel *numeral_model_ref (NumeralModel *model);
void numeral_model_unref (NumeralModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralModel, numeral_model_unref)

/* (transfer full) (element-type utf8 utf8): a copy of the card, to be changed for another model. */
GHashTable *numeral_model_copy_card (const NumeralModel *model);

/* (nullable) */
const char *numeral_model_get_metadata (const NumeralModel *model, const char *key);

G_END_DECLS
