/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NumeralHandFolder:
 *
 * A folder that appears with all of its files, or not at all: it is written beside its place and
 * renamed. What a killed program left there is removed by the next one. Used by one thread at a
 * time.
 */
typedef struct _NumeralHandFolder NumeralHandFolder;

/* @path: must be an empty folder or not exist. G_IO_ERROR_EXISTS, others; the message names it */
NumeralHandFolder *numeral_hand_folder_new (const char *path, GError **error);
/* Writes a file. @inside: (nullable): the name of a folder in the folder, made if need be. */
gboolean numeral_hand_folder_write (
    NumeralHandFolder *self, const char *inside, const char *name, GBytes *bytes, GError **error);
/* May be called once. */
gboolean numeral_hand_folder_commit (NumeralHandFolder *self, GError **error);
/* Removes what was not committed. */
void numeral_hand_folder_free (NumeralHandFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHandFolder, numeral_hand_folder_free)

G_END_DECLS
