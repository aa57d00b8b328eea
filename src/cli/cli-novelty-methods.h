/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* Scores of novelty: a higher score means that a sample looks less like a digit. */
typedef enum
{
  CLI_NOVELTY_OWN,         /* the separate network of the model */
  CLI_NOVELTY_SOFTMAX,     /* 1 - the largest probability (Hendrycks and Gimpel 2017) */
  CLI_NOVELTY_ENERGY,      /* - log sum exp of the logits (Liu et al. 2020) */
  CLI_NOVELTY_MAHALANOBIS, /* distance from the nearest class (Lee et al. 2018) */
  CLI_NOVELTY_BOTH,        /* the first plus the log odds of the second */
  CLI_N_NOVELTY_METHODS,
} CliNoveltyMethod;

typedef struct _CliNoveltyMethods CliNoveltyMethods;

const char *cli_novelty_method_name (CliNoveltyMethod method);

/* @fit: (nullable): training digits for the means and the covariance of the last hidden layer.
 * CLI_NOVELTY_MAHALANOBIS needs it, and a hidden layer. */
CliNoveltyMethods *cli_novelty_methods_new (NumeralModel *model, const NnDataset *fit);
void cli_novelty_methods_free (CliNoveltyMethods *methods);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliNoveltyMethods, cli_novelty_methods_free)

gboolean cli_novelty_methods_has (const CliNoveltyMethods *methods, CliNoveltyMethod method);

/* The score of every sample; free with g_free(). NN_ERROR_SHAPE. */
double *cli_novelty_methods_score (const CliNoveltyMethods *methods,
                                   CliNoveltyMethod method,
                                   const NnDataset *dataset,
                                   GError **error);

G_END_DECLS
