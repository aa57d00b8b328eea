/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-simd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Blocks of at least this many bytes are mapped from the system and unmapped when they are
 * freed. Networks are allocated and freed in blocks of megabytes many times a second, by
 * different threads, and an allocator with a cache would keep such blocks for each thread. Pages
 * that are never written take no memory. Under a sanitizer the allocator makes all blocks, so
 * that it can detect writes out of bounds. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LARGE G_MAXSIZE
#else
#define LARGE ((gsize) 1 << 20)
#endif

/* The header of a block; it takes NN_ALIGN bytes. */
typedef struct
{
  gsize n_bytes; /* size of a large block with its header; 0 for other blocks */
} Head;

G_STATIC_ASSERT (sizeof (Head) <= NN_ALIGN);

/* From this size on, pages of megabytes are asked for. Weights are written as a whole, and a
 * fault for every 4 kB would take longer than filling them. */
#define HUGE ((gsize) 4 << 20)

static void *
map (gsize n_bytes)
{
  void *start = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (start == MAP_FAILED)
    return NULL;
#ifdef MADV_HUGEPAGE
  if (n_bytes >= HUGE)
    madvise (start, n_bytes, MADV_HUGEPAGE);
#endif
  return start;
}

float *
nn_aligned_new0 (gsize n_floats)
{
  const gsize n_bytes =
      NN_ALIGN + (MAX (n_floats, 1) * sizeof (float) + NN_ALIGN - 1) / NN_ALIGN * NN_ALIGN;
  const gboolean large = n_bytes >= LARGE;
  guint8 *start = large ? map (n_bytes) : aligned_alloc (NN_ALIGN, n_bytes);

  if (start == NULL)
    g_error ("out of memory: %" G_GSIZE_FORMAT " bytes", n_bytes);
  if (!large)
    memset (start, 0, n_bytes);
  ((Head *) (void *) start)->n_bytes = large ? n_bytes : 0;
  return (float *) (void *) (start + NN_ALIGN);
}

void
nn_aligned_free (float *block)
{
  Head *head;

  if (block == NULL)
    return;
  head = (Head *) (void *) ((guint8 *) block - NN_ALIGN);
  if (head->n_bytes > 0)
    munmap (head, head->n_bytes);
  else
    free (head);
}

#ifdef NN_HAS_LEVELS
NnLevel
nn_level (void)
{
  static NnLevel level = NN_LEVEL_UNKNOWN;
  NnLevel found = __atomic_load_n (&level, __ATOMIC_RELAXED);

  if (found != NN_LEVEL_UNKNOWN)
    return found;
  __builtin_cpu_init ();
  found = __builtin_cpu_supports ("x86-64-v4") ? NN_LEVEL_AVX512 :
          __builtin_cpu_supports ("x86-64-v3") ? NN_LEVEL_AVX2 :
                                                 NN_LEVEL_BASELINE;
  __atomic_store_n (&level, found, __ATOMIC_RELAXED);
  return found;
}
#endif
