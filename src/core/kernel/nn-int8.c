/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-int8.h"

#include <string.h>

#include "nn-simd.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_X86
#include <cpuid.h>
#include <immintrin.h>
#endif

static const char *const names[NN_N_INT8_KERNELS] = { "plain", "AVX2", "AVX-VNNI", "AVX-512 VNNI" };

void
nn_int8_layout_init (NnInt8Layout *layout, guint n_in, guint n_out)
{
  layout->n_in = n_in;
  layout->n_out = n_out;
  layout->n_groups = (n_in + NN_INT8_GROUP - 1) / NN_INT8_GROUP;
  layout->n_panels = (n_out + NN_INT8_PANEL - 1) / NN_INT8_PANEL;
  layout->stride = (n_out + NN_INT8_GRAIN - 1) / NN_INT8_GRAIN * NN_INT8_GRAIN;
  layout->size = (gsize) layout->n_groups * NN_INT8_GROUP * layout->stride;
}

static guint
panel_width (const NnInt8Layout *layout, guint panel)
{
  return MIN (NN_INT8_PANEL, layout->stride - panel * NN_INT8_PANEL);
}

static gsize
panel_offset (const NnInt8Layout *layout, guint panel)
{
  return (gsize) panel * NN_INT8_PANEL * layout->n_groups * NN_INT8_GROUP;
}

/* In blocks of a cache line of the panel, as nn_panel_pack() does it. */
void
nn_int8_pack (const NnInt8Layout *layout, const gint8 *weight, gint8 *panels)
{
  const gsize n_in = layout->n_in, n_whole = n_in / NN_INT8_GROUP * NN_INT8_GROUP;

  memset (panels, 0, layout->size);
  for (guint first = 0; first < layout->n_out; first += NN_INT8_GRAIN)
    {
      const guint panel = first / NN_INT8_PANEL, n = MIN (NN_INT8_GRAIN, layout->n_out - first);
      const gsize width = (gsize) panel_width (layout, panel) * NN_INT8_GROUP;
      const gint8 *from = weight + first * n_in;
      gint8 *to = panels + panel_offset (layout, panel) + first % NN_INT8_PANEL * NN_INT8_GROUP;

      for (gsize j = 0; j < n_whole; j += NN_INT8_GROUP, to += width)
        for (guint u = 0; u < n; u++)
          memcpy (to + u * NN_INT8_GROUP, from + u * n_in + j, NN_INT8_GROUP);
      for (guint u = 0; u < n && n_whole < n_in; u++)
        memcpy (to + u * NN_INT8_GROUP, from + u * n_in + n_whole, n_in - n_whole);
    }
}

/* Sums as unsigned numbers: they wrap. */
static void
int8_forward_plain (guint width,
                    const gint8 *block,
                    const gint32 *bias,
                    const NnInt8Entries *x,
                    gint32 *z,
                    guint stride)
{
  for (gsize i = 0; i < x->n; i++, z += stride)
    {
      if (x->first_block)
        memcpy (z, bias, width * sizeof *z);
      for (guint32 k = x->start[i]; k < x->end[i]; k++)
        {
          const gint8 *weights = block + (gsize) x->group[k] * width * NN_INT8_GROUP;
          guint8 four[NN_INT8_GROUP];

          memcpy (four, &x->value[k], sizeof four);
          for (guint u = 0; u < width; u++)
            {
              const gint8 *w = weights + u * NN_INT8_GROUP;
              const gint32 sum = w[0] * four[0] + w[1] * four[1] + w[2] * four[2] + w[3] * four[3];

              z[u] = (gint32) ((guint32) z[u] + (guint32) sum);
            }
        }
    }
}

#ifdef HAS_X86

/* The even and the odd ones of the four inputs, 16 bits each. */
typedef struct
{
  __m256i even, odd;
} Halves;

__attribute__ ((target ("avx2"))) NN_INLINE Halves
spread_halves (guint32 four)
{
  const __m256i x = _mm256_set1_epi32 ((int) four);

  return (Halves){ _mm256_and_si256 (x, _mm256_set1_epi16 (0xff)), _mm256_srli_epi16 (x, 8) };
}

/* Widens to 16 bits before it multiplies: _mm256_maddubs_epi16() would saturate. */
__attribute__ ((target ("avx2"))) NN_INLINE __m256i
dot_halves (__m256i sum, Halves x, const gint8 *weights)
{
  const __m256i w = _mm256_loadu_si256 ((const __m256i *) (const void *) weights);
  const __m256i even = _mm256_srai_epi16 (_mm256_slli_epi16 (w, 8), 8);
  const __m256i odd = _mm256_srai_epi16 (w, 8);

  sum = _mm256_add_epi32 (sum, _mm256_madd_epi16 (even, x.even));
  return _mm256_add_epi32 (sum, _mm256_madd_epi16 (odd, x.odd));
}

#define LEVEL(name) name##_avx2
#define TARGET __attribute__ ((target ("avx2")))
#define LANES 8
#define ADD(a, b) _mm256_add_epi32 (a, b)
#define VECTOR __m256i
#define INPUTS Halves
#define SPREAD(four) spread_halves (four)
#define DOT(sum, inputs, weights) dot_halves (sum, inputs, weights)
#include "nn-int8-kernels.h"

#define LEVEL(name) name##_avx_vnni
#define TARGET __attribute__ ((target ("avx2,avxvnni")))
#define LANES 8
#define ADD(a, b) _mm256_add_epi32 (a, b)
#define VECTOR __m256i
#define INPUTS __m256i
#define SPREAD(four) _mm256_set1_epi32 ((int) (four))
#define DOT(sum, inputs, weights)       \
  _mm256_dpbusd_avx_epi32 (sum, inputs, \
                           _mm256_loadu_si256 ((const __m256i *) (const void *) (weights)))
#include "nn-int8-kernels.h"

#define LEVEL(name) name##_avx512_vnni
#define TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vnni")))
#define LANES 16
#define ADD(a, b) _mm512_add_epi32 (a, b)
#define VECTOR __m512i
#define INPUTS __m512i
#define SPREAD(four) _mm512_set1_epi32 ((int) (four))
#define DOT(sum, inputs, weights) \
  _mm512_dpbusd_epi32 (sum, inputs, _mm512_loadu_si512 ((const void *) (weights)))
#include "nn-int8-kernels.h"

/* Older compilers do not know this feature by name. AVX2 says that the system saves the
 * registers. */
static gboolean
has_avx_vnni (void)
{
  guint eax = 0, ebx, ecx, edx;

  return __builtin_cpu_supports ("avx2") && __get_cpuid_count (7, 1, &eax, &ebx, &ecx, &edx) &&
         (eax >> 4 & 1);
}

#endif

const char *
nn_int8_kernel_name (NnInt8Kernel kernel)
{
  g_return_val_if_fail (kernel < NN_N_INT8_KERNELS, NULL);

  return names[kernel];
}

gboolean
nn_int8_kernel_is_supported (NnInt8Kernel kernel)
{
#ifdef HAS_X86
  __builtin_cpu_init ();
  switch (kernel)
    {
    case NN_INT8_AVX2:
      return __builtin_cpu_supports ("avx2") != 0;
    case NN_INT8_AVX_VNNI:
      return has_avx_vnni ();
    case NN_INT8_AVX512_VNNI:
      return __builtin_cpu_supports ("avx512bw") != 0 && __builtin_cpu_supports ("avx512vnni") != 0;
    case NN_INT8_PLAIN:
    case NN_N_INT8_KERNELS:
    default:
      break;
    }
#endif
  return kernel == NN_INT8_PLAIN;
}

NnInt8Kernel
nn_int8_kernel (void)
{
  static int kept = -1;
  int kernel = __atomic_load_n (&kept, __ATOMIC_RELAXED);

  if (kernel >= 0)
    return (NnInt8Kernel) kernel;
  for (kernel = NN_N_INT8_KERNELS - 1; !nn_int8_kernel_is_supported ((NnInt8Kernel) kernel);)
    kernel--;
  __atomic_store_n (&kept, kernel, __ATOMIC_RELAXED);
  return (NnInt8Kernel) kernel;
}

void
nn_int8_forward (NnInt8Kernel kernel,
                 const NnInt8Layout *layout,
                 const gint8 *panels,
                 guint panel,
                 const NnInt8Entries *x,
                 const gint32 *bias,
                 gint32 *z)
{
  const guint width = panel_width (layout, panel);
  const gint8 *block = panels + panel_offset (layout, panel);

  bias += panel * NN_INT8_PANEL;
  z += panel * NN_INT8_PANEL;
  switch (kernel)
    {
#ifdef HAS_X86
    case NN_INT8_AVX512_VNNI:
      int8_forward_avx512_vnni (width, block, bias, x, z, layout->stride);
      break;
    case NN_INT8_AVX_VNNI:
      int8_forward_avx_vnni (width, block, bias, x, z, layout->stride);
      break;
    case NN_INT8_AVX2:
      int8_forward_avx2 (width, block, bias, x, z, layout->stride);
      break;
#else
    case NN_INT8_AVX512_VNNI:
    case NN_INT8_AVX_VNNI:
    case NN_INT8_AVX2:
#endif
    case NN_INT8_PLAIN:
    case NN_N_INT8_KERNELS:
    default:
      int8_forward_plain (width, block, bias, x, z, layout->stride);
      break;
    }
}

/* Without a branch: the processor cannot predict where the ink is. */
static guint32
list_groups_plain (const guint8 *x, guint first, guint last, guint16 *group, guint32 *value)
{
  guint32 n = 0;

  for (guint g = first; g < last; g++)
    {
      guint32 four;

      memcpy (&four, x + (gsize) g * NN_INT8_GROUP, sizeof four);
      group[n] = (guint16) g;
      value[n] = four;
      n += four != 0;
    }
  return n;
}

#ifdef HAS_X86
/* 16 groups at a time. */
__attribute__ ((target ("avx512f,avx512bw"))) static guint32
list_groups_avx512 (const guint8 *x, guint first, guint last, guint16 *group, guint32 *value)
{
  const __m512i steps = _mm512_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  guint32 n = 0;

  for (guint g = first; g < last; g += 16)
    {
      const __mmask16 there = last - g >= 16 ? 0xffff : (__mmask16) ((1u << (last - g)) - 1);
      const __m512i fours = _mm512_maskz_loadu_epi32 (there, x + (gsize) g * NN_INT8_GROUP);
      const __mmask16 mask = _mm512_test_epi32_mask (fours, fours);
      const __m512i numbers = _mm512_add_epi32 (steps, _mm512_set1_epi32 ((int) g));

      _mm512_storeu_si512 (value + n, _mm512_maskz_compress_epi32 (mask, fours));
      _mm256_storeu_si256 ((__m256i *) (void *) (group + n),
                           _mm512_cvtepi32_epi16 (_mm512_maskz_compress_epi32 (mask, numbers)));
      n += (guint32) __builtin_popcount (mask);
    }
  return n;
}
#endif

guint32
nn_int8_list_groups (
    NnInt8Kernel kernel, const guint8 *x, guint first, guint last, guint16 *group, guint32 *value)
{
#ifdef HAS_X86
  if (kernel == NN_INT8_AVX512_VNNI)
    return list_groups_avx512 (x, first, last, group, value);
#endif
  return list_groups_plain (x, first, last, group, value);
}

/* Adding 1.5 * 2^23 leaves the nearest integer. The clamping stands between the product and the
 * sum, so that the compiler cannot fuse them. */
#define ROUND 12582912.0f

NN_INLINE gint32
place_of (const NnInt8Scaling *scaling, gint32 sum, float multiplier)
{
  float t = (float) sum * multiplier;

  t = t < scaling->low ? scaling->low : t;
  t = t > scaling->high ? scaling->high : t;
  return (gint32) ((t + ROUND) - ROUND) + scaling->offset;
}

NN_CLONES void
nn_int8_scale (const NnInt8Scaling *scaling, const gint32 *z, guint8 *y, guint n)
{
  const NnInt8Scaling s = *scaling;

  for (guint o = 0; o < n; o++)
    y[o] = (guint8) place_of (&s, z[o], s.multiplier[o]);
}

void
nn_int8_scale_by_table (
    const NnInt8Scaling *scaling, const guint8 *table, const gint32 *z, guint8 *y, guint n)
{
  for (guint o = 0; o < n; o++)
    y[o] = table[place_of (scaling, z[o], scaling->multiplier[o])];
}

NN_CLONES void
nn_int8_quantize (float scale, guint8 zero, const float *x, guint8 *y, gsize n)
{
  const float inverse = 1 / scale, low = -(float) zero, high = 255.0f - (float) zero;

  for (gsize j = 0; j < n; j++)
    {
      float t = x[j] * inverse;

      t = t > low ? t : low;
      t = t > high ? high : t;
      y[j] = (guint8) ((gint32) ((t + ROUND) - ROUND) + zero);
    }
}
