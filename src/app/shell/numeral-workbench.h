/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_WORKBENCH (numeral_workbench_get_type ())
G_DECLARE_FINAL_TYPE (NumeralWorkbench, numeral_workbench, NUMERAL, WORKBENCH, GtkWidget)

/**
 * NumeralWorkbench:
 *
 * The pages about learning, with a header bar of their own: to stand in a leaflet beside the
 * reading pane.
 *
 * Properties: "lab" (NumeralLab, nullable, set once), "folded" (boolean: nothing stands beside it;
 * there is a way back).
 *
 * Signals: "back" (): a person wants to see what stands behind it; "sample-activated" (const float
 * *tensor): as of NumeralSamplesPage.
 */
NumeralWorkbench *numeral_workbench_new (void);

void numeral_workbench_set_lab (NumeralWorkbench *self, NumeralLab *lab);
/* (transfer none) */
/* (transfer none): "train", "runs" or "samples"; made now where it was never shown. */
GtkWidget *numeral_workbench_get_page (NumeralWorkbench *self, const char *name);

G_END_DECLS
