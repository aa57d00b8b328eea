/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-train-config.h"

/* The reference: the same mathematics written as the textbook has it, in double,
 * sample by sample, without a thought for speed. */

/* C = op(A) op(B), row-major, with rows of lda, ldb, ldc. */
void naive_matmul (gboolean transpose_a,
                   gboolean transpose_b,
                   gsize m,
                   gsize n,
                   gsize k,
                   const double *a,
                   gsize lda,
                   const double *b,
                   gsize ldb,
                   double *c,
                   gsize ldc);

double naive_activation (NnActivation activation, double z);
double naive_activation_derivative (NnActivation activation, double z);

/* A minibatch and all that goes into its loss. */
typedef struct
{
  gsize n;
  double *x;      /* [n, n_inputs] */
  guint8 *labels; /* [n] */
  double smoothing;
  double decay;   /* adds decay / 2 sum w^2 over weights, not biases */
  double dropout; /* masks are those of (seed, step) */
  guint64 seed, step;
} NaiveBatch;

/* The minibatch that a trainer with @config reads in @step of a run over @dataset. */
void naive_batch_init (NaiveBatch *batch,
                       const NnTrainConfig *config,
                       const NnDataset *dataset,
                       guint64 step);
void naive_batch_clear (NaiveBatch *batch);

/* Logits [n_classes] of one input, without dropout. */
void naive_logits (const NnMlp *mlp, const double *params, const double *x, double *logits);

/* Probabilities [k] of logits [k]: softmax, or sigmoids divided by their sum. */
void naive_probabilities (NnLoss loss, const double *logits, double *probabilities, guint k);

/* Mean loss of the minibatch, decay included. */
double naive_loss (const NnMlp *mlp, const double *params, const NaiveBatch *batch);

/* The same and its gradient [n_params] by back-propagation. */
double
naive_gradient (const NnMlp *mlp, const double *params, const NaiveBatch *batch, double *gradient);

/* d loss / d params[i] by central differences. */
double naive_difference (const NnMlp *mlp, double *params, const NaiveBatch *batch, gsize i);

/* A run: parameters and moments. */
typedef struct
{
  NnMlp mlp;
  gsize n_params;
  double *params, *m, *v, *gradient;
  gboolean *is_bias;
  guint64 t;
} Naive;

Naive *naive_new (const NnNetwork *network);
void naive_free (Naive *naive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Naive, naive_free)

/* One step of the optimiser of @config. Returns the loss without decay. */
double naive_step (Naive *naive, const NnTrainConfig *config, const NnDataset *dataset);

double naive_learning_rate (const NnTrainConfig *config, guint64 step, guint64 steps_per_epoch);
