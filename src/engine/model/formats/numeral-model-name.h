/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of tensors in the files of other programs. */

/* "fc2" before "fc10": runs of digits compare as numbers. */
int numeral_model_name_compare (const char *x, const char *y);

/* (transfer full): the name of the layer of a tensor: without "weight" and the like at its end, and
 * what joins that to the rest: "fc1.weight" belongs to the layer "fc1", "dense/kernel:0" to
 * "dense", "W1" to "1". */
char *numeral_model_name_of (const char *tensor);

G_END_DECLS
