/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-explain-drawing.h"
#include "numeral-figure.h"
#include "numeral-inspector.h"
#include "numeral-method-list.h"

G_BEGIN_DECLS

struct _NumeralExplainDrawing
{
  AdwBin parent_instance;

  NumeralLab *lab; /* (nullable) */
  gboolean shown;
  NumeralInspector *inspector; /* (nullable): until it is shown */
  /* What is asked; the model, the ink and the tensor are those of the lab when it is asked. */
  NumeralQuestion question;
  int runner_up; /* the digit in the first entry of the list of rivals; -1: none yet */

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
  GtkWidget *patch_box;
  GtkSpinButton *patch;
  NumeralFigure *pixels;
  GtkLabel *sum;
  NumeralFigure *curves;
  GtkWidget *pieces_box;
  GtkListBox *pieces;
};

/* numeral-explain-drawing-show.c: what is shown of an insight */
/* Shows the insight, or why there is none. */
void numeral_explain_drawing_update (NumeralExplainDrawing *self);

G_END_DECLS
