/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnPool:
 *
 * A pool of threads that do one job together; the caller is worker 0. A job of a small network
 * takes tens of microseconds, so workers spin first and sleep only if the wait is longer.
 */
typedef struct _NnPool NnPool;

typedef void (*NnPoolFunc) (guint worker, gpointer data);

/* @n_workers: 0 for as many as there are processors; 1 makes no thread at all */
NnPool *nn_pool_new (guint n_workers);
/* Joins the threads. */
void nn_pool_free (NnPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPool, nn_pool_free)

guint nn_pool_get_n_workers (const NnPool *pool);

/* Runs @func once in every worker; returns when all have returned. Called by one thread. Inside
 * @func subnormal floats are zero: nn_float_mode_flush(). */
void nn_pool_run (NnPool *pool, NnPoolFunc func, gpointer data);

/* Inside @func: waits until every worker has called it. All workers must call it. */
void nn_pool_barrier (NnPool *pool);

/* The range [*first, *last) of @n items that @worker handles. */
void nn_pool_share (const NnPool *pool, guint worker, gsize n, gsize *first, gsize *last);

G_END_DECLS
