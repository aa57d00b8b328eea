/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-train-config.h"

G_BEGIN_DECLS

/**
 * NnOptimizer:
 *
 * An optimiser for the parameters of one network. It owns the moments and counts the steps. Code
 * that trains without an NnTrainer needs three calls for each step:
 *
 *     nn_forward (network, tape, x, n);
 *     nn_loss_forward_backward (loss, logits, labels, NULL, 0, dlogits, n, k, NULL);
 *     nn_backward (network, tape, dlogits, gradient, NULL);    the gradient began with zeros
 *     nn_optimizer_apply (optimizer, network->params, gradient);
 *
 * With w a parameter, g its gradient, η the learning rate, λ the weight decay, μ the momentum, ε
 * the small constant that avoids division by zero, and t = 1, 2, ... the number of the step, a step
 * does the following. m and v are zero before the first step. Biases have λ = 0.
 *
 * sgd: gradient descent (Robbins and Monro 1951)
 *     w := w - η (g + λ w)
 * momentum: the heavy ball (Polyak 1964), in the form of PyTorch
 *     m := μ m + (g + λ w)
 *     w := w - η m
 * rmsprop: Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"
 *     h := g + λ w
 *     v := β₂ v + (1 - β₂) h²
 *     w := w - η h / (√v + ε)
 * adam: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization"
 *     h := g + λ w
 *     m := β₁ m + (1 - β₁) h
 *     v := β₂ v + (1 - β₂) h²
 *     w := w - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
 * adamw: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization"
 *     as adam with h := g, but w := (1 - η λ) w - η ...
 *
 * Owned by one thread. NnTrainer does the same arithmetic on pieces, with several threads.
 */
typedef struct _NnOptimizer NnOptimizer;

/**
 * nn_optimizer_new:
 * @config: valid; only optimizer, learning_rate, momentum, beta1, beta2, epsilon and weight_decay
 *   are used
 * @arch: of the network; must be valid
 *
 * Allocates the moments; nn_optimizer_apply() allocates nothing.
 *
 * Returns: (transfer full): all moments zero, before the first step
 */
NnOptimizer *nn_optimizer_new (const NnTrainConfig *config, const NnArchitecture *arch);
void nn_optimizer_free (NnOptimizer *optimizer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOptimizer, nn_optimizer_free)

/* Sets η from the next step on, for a schedule such as nn_train_config_learning_rate(). Finite and
 * not negative; that of the config until it is set. */
void nn_optimizer_set_learning_rate (NnOptimizer *optimizer, double learning_rate);

/**
 * nn_optimizer_apply:
 * @params: [n_params] laid out as the parameters of a network with the optimiser's architecture
 * @gradient: [n_params] of the mean loss at @params, without weight decay; laid out likewise
 *
 * Updates @params and the moments by one step. @gradient is not changed. There are no errors: a
 * gradient that is not finite gives parameters and moments that are not finite.
 */
void nn_optimizer_apply (NnOptimizer *optimizer, float *params, const float *gradient);

G_END_DECLS
