/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * numeral_sample_counts_parse:
 * @text: "5000", which is that many samples of all classes in turn, or "3=600,7=600", which is that
 *   many of the classes named
 * @n_classes: 1 to 256
 * @counts: (out): [n_classes]
 *
 * How many samples of each class a generator makes: at least one in all, and at most
 * NUMERAL_GENERATOR_MAX_SAMPLES.
 *
 * Returns: %FALSE with NN_ERROR_CONFIG
 */
gboolean
numeral_sample_counts_parse (const char *text, guint n_classes, guint *counts, GError **error);

G_END_DECLS
