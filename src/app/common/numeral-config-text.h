/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/* The settings of a run in words. Titles are (transfer none) and translated; summaries are
 * (transfer full). */

/* "MNIST, 10 % for validation" */
char *numeral_config_data_text (const NumeralRunConfig *config);
/* "784–128–10, ReLU, He" */
char *numeral_config_network_text (const NumeralRunConfig *config);
/* "Adam, learning rate 0.001, constant" */
char *numeral_config_optimizer_text (const NumeralRunConfig *config);
/* "Noise 1.1, clipped to 1, delta 1e-05"; "None" */
char *numeral_config_privacy_text (const NumeralRunConfig *config);
/* "Minibatches of 32, 5 epochs, seed 1" */
char *numeral_config_length_text (const NumeralRunConfig *config);
/* "None", "Light", "Strong", or "Custom" */
const char *numeral_config_augment_title (guint preset);
guint numeral_config_augment_preset (const NumeralRunConfig *config);
char *numeral_config_augment_text (const NumeralRunConfig *config);
/* The title of the preset that has this network and optimiser, or "settings of your own". */
const char *numeral_config_preset_text (const NumeralRunConfig *config);

G_END_DECLS
