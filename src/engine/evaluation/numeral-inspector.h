/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-insight.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_INSPECTOR (numeral_inspector_get_type ())
G_DECLARE_FINAL_TYPE (NumeralInspector, numeral_inspector, NUMERAL, INSPECTOR, GObject)

/**
 * NumeralInspector:
 *
 * Explains digits in a thread of its own. Questions go into a slot that holds the newest one.
 * Integrated gradients come first and are never given up, so that they follow a stroke; the other
 * parts of an insight follow, the fast ones first, and are given up when another digit is asked
 * about. A new model for the same digit, as training brings them all the time, waits until the
 * methods and the map are there; only the search for a counterfactual gives way to it.
 *
 * Insights arrive as notify of the property "insight" in the main context that was the thread's
 * default when the inspector was made, the newest only.
 *
 * Properties: "insight" (NumeralInsight, boxed, nullable, read-only, explicit notify).
 */
NumeralInspector *numeral_inspector_new (void);

/* Never blocks. Returns the generation of the question, whose model must pass
 * numeral_digits_check(). */
guint64 numeral_inspector_ask (NumeralInspector *self, const NumeralQuestion *question);

/* Forgets the question and the insight, and gives up what goes on. */
void numeral_inspector_clear (NumeralInspector *self);

/* Gives up the search for a counterfactual, if it goes on: its error is then
 * G_IO_ERROR_CANCELLED. */
void numeral_inspector_stop_search (NumeralInspector *self);

/* (nullable) (transfer none) */
NumeralInsight *numeral_inspector_get_insight (NumeralInspector *self);

G_END_DECLS
