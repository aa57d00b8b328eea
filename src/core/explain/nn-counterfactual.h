/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-deformation.h"
#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnCounterfactual:
 * @network: reads images of @width x @height
 * @gate: (nullable): reads the same images; class 0 is what may be read, the others are not
 * @gate_limit: the largest log odds of not being class 0 that pass
 * @target: the class that the image shall be read as
 * @proceed: (nullable): called after each step with the share that is done, on the calling thread;
 *   returns %FALSE to stop
 * @data: passed to @proceed
 *
 * What would have to change in an image for another answer (Wachter, Mittelstadt and Russell,
 * "Counterfactual explanations without opening the black box", 2017).
 */
typedef struct
{
  const NnNetwork *network, *gate;
  double gate_limit;
  guint width, height;
  guint target;
  gboolean (*proceed) (double share, gpointer data);
  gpointer data;
} NnCounterfactual;

/**
 * nn_counterfactual_find:
 * @x: [height, width] the image
 *
 * Looks for the smallest smooth deformation with which the network reads the image as the target,
 * and the gate lets it pass, both with some distance to the border. Small means little bending
 * energy, and that the centre of mass stays where it is, because drawings are centred before they
 * are read. By Adam on the points of the grid, with a weight of the answer that rises while the
 * answer is another one and falls while it is right, so that the search goes along the border. It
 * draws no random numbers.
 *
 * Returns: (transfer full) (nullable): %NULL if none was found or @proceed stopped the search
 */
NnDeformation *nn_counterfactual_find (const NnCounterfactual *question, const float *x);

G_END_DECLS
