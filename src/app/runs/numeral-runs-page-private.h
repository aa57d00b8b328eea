/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-runs-page.h"
#include "numeral-runs-table.h"

G_BEGIN_DECLS

struct _NumeralRunsPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* of the page; NULL before and after */
  GtkMultiSelection *selection;
  GtkFileChooserNative *chooser;

  GtkStack *stack;
  GtkLabel *count;
  GtkListView *list;
  NumeralRunsTable *table;
};

/* numeral-runs-page.c */
/* (transfer container) (element-type NumeralRun): those that are picked, from the top */
GPtrArray *numeral_runs_page_get_picked (NumeralRunsPage *self);
/* (transfer none) (nullable): the one run that is picked */
NumeralRun *numeral_runs_page_get_one (NumeralRunsPage *self);
/* Takes @message over. */
void numeral_runs_page_say (NumeralRunsPage *self, char *message);
/* Picks this one alone, and brings it to sight. */
void numeral_runs_page_pick (NumeralRunsPage *self, NumeralRun *run);

/* numeral-runs-page-change.c: what changes runs */
void numeral_runs_page_rename (NumeralRunsPage *self);
void numeral_runs_page_delete (NumeralRunsPage *self);

/* numeral-runs-page-files.c */
void numeral_runs_page_export (NumeralRunsPage *self);
void numeral_runs_page_import (NumeralRunsPage *self);

G_END_DECLS
