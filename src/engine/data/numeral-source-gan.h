/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* Samples that a generator from a file makes (numeral-generator.h). */
#define NUMERAL_TYPE_GAN_SOURCE (numeral_gan_source_get_type ())
G_DECLARE_FINAL_TYPE (NumeralGanSource, numeral_gan_source, NUMERAL, GAN_SOURCE, NumeralSource)

G_END_DECLS
