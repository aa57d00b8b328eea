/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"

G_BEGIN_DECLS

/**
 * NumeralWorkbench:
 *
 * The pages about learning, with a header bar of their own, in a leaflet beside the reading pane.
 * The pages come from the table of numeral-page-kind.h. Each is made when it is first looked at, a
 * frame's worth at a time.
 *
 * Properties: "lab" (NumeralLab, nullable, set once), "folded" (boolean): the reading pane is
 * hidden behind the workbench, which shows a button that leads back.
 *
 * Signals: "back" (): the button was pressed; "sample-activated" (const float *tensor,
 * InkDrawing *drawing): as in NumeralPage.
 */
#define NUMERAL_TYPE_WORKBENCH (numeral_workbench_get_type ())
G_DECLARE_FINAL_TYPE (NumeralWorkbench, numeral_workbench, NUMERAL, WORKBENCH, GtkWidget)

void numeral_workbench_set_lab (NumeralWorkbench *self, NumeralLab *lab);
/* (transfer none): the page of this name; makes it at once if it was never shown. */
GtkWidget *numeral_workbench_get_page (NumeralWorkbench *self, const char *name);
/* Shows the page of this name; whether it is shown. */
void numeral_workbench_show_page (NumeralWorkbench *self, const char *name);
gboolean numeral_workbench_shows_page (NumeralWorkbench *self, const char *name);

G_END_DECLS
