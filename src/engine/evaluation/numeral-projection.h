/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-pca.h"
#include "numeral-model.h"
#include "numeral-units-off.h"

G_BEGIN_DECLS

/* Number of components by default. */
#define NUMERAL_PROJECTION_COMPONENTS 2

/**
 * NumeralProjection:
 * @network: (nullable): whose layer was projected; %NULL for the features of the samples
 * @layer: 0 for the features; otherwise the layer of the network whose output was, from 1
 * @n: number of samples
 * @pca: the components, with the variance that each explains
 * @coordinates: [n, pca->n_components] of the samples
 *
 * A data set as the principal components of its features, or of what a layer of a network makes of
 * them, show it. Immutable, but for numeral_projection_align() before it is shared;
 * reference-counted (atomic).
 */
typedef struct
{
  NnNetwork *network;
  guint layer;
  gsize n;
  NnPca *pca;
  float *coordinates;
  /*< private >*/
  int ref_count;
} NumeralProjection;

/**
 * NumeralProjectionConfig:
 * @layer: as in #NumeralProjection
 * @n_components: at least 1
 * @n_workers: number of threads; 0 for the number of processors
 * @progress: (nullable): called repeatedly on the calling thread, with the share that is done
 * @data: passed to @progress
 */
typedef struct
{
  guint layer, n_components, n_workers;
  void (*progress) (double share, gpointer data);
  gpointer data;
} NumeralProjectionConfig;

/**
 * numeral_projection_new:
 * @network: (nullable): %NULL only if the layer is 0
 *
 * Blocks. The result does not depend on the number of workers.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG if there is no such layer or there are not
 * so many components, NN_ERROR_SHAPE if the network does not read such samples, NN_ERROR_VALUE if a
 *   value is not finite, NN_ERROR_TOO_LARGE if the layer gives more values than fit the memory that
 *   this may take, G_IO_ERROR_CANCELLED
 */
NumeralProjection *numeral_projection_new (NnNetwork *network,
                                           const NnDataset *dataset,
                                           const NumeralProjectionConfig *config,
                                           GCancellable *cancellable,
                                           GError **error);
NumeralProjection *numeral_projection_ref (NumeralProjection *projection);
void numeral_projection_unref (NumeralProjection *projection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralProjection, numeral_projection_unref)

/**
 * NumeralProjectionReader:
 * @network: of the same architecture as that of the samples
 * @off: [n_off] units of it that are switched off (numeral_units_switch_off())
 *
 * What reads a sample that is placed.
 */
typedef struct
{
  NnNetwork *network;
  const NumeralUnit *off;
  guint n_off;
} NumeralProjectionReader;

/**
 * numeral_projection_place:
 * @reader: (nullable): %NULL for the network of the samples
 * @x: [n_features]
 * @coordinates: (out): [n_components]
 *
 * Finds the place of one more sample, such as a drawing. A unit that is switched off is 0 also in
 * its own layer.
 */
void numeral_projection_place (const NumeralProjection *projection,
                               const NumeralProjectionReader *reader,
                               const float *x,
                               float *coordinates);

/**
 * numeral_projection_align:
 * @projection: not shared
 * @before: of the same samples, as they were shown last
 *
 * Turns the axes so that the samples stay as near to their places as a rotation allows
 * (nn_procrustes()), and measures the variance along the new axes. While a network learns, the axes
 * do not flip. Does nothing if the number of samples or components differs.
 */
void numeral_projection_align (NumeralProjection *projection, const NumeralProjection *before);

G_END_DECLS
