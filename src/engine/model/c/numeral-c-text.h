/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-write.h"

G_BEGIN_DECLS

/**
 * NumeralCText:
 *
 * Text of a file of C that is written in pieces. After an error of @write nothing more is written.
 * Lives on the stack: numeral_c_text_init(), then numeral_c_text_end().
 */
typedef struct
{
  /*< private >*/
  GString *pending;
  NnWriteFunc write;
  gpointer data;
  GError *error;
} NumeralCText;

void numeral_c_text_init (NumeralCText *text, NnWriteFunc write, gpointer data);
/* Writes the rest and frees the memory. %FALSE with the error of the writer. */
gboolean numeral_c_text_end (NumeralCText *text, GError **error);

void numeral_c_text_add (NumeralCText *text, const char *piece);
void numeral_c_text_printf (NumeralCText *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A constant such as "0.25f", which a compiler reads as exactly this float. */
void numeral_c_text_float (NumeralCText *text, float value);

/* @words from outside inside of a comment: printable ASCII that does not end it. */
void numeral_c_text_comment (NumeralCText *text, const char *words);

G_END_DECLS
