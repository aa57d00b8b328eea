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
 * Loads the library, chooses kernels by nn_blas_kernels_wanted() unless OPENBLAS_CORETYPE is
 * set, and checks them. NnBlasChoice has the result.
 */
NnBlas *nn_blas_open (const char *library, NnCpuFeatures features);
void nn_blas_close (NnBlas *blas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBlas, nn_blas_close)

const NnBlasChoice *nn_blas_get_choice (const NnBlas *blas);

/* Multiplies with the library, or with a plain loop if there is no library or its results are
 * wrong. */
void nn_blas_multiply (const NnBlas *blas, const NnProduct *product);

G_END_DECLS
