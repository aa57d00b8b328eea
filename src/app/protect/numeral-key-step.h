/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-protector.h"

G_BEGIN_DECLS

/**
 * NumeralKeyStep:
 *
 * A change of the protection that shows a new recovery key before it begins, and waits until the
 * person has it: then the thread of the change goes on, or stops and changes nothing.
 * Reference-counted; for the main thread.
 */
typedef struct _NumeralKeyStep NumeralKeyStep;

/**
 * NumeralKeyStepWatch:
 * @show: a new recovery key is there; numeral_key_step_answer() is waited for. @text is valid until
 *   that or numeral_key_step_stop()
 * @done: @error: (nullable): G_IO_ERROR_CANCELLED after numeral_key_step_answer() with %FALSE
 *
 * Both are called in the main context, and never after numeral_key_step_stop().
 */
typedef struct
{
  void (*show) (const char *text, gpointer data);
  void (*done) (const GError *error, gpointer data);
  gpointer data;
} NumeralKeyStepWatch;

/* @request: with its keep_recovery unset */
NumeralKeyStep *numeral_key_step_begin (NumeralProtector *protector,
                                        const NumeralProtectionRequest *request,
                                        const NumeralKeyStepWatch *watch);
/* @kept: whether the person has the key */
void numeral_key_step_answer (NumeralKeyStep *self, gboolean kept);
/* Does not watch any more, stops waiting for the keyring and for the person, and drops the
 * reference. A change that has begun is made. */
void numeral_key_step_stop (NumeralKeyStep *self);

G_END_DECLS
