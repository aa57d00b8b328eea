/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-sample.h"

G_BEGIN_DECLS

/* Private to hand: all of a sample but its number, as the bytes that are encrypted. Little-endian:
 * time of creation (8 bytes), label, first label, what was read (4 bytes each), its probability (8
 * bytes), then the ink. */

/* (transfer full): @ink: the ink of the sample, as in the database */
GBytes *numeral_hand_record_format (const NumeralHandSample *sample, GBytes *ink);

/* (transfer full): a sample, damaged if the bytes are not right. */
NumeralHandSample *numeral_hand_record_parse (gint64 id, GBytes *record);

/* Parses the ink of a sample and checks its labels; sets its damage if they are not right. */
void numeral_hand_sample_check (NumeralHandSample *sample);

G_END_DECLS
