/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-settings.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_NETWORK_ROW (numeral_network_row_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralNetworkRow, numeral_network_row, NUMERAL, NETWORK_ROW, AdwPreferencesRow)

/**
 * NumeralNetworkRow:
 *
 * Edits the text of a network, such as "784-128-10". A text is applied by Enter, and when the
 * entry loses the focus. A text that was rejected stays in the entry, with the reason below the
 * title, until it is edited.
 *
 * Signals: "applied" (const char *text): a person entered a text, which has no spaces at its ends.
 * Call set_text() or reject().
 */
NumeralNetworkRow *numeral_network_row_new (const NumeralRunSetting *setting);

/* Does not replace a text that is being edited, unless @text differs from that of the last call.
 * Does not emit "applied". */
void numeral_network_row_set_text (NumeralNetworkRow *self, const char *text);
/* @problem: why the text in the entry cannot be applied */
void numeral_network_row_reject (NumeralNetworkRow *self, const char *problem);
/* @problem: (nullable): why the network that was set is not valid */
void numeral_network_row_set_problem (NumeralNetworkRow *self, const char *problem);

G_END_DECLS
