/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-span.h"

G_BEGIN_DECLS

/* Number of values in a block. */
#define BASE_BLOCK 4096
/* Values under a leaf of the summaries, and leaves under a branch. */
#define BASE_BLOCK_LEAF 64
#define BASE_BLOCK_FAN 8
#define BASE_BLOCK_N_LEAVES (BASE_BLOCK / BASE_BLOCK_LEAF)
#define BASE_BLOCK_N_BRANCHES (BASE_BLOCK_N_LEAVES / BASE_BLOCK_FAN)

/**
 * BaseBlock:
 *
 * BASE_BLOCK floats, bit for bit, with summaries. A block is stored in the smallest of these forms
 * that is exact:
 *
 * - equal values: nothing but the value, for a constant learning rate;
 * - a line with remainders of one or two bytes: the bits of the values, as integers in the order of
 *   the values, are nearly a linear function of the index. This fits smooth schedules;
 * - up to 256 different values: one byte each, for accuracies, which are multiples of one over the
 *   size of a minibatch;
 * - 4 bytes each.
 *
 * The summaries take 0.28 bytes a value, 0.56 if some values are not positive or not finite.
 * Immutable and counted (atomic), so that threads can share it.
 */
typedef struct _BaseBlock BaseBlock;

/* @values: [BASE_BLOCK]; @leaves: [BASE_BLOCK_N_LEAVES] and @branches: [BASE_BLOCK_N_BRANCHES]:
 * their summaries */
BaseBlock *base_block_new (const float *values, const BaseSpan *leaves, const BaseSpan *branches);
BaseBlock *base_block_ref (BaseBlock *block);
void base_block_unref (BaseBlock *block);

float base_block_get (const BaseBlock *block, guint index);
/* Writes values @first to @first + @n - 1 to @values. */
void base_block_read (const BaseBlock *block, guint first, guint n, float *values);
/* Adds values @first to @end - 1 to @span. Reads less than 2 * (BASE_BLOCK_LEAF + 2 *
 * BASE_BLOCK_FAN) values and summaries. */
void base_block_span (const BaseBlock *block, guint first, guint end, BaseSpan *span);
void base_block_prefetch (const BaseBlock *block, guint index);
/* Size in bytes. */
gsize base_block_size (const BaseBlock *block);

/* Adds the values or summaries @first to @end - 1 of a level to @span. @level: 0 for values, 1 for
 * leaves, 2 for branches. */
typedef void (*BaseBlockAdd) (
    gconstpointer data, guint level, guint first, guint end, BaseSpan *span);

/* Covers the values @first to @end - 1: the incomplete summaries at both ends are read at one
 * level, and the complete ones one level up. */
static inline void
base_block_walk (gconstpointer data, BaseBlockAdd add, guint first, guint end, BaseSpan *span)
{
  for (guint level = 0; first < end; level++)
    {
      const guint fan = level == 0 ? BASE_BLOCK_LEAF : BASE_BLOCK_FAN;
      const guint inner = (first + fan - 1) / fan, outer = end / fan;

      if (inner >= outer || level == 2)
        {
          add (data, level, first, end, span);
          return;
        }
      add (data, level, first, inner * fan, span);
      add (data, level, outer * fan, end, span);
      first = inner;
      end = outer;
    }
}

G_END_DECLS
