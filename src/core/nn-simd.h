/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Private to core.
 *
 * NN_CLONES before a function compiles it once for each level of the x86-64
 * instruction set and lets the loader choose (GCC's target_clones). Elsewhere,
 * and under the sanitizers, whose start-up comes after the choice, it is
 * nothing, and the compiler's baseline serves.
 *
 * All functions that must agree bit for bit with each other are either the same
 * function or work on whole vectors, so that no element is treated by a scalar
 * remainder here and by a vector there. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NN_CLONES
#elif defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define NN_CLONES __attribute__ ((target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define NN_CLONES
#endif

#define NN_INLINE static inline __attribute__ ((always_inline))

/* Wellons' "lowbias32" mixer, of which any input bit changes any output bit about half the time: a
 * random number for each place, without a chain from one to the next. */
NN_INLINE guint32
nn_mix (guint32 x)
{
  x ^= x >> 16;
  x *= 0x21f0aaadu;
  x ^= x >> 15;
  x *= 0x735a2d97u;
  x ^= x >> 15;
  return x;
}

/* Every block of floats starts at a cache line. */
#define NN_ALIGN 64

typedef float NnVec8 __attribute__ ((vector_size (32), aligned (4)));

/* Zeroed, aligned to NN_ALIGN; free with nn_aligned_free(). Aborts when memory is out, as
 * g_malloc() does; callers bound sizes before. */
float *nn_aligned_new0 (gsize n_floats);
void nn_aligned_free (float *block);
