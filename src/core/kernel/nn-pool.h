/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnPool:
 *
 * A team of threads that do one job together, the caller being worker 0. A
 * job of a small network takes some tens of microseconds, so that waiting is by
 * spinning first and by sleeping only when it takes longer.
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
 * @func numbers below the smallest normal float are zero: nn_float_mode_flush(). */
void nn_pool_run (NnPool *pool, NnPoolFunc func, gpointer data);

/* Inside @func: waits until every worker has come here. All of them must. */
void nn_pool_barrier (NnPool *pool);

/* The part [*first, *last) of @n things that is @worker's. */
void nn_pool_share (const NnPool *pool, guint worker, gsize n, gsize *first, gsize *last);

G_END_DECLS
