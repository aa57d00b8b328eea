/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-error.h"

G_BEGIN_DECLS

/* Sets an NN_ERROR and returns %FALSE, so that a check is one statement. @format is translated. */
gboolean numeral_fail (GError **error, NnError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The same for a failed system call: the message is the text of @format, a colon and the meaning
 * of @code, an errno. G_IO_ERROR_*. */
gboolean numeral_fail_errno (GError **error, int code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* The same for a file, or a folder, that could not be written: says why, and what to do. @name: for
 * people. */
gboolean numeral_fail_write (GError **error, int code, const char *name);

G_END_DECLS
