/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augment.h"

G_BEGIN_DECLS

typedef struct _NnOrigin NnOrigin;

/**
 * NnOriginClass:
 * @draw: draws an augmented view of the sample, [height, width] of its data set; a pure function
 *   of its arguments, called by several threads at once
 * @free: called when the last reference is dropped
 */
typedef struct
{
  void (*draw) (const NnOrigin *origin, const NnAugment *augment, guint64 key, guint8 *pixels);
  void (*free) (NnOrigin *origin);
} NnOriginClass;

/**
 * NnOrigin:
 *
 * What a sample was drawn from, for the trainer. Pen strokes can be bent before they are drawn,
 * which gives a better augmented view than bending their picture. Layers above core embed it as
 * their first member. Reference-counted (atomic), immutable.
 */
struct _NnOrigin
{
  const NnOriginClass *klass;
  int ref_count;
};

static inline NnOrigin *
nn_origin_ref (NnOrigin *origin)
{
  g_atomic_int_inc (&origin->ref_count);
  return origin;
}

static inline void
nn_origin_unref (NnOrigin *origin)
{
  if (g_atomic_int_dec_and_test (&origin->ref_count))
    origin->klass->free (origin);
}

G_END_DECLS
