/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"

G_BEGIN_DECLS

/* Where nothing else is said, more than this is refused. */
#define NUMERAL_NOVELTY_THRESHOLD 0.5

/**
 * NumeralNovelty:
 * @network: 784 inputs; class 0 is a digit, every other one something that is none: the kinds of
 *   InkNondigitKind in the network that ships
 * @threshold: a novelty above it is refused; between 0 and 1
 *
 * What tells digits from what is no digit: a small network of its own, which learned it from digits
 * on the one side and letters, shapes, scribbles and the like on the other (outlier exposure;
 * Hendrycks, Mazeika and Dietterich 2019). The novelty of an image is 1 - p (digit): 0 is a digit
 * beyond doubt. It is shifted so that at 0.5 it refuses as many true digits as were to be refused,
 * and is no probability apart from that. Immutable; reference-counted (atomic).
 */
typedef struct
{
  NnNetwork *network;
  double threshold;
  /*< private >*/
  int ref_count;
} NumeralNovelty;

/* NN_ERROR_SHAPE or NN_ERROR_CONFIG where the network or the threshold is of no use for it. */
NumeralNovelty *numeral_novelty_new (NnNetwork *network, double threshold, GError **error);
NumeralNovelty *numeral_novelty_ref (NumeralNovelty *novelty);
void numeral_novelty_unref (NumeralNovelty *novelty);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralNovelty, numeral_novelty_unref)

/* log (1 - p) - log p, p being the probability of class 0: novelty without its narrowness near 0
 * and 1. @logits: [n] */
double numeral_novelty_log_odds (const float *logits, guint n);
/* The novelty, 0 to 1, of such log odds. */
double numeral_novelty_from_log_odds (double log_odds);

/**
 * numeral_novelty_measure:
 *
 * The log odds of every sample; free with g_free(). NN_ERROR_SHAPE.
 */
double *
numeral_novelty_measure (const NumeralNovelty *novelty, const NnDataset *dataset, GError **error);
/* The same with a say in how; @bulk: (nullable) */
double *numeral_novelty_measure_in_bulk (const NumeralNovelty *novelty,
                                         const NnDataset *dataset,
                                         const NnBulk *bulk,
                                         GError **error);

/* (transfer full): the same network with what it says shifted so that these log odds become a
 * novelty of 0.5, with 0.5 as its threshold. */
NumeralNovelty *numeral_novelty_shift (const NumeralNovelty *novelty, double log_odds);

G_END_DECLS
