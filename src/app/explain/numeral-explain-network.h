/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_EXPLAIN_NETWORK (numeral_explain_network_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralExplainNetwork, numeral_explain_network, NUMERAL, EXPLAIN_NETWORK, AdwBin)

/**
 * NumeralExplainNetwork:
 *
 * What the units of the network do.
 *
 * Properties: "lab" (NumeralLab, nullable, set once); "shown" (boolean): it is visible; nothing is
 * computed while it is not.
 */

G_END_DECLS
