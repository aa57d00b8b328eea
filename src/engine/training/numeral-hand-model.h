/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model.h"

G_BEGIN_DECLS

/* The model that has learned a person's hand, and its file. Its card has the members of
 * numeral-adapt.h and these two: the version of the file's contents, and the highest number of a
 * sample that was there when it learned. Samples with higher numbers are new. */
#define NUMERAL_CARD_HAND_VERSION "hand_version"
#define NUMERAL_CARD_HAND_NEWEST "hand_newest_sample"

/* (transfer full): numeral/handwriting/my-hand.safetensors in the user's data folder. */
char *numeral_hand_model_path (void);

/* (transfer full): @adapted, with these members. */
NumeralModel *numeral_hand_model_new (const NumeralModel *adapted, gint64 newest);

/* Whether @model was adapted to a hand. */
gboolean numeral_hand_model_is_adapted (const NumeralModel *model);
/* The number of the newest sample that it knew; 0 if its card does not tell. */
gint64 numeral_hand_model_get_newest (const NumeralModel *model);
/* The number of samples that it learned from; 0 if its card does not tell. */
gsize numeral_hand_model_get_n_samples (const NumeralModel *model);

/* (transfer full) (nullable): G_IO_ERROR_NOT_FOUND if there is none, NN_ERROR_*, G_IO_ERROR_*; the
 * message names the file. Blocks. */
NumeralModel *numeral_hand_model_load (const char *path, GCancellable *cancellable, GError **error);

/* Replaces the model of the file, but not one that cannot be read: it may be of a newer version.
 * Errors as above. Blocks. */
gboolean numeral_hand_model_save (const NumeralModel *model, const char *path, GError **error);

G_END_DECLS
