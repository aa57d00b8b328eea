/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augment.h"

G_BEGIN_DECLS

/* Larger images are not augmented. */
#define NN_AUGMENTER_MAX_SIDE 128

/**
 * NnAugmenter:
 *
 * Makes a new look of an image: a rotation, scaling and shear about its ink's centre of mass, an
 * elastic distortion that leaves that centre where it is, and a shift, in one bilinear pass; and
 * thicker or thinner lines. What comes from outside is ground. Owned by one thread: it holds the
 * room that it works in.
 */
typedef struct _NnAugmenter NnAugmenter;

/* @augment: as validated. @width and @height: 1 to NN_AUGMENTER_MAX_SIDE. */
NnAugmenter *nn_augmenter_new (const NnAugment *augment, guint width, guint height);
void nn_augmenter_free (NnAugmenter *augmenter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAugmenter, nn_augmenter_free)

/* @from, @to: [height, width], 0 ground and 255 ink; may be the same. The same @key gives the same
 * look, whoever asks. */
void nn_augmenter_apply (NnAugmenter *augmenter, guint64 key, const guint8 *from, guint8 *to);

G_END_DECLS
