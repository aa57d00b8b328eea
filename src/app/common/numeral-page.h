/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ink-drawing.h"
#include "numeral-lab.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_PAGE (numeral_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (NumeralPage, numeral_page, NUMERAL, PAGE, AdwBin)

/**
 * NumeralPageClass:
 * @set_lab: called once, when the page gets its lab. Connect to its runs and its trainer here.
 * @show: called each time when a page that has a lab becomes visible: when it is mapped, or, for
 *   a mapped page, when it gets its lab. Do slow loading here.
 * @hide: called each time when a page that has a lab is no longer visible. Stop work here whose
 *   result nobody would see.
 *
 * Base class of the pages beside the reading pane. A page is one subclass and one row in the table
 * of numeral-page-kind.c, which holds its name, title and icon: the view switcher shows these
 * before the page is made. A page may have parts that are subclasses too, and hands them its lab.
 *
 * The functions are optional and called in the main thread.
 *
 * Properties: "lab" (NumeralLab, nullable, set once): the runs, the trainer and the model that the
 * pages share. "model" (NumeralModel, boxed, nullable, read-only): the lab's model, which reads the
 * canvas; a page binds or connects to this property and not to the lab. "shown" (boolean,
 * read-only): the page is visible; an invisible page need not update.
 *
 * Signals: "page-requested" (const char *name): show the page of this name.
 * "sample-activated" (const float *tensor [28, 28], ink 1, background 0; InkDrawing *drawing,
 * nullable: the strokes that it was drawn from; both valid during the signal): put this sample on
 * the canvas.
 */
struct _NumeralPageClass
{
  AdwBinClass parent_class;

  void (*set_lab) (NumeralPage *self, NumeralLab *lab);
  void (*show) (NumeralPage *self);
  void (*hide) (NumeralPage *self);
};

/* (nullable) (transfer none) */
NumeralLab *numeral_page_get_lab (NumeralPage *self);
/* @lab: (nullable): %NULL is ignored. A page keeps its first lab. */
void numeral_page_set_lab (NumeralPage *self, NumeralLab *lab);

/* (nullable) (transfer none): %NULL without a lab, and until the lab has a model. */
NumeralModel *numeral_page_get_model (NumeralPage *self);

gboolean numeral_page_get_shown (NumeralPage *self);

/* For subclasses: emit the signals. */
void numeral_page_request_page (NumeralPage *self, const char *name);
/* @drawing: (nullable) */
void numeral_page_activate_sample (NumeralPage *self, const float *tensor, InkDrawing *drawing);

G_END_DECLS
