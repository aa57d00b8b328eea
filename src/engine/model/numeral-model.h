/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-novelty.h"

G_BEGIN_DECLS

/* A model file larger than this is refused before it is read. */
#define NUMERAL_MODEL_MAX_BYTES ((gsize) 512 << 20)

/**
 * NumeralModel:
 * @network: what reads
 * @novelty: (nullable): what tells what is no digit; %NULL where the model does not
 * @metadata: (element-type utf8 utf8): the `__metadata__` of the file besides what describes
 *   the architecture: name, licence, and the training card (data, seed, epochs, figures)
 *
 * A network and where it comes from. Immutable once shared; reference-counted (atomic).
 *
 * On disk it is safetensors: float32 or float16 tensors `layers.N.weight`
 * [out, in] and `layers.N.bias` [out], as PyTorch lays them out. `__metadata__`
 * has "format": "numeral-1", "architecture": "784-128-10", "activation",
 * "loss", "preprocessing": "mnist-20x20-centre-of-mass", and the card. @novelty is the same
 * with "novelty." before the names of its tensors and of its "architecture", "activation" and
 * "loss"; "novelty.threshold" is what is refused.
 */
typedef struct
{
  NnNetwork *network;
  NumeralNovelty *novelty;
  GHashTable *metadata;
  /*< private >*/
  int ref_count;
} NumeralModel;

/* @metadata: (nullable): copied */
NumeralModel *numeral_model_new (NnNetwork *network, GHashTable *metadata);
/* Before it is shared; @novelty: (nullable) */
void numeral_model_set_novelty (NumeralModel *model, NumeralNovelty *novelty);
NumeralModel *numeral_model_ref (NumeralModel *model);
void numeral_model_unref (NumeralModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralModel, numeral_model_unref)

/* (nullable) */
const char *numeral_model_get_metadata (const NumeralModel *model, const char *key);

/* The bytes of a safetensors file; hostile until checked. NN_ERROR_*. */
NumeralModel *numeral_model_parse (GBytes *bytes, GError **error);
/* @half: store float16, rounded to nearest. (transfer full). NN_ERROR_TOO_LARGE */
GBytes *numeral_model_format (const NumeralModel *model, gboolean half, GError **error);

/* NN_ERROR_*, G_IO_ERROR_*; the message names the file. Blocks. */
NumeralModel *numeral_model_load (GFile *file, GCancellable *cancellable, GError **error);
/* By a NumeralDraft, piece by piece: takes no memory to speak of. Errors as above. Blocks. */
gboolean numeral_model_save (const NumeralModel *model,
                             GFile *file,
                             gboolean half,
                             GCancellable *cancellable,
                             GError **error);

/* The model that ships, built into the program as a resource. (transfer full) */
NumeralModel *numeral_model_load_shipped (GError **error);

G_END_DECLS
