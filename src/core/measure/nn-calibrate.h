/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* Bounds of the temperature; no real network needs a value outside. */
#define NN_TEMPERATURE_MIN 0.05
#define NN_TEMPERATURE_MAX 20.0

/**
 * nn_calibrate_nll:
 * @logits: [n, k]
 * @labels: [n]
 *
 * Mean of -log softmax (logits / @temperature)[label].
 */
double
nn_calibrate_nll (const float *logits, const guint8 *labels, gsize n, guint k, double temperature);

/**
 * nn_calibrate_temperature:
 *
 * The temperature T for which nn_calibrate_nll() is least (Guo, Pleiss, Sun and Weinberger, "On
 * Calibration of Modern Neural Networks", 2017), between NN_TEMPERATURE_MIN and
 * NN_TEMPERATURE_MAX. The loss is convex in 1 / T, so there is one minimum. T above 1 means that
 * the network was overconfident. The temperature does not change which class is the most
 * probable. The result is 1 without samples.
 */
double nn_calibrate_temperature (const float *logits, const guint8 *labels, gsize n, guint k);

/* (transfer full): the same network with its logits divided by @temperature. The division is
 * folded into the last layer, so every program that runs the network gets calibrated
 * probabilities. */
NnNetwork *nn_calibrate_network (const NnNetwork *network, double temperature);

G_END_DECLS
