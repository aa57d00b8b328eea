/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnCpuFeatures:
 * @NN_CPU_AMD: the vendor is AMD
 * @NN_CPU_AVX512: the five parts that kernels for Skylake-X need: F, CD, BW, DQ and VL
 *
 * What decides which kernels run on a processor. An instruction set counts only where the operating
 * system saves its registers, too.
 */
typedef enum
{
  NN_CPU_AMD = 1 << 0,
  NN_CPU_AVX = 1 << 1,
  NN_CPU_AVX2 = 1 << 2,
  NN_CPU_FMA3 = 1 << 3,
  NN_CPU_AVX512 = 1 << 4,
} NnCpuFeatures;

/* Features of the processor that this runs on; none where it is not an x86. */
NnCpuFeatures nn_cpu_features (void);

/**
 * nn_blas_kernels_wanted:
 * @chosen: the processor family that OpenBLAS took kernels for, as openblas_get_corename() says
 *
 * OpenBLAS knows processors by family and model. One that is newer than the library may be taken
 * for a very old one: release 0.3.21 takes every Intel processor that it does not know for a
 * Prescott of 2004.
 *
 * Returns: (nullable): the family whose kernels @features allow, in the spelling of
 *   OPENBLAS_CORETYPE; %NULL where @chosen already uses all of them or is a name not known here
 */
const char *nn_blas_kernels_wanted (NnCpuFeatures features, const char *chosen);

G_END_DECLS
