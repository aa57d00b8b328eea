/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-generator.h"
#include "numeral-model-format.h"

G_BEGIN_DECLS

/* Files of generators. safetensors keeps everything: the tensors "layers.N.weight" and
 * "layers.N.bias" of the generator, those of the discriminator with the prefix "discriminator.",
 * and in the metadata "format": "numeral-generator-1", "architecture": "74-256-512-784-sigmoid",
 * "activation", "image": "28x28", "noise": "64", and the training card. ONNX has the generator
 * alone and is only written: its input is "noise" [batch, noise + classes], its output "image"
 * [batch, height x width]. */

/* Whether the file is a generator in safetensors; %FALSE if it cannot be read. Blocks. */
gboolean numeral_generator_is_file (GFile *file);

/* Parses an untrusted file. NN_ERROR_* */
NumeralGenerator *numeral_generator_parse (GBytes *bytes, GError **error);

/* NN_ERROR_*, G_IO_ERROR_*; the message names the file. Blocks. */
NumeralGenerator *numeral_generator_load (GFile *file, GCancellable *cancellable, GError **error);

/* Writes ONNX if the name of the file ends so, otherwise safetensors; atomically, with
 * NumeralDraft. NN_ERROR_CONFIG for the suffix of another format. Errors as above. Blocks. */
gboolean numeral_generator_save (const NumeralGenerator *generator,
                                 GFile *file,
                                 NumeralSaveFlags flags,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
