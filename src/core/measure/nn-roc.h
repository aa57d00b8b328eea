/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Receiver operating characteristic (Fawcett, "An introduction to ROC analysis", 2006): how well
 * a score separates the items to be found, whose scores should be higher, from the rest. Scores
 * must not be NaN. */

/**
 * nn_roc_auc:
 * @found: [n_found] scores of the items to be found
 * @rest: [n_rest] scores of the rest
 *
 * The area under the curve: the probability that a score of @found is above a score of @rest,
 * where a tie counts half (the statistic of Mann and Whitney). 1/2 if either is empty.
 */
double nn_roc_auc (const double *found, gsize n_found, const double *rest, gsize n_rest);

/* The smallest score of the rest such that at most @share of the rest lies above it; -infinity
 * if all of it may. */
double nn_roc_threshold (const double *rest, gsize n_rest, double share);

/* The share of the scores above the threshold, 0 to 1; 0 without scores. */
double nn_roc_share_above (const double *scores, gsize n, double threshold);

G_END_DECLS
