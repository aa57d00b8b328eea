/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"
#include "nn-train-config.h"

G_BEGIN_DECLS

/* Measurements. Each runs for about @seconds, and at least once. */

/* Times of repeated runs, in nanoseconds. */
typedef struct
{
  guint64 runs;
  gint64 p50, p99;
} CliTimes;

/* Operations per second of nn_sgemm(), 1024 x 1024 x 1024, in @threads threads at once: the sum of
 * each thread's best run. */
double cli_bench_sgemm (double seconds, guint threads);

/* One image at a time, a different one in each run; [28, 28] pixels. */
CliTimes cli_bench_forward (const NnNetwork *network, const NnDataset *images, double seconds);

/* Images per second of nn_evaluate(), best run. 0 with @error set if the images do not fit the
 * network. */
double
cli_bench_bulk (const NnNetwork *network, const NnDataset *images, double seconds, GError **error);

/* Seconds of the best epoch of training with @config. 0 with @error set. */
double cli_bench_epoch (
    const NnTrainConfig *config, NnDataset *images, guint threads, double seconds, GError **error);

/* @drawings: (element-type InkDrawing): from ink to the tensor, a different drawing in each run. */
CliTimes cli_bench_ink (const GPtrArray *drawings, double seconds);

G_END_DECLS
