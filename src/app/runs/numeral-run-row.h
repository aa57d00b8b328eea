/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-trainer.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RUN_ROW (numeral_run_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralRunRow, numeral_run_row, NUMERAL, RUN_ROW, GtkWidget)

/**
 * NumeralRunRow:
 *
 * A kept run in a list: its name, settings, state, date and best accuracy, a check box to select
 * it, and a button with a menu. The actions of the menu belong to its parents.
 *
 * Properties: "picked" (boolean): whether the box is ticked. Signals: "menu": the menu is about
 * to open; its actions apply to this run.
 */
NumeralRunRow *numeral_run_row_new (void);

/* @run: (nullable): the run to show, with its changes; @trainer: to tell whether it is being
 *   trained */
void numeral_run_row_set_run (NumeralRunRow *self, NumeralRun *run, NumeralTrainer *trainer);

/* (nullable) (transfer none) */
NumeralRun *numeral_run_row_get_run (NumeralRunRow *self);

/* Opens the menu, as its button does. */
void numeral_run_row_open_menu (NumeralRunRow *self);

/* (transfer full): "Stopped, 2.3 of 5 epochs"; @icon: (out) (transfer none): the icon in front
 * of it */
char *numeral_run_row_describe (NumeralRun *run, NumeralTrainer *trainer, const char **icon);

G_END_DECLS
