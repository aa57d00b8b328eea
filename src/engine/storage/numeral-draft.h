/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Prefix of the names of temporary files. */
#define NUMERAL_DRAFT_PREFIX ".numeral-"

/**
 * NumeralDraft:
 *
 * Replaces a file atomically: writes go into a temporary file in the same folder, and the commit
 * renames it. On any failure the old file stays and the temporary file is removed. If only GVfs
 * can reach the file, the contents are held in memory until the commit; so they are in a folder of
 * numeral-sealed-folder.h, where the commit encrypts them. Used by one thread at a time.
 */
typedef struct _NumeralDraft NumeralDraft;

/* Follows a symbolic link, and keeps the permissions of an existing file; in a folder of
 * numeral-private.h the file is 0600. Removes what a killed program left in the folder. Blocks.
 * G_IO_ERROR_*; each message names the file. */
NumeralDraft *numeral_draft_new (GFile *file, GError **error);
/* An NnWriteFunc. Does not sync. */
gboolean numeral_draft_write (gpointer draft, gconstpointer bytes, gsize size, GError **error);
/* Syncs and renames. May be called once; the draft cannot be used afterwards, even after a
 * failure. */
gboolean numeral_draft_commit (NumeralDraft *draft, GCancellable *cancellable, GError **error);
/* Discards what was not committed. */
void numeral_draft_free (NumeralDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDraft, numeral_draft_free)

/* Removes the temporary files in @folder whose writer is gone: it held a lock. */
void numeral_draft_sweep (const char *folder);

G_END_DECLS
