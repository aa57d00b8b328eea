/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Confident learning (Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in
 * dataset labels", 2021): which labels of a data set are probably wrong. */

/**
 * NnSuspect:
 * @index: of the sample
 * @label: @better: the class it is labelled as, and the one that it probably is
 * @margin: probability of @better less that of @label, -1 to 1: the larger, the surer
 */
typedef struct
{
  gsize index;
  guint8 label, better;
  float margin;
} NnSuspect;

/**
 * nn_confident_joint:
 * @probabilities: [n, n_classes] of networks that were not trained on the sample they read
 * @labels: [n] below @n_classes
 * @joint: (out): [n_classes, n_classes] the estimated number of samples with the label of the row
 *   and the true class of the column; a row adds up to the samples with its label
 *
 * A sample counts as one of a class if its probability of it is at least the mean probability that
 * samples with that label have; of several classes as one of the most probable.
 */
void nn_confident_joint (
    const float *probabilities, const guint8 *labels, gsize n, guint n_classes, double *joint);

/**
 * nn_confident_suspects:
 *
 * For each pair of classes as many samples as nn_confident_joint() estimates to be labelled wrongly
 * so, those with the largest margin ("prune by noise rate"); only samples that another class is
 * more probable for than their label.
 *
 * Returns: (transfer full) (element-type NnSuspect): the largest margin first; samples with the
 *   same one in their order
 */
GArray *
nn_confident_suspects (const float *probabilities, const guint8 *labels, gsize n, guint n_classes);

G_END_DECLS
