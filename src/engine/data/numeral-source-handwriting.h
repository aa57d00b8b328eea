/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* The digits that a person has kept: numeral_hand_default_path(), oldest first. Samples that are
 * not a digit are left out. */
#define NUMERAL_TYPE_HANDWRITING_SOURCE (numeral_handwriting_source_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandwritingSource,
                      numeral_handwriting_source,
                      NUMERAL,
                      HANDWRITING_SOURCE,
                      NumeralSource)

G_END_DECLS
