/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-pool.h"

G_BEGIN_DECLS

/* Samples whose pixels are computed when they are first needed, so that training can begin before
 * all of them exist. Labels, groups and origins are there from the start. */

/**
 * NnWriterClass:
 * @write: computes the pixels of sample @number, [height, width]; a pure function of its
 *   arguments, called by several threads at once
 * @free: frees @data
 */
typedef struct
{
  void (*write) (gconstpointer data, guint32 number, guint8 *pixels);
  void (*free) (gpointer data);
} NnWriterClass;

/* Makes a new data set lazy: sample i has the number i, and keeps it where a split moves the
 * sample. @data: (transfer full). */
void nn_lazy_init (NnDataset *dataset, const NnWriterClass *klass, gpointer data);

/* Whether all pixels are there. Always %TRUE for a data set that is not lazy. */
gboolean nn_lazy_is_complete (const NnDataset *dataset);

/**
 * nn_lazy_write:
 * @indices: [n] samples; some may be repeated
 * @pool: (nullable): workers that share the samples; %NULL for the calling thread alone
 *
 * Computes the pixels of those samples that are not there yet. Whoever reads pixels calls this
 * before; the values do not depend on the order or on the number of workers. Thread-safe: of two
 * callers the second waits, and finds the samples of the first.
 */
void nn_lazy_write (const NnDataset *dataset, const guint32 *indices, gsize n, NnPool *pool);

/* The same for all samples. */
void nn_lazy_complete (const NnDataset *dataset, NnPool *pool);

/* For nn-dataset.c. */

/* Sample i becomes the old sample order[i], [n]. */
void nn_lazy_permute (NnDataset *dataset, const guint32 *order);
void nn_lazy_free (NnLazy *lazy);

G_END_DECLS
