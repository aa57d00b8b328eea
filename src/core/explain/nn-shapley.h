/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 4096 coalitions. */
#define NN_SHAPLEY_MAX_PLAYERS 12

/**
 * nn_shapley:
 * @values: [2^n] the value of each coalition: player i is in coalition c if bit i of c is set
 * @n: number of players, at most NN_SHAPLEY_MAX_PLAYERS
 * @shapley: (out): [n]
 *
 * The exact Shapley values of a game (Shapley, "A value for n-person games", 1953): the mean over
 * all orders of what a player adds to those before it,
 *
 *   sum over the coalitions S without i of |S|! (n - |S| - 1)! / n! (v (S and i) - v (S)).
 *
 * They add up to v (all) - v (none); players who add the same have the same value; a player who
 * adds nothing has none.
 */
void nn_shapley (const double *values, guint n, double *shapley);

G_END_DECLS
