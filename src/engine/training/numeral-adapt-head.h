/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-network.h"

G_BEGIN_DECLS

/* Private to numeral-adapt: the last layers of a network, which are trained on what the layers
 * before them give. These stay as they are, so that they read each sample once. */

/* The layer that the last @n_trained layers with weights begin with; the first if there are not so
 * many. */
guint numeral_adapt_head_first (const NnNetwork *network, guint n_trained);

/* (transfer full): the layers from @first on, as a network of its own. */
NnNetwork *numeral_adapt_head_new (const NnNetwork *network, guint first);

/**
 * numeral_adapt_head_join:
 * @head: from numeral_adapt_head_new(), trained
 * @amount: 0 for the weights of @network, 1 for those of @head, or between them (Wortsman et al.
 *   2022, "Robust fine-tuning of zero-shot models")
 *
 * (transfer full): @network with other last layers.
 */
NnNetwork *numeral_adapt_head_join (const NnNetwork *network, const NnNetwork *head, double amount);

/* A set of rows of NumeralAdaptLesson. */
typedef struct
{
  const guint32 *rows;
  gsize n;
} NumeralAdaptRows;

/**
 * NumeralAdaptLesson:
 * @features: [rows, inputs of the head]
 * @targets: [rows, classes] the outputs that are wanted: of the true class alone, or soft ones
 * @own: @others: the rows of each; one minibatch takes a fixed number of both
 * @n_steps: number of minibatches
 * @seed: decides the order of the rows
 *
 * What a head learns from.
 */
typedef struct
{
  const float *features, *targets;
  NumeralAdaptRows own, others;
  guint n_steps;
  guint64 seed;
} NumeralAdaptLesson;

/* Called after each minibatch; %FALSE ends the training. */
typedef gboolean (*NumeralAdaptStepFunc) (gpointer data);

/* (transfer full) (nullable): a copy of @head that was trained, on the calling thread; %NULL if
 * @on_step ended it. */
NnNetwork *numeral_adapt_head_train (const NnNetwork *head,
                                     const NumeralAdaptLesson *lesson,
                                     NumeralAdaptStepFunc on_step,
                                     gpointer data);

/* (transfer full): the logits [n, classes] of @n rows of @features, for g_free(). */
float *numeral_adapt_head_read (const NnNetwork *head, const float *features, gsize n);

G_END_DECLS
