/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of the engine. */

#include <gio/gio.h>

#include "numeral-model.h"
#include "numeral-run-store.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* A new folder with access for all users; remove it with engine_test_remove(). */
char *engine_test_folder (void);
void engine_test_remove (const char *folder);

/* Opens the runs of a folder, and waits until they are read. */
NumeralRunStore *engine_test_open_runs (const char *folder);
void engine_test_wait_runs (NumeralRunStore *store);
/* The number of runs in the list that cannot be read. */
guint engine_test_count_unreadable (NumeralRunStore *store);
/* Creates a run, and waits until its folder is made. */
NumeralRun *engine_test_create_run (NumeralRunStore *store, const NumeralRunConfig *config);
/* Deletes a run or restores it, and waits until that is done. */
gboolean engine_test_delete_run (NumeralRunStore *store, NumeralRun *run, GError **error);
gboolean engine_test_undelete_run (NumeralRunStore *store, NumeralRun *run, GError **error);

/* Writes a file with plain means; returns its path. */
char *engine_test_write (const char *folder, const char *name, const void *data, gsize size);
GBytes *engine_test_gzip (const void *data, gsize size);

/* A network whose parameters all differ. */
NnNetwork *engine_test_network (const guint *widths, guint n_widths, guint64 seed);
/* The same with another activation than ReLU. */
NnNetwork *
engine_test_network_of (const guint *widths, guint n_widths, NnActivation activation, guint64 seed);

/* A network of any architecture, in its text form, with random weights and biases. */
NnNetwork *
engine_test_network_from (const char *text, NnActivation activation, NnLoss loss, guint64 seed);

/* (transfer full): the floats of a file. @n: (out): their number */
float *engine_test_read_floats (const char *folder, const char *name, gsize *n);

/* The bytes of the safetensors file that @model is written to. */
GBytes *engine_test_model_bytes (const NumeralModel *model, gboolean half);
/* The bytes of a safetensors file of these tensors. */
GBytes *engine_test_tensor_bytes (const NumeralTensorValues *tensors,
                                  guint n_tensors,
                                  GHashTable *metadata,
                                  gboolean half);

/* @bytes with one to three small changes: a bit, a byte, a character of @syntax, or a piece
 *   copied elsewhere; sometimes truncated or extended by zeros. The block has exactly its size,
 *   so that AddressSanitizer detects a read past its end. */
GBytes *engine_test_mutate (GBytes *bytes, const char *syntax, NnRandom *random);

/* Runs a script of tests/engine with Python. Returns its exit status; what it writes to its error
 * output goes to that of the test. @out: (out) (optional): what it writes */
int engine_test_python (const char *script, const char *const *arguments, char **out);

/* The same of a script that must succeed and needs modules of Python, which may be those of the
 * system: %FALSE, with the test skipped, if they are missing. @modules: their names */
gboolean engine_test_python_with (const char *script,
                                  const char *modules,
                                  const char *const *arguments,
                                  char **out);

/* Drops the right of a privileged process to open every file. */
void engine_test_drop_privileges (void);

/* Asserts domain and code, and that the message has @word; clears the error. */
void engine_test_error (GError **error, GQuark domain, int code, const char *word);

G_END_DECLS
