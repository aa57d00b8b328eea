/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"

G_BEGIN_DECLS

/* Default of the threshold. */
#define NUMERAL_NOVELTY_THRESHOLD 0.5

/**
 * NumeralNovelty:
 * @network: 784 inputs; class 0 is a digit, the others are not: the kinds of InkNondigitKind in
 *   the built-in network
 * @threshold: inputs with a novelty above it are rejected; between 0 and 1
 *
 * A detector of inputs that are not digits (out-of-distribution): a small separate network that
 * was trained on digits and on letters, shapes, scribbles and the like (outlier exposure;
 * Hendrycks, Mazeika and Dietterich 2019). The novelty of an image is 1 - p (digit); 0 is
 * certainly a digit. It is shifted so that a threshold of 0.5 rejects the wanted share of true
 * digits, so it is not a probability. Immutable; reference-counted (atomic).
 */
typedef struct
{
  NnNetwork *network;
  double threshold;
  /*< private >*/
  int ref_count;
} NumeralNovelty;

/* NN_ERROR_SHAPE or NN_ERROR_CONFIG if the network or the threshold is not valid. */
NumeralNovelty *numeral_novelty_new (NnNetwork *network, double threshold, GError **error);
NumeralNovelty *numeral_novelty_ref (NumeralNovelty *novelty);
void numeral_novelty_unref (NumeralNovelty *novelty);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralNovelty, numeral_novelty_unref)

/* log (1 - p) - log p, where p is the probability of class 0. Unlike the novelty it keeps its
 * resolution near 0 and 1. @logits: [n] */
double numeral_novelty_log_odds (const float *logits, guint n);
/* The novelty, 0 to 1, for log odds. */
double numeral_novelty_from_log_odds (double log_odds);

/**
 * numeral_novelty_measure:
 *
 * The log odds of every sample; free with g_free(). NN_ERROR_SHAPE.
 */
double *
numeral_novelty_measure (const NumeralNovelty *novelty, const NnDataset *dataset, GError **error);
/* The same with options; @bulk: (nullable) */
double *numeral_novelty_measure_in_bulk (const NumeralNovelty *novelty,
                                         const NnDataset *dataset,
                                         const NnBulk *bulk,
                                         GError **error);

/* (transfer full): the same network, shifted so that these log odds give a novelty of 0.5, with
 * a threshold of 0.5. */
NumeralNovelty *numeral_novelty_shift (const NumeralNovelty *novelty, double log_odds);

G_END_DECLS
