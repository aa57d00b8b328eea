/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-blas-kernels.h"
#include "nn-blas.h"
#include "nn-product.h"

G_BEGIN_DECLS

/* Private to nn-blas.c and its tests: a loaded OpenBLAS. */
typedef struct _NnBlas NnBlas;

/**
 * nn_blas_open:
 * @library: name or path of the shared library
 * @features: of the processor
 *
 * Loads the library, chooses kernels by nn_blas_kernels_wanted() unless OPENBLAS_CORETYPE is set,
 * and checks them. The choice says what came of it.
 */
NnBlas *nn_blas_open (const char *library, NnCpuFeatures features);
void nn_blas_close (NnBlas *blas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBlas, nn_blas_close)

const NnBlasChoice *nn_blas_get_choice (const NnBlas *blas);

/* By the library; by the plain loop where there is none or it calculates wrong. */
void nn_blas_multiply (const NnBlas *blas, const NnProduct *product);

G_END_DECLS
