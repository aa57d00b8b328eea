/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-runs-page.h"
#include "numeral-runs-table.h"

G_BEGIN_DECLS

struct _NumeralRunsPage
{
  NumeralPage parent_instance;

  NumeralLab *lab;              /* the lab of the page; NULL before it is set and after disposal */
  NumeralRunStore *store;       /* of @lab; NULL like it */
  GtkSliceListModel *slice;     /* the first runs, until the list has its rows; then all */
  GtkMultiSelection *selection; /* of @slice; positions are those of the store */
  guint growing;                /* tick callback */
  guint waiting_timer;          /* until reading takes so long that a spinner is shown */
  guint check_timer;            /* while the page is visible */
  gboolean checking;            /* whether a check goes on */
  guint enabled;                /* which actions are enabled, a bit for each */

  GtkStack *stack;
  GtkWidget *waiting;
  AdwStatusPage *problem;
  GtkLabel *count;
  GtkListView *list;
  NumeralRunsTable *table;
};

/* numeral-runs-page-state.c: which part is shown, and which actions are possible */
/* @leave: whether to leave the comparison */
void numeral_runs_page_update_state (NumeralRunsPage *self, gboolean leave);
void numeral_runs_page_update_actions (NumeralRunsPage *self);
void numeral_runs_page_show_count (NumeralRunsPage *self);
/* Whether this window trains the run. */
gboolean numeral_runs_page_trains (NumeralRunsPage *self, NumeralRun *run);
/* Finds out now and then, while the page is visible, which runs another window trains. */
void numeral_runs_page_begin_checks (NumeralRunsPage *self);
void numeral_runs_page_end_checks (NumeralRunsPage *self);

/* numeral-runs-page-rows.c: the rows are made a few in a frame */
void numeral_runs_page_begin_rows (NumeralRunsPage *self);
/* The store may have more runs now. */
void numeral_runs_page_add_rows (NumeralRunsPage *self);
void numeral_runs_page_end_rows (NumeralRunsPage *self);
/* Makes all at once, to show the run at @position. */
void numeral_runs_page_reach_row (NumeralRunsPage *self, guint position);

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

/* Shows why a run cannot be changed if another window trains it. */
gboolean numeral_runs_page_refuse (NumeralRunsPage *self, NumeralRun *run);

/* numeral-runs-page-files.c */
void numeral_runs_page_reveal (NumeralRunsPage *self);
void numeral_runs_page_export (NumeralRunsPage *self);
void numeral_runs_page_import (NumeralRunsPage *self);
/* Ends numeral_run_store_import_async() and its like: selects the run, or says why there is none.
 */
void numeral_runs_page_end_import (NumeralRunsPage *self, GAsyncResult *result);

/* numeral-runs-page-shrink.c: a dialog for the selected run */
void numeral_runs_page_shrink (NumeralRunsPage *self);

G_END_DECLS
