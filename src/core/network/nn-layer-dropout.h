/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Identifies a sample's mask in a layer in a step; the same arguments give the same mask, whoever
 * asks, so that no thread waits for another's random numbers. */
guint64 nn_dropout_key (guint64 seed, guint64 step, guint layer, gsize row);

/**
 * nn_dropout_mask:
 * @probability: of dropping, [0, 1)
 * @mask: [n], for units [first, first + n): 0 or 1 / (1 - probability)
 *
 * Inverted dropout (Srivastava et al. 2014): what is kept is scaled up, so that
 * nothing need be done at reading time.
 */
void nn_dropout_mask (guint64 key, double probability, guint first, guint n, float *mask);

G_END_DECLS
