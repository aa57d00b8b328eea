/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* A model file larger than this is refused before it is read. */
#define NUMERAL_MODEL_MAX_BYTES ((gsize) 512 << 20)

/* The bytes of a model's file, hostile until checked, in any of numeral_model_formats(); the name's
 * suffix decides where the bytes do not. @name: (nullable). NN_ERROR_*; the message for an unknown
 * file names the formats that are known. */
NumeralModel *numeral_model_parse (GBytes *bytes, const char *name, GError **error);

/* NN_ERROR_*, G_IO_ERROR_*; the message names the file. Blocks. */
NumeralModel *numeral_model_load (GFile *file, GCancellable *cancellable, GError **error);
/* In the format that the file's suffix names, otherwise in the first one. By a NumeralDraft, piece
 * by piece: takes no memory to speak of. @half: float16. Errors as above. Blocks. */
gboolean numeral_model_save (const NumeralModel *model,
                             GFile *file,
                             gboolean half,
                             GCancellable *cancellable,
                             GError **error);

/* The model that ships, built into the program as a resource. (transfer full) */
NumeralModel *numeral_model_load_shipped (GError **error);

G_END_DECLS
