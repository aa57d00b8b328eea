/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the names of temporary files begin with. */
#define NUMERAL_DRAFT_PREFIX ".numeral-"

/**
 * NumeralDraft:
 *
 * A file that takes the place of another in one step: what is written goes into a
 * temporary file beside it, and a rename ends it. Whatever fails, what was there
 * before stays and no temporary file is left behind. Where only GVfs reaches, what
 * is written is held in memory until then. Not for two threads at a time.
 */
typedef struct _NumeralDraft NumeralDraft;

/* Of a symbolic link the file that it leads to is replaced, and the permissions of one that exists
 * are kept. Blocks. G_IO_ERROR_*; each message names the file. */
NumeralDraft *numeral_draft_new (GFile *file, GError **error);
/* An NnWriteFunc. Waits for the page cache at most. */
gboolean numeral_draft_write (gpointer draft, gconstpointer bytes, gsize size, GError **error);
/* Syncs and renames. Once; the draft is of no use afterwards, whether or not that succeeded. */
gboolean numeral_draft_commit (NumeralDraft *draft, GCancellable *cancellable, GError **error);
/* Throws away what was not committed. */
void numeral_draft_free (NumeralDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDraft, numeral_draft_free)

G_END_DECLS
