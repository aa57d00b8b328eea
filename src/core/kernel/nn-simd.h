/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Private to core.
 *
 * NN_CLONES before a function compiles it once for each level of the x86-64 instruction set and
 * lets the loader choose (GCC's target_clones). On other processors it is empty, and the
 * compiler's baseline is used. It is also empty under the sanitizers, because they start after
 * the loader has chosen.
 *
 * Functions that must agree bit for bit are the same function or work on whole vectors, so that
 * no element is computed by a scalar remainder in one and by a vector in the other. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NN_CLONES
#elif defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define NN_CLONES __attribute__ ((target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define NN_CLONES
#endif

/* The same levels for functions that are compiled once for each level with vectors as long as
 * its registers: the compiler would keep longer vectors in memory. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NN_HAS_LEVELS
#define NN_TARGET_AVX2 __attribute__ ((target ("arch=x86-64-v3")))
#define NN_TARGET_AVX512 __attribute__ ((target ("arch=x86-64-v4")))
#endif

#define NN_INLINE static inline __attribute__ ((always_inline))

/* Wellons' "lowbias32" mixer: each input bit changes each output bit with a probability of about
 * 1/2. It gives a random number for each position, independent of the other positions. */
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

/* Every block of floats starts at a cache line, in bytes. */
#define NN_ALIGN 64

typedef float NnVec4 __attribute__ ((vector_size (16), aligned (4)));
typedef float NnVec8 __attribute__ ((vector_size (32), aligned (4)));
typedef float NnVec16 __attribute__ ((vector_size (64), aligned (4)));

/* Makes this thread treat subnormal floats as zero, if the processor can. Returns the argument
 * for nn_float_mode_restore(). The moments of pixels that seldom have ink decay to subnormal
 * numbers. These multiply a dozen times as slowly, and are too small (1e-30 of an update) to
 * matter. */
NN_INLINE guint64
nn_float_mode_flush (void)
{
  guint64 mode = 0;

#if defined(__x86_64__)
  mode = __builtin_ia32_stmxcsr ();
  __builtin_ia32_ldmxcsr ((guint32) mode | 0x8040); /* FTZ, DAZ */
#elif defined(__aarch64__)
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | 1u << 24)); /* FZ */
#endif
  return mode;
}

NN_INLINE void
nn_float_mode_restore (guint64 mode)
{
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr ((guint32) mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
#else
  (void) mode;
#endif
}

/* Calls the function of this processor's level, name_baseline() and so on. */
#ifdef NN_HAS_LEVELS
typedef enum
{
  NN_LEVEL_UNKNOWN,
  NN_LEVEL_BASELINE,
  NN_LEVEL_AVX2,
  NN_LEVEL_AVX512,
} NnLevel;

/* The level of this processor, as NN_CLONES chooses. */
NnLevel nn_level (void);

#define NN_CALL_LEVEL(name, ...)     \
  switch (nn_level ())               \
    {                                \
    case NN_LEVEL_AVX512:            \
      name##_avx512 (__VA_ARGS__);   \
      break;                         \
    case NN_LEVEL_AVX2:              \
      name##_avx2 (__VA_ARGS__);     \
      break;                         \
    case NN_LEVEL_UNKNOWN:           \
    case NN_LEVEL_BASELINE:          \
    default:                         \
      name##_baseline (__VA_ARGS__); \
      break;                         \
    }
#else
#define NN_CALL_LEVEL(name, ...) name##_baseline (__VA_ARGS__)
#endif

/* Zeroed, aligned to NN_ALIGN; free with nn_aligned_free(). Aborts without memory, as g_malloc()
 * does; callers check sizes before. */
float *nn_aligned_new0 (gsize n_floats);
void nn_aligned_free (float *block);
