/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_EXPLAIN_NETWORK (numeral_explain_network_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralExplainNetwork, numeral_explain_network, NUMERAL, EXPLAIN_NETWORK, NumeralPage)

/**
 * NumeralExplainNetwork:
 *
 * What the units of the network do: the units of a layer as pictures, one of them in a card of its
 * own, and a map of samples with the drawing among them. It follows the model of the lab, its
 * subject, and the network in training. A unit that is switched off is off in what reads the canvas
 * (numeral_lab_use_model()), until it is switched on, or another model reads; while a network
 * learns it stays off.
 *
 * The samples are those that the run of the lab holds out for validation, at most 10,000 of them.
 * Without a run, or if they cannot be loaded, it is MNIST's test split, or else generated digits.
 *
 * A part of NumeralExplainPage; nothing is computed to be shown while it is not shown.
 *
 * Actions: "network.toggle-unit" (the chosen unit), "network.all-on", "network.retry".
 */

G_END_DECLS
