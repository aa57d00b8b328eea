/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as decimal text, independent of the locale, for files with millions of numbers. */

void numeral_decimal_append_uint (GString *text, guint64 value);
/* @value: finite. The shortest of "%.7g", "%.8g" and "%.9g" that reads back as the same float. */
void numeral_decimal_append_float (GString *text, float value);

/**
 * numeral_decimal_read_double:
 * @at: (inout): moved behind the number
 * @end: end of the text; a byte that is no part of a number must be there
 *
 * Reads a number as JSON has it. %FALSE, without moving @at, if there is none.
 */
gboolean numeral_decimal_read_double (const char **at, const char *end, double *value);

G_END_DECLS
