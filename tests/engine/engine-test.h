/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the engine share. */

#include <gio/gio.h>

#include "numeral-model.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* A new folder that everybody may enter; remove with engine_test_remove(). */
char *engine_test_folder (void);
void engine_test_remove (const char *folder);

/* Writes a file with plain means; returns its path. */
char *engine_test_write (const char *folder, const char *name, const void *data, gsize size);
GBytes *engine_test_gzip (const void *data, gsize size);

/* A network with values that are all different. */
NnNetwork *engine_test_network (const guint *widths, guint n_widths, guint64 seed);
/* The same with another activation than ReLU. */
NnNetwork *
engine_test_network_of (const guint *widths, guint n_widths, NnActivation activation, guint64 seed);

/* The bytes of the safetensors file that @model is written to. */
GBytes *engine_test_model_bytes (const NumeralModel *model, gboolean half);
/* The bytes of a safetensors file of these tensors. */
GBytes *engine_test_tensor_bytes (const NumeralTensorValues *tensors,
                                  guint n_tensors,
                                  GHashTable *metadata,
                                  gboolean half);

/* @bytes with one to three small damages: a bit, a byte, one of the characters of @syntax, a piece
 * copied elsewhere; now and then cut short or grown by zeros. The block is of exactly its size, so
 * that a read past its end is seen by AddressSanitizer. */
GBytes *engine_test_mutate (GBytes *bytes, const char *syntax, NnRandom *random);

/* Ends the process's right to open whatever it likes, if it has it. */
void engine_test_drop_privileges (void);

/* Asserts domain and code, and that the message has @word; clears the error. */
void engine_test_error (GError **error, GQuark domain, int code, const char *word);

G_END_DECLS
