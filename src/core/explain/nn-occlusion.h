/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-probe.h"

G_BEGIN_DECLS

#define NN_OCCLUSION_MAX_PATCH 9

/**
 * NnOcclusionConfig:
 * @width: @height: of the image; the inputs are one or more channels of it
 * @patch: side of the square that is covered, in pixels, 1 to NN_OCCLUSION_MAX_PATCH
 */
typedef struct
{
  guint width, height;
  guint patch;
} NnOcclusionConfig;

/**
 * nn_occlusion:
 * @progress: (nullable)
 * @attribution: (out): [n_inputs]
 *
 * Occlusion (Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014): a
 * square is moved over the image one pixel at a time, beyond its edges too, and what it covers
 * becomes the baseline. A pixel's attribution is the mean of F (x) - F (covered) over all places of
 * the square that cover the pixel, so that every pixel has the same number of them. It is 0 where x
 * is the baseline. The attributions do not add up to a known figure.
 *
 * Returns: %FALSE if @progress stopped it
 */
gboolean nn_occlusion (NnProbe *probe,
                       const NnExplainInput *input,
                       const NnOcclusionConfig *config,
                       const NnProgress *progress,
                       float *attribution);

G_END_DECLS
