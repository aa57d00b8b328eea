/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/**
 * NumeralUnit:
 * @layer: number of the layer among those with parameters (NnNetwork.weights), from 0
 * @unit: output of a dense layer, channel of a convolution
 *
 * Names a unit of a hidden layer.
 */
typedef struct
{
  guint layer, unit;
} NumeralUnit;

/* Whether the network has this unit, and it is not a logit. */
gboolean numeral_unit_is_hidden (const NnNetwork *network, const NumeralUnit *unit);

/**
 * numeral_units_switch_off:
 * @units: [n]
 *
 * A copy of the network in which the units add nothing to the next layer with weights, whatever
 * their activation: the weights from them to that layer are 0. Units that the network does not have
 * are passed over.
 *
 * Returns: (transfer full)
 */
NnNetwork *numeral_units_switch_off (const NnNetwork *network, const NumeralUnit *units, guint n);

/* Sets to 0 what units that are off give in @values, the output of layer @layer of the
 * architecture, if it is their activation (numeral_units_site()). */
void numeral_units_silence (
    const NnNetwork *network, guint layer, const NumeralUnit *units, guint n, float *values);

/* (transfer full): the same for what reads; all but the network is that of @model. */
NumeralModel *
numeral_model_switch_off (const NumeralModel *model, const NumeralUnit *units, guint n);

/**
 * numeral_units_accuracy:
 * @max_samples: at most so many samples are read, the same ones as by numeral_units_new()
 * @accuracy: (out): 0 to 1
 *
 * Blocks; on the calling thread. NN_ERROR_CONFIG if there is no sample, NN_ERROR_SHAPE if the
 * network does not read such samples, G_IO_ERROR_CANCELLED
 */
gboolean numeral_units_accuracy (const NnNetwork *network,
                                 const NnDataset *dataset,
                                 gsize max_samples,
                                 double *accuracy,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
