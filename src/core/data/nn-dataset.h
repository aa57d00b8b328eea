/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-origin.h"

G_BEGIN_DECLS

#define NN_DATASET_MAX_BYTES ((gsize) 1 << 32)
#define NN_DATASET_MAX_CLASSES 256

typedef struct _NnLazy NnLazy;

/**
 * NnDataset:
 * @n: number of samples
 * @n_features: number of features of a sample
 * @n_classes: number of classes; labels are below it
 * @pixels: (nullable): [n, n_features], 0 is background and 255 is ink; the features are pixels
 *   / 255
 * @values: (nullable): [n, n_features], the features if @pixels is %NULL
 * @labels: [n]
 * @groups: (nullable): [n], e.g. the writer, for leave-one-group-out validation
 * @origins: (nullable): [n], what a sample was drawn from; %NULL for a sample that has pixels
 *   alone
 * @width: @height: of an image; 0 if the features are not an image
 * @scale: what the values of a table were divided by: 255 for pixels, 1 for values that are used as
 *   they are; 0 if they are in [0, 1] in the file already, or there is no table
 * @class_names: (nullable): a #GRefString: the names of all classes in order, one a line
 *
 * Labelled samples. Reference-counted (atomic); never written once shared, but for the pixels of
 * a lazy data set, which nn_lazy_write() computes. Images stay 8-bit: normalising them while a
 * minibatch is gathered costs less than reading four times the memory.
 */
typedef struct _NnDataset
{
  gsize n;
  guint n_features, n_classes;
  guint width, height;
  guint8 *pixels;
  float *values;
  guint8 *labels;
  guint32 *groups;
  NnOrigin **origins;
  float scale;
  char *class_names;
  /*< private >*/
  int ref_count;
  struct _NnDataset *whole; /* the data set that owns the arrays; NULL if this one does */
  gsize first;              /* number of the first sample in @whole */
  NnLazy *lazy;             /* computes the pixels, or NULL if they are there; of @whole */
  guint8 *storage;          /* the block that contains @pixels, if they do not begin it */
} NnDataset;

/* Allocates zeroed arrays. NN_ERROR_TOO_LARGE, NN_ERROR_CONFIG. */
NnDataset *
nn_dataset_new_pixels (gsize n, guint width, guint height, guint n_classes, GError **error);
NnDataset *nn_dataset_new_values (gsize n, guint n_features, guint n_classes, GError **error);
/* The same, with @pixels at @offset bytes into a block. Takes ownership of @storage, for
 * g_free(). */
NnDataset *nn_dataset_new_take (guint8 *storage,
                                gsize offset,
                                gsize n,
                                guint width,
                                guint height,
                                guint n_classes,
                                GError **error);
NnDataset *nn_dataset_ref (NnDataset *dataset);
void nn_dataset_unref (NnDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDataset, nn_dataset_unref)

/* Allocates @groups, all 0, if there are none. */
void nn_dataset_add_groups (NnDataset *dataset);

/* (transfer full) (element-type guint32): the different @groups in ascending order; empty if there
 * are no groups. */
GArray *nn_dataset_list_groups (const NnDataset *dataset);

/* Allocates @origins, all %NULL, if there are none. The data set owns their references. */
void nn_dataset_add_origins (NnDataset *dataset);

/* Divides the values of a table by @scale instead of its own scale, to feed a network that was
 * trained so. Does nothing if either scale is 0. The data set must not be shared. */
void nn_dataset_set_scale (NnDataset *dataset, float scale);

/* A new data set of the samples at @indices, in that order. */
NnDataset *nn_dataset_subset (const NnDataset *dataset, const guint32 *indices, gsize n);

/* All samples of the parts in order, with the largest of their scales. NN_ERROR_SHAPE if their
 * shapes or the names of their classes differ. */
NnDataset *nn_dataset_concat (NnDataset *const *parts, guint n_parts, GError **error);

/**
 * nn_dataset_split:
 * @share: of samples for validation, in [0, 1)
 * @train: (out): @validation: (out) (nullable): %NULL where the share rounds to nothing
 *
 * A random split that depends on @seed alone.
 */
void nn_dataset_split (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation);

/**
 * nn_dataset_split_in_place:
 * @dataset: (transfer full)
 *
 * The same split into the same samples in the same order. If the caller has the only reference
 * to @dataset, the samples are reordered in place and not copied.
 */
void nn_dataset_split_in_place (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation);

/**
 * nn_dataset_split_groups:
 *
 * Like nn_dataset_split(), but keeps groups together: the groups in @held_out go to @validation.
 */
void nn_dataset_split_groups (NnDataset *dataset,
                              const guint32 *held_out,
                              gsize n_held_out,
                              NnDataset **train,
                              NnDataset **validation);

/* Features of one sample as floats, [n_features]. The samples of a lazy data set must be written
 * before, here and in nn_dataset_gather(). */
void nn_dataset_get (const NnDataset *dataset, gsize index, float *x);

/* Gathers rows @indices [n] into @x [n, n_features] and @labels [n]. */
void nn_dataset_gather (
    const NnDataset *dataset, const guint32 *indices, gsize n, float *x, guint8 *labels);

/* counts: [n_classes] */
void nn_dataset_count_classes (const NnDataset *dataset, gsize *counts);

G_END_DECLS
