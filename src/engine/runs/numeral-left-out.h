/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * Samples that a run leaves out, such as those whose labels are probably wrong.
 *
 * As text: "IDENTITY:INDEX,INDEX,...". The identity is that of the data set, and the indices are
 * the places of samples in it, from 0, ascending. The member "left_out" of the settings in run.json
 * has this text; older files do not have it.
 *
 * The identity has 16 hexadecimal digits: the beginning of the SHA-256 sum of the numbers of
 * samples, features and classes, each as 8 bytes, the least significant first, of the labels, a
 * byte each, and of the pixels of images, a byte each. Data in another order or with other labels
 * has another identity.
 */

/* (transfer full): writes the pixels of a lazy data set first. Blocks. */
char *numeral_data_identity (const NnDataset *dataset);

/* (transfer full): @indices: [n] in any order, below the number of samples. Blocks. */
char *numeral_left_out_format (const NnDataset *dataset, const guint32 *indices, gsize n);

/* (transfer full): the same of a data set that is known by its identity alone. NN_ERROR_CONFIG if
 * that is none. */
char *numeral_left_out_format_known (const char *identity,
                                     const guint32 *indices,
                                     gsize n,
                                     GError **error);

/* Whether @text can be read. NN_ERROR_CONFIG. @n: (out) (optional): number of samples */
gboolean numeral_left_out_check (const char *text, guint *n, GError **error);

/**
 * numeral_left_out_apply:
 * @text: (nullable)
 * @dataset: (transfer full)
 * @n: (out): number of samples that were left out; 0 if @text is about another data set
 *
 * Returns: (transfer full) (nullable): the other samples in their order; @dataset itself if none is
 *   left out. NN_ERROR_CONFIG if an index is too large or no sample remains.
 */
NnDataset *numeral_left_out_apply (const char *text, NnDataset *dataset, guint *n, GError **error);

/* Sets NN_ERROR_CONFIG: the samples to leave out are those of other data. Returns %FALSE. */
gboolean numeral_left_out_fail (GError **error);

G_END_DECLS
