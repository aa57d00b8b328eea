/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-blas-kernels.h"

/* Instruction sets of the kernels, in ascending order. */
typedef enum
{
  LEVEL_SSE,
  LEVEL_AVX,
  LEVEL_AVX2, /* with FMA3 */
  LEVEL_AVX512,
} Level;

/* All names of x86 processor families in the releases of OpenBLAS. */
static const struct
{
  const char *name;
  Level level;
} families[] = {
  { "Unknown", LEVEL_SSE },     { "Katmai", LEVEL_SSE },        { "Coppermine", LEVEL_SSE },
  { "Northwood", LEVEL_SSE },   { "Prescott", LEVEL_SSE },      { "Banias", LEVEL_SSE },
  { "Atom", LEVEL_SSE },        { "Core2", LEVEL_SSE },         { "Penryn", LEVEL_SSE },
  { "Dunnington", LEVEL_SSE },  { "Nehalem", LEVEL_SSE },       { "Athlon", LEVEL_SSE },
  { "Opteron", LEVEL_SSE },     { "Opteron_SSE3", LEVEL_SSE },  { "Barcelona", LEVEL_SSE },
  { "Nano", LEVEL_SSE },        { "Bobcat", LEVEL_SSE },        { "Sandybridge", LEVEL_AVX },
  { "Bulldozer", LEVEL_AVX },   { "Piledriver", LEVEL_AVX },    { "Steamroller", LEVEL_AVX },
  { "Excavator", LEVEL_AVX2 },  { "Haswell", LEVEL_AVX2 },      { "Zen", LEVEL_AVX2 },
  { "SkylakeX", LEVEL_AVX512 }, { "Cooperlake", LEVEL_AVX512 }, { "SapphireRapids", LEVEL_AVX512 },
};

NnCpuFeatures
nn_cpu_features (void)
{
  NnCpuFeatures features = 0;

#if defined(__x86_64__) || defined(__i386__)
  __builtin_cpu_init ();
  if (__builtin_cpu_is ("amd"))
    features |= NN_CPU_AMD;
  if (__builtin_cpu_supports ("avx"))
    features |= NN_CPU_AVX;
  if (__builtin_cpu_supports ("avx2"))
    features |= NN_CPU_AVX2;
  if (__builtin_cpu_supports ("fma"))
    features |= NN_CPU_FMA3;
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512cd") &&
      __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq") &&
      __builtin_cpu_supports ("avx512vl"))
    features |= NN_CPU_AVX512;
#endif
  return features;
}

static Level
level_of (NnCpuFeatures features)
{
  if ((features & NN_CPU_AVX2) == 0 || (features & NN_CPU_FMA3) == 0)
    return (features & NN_CPU_AVX) != 0 ? LEVEL_AVX : LEVEL_SSE;
  return (features & NN_CPU_AVX512) != 0 ? LEVEL_AVX512 : LEVEL_AVX2;
}

const char *
nn_blas_kernels_wanted (NnCpuFeatures features, const char *chosen)
{
  const Level level = level_of (features);
  guint i = 0;

  while (i < G_N_ELEMENTS (families) && g_ascii_strcasecmp (families[i].name, chosen) != 0)
    i++;
  if (i == G_N_ELEMENTS (families) || families[i].level >= level)
    return NULL;
  switch (level)
    {
    case LEVEL_AVX512:
      return "SkylakeX";
    case LEVEL_AVX2:
      return (features & NN_CPU_AMD) != 0 ? "Zen" : "Haswell";
    case LEVEL_AVX:
      return "Sandybridge";
    case LEVEL_SSE:
    default:
      return NULL;
    }
}
