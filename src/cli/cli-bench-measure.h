/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"
#include "nn-train-config.h"

G_BEGIN_DECLS

/* Stop-watches. Each runs for about @seconds, and at least once. */

/* What many runs of the same thing took, in nanoseconds. */
typedef struct
{
  guint64 runs;
  gint64 p50, p99;
} CliTimes;

/* Operations a second of nn_sgemm(), 1024 x 1024 x 1024, in so many threads at once: the sum of
 * each thread's best run. */
double cli_bench_sgemm (double seconds, guint threads);

/* One image at a time, each run another image; [28, 28] pixels. */
CliTimes cli_bench_forward (const NnNetwork *network, const NnDataset *images, double seconds);

/* Images a second of nn_evaluate(): the best run. 0 with @error set where they do not fit. */
double
cli_bench_bulk (const NnNetwork *network, const NnDataset *images, double seconds, GError **error);

/* Seconds of an epoch of @config's network and optimiser: the best epoch. 0 with @error set. */
double cli_bench_epoch (
    const NnTrainConfig *config, NnDataset *images, guint threads, double seconds, GError **error);

/* @drawings: (element-type InkDrawing): from ink to the tensor, each run another drawing. */
CliTimes cli_bench_ink (const GPtrArray *drawings, double seconds);

G_END_DECLS
