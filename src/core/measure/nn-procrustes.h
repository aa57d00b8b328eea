/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nn_procrustes:
 * @before: [n, k] coordinates of samples as they were shown
 * @coordinates: [n, k] new ones of the same samples
 * @rotation: (out): [k, k] orthogonal
 *
 * The rotation and reflection for which the sum of squares of before - coordinates rotation is the
 * smallest (Schönemann, "A generalized solution of the orthogonal Procrustes problem", 1966). Both
 * are about the same origin. It keeps a map of the same samples where it was, while the network
 * that it shows learns.
 */
void
nn_procrustes (const float *before, const float *coordinates, gsize n, guint k, float *rotation);

G_END_DECLS
