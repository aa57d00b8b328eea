/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-sealed.h"

G_BEGIN_DECLS

/* Private to hand: the samples of an open database, plain or encrypted, as the table has a vault.
 */

/* @inks: [n]: in the place of those of the samples, which may have none. @restore: keeps the
 * numbers of the samples, and passes over those that are there; otherwise they get new ones.
 * @ids: (out) (optional): [n] */
gboolean numeral_hand_table_insert (NumeralHandTable *self,
                                    NumeralHandSample *const *samples,
                                    GBytes *const *inks,
                                    guint n,
                                    gint64 *ids,
                                    GError **error);
gboolean numeral_hand_table_restore (NumeralHandTable *self,
                                     NumeralHandSample *const *samples,
                                     guint n,
                                     GError **error);
/* Adds the sample of a number, if there is one, to @found. @max_ink: bytes; more is not read */
gboolean numeral_hand_table_find (
    NumeralHandTable *self, gint64 id, int max_ink, GPtrArray *found, GError **error);
gboolean numeral_hand_table_relabel (
    NumeralHandTable *self, gint64 id, int label, int *before, GError **error);
/* Adds to @found what is deleted. */
gboolean numeral_hand_table_delete (
    NumeralHandTable *self, const gint64 *ids, guint n, GPtrArray *found, GError **error);
gboolean numeral_hand_table_count (NumeralHandTable *self,
                                   gint64 after,
                                   NumeralHandCounts *counts,
                                   GError **error);
gboolean numeral_hand_table_list (NumeralHandTable *self,
                                  const NumeralHandQuery *query,
                                  GPtrArray *found,
                                  GError **error);

gboolean numeral_hand_table_fail_not_found (GError **error, gint64 id);

G_END_DECLS
