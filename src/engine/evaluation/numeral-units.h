/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* The samples that excite a unit most; so many are kept. */
#define NUMERAL_UNITS_TOP 6

/**
 * NumeralUnits:
 * @network: of the units
 * @layer: number of the layer among those with parameters (NnNetwork.weights), from 0
 * @site: layer of the architecture whose output is the activation of the units: the activation
 *   behind the layer, or the layer itself if it has none
 * @n: number of units: outputs of a dense layer, channels of a convolution
 * @map_height: @map_width: of what a unit gives for a sample: 1 and 1 for a dense layer
 * @n_inputs: values of a sample
 * @n_classes: number of logits
 * @dataset: @n_samples: the samples that were read, evenly from the whole data set
 * @accuracy: of the network on these samples, 0 to 1
 * @may_die: whether a unit can be dead: whether its activation is ReLU, leaky ReLU or GELU. A unit
 *   with another activation, or with none, is never called dead
 * @n_dead: number of dead units
 * @dead: [n] whether the activation is never above 0; %FALSE if they cannot be dead
 * @mean: @largest: [n] mean and largest activation of the samples. The activation of a channel is
 *   the largest value of its map
 * @input: [n_inputs] mean of the samples
 * @exciting: [n, n_inputs] the input that excites a unit: the mean of the samples, weighted with
 *   the activation where that is above 0; @input for a unit that no sample excites
 * @n_top: number of samples for each unit in @top, at most NUMERAL_UNITS_TOP
 * @top: [n, n_top] the samples with the largest activation, the largest first
 * @top_activation: [n, n_top]
 * @voice: (nullable): [n, n_classes] what a unit speaks for: the mean gradient of each logit at its
 *   activation, or at the whole map of a channel. Where the rest of the network is linear, as
 *   behind the last hidden layer, these are the weights to the logits. %NULL for the logits
 *   themselves
 *
 * The units of a layer of a network, as a data set shows them. Immutable; reference-counted
 * (atomic).
 */
typedef struct
{
  NnNetwork *network;
  guint layer, site;
  guint n, map_height, map_width;
  guint n_inputs, n_classes;
  NnDataset *dataset;
  gsize n_samples;
  double accuracy;
  gboolean may_die;
  guint n_dead;
  gboolean *dead;
  float *mean, *largest;
  float *input, *exciting;
  guint n_top;
  guint32 *top;
  float *top_activation;
  float *voice;
  /*< private >*/
  int ref_count;
} NumeralUnits;

#define NUMERAL_TYPE_UNITS (numeral_units_get_type ())
GType numeral_units_get_type (void);

/**
 * numeral_units_new:
 * @layer: as in #NumeralUnits
 * @max_samples: at most so many samples are read
 *
 * Reads the samples on the calling thread. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG if there is no such layer or no sample,
 *   NN_ERROR_SHAPE if the network does not read such samples, G_IO_ERROR_CANCELLED
 */
NumeralUnits *numeral_units_new (NnNetwork *network,
                                 NnDataset *dataset,
                                 guint layer,
                                 gsize max_samples,
                                 GCancellable *cancellable,
                                 GError **error);
NumeralUnits *numeral_units_ref (NumeralUnits *units);
void numeral_units_unref (NumeralUnits *units);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralUnits, numeral_units_unref)

/* @site of #NumeralUnits. */
guint numeral_units_site (const NnNetwork *network, guint layer);

/* The sample with the number @i, below @n_samples, of those that are read of @n. They are evenly
 * from all of them, but not at the same distance, which could be that of samples of one class. */
gsize numeral_units_pick (gsize n, gsize n_samples, gsize i);
/* (transfer full): at most @n samples, those of numeral_units_pick() */
NnDataset *numeral_units_thin_out (NnDataset *dataset, gsize n);

/**
 * numeral_units_weights:
 * @height: @width: (out): of one picture
 *
 * The incoming weights of unit @unit as a picture: of a dense layer that reads the input, if the
 * input is an image or as many values as a square image, and of a convolution, whose input channels
 * are added up.
 *
 * Returns: (transfer full) (nullable): [height, width]; %NULL if the weights are no picture
 */
float *numeral_units_weights (const NumeralUnits *units, guint unit, guint *height, guint *width);

/**
 * numeral_units_measure:
 * @network: (nullable): one of the same architecture, such as that of the units with some of them
 *   switched off; %NULL for that of the units
 * @x: [n_inputs] a sample, such as a drawing
 * @activations: (out): [n]
 * @maps: (out) (nullable): [n, map_height, map_width]
 *
 * What the units make of one sample. Any thread.
 */
void numeral_units_measure (const NumeralUnits *units,
                            const NnNetwork *network,
                            const float *x,
                            float *activations,
                            float *maps);

G_END_DECLS
