/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Differential privacy of DP-SGD (Abadi et al. 2016, "Deep Learning with Differential Privacy"):
 * each step takes each sample with the same probability q, clips its gradient to a norm C and adds
 * Gaussian noise of standard deviation sigma C to the sum.
 *
 * The accountant works with Rényi differential privacy (Mironov 2017): the divergence of order
 * alpha between the outcomes with and without one sample, which simply adds up over the steps. Two
 * data sets are neighbours if one has one sample more than the other. */

/**
 * nn_accountant_rdp:
 * @rate: q, from 0 to 1
 * @noise: sigma, the noise multiplier; above 0
 * @order: alpha, above 1
 *
 * The Rényi divergence of one step, after Mironov, Talwar, Zhang 2019, "Rényi Differential Privacy
 * of the Sampled Gaussian Mechanism": section 3.3 for whole orders (an exact finite sum) and for
 * others (a series).
 *
 * Returns: at least 0; infinity without noise
 */
double nn_accountant_rdp (double rate, double noise, double order);

/* How epsilon follows from Rényi divergences. */
typedef enum
{
  /* epsilon = rdp + log (1 / delta) / (alpha - 1): Mironov 2017, proposition 3 */
  NN_CONVERSION_CLASSICAL,
  /* Canonne, Kamath, Steinke 2020, "The Discrete Gaussian for Differential Privacy", proposition
   * 12: epsilon = rdp + log (1 - 1 / alpha) - log (alpha delta) / (alpha - 1); never larger */
  NN_CONVERSION_TIGHT,
} NnConversion;

/**
 * NnSpent:
 * @epsilon: the smallest over all orders; 0 before the first step, infinity without noise
 * @order: that gives it
 */
typedef struct
{
  double epsilon;
  double order;
} NnSpent;

/* What @steps steps have spent, for a @delta between 0 and 1. */
NnSpent nn_accountant_spent (
    double rate, double noise, double steps, double delta, NnConversion conversion);

/* The largest whole number of steps with an epsilon of at most @budget, in
 * NN_CONVERSION_CLASSICAL. */
guint64 nn_accountant_max_steps (double rate, double noise, double delta, double budget);

/* The smallest noise, within 1e-4, with which @steps steps have an epsilon of at most @budget, in
 * NN_CONVERSION_CLASSICAL; infinity if no noise up to 1e4 is enough. */
double nn_accountant_find_noise (double rate, double steps, double delta, double budget);

G_END_DECLS
