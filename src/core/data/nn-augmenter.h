/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augment.h"

G_BEGIN_DECLS

/* Larger images are not augmented. */
#define NN_AUGMENTER_MAX_SIDE 128

/**
 * NnAugmenter:
 *
 * Makes an augmented view of an image: rotation, scaling and shear about the centre of mass of
 * its ink, an elastic distortion that keeps that centre in place, and a shift, in one bilinear
 * pass; then thicker or thinner lines. Pixels from outside of the image are background. Owned by
 * one thread: it holds scratch memory.
 */
typedef struct _NnAugmenter NnAugmenter;

/* @augment: validated. @width and @height: 1 to NN_AUGMENTER_MAX_SIDE. */
NnAugmenter *nn_augmenter_new (const NnAugment *augment, guint width, guint height);
void nn_augmenter_free (NnAugmenter *augmenter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAugmenter, nn_augmenter_free)

/* @from, @to: [height, width], 0 is background and 255 is ink; may be the same array. The view
 *   depends on @key and @from alone. */
void nn_augmenter_apply (NnAugmenter *augmenter, guint64 key, const guint8 *from, guint8 *to);

G_END_DECLS
