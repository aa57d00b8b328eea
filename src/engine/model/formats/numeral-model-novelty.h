/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-novelty.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* What stands before the names of its tensors and metadata in a model's file. */
#define NUMERAL_NOVELTY_PREFIX "novelty."

/**
 * numeral_model_novelty_read:
 * @file: its tensors of this prefix are taken out, so that a network is left
 * @novelty: (out) (nullable): %NULL where there are none
 *
 * NN_ERROR_*
 */
gboolean
numeral_model_novelty_read (NumeralSafetensors *file, NumeralNovelty **novelty, GError **error);

/* Adds to the metadata what numeral_model_novelty_read() needs, besides the tensors. */
void numeral_model_novelty_describe (const NumeralNovelty *novelty, GHashTable *metadata);

G_END_DECLS
