/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* What the targets share. A target reads one input and must neither crash nor leak; where the
 * input is read, what was read must also be sound. */

/* The target of this program, called by libFuzzer or by replay.c. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Called once before the first input; a target that prepares nothing leaves it out. */
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* Memory of another owner, without a copy: AddressSanitizer then sees a read past its end. */
GBytes *fuzz_bytes (const uint8_t *data, size_t size);
/* The input as a string, up to its first NUL; made UTF-8, as command line, JSON and window give
 * texts in UTF-8 only. Free with g_free(). */
char *fuzz_text (const uint8_t *data, size_t size);

/* Two inputs in one: the first two bytes are the size of the first input, little-endian. A size
 * above what is there means all of it. */
void fuzz_split (const uint8_t *data, size_t size, GBytes **first, GBytes **second);
/* The same in the other direction. (transfer full) */
GByteArray *fuzz_join (GBytes *first, GBytes *second);

/* Checks that a parser has either a result or an error whose message is UTF-8, and clears the
 * error. Returns @done. */
gboolean fuzz_check (gboolean done, GError **error);

/* A folder of this process, removed when it ends. */
const char *fuzz_folder (void);
/* Writes a file into that folder. */
void fuzz_write (const char *name, const void *data, gsize size);
