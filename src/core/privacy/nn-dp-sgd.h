/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The random parts of DP-SGD (Abadi et al. 2016): which samples a step takes, and its noise. */

/**
 * NnKeystream:
 * @stream: @block: which bytes; those of different streams or blocks are independent
 * @bytes: (out): [n]
 *
 * Random bytes that depend on a key and these numbers alone, so that workers can make them in any
 * order. Where privacy counts the generator is a cryptographic one. Thread-safe.
 */
typedef void (*NnKeystream) (
    gconstpointer key, guint64 stream, guint32 block, guint8 *bytes, gsize n);

/* A keystream for tests, which can be predicted; @key: a guint64, the seed. */
void
nn_dp_seeded_keystream (gconstpointer key, guint64 stream, guint32 block, guint8 *bytes, gsize n);

/**
 * nn_dp_sample:
 * @step: of the run
 * @n: samples
 * @rate: with which each of them is taken, independently
 * @indices: (out): [nn_dp_max_rows()] ascending
 *
 * Poisson sampling, by the gaps between the samples that are taken, which are geometric.
 *
 * Returns: the number of indices, 0 and more
 */
gsize nn_dp_sample (
    NnKeystream keystream, gconstpointer key, guint64 step, gsize n, double rate, guint32 *indices);

/* The most samples that nn_dp_sample() takes of @n. More would come with a probability below 1e-30,
 * and are left out. */
gsize nn_dp_max_rows (gsize n, double rate);

/**
 * nn_dp_add_noise:
 * @deviation: standard deviation
 * @gradient: elements [first, last) of it are changed
 *
 * Adds normal numbers, of up to 6.6 deviations. Those of an element depend on the step and its
 * place alone.
 */
void nn_dp_add_noise (NnKeystream keystream,
                      gconstpointer key,
                      guint64 step,
                      double deviation,
                      float *gradient,
                      gsize first,
                      gsize last);

G_END_DECLS
