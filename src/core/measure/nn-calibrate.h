/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-network.h"

G_BEGIN_DECLS

/* No network is so far from the truth that it would need more. */
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
 * Calibration of Modern Neural Networks", 2017), between NN_TEMPERATURE_MIN and NN_TEMPERATURE_MAX.
 * In 1 / T it is convex, so that there is one minimum. Above 1 the network was too sure of itself.
 * It never changes which class is the most probable one. 1 where there are no samples.
 */
double nn_calibrate_temperature (const float *logits, const guint8 *labels, gsize n, guint k);

/* (transfer full): the same network with its logits divided by @temperature, which is done by its
 * last layer, so that whoever runs it gets the calibrated probabilities. */
NnNetwork *nn_calibrate_network (const NnNetwork *network, double temperature);

G_END_DECLS
