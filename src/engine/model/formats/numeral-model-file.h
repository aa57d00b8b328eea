/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-format.h"

G_BEGIN_DECLS

/* A model file larger than this is rejected before it is read. */
#define NUMERAL_MODEL_MAX_BYTES ((gsize) 512 << 20)

/* Parses an untrusted model file in any of numeral_model_formats(). If the bytes do not show the
 * format, the suffix of @name (nullable) decides. NN_ERROR_*; the message for an unknown format
 * lists the known ones. */
NumeralModel *numeral_model_parse (GBytes *bytes, const char *name, GError **error);

/* The member of the card that tells how the input of another program's network was scaled, which is
 * folded into its first layer (numeral_input_scale_find()). */
#define NUMERAL_MODEL_INPUT "input"

/* NN_ERROR_*, G_IO_ERROR_*; the message names the file. Blocks. */
NumeralModel *numeral_model_load (GFile *file, GCancellable *cancellable, GError **error);
/* The same of weights that another program stored without saying what is between them.
 * @architecture: (nullable): the text form of the network. NN_ERROR_CONFIG where the format has
 * that itself. */
NumeralModel *numeral_model_load_as (GFile *file,
                                     const char *architecture,
                                     GCancellable *cancellable,
                                     GError **error);
/* Writes the format of the file's suffix, or the first format. Writes through a NumeralDraft in
 * pieces, so it takes little memory. Errors as above. Blocks. */
gboolean numeral_model_save (const NumeralModel *model,
                             GFile *file,
                             NumeralSaveFlags flags,
                             GCancellable *cancellable,
                             GError **error);

/* (transfer full): the built-in model, a resource of the program. */
NumeralModel *numeral_model_load_shipped (GError **error);

G_END_DECLS
