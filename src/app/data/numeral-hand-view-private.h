/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-bars.h"
#include "numeral-hand-item.h"
#include "numeral-hand-list.h"
#include "numeral-hand-view.h"
#include "numeral-learn-row.h"

G_BEGIN_DECLS

struct _NumeralHandView
{
  AdwBin parent_instance;

  NumeralHandStore *store; /* (nullable) */
  NumeralHandList *list;   /* (nullable) */
  GtkSelectionModel *selection;
  int label;
  gboolean selecting; /* all samples, when they are loaded */
  /* (nullable): the action that was asked for meanwhile, and its parameter (nullable) */
  char *waiting;
  GVariant *waiting_for;
  NumeralHandCounts counts, fresh;
  NumeralHandLearner *learner; /* (nullable) */
  gint64 after;                /* the newest sample that the learner knows */
  GCancellable *counting;      /* (nullable) */

  /* An import or an export, and what shows it if it takes long. */
  GCancellable *transfer; /* (nullable) */
  guint slow;

  NumeralProtector *protector; /* (nullable) */

  GtkStack *pages;
  NumeralLearnRow *learn;
  GtkStack *stack;
  NumeralHandBars *bars;
  GtkWidget *old_legend_box;
  GtkLabel *old_legend;
  GtkWidget *new_legend;
  GtkLabel *new_count;
  GtkWidget *corrected;
  GtkLabel *corrected_count;
  GtkGridView *grid;
  AdwStatusPage *empty;
  AdwStatusPage *problem;
  AdwStatusPage *locked;
  GtkWidget *keyring;
  GtkWidget *protect;
  GtkMenuButton *protection;
  GtkWidget *busy;
  GtkLabel *busy_text;
  GtkWidget *menu; /* a popover */
};

/* numeral-hand-view-protect.c: how the samples are protected */
void numeral_hand_view_protect_init (NumeralHandView *self, NumeralLab *lab);

/* numeral-hand-view-change.c: what the actions do to the selected samples */
void numeral_hand_view_change_class_init (GtkWidgetClass *widget_class);

/* numeral-hand-view-select.c: what the actions are for */
/* (transfer full) (element-type NumeralHandItem) */
GPtrArray *numeral_hand_view_get_selected (NumeralHandView *self);
/* Selects all samples, also those that were never scrolled to, when they are loaded; called again
 * each time when some are. */
void numeral_hand_view_select_all (NumeralHandView *self);
void numeral_hand_view_stop_selecting (NumeralHandView *self);
/* Whether an action has to wait until all samples are selected; then it is called once more. */
gboolean
numeral_hand_view_wait_for_all (NumeralHandView *self, const char *action, GVariant *parameter);

/* numeral-hand-view-transfer.c: import and export */
void numeral_hand_view_transfer_class_init (GtkWidgetClass *widget_class);
void numeral_hand_view_transfer_stop (NumeralHandView *self);

G_END_DECLS
