/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-run-config.h"
#include "numeral-shrunk.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHRINK (numeral_shrink_get_type ())
G_DECLARE_FINAL_TYPE (NumeralShrink, numeral_shrink, NUMERAL, SHRINK, GObject)

/**
 * NumeralShrink:
 *
 * Makes a model smaller in several ways, one after the other, in a thread. Belongs to the main
 * thread.
 *
 * Properties, read-only: "running" (boolean); "progress" (double): the share of all ways that is
 * done; "doing" (string, nullable): the title of what is being made.
 *
 * Signals: "ended" (GError *error, nullable): the last way is done, or it was stopped, or it
 * failed. What was made until then stays.
 */
NumeralShrink *numeral_shrink_new (void);

/**
 * numeral_shrink_start:
 * @folder: of the run
 * @config: of the run that trained it, whose training data make it smaller and whose validation
 *   data measure it. If they cannot be loaded, generated digits stand in.
 *
 * Forgets what was made before. The first result is the model as it is.
 */
void numeral_shrink_start (NumeralShrink *self, GFile *folder, const NumeralRunConfig *config);
/* Stops as soon as possible; "ended" follows. */
void numeral_shrink_stop (NumeralShrink *self);

/* (transfer none): of NumeralShrunk, in the order in which they were made */
GListModel *numeral_shrink_get_results (NumeralShrink *self);
/* Whether generated digits stood in for the data of the run. */
gboolean numeral_shrink_get_generated (NumeralShrink *self);

G_END_DECLS
