/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-int8.h"
#include "nn-quantized.h"

G_BEGIN_DECLS

/**
 * NnQuantizedScratch:
 *
 * The memory of one thread for passes through one quantized network, which must live as long.
 */
typedef struct _NnQuantizedScratch NnQuantizedScratch;

/* For passes of at most @max_n samples through @quantized, which nn_quantized_to_network() has
 * checked, with @kernel; nn_int8_kernel() is the fastest one. */
NnQuantizedScratch *
nn_quantized_scratch_new (const NnQuantized *quantized, gsize max_n, NnInt8Kernel kernel);
void nn_quantized_scratch_free (NnQuantizedScratch *scratch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnQuantizedScratch, nn_quantized_scratch_free)

/* Whether the network reads pixels as they are: value / 255. */
gboolean nn_quantized_reads_pixels (const NnQuantized *quantized);

/* The logits [n, n_classes] of @x [n, n_inputs]; valid until the next pass. No allocation. */
const float *nn_quantized_forward (NnQuantizedScratch *scratch, const float *x, gsize n);

/* The same for inputs that are quantized as layer 0 reads them, such as pixels if
 * nn_quantized_reads_pixels(). */
const float *nn_quantized_forward_bytes (NnQuantizedScratch *scratch, const guint8 *x, gsize n);

G_END_DECLS
