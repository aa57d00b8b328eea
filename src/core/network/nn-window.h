/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-layer.h"

/* Private to core: what convolution and pooling share, a window that moves over an image. */

/* Sets @out, an image of @channels with one value for each place of the window; a place must lie
 * inside of the padded image. @what begins the message: "a convolution". */
gboolean nn_window_check (const NnLayerSpec *spec,
                          const char *what,
                          const NnShape *in,
                          guint channels,
                          NnShape *out,
                          GError **error);

/* "s2p1" after a layer's word: stride and padding, left out where they are @stride and 0. */
void nn_window_describe_step (const NnLayerSpec *spec, guint stride, GString *text);
gboolean nn_window_parse_step (const char *text, guint stride, NnLayerSpec *spec);
