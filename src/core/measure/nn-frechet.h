/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nn_frechet_distance:
 * @a: [n_a, n_features]; @b: [n_b, n_features]; finite, at least 2 vectors each
 *
 * The squared Fréchet distance between the normal distributions with the means and covariances of
 * two sets of vectors (Dowson and Landau 1982), with which generated images are judged in a hidden
 * layer of a classifier (Heusel et al. 2017, equation 6):
 *
 *     |μ_a - μ_b|² + tr (Σ_a + Σ_b - 2 (Σ_a Σ_b)^½)
 *
 * It is 0 for the same distributions. The trace of the root is that of (Σ_a^½ Σ_b Σ_a^½)^½, which
 * is symmetric. In time (n_a + n_b) n_features² + n_features³, on the calling thread.
 */
double nn_frechet_distance (const float *a, gsize n_a, const float *b, gsize n_b, guint n_features);

G_END_DECLS
