/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-origin.h"

G_BEGIN_DECLS

#define NN_DATASET_MAX_BYTES ((gsize) 1 << 32)

/**
 * NnDataset:
 * @n: number of samples
 * @n_features: features of a sample
 * @n_classes: labels are below this
 * @pixels: (nullable): [n, n_features], 0 is ground and 255 is ink; the features are pixels / 255
 * @values: (nullable): [n, n_features], used where @pixels is %NULL
 * @labels: [n]
 * @groups: (nullable): [n], e.g. the writer, for leave-one-group-out validation
 * @origins: (nullable): [n], what a sample was drawn from, %NULL where only its pixels are there
 * @width: @height: of an image, or 0 where the features are not one
 *
 * Labelled samples. Reference-counted (atomic); never written once shared.
 * Images stay 8-bit: a minibatch is gathered and normalised on the way, which
 * costs less than reading four times the memory.
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
  /*< private >*/
  int ref_count;
  struct _NnDataset *whole; /* whose arrays these are a part of; NULL where they are its own */
  guint8 *storage;          /* what @pixels are in, where they do not begin it */
} NnDataset;

/* Zeroed arrays of the asked sizes. NN_ERROR_TOO_LARGE, NN_ERROR_CONFIG. */
NnDataset *
nn_dataset_new_pixels (gsize n, guint width, guint height, guint n_classes, GError **error);
NnDataset *nn_dataset_new_values (gsize n, guint n_features, guint n_classes, GError **error);
/* The same, with @pixels that begin @offset bytes into a block; takes @storage, for g_free(). */
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

/* Makes room for @groups, all 0, if there is none. */
void nn_dataset_add_groups (NnDataset *dataset);

/* Makes room for @origins, all %NULL, if there is none. The data set unrefs what is put there. */
void nn_dataset_add_origins (NnDataset *dataset);

/* A new data set of the samples at @indices, in that order. */
NnDataset *nn_dataset_subset (const NnDataset *dataset, const guint32 *indices, gsize n);

/* All samples of the parts one after another. NN_ERROR_SHAPE where they do not fit. */
NnDataset *nn_dataset_concat (NnDataset *const *parts, guint n_parts, GError **error);

/**
 * nn_dataset_split:
 * @share: of samples for validation, in [0, 1)
 * @train: (out): @validation: (out) (nullable): %NULL where the share rounds to nothing
 *
 * A random split decided by @seed alone.
 */
void nn_dataset_split (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation);

/**
 * nn_dataset_split_in_place:
 * @dataset: (transfer full)
 *
 * The same split into the same samples in the same order, without a copy of any of them where
 * nobody else holds @dataset: they are put into that order where they are.
 */
void nn_dataset_split_in_place (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation);

/**
 * nn_dataset_split_groups:
 *
 * Like nn_dataset_split(), but with whole groups on one side or the other: the
 * groups in @held_out go to @validation.
 */
void nn_dataset_split_groups (NnDataset *dataset,
                              const guint32 *held_out,
                              gsize n_held_out,
                              NnDataset **train,
                              NnDataset **validation);

/* Features of one sample as floats, [n_features]. */
void nn_dataset_get (const NnDataset *dataset, gsize index, float *x);

/* Gathers rows @indices [n] into @x [n, n_features] and @labels [n]. */
void nn_dataset_gather (
    const NnDataset *dataset, const guint32 *indices, gsize n, float *x, guint8 *labels);

/* counts: [n_classes] */
void nn_dataset_count_classes (const NnDataset *dataset, gsize *counts);

G_END_DECLS
