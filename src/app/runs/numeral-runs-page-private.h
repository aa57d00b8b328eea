/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-runs-page.h"
#include "numeral-runs-table.h"

G_BEGIN_DECLS

struct _NumeralRunsPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* the lab of the page; NULL before it is set and after disposal */
  GtkMultiSelection *selection;

  GtkStack *stack;
  GtkLabel *count;
  GtkListView *list;
  NumeralRunsTable *table;
};

/* numeral-runs-page-selection.c: the runs that the actions apply to, and messages */
/* (transfer container) (element-type NumeralRun): the selected runs, from the top */
GPtrArray *numeral_runs_page_get_picked (NumeralRunsPage *self);
/* (transfer none) (nullable): the selected run, if it is the only one */
NumeralRun *numeral_runs_page_get_one (NumeralRunsPage *self);
/* Shows a toast; takes ownership of @message. */
void numeral_runs_page_say (NumeralRunsPage *self, char *message);
/* Selects this run alone, and scrolls to it. */
void numeral_runs_page_pick (NumeralRunsPage *self, NumeralRun *run);

/* numeral-runs-page-change.c: the actions that change runs */
void numeral_runs_page_rename (NumeralRunsPage *self);
void numeral_runs_page_delete (NumeralRunsPage *self);

/* numeral-runs-page-files.c */
void numeral_runs_page_export (NumeralRunsPage *self);
void numeral_runs_page_import (NumeralRunsPage *self);

G_END_DECLS
