/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-counterfactual-card.h"
#include "numeral-explain-drawing.h"
#include "numeral-figure.h"
#include "numeral-inspector.h"
#include "numeral-method-list.h"
#include "numeral-neighbours-card.h"
#include "numeral-robustness-card.h"
#include "numeral-steps-card.h"

G_BEGIN_DECLS

struct _NumeralExplainDrawing
{
  NumeralPage parent_instance;

  NumeralInspector *inspector; /* (nullable): until it is shown */
  /* The options of the next question; its model, ink and tensor are taken from the lab. */
  NumeralQuestion question;
  NumeralQuestion *asked; /* (nullable): the last question that was asked */
  int runner_up;          /* the digit in the first entry of the list of rivals; -1: none yet */

  /* The samples to find the nearest of; question.neighbours is what is known of them. */
  NnDataset *samples;             /* (nullable): until they are loaded */
  NnDataset *some;                /* (nullable): some of them, for a network that learns */
  NumeralModel *indexed;          /* (nullable): the model that looks or has looked at them */
  gboolean index_whole;           /* at all of them */
  gint64 index_began, index_took; /* in microseconds */
  GCancellable *indexing;         /* (nullable) */
  GTask *index_task;              /* (nullable): that it cancels; not owned */
  guint index_delay, index_poll;

  gint64 told;      /* when texts were last changed, in microseconds */
  guint tell_later; /* source that changes them */

  GtkStack *stack;
  AdwStatusPage *status;
  GtkWidget *way_out;
  GtkLabel *title;
  GtkDropDown *rival;
  GtkStringList *rivals;
  GtkLabel *about;
  GtkLabel *remark;
  NumeralFigure *ink;
  NumeralMethodList *methods;
  GtkWidget *options;
  GtkWidget *baseline_box;
  GtkDropDown *baseline;
  GtkWidget *parts_box;
  GtkDropDown *parts;
  GtkWidget *patch_box;
  GtkSpinButton *patch;
  GtkWidget *details;
  NumeralFigure *pixels;
  GtkLabel *sum;
  NumeralFigure *curves;
  GtkWidget *pieces_box;
  GtkListBox *pieces;
  NumeralCounterfactualCard *counterfactual;
  NumeralRobustnessCard *robustness;
  NumeralNeighboursCard *neighbours;
  NumeralStepsCard *steps;
};

/* numeral-explain-drawing-ask.c: what is asked */
/* Asks about the digit on the canvas, or forgets the last one. */
void numeral_explain_drawing_ask (NumeralExplainDrawing *self);
/* Forgets it, and what is known. */
void numeral_explain_drawing_forget (NumeralExplainDrawing *self);

/* numeral-explain-drawing-index.c: looking at the training samples with the model */
/* Begins if there is another model. While a network learns, its newest snapshot looks at some of
 * the samples, again and again; what the last one found stays until then. */
void numeral_explain_drawing_index (NumeralExplainDrawing *self);
void numeral_explain_drawing_forget_index (NumeralExplainDrawing *self);

/* numeral-explain-drawing-show.c: what is shown of an insight */
/* Shows the insight, or why there is none. */
void numeral_explain_drawing_update (NumeralExplainDrawing *self);

G_END_DECLS
