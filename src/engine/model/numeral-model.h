/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-novelty.h"

G_BEGIN_DECLS

/* How a drawing becomes the input of a network: as MNIST's digits were (20x20 pixels, their centre
 * of mass in the middle of 28x28), or not at all. */
#define NUMERAL_PREPROCESSING_MNIST "mnist-20x20-centre-of-mass"
#define NUMERAL_PREPROCESSING_NONE "none"

/**
 * NumeralModel:
 * @network: what reads; its calibration is part of the weights
 * @novelty: (nullable): tells what is not a digit; %NULL where the model refuses nothing
 * @preprocessing: one of NUMERAL_PREPROCESSING_*
 * @temperature: calibration: what the logits have been divided by; 1 where they have not
 * @smoothing: the filter that is folded into the first layer (nn_input_filter_apply()); 0 for
 * none
 * @metadata: (element-type utf8 utf8): the training card: name, licence, data, seed, figures, and
 *   the three above under their names
 *
 * What reads digits, and where it comes from: the one thing that is passed around for it.
 * Immutable; reference-counted (atomic). On disk it is one of numeral_model_formats().
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

/* (nullable) */
const char *numeral_model_get_metadata (const NumeralModel *model, const char *key);

G_END_DECLS
