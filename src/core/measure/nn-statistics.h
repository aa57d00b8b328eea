/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a measured share can be trusted, and whether two shares differ. */

/* Of the normal distribution: 95 % lie within so many standard deviations. */
#define NN_INTERVAL_95 1.959963984540054

/**
 * NnInterval:
 * @low: @high: 0 to 1
 */
typedef struct
{
  double low, high;
} NnInterval;

/**
 * nn_interval_wilson:
 * @n_found: number of the samples that have what is counted, at most @n
 * @z: half the width in standard deviations, such as %NN_INTERVAL_95
 *
 * The score interval of a share (Wilson, "Probable inference, the law of succession, and
 * statistical inference", 1927): unlike the plain one it is right for shares near 0 and 1 and for
 * few samples. 0 to 1 without samples.
 */
NnInterval nn_interval_wilson (gsize n_found, gsize n, double z);

/**
 * nn_mcnemar_exact:
 * @n_first: number of samples that only the first of two models reads right
 * @n_second: number of those that only the second reads right
 *
 * McNemar's test on the same samples, exact and two-sided (McNemar 1947; Fagerland, Lydersen and
 * Laake 2013): the probability of a difference at least so large if both models were equally good.
 * 1 if no sample tells them apart.
 */
double nn_mcnemar_exact (gsize n_first, gsize n_second);

G_END_DECLS
