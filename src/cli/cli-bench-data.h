/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * CliBenchData:
 * @images: 28x28, ten classes
 * @drawings: (element-type InkDrawing): digits as pen strokes
 * @mnist: whether @images are MNIST's and not synthetic ones with as much ink
 * @ink_share: share of the pixels of @images that are not background
 */
typedef struct
{
  NnDataset *images;
  GPtrArray *drawings;
  gboolean mnist;
  double ink_share;
} CliBenchData;

/* At most @n_images of MNIST's training images, or synthetic ones if MNIST is not found. NN_ERROR_*
 * or G_IO_ERROR_* if the files cannot be read. */
gboolean cli_bench_data_init (CliBenchData *data, guint n_images, GError **error);
void cli_bench_data_clear (CliBenchData *data);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliBenchData, cli_bench_data_clear)

G_END_DECLS
