/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-db.h"

G_BEGIN_DECLS

/**
 * NumeralHandStore:
 *
 * The database of a person's handwriting for the main thread: every function returns at once, and
 * its callback is called in the main context in which the store was made. Changes and reads are
 * made in the order of the calls in a write queue of their own, so that a read finds what was
 * changed before it, and numeral_write_queue_flush() waits for them when the window closes. Errors
 * are NUMERAL_HAND_ERROR_*, or G_IO_ERROR_CANCELLED; a change that has begun is not cancelled.
 *
 * The read-only property "generation" is notified after each change, also after one by another
 * program or another window: then list and count again.
 */
#define NUMERAL_TYPE_HAND_STORE (numeral_hand_store_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandStore, numeral_hand_store, NUMERAL, HAND_STORE, GObject)

/* @path: (nullable): numeral_hand_default_path() */
NumeralHandStore *numeral_hand_store_new (const char *path);

/* (transfer none): for a thread that may block, such as an import. */
NumeralHandDb *numeral_hand_store_get_db (NumeralHandStore *self);
guint64 numeral_hand_store_get_generation (NumeralHandStore *self);
/* Looks for changes of numeral_hand_store_get_db() and of other programs. They are found without
 * it, but perhaps later. */
void numeral_hand_store_look (NumeralHandStore *self);

/* The functions of numeral-hand-db.h. Samples are referenced, and arrays are copied. */
void numeral_hand_store_add_async (NumeralHandStore *self,
                                   NumeralHandSample *const *samples,
                                   guint n,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) (element-type gint64): their numbers, in order */
GArray *
numeral_hand_store_add_finish (NumeralHandStore *self, GAsyncResult *result, GError **error);

void numeral_hand_store_relabel_async (
    NumeralHandStore *self, gint64 id, int label, GAsyncReadyCallback callback, gpointer user_data);
/* @before: (out) (optional): the label that it had */
gboolean numeral_hand_store_relabel_finish (NumeralHandStore *self,
                                            GAsyncResult *result,
                                            int *before,
                                            GError **error);

void numeral_hand_store_delete_async (NumeralHandStore *self,
                                      const gint64 *ids,
                                      guint n,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (element-type NumeralHandSample): keep them for restore_async() */
GPtrArray *
numeral_hand_store_delete_finish (NumeralHandStore *self, GAsyncResult *result, GError **error);

void numeral_hand_store_restore_async (NumeralHandStore *self,
                                       NumeralHandSample *const *samples,
                                       guint n,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
numeral_hand_store_restore_finish (NumeralHandStore *self, GAsyncResult *result, GError **error);

void numeral_hand_store_list_async (NumeralHandStore *self,
                                    const NumeralHandQuery *query,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) (element-type NumeralHandSample) */
GPtrArray *
numeral_hand_store_list_finish (NumeralHandStore *self, GAsyncResult *result, GError **error);

void numeral_hand_store_count_async (NumeralHandStore *self,
                                     gint64 after,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean numeral_hand_store_count_finish (NumeralHandStore *self,
                                          GAsyncResult *result,
                                          NumeralHandCounts *counts,
                                          GError **error);

void numeral_hand_store_get_async (NumeralHandStore *self,
                                   gint64 id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) */
NumeralHandSample *
numeral_hand_store_get_finish (NumeralHandStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
