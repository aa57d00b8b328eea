/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-insight.h"

G_BEGIN_DECLS

/**
 * NumeralInspectionWatch:
 * @publish: called when the insight has a new part
 * @give_up: whether the parts that are missing are of no use any more; @searching: the next one is
 *   a search, which takes long
 * @quit: ends even integrated gradients
 * @cancellable: ends the other parts
 * @search: ends the search for a counterfactual
 *
 * What connects an inspection to its inspector.
 */
typedef struct
{
  void (*publish) (const NumeralInsight *insight, gpointer user_data);
  gboolean (*give_up) (gboolean searching, gpointer user_data);
  GCancellable *quit, *cancellable, *search;
  gpointer user_data;
} NumeralInspectionWatch;

/**
 * NumeralInspection:
 *
 * The work of a NumeralInspector: it finds the parts of an insight one after the other, and keeps
 * what several questions need: the explainer of the model, a reader, the background. Owned by one
 * thread.
 */
typedef struct _NumeralInspection NumeralInspection;

NumeralInspection *numeral_inspection_new (void);
void numeral_inspection_free (NumeralInspection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralInspection, numeral_inspection_free)

/* Finds the missing parts of @insight. Blocks; what cannot be found is an error in the insight. */
void numeral_inspection_run (NumeralInspection *self,
                             NumeralInsight *insight,
                             const NumeralInspectionWatch *watch);

G_END_DECLS
