/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnCpuFeatures:
 * @NN_CPU_AMD: the vendor is AMD
 * @NN_CPU_AVX512: the five parts that kernels for Skylake-X need: F, CD, BW, DQ and VL
 *
 * The features that decide which kernels run on a processor. An instruction set counts only if
 * the operating system saves its registers.
 */
typedef enum
{
  NN_CPU_AMD = 1 << 0,
  NN_CPU_AVX = 1 << 1,
  NN_CPU_AVX2 = 1 << 2,
  NN_CPU_FMA3 = 1 << 3,
  NN_CPU_AVX512 = 1 << 4,
} NnCpuFeatures;

/* Features of the current processor; none if it is not an x86. */
NnCpuFeatures nn_cpu_features (void);

/**
 * nn_blas_kernels_wanted:
 * @chosen: the processor family whose kernels OpenBLAS chose, from openblas_get_corename()
 *
 * OpenBLAS knows processors by family and model. It may treat a processor that is newer than the
 * library as a very old one: release 0.3.21 uses the kernels of Prescott (2004) for every
 * unknown Intel processor.
 *
 * Returns: (nullable): the family whose kernels @features allow, in the spelling of
 *   OPENBLAS_CORETYPE; %NULL if @chosen uses all of them already or is an unknown name
 */
const char *nn_blas_kernels_wanted (NnCpuFeatures features, const char *chosen);

G_END_DECLS
