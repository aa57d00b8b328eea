/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-layer.h"

G_BEGIN_DECLS

/**
 * numeral_model_infer:
 * @architecture: (nullable): the text of the architecture, if it is known
 * @layers: (element-type NumeralModelLayer): the layers are appended
 * @text: (out): the architecture, @architecture or what was found out; free with g_free()
 *
 * Finds the layers in the tensors of a program that names no architecture, or one without Numeral's
 * names. Tensors of two dimensions are the weights of fully connected layers, those of four are
 * convolutions, those of one are biases and batch normalizations; whole numbers, such as counters,
 * are left out. The layers are in the natural order of their names ("2" before "10"), convolutions
 * first, [out, in] as PyTorch has them. If their shapes do not match so, they are [in, out] as
 * Keras has them, or in whatever order leads from 784 inputs on. A bias belongs to the weight with
 * the same name but for its end; without such names to the one in the same place.
 *
 * With convolutions numeral_model_guess() finds out what is between them.
 *
 * NN_ERROR_*
 */
gboolean numeral_model_infer (const NumeralSafetensors *file,
                              const char *architecture,
                              GPtrArray *layers,
                              char **text,
                              GError **error);

G_END_DECLS
