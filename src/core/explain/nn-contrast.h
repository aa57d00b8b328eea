/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands for NnContrast::against where there is no rival. */
#define NN_CONTRAST_NONE (-1)

/**
 * NnContrast:
 * @target: the class that is explained
 * @against: the class that it is compared with, not @target; NN_CONTRAST_NONE for none
 *
 * The scalar that an explanation is of: F = logit (target) - logit (against), or F = logit
 * (target). A difference of logits is the logarithm of the ratio of two softmax probabilities.
 */
typedef struct
{
  guint target;
  int against;
} NnContrast;

/* F for one row of logits. */
double nn_contrast_value (const NnContrast *contrast, const float *logits);

/* The softmax probability of the target: among the two classes if there is a rival, else among all
 * @n_classes. */
double nn_contrast_probability (const NnContrast *contrast, const float *logits, guint n_classes);

/* Sets @dlogits [n, n_classes] to the gradient of the sum of F over @n rows. */
void nn_contrast_gradient (const NnContrast *contrast, float *dlogits, gsize n, guint n_classes);

G_END_DECLS
