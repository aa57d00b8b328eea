/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augment.h"

G_BEGIN_DECLS

typedef struct _NnOrigin NnOrigin;

/**
 * NnOriginClass:
 * @draw: makes another look of the sample, [height, width] of the data set it is in; a pure
 *   function of its arguments, called by many threads at once
 * @free: called with the last reference
 */
typedef struct
{
  void (*draw) (const NnOrigin *origin, const NnAugment *augment, guint64 key, guint8 *pixels);
  void (*free) (NnOrigin *origin);
} NnOriginClass;

/**
 * NnOrigin:
 *
 * What a sample was drawn from, as the trainer knows it: pen strokes can be bent before they are
 * drawn, which makes a better new sample than bending their picture. The layers above core embed
 * it as their first member. Reference-counted (atomic), immutable.
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
