/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-novelty.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* Prefix of the detector's tensors and metadata in a model file. */
#define NUMERAL_NOVELTY_PREFIX "novelty."

/* The key of its threshold in the metadata of a file. */
#define NUMERAL_NOVELTY_THRESHOLD_KEY NUMERAL_NOVELTY_PREFIX "threshold"

/**
 * numeral_model_novelty_read:
 * @file: its tensors with this prefix are removed, so that those of the network remain
 * @novelty: (out) (nullable): %NULL if there are none
 *
 * NN_ERROR_*
 */
gboolean
numeral_model_novelty_read (NumeralSafetensors *file, NumeralNovelty **novelty, GError **error);

/* The threshold in the metadata of a file, or the default. NN_ERROR_FORMAT */
gboolean
numeral_model_novelty_read_threshold (GHashTable *metadata, double *threshold, GError **error);

/* Adds the metadata that numeral_model_novelty_read() needs in addition to the tensors. */
void numeral_model_novelty_describe (const NumeralNovelty *novelty, GHashTable *metadata);

G_END_DECLS
