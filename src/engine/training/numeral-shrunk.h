/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-compress.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHRUNK (numeral_shrunk_get_type ())
G_DECLARE_FINAL_TYPE (NumeralShrunk, numeral_shrunk, NUMERAL, SHRUNK, GObject)

/**
 * NumeralShrunk:
 *
 * A model that was made smaller, as its file holds it, with what was measured. Immutable.
 */

/* @title: how it was made, translated: "8 bits, half of the units" */
NumeralShrunk *
numeral_shrunk_new (const char *title, GBytes *bytes, const NumeralCompressFigures *figures);

const char *numeral_shrunk_get_title (NumeralShrunk *self);
/* The file, safetensors. */
GBytes *numeral_shrunk_get_bytes (NumeralShrunk *self);
const NumeralCompressFigures *numeral_shrunk_get_figures (NumeralShrunk *self);

G_END_DECLS
