/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Receiver operating characteristic (Fawcett, "An introduction to ROC analysis", 2006): how well a
 * score tells what is to be found, which should be higher, from the rest. No score may be NaN. */

/**
 * nn_roc_auc:
 * @found: [n_found] scores of what is to be found
 * @rest: [n_rest] scores of the rest
 *
 * The area under the curve: how often one of the one is above one of the other, a draw counting
 * half (the statistic of Mann and Whitney). 1/2 where either is empty.
 */
double nn_roc_auc (const double *found, gsize n_found, const double *rest, gsize n_rest);

/* The least of the scores of the rest above which no more than @share of them lie; -infinity where
 * all may. */
double nn_roc_threshold (const double *rest, gsize n_rest, double share);

/* How much of the scores is above the threshold, 0 to 1; 0 where there are none. */
double nn_roc_share_above (const double *scores, gsize n, double threshold);

G_END_DECLS
