/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-names.h"

G_BEGIN_DECLS

/* Activation of the hidden layers. */
typedef enum
{
  NN_ACTIVATION_RELU,
  NN_ACTIVATION_LEAKY_RELU, /* slope 0.01 below zero */
  NN_ACTIVATION_GELU,       /* tanh form, Hendrycks and Gimpel 2016 */
  NN_ACTIVATION_SIGMOID,
  NN_ACTIVATION_TANH,
  NN_N_ACTIVATIONS,
} NnActivation;

/* "relu", "leaky-relu", "gelu", "sigmoid", "tanh" */
extern const NnNames nn_activation_names;
const char *nn_activation_name (NnActivation activation);
gboolean nn_activation_from_name (const char *name, NnActivation *out, GError **error);

/* a[i] = f (z[i]); a may be z. */
void nn_activation_forward (NnActivation activation, const float *z, float *a, gsize n);

/* dz[i] = da[i] * f' (z[i]); dz may be da. a[i] is f (z[i]). */
void nn_activation_backward (
    NnActivation activation, const float *z, const float *a, const float *da, float *dz, gsize n);

G_END_DECLS
