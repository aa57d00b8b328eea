/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* The digits of numeral_generate_digits(). Sample i depends on i and the seed alone. */
#define NUMERAL_TYPE_GENERATOR_SOURCE (numeral_generator_source_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralGeneratorSource, numeral_generator_source, NUMERAL, GENERATOR_SOURCE, NumeralSource)

G_END_DECLS
