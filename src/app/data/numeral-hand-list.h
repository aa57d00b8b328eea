/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-hand-store.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_HAND_LIST (numeral_hand_list_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandList, numeral_hand_list, NUMERAL, HAND_LIST, GObject)

/**
 * NumeralHandList:
 *
 * The samples of one's own handwriting as a list of NumeralHandItem, newest first. A page of them
 * is loaded at a time: the next one when its end is near. A change of the database loads what is
 * shown again; items that are the same stay.
 *
 * Signals: "loaded" (GError *error, nullable): a page was loaded, or could not be.
 */
NumeralHandList *numeral_hand_list_new (NumeralHandStore *store);

/* Only samples of this label; -1 for all. Loads them. */
void numeral_hand_list_set_label (NumeralHandList *self, int label);
/* Loads what is shown again. */
void numeral_hand_list_reload (NumeralHandList *self);
/* Whether all samples are loaded; if not, loads page after page until they are. "loaded" follows
 * each. */
gboolean numeral_hand_list_load_all (NumeralHandList *self);

G_END_DECLS
