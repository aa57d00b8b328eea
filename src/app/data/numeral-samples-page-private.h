/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-dataset-list.h"
#include "numeral-samples-page.h"

G_BEGIN_DECLS

struct _NumeralSamplesPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* of the page; NULL before and after */
  NumeralDatasetList *samples;
  NumeralBrowse what;
  char *path;            /* of NUMERAL_BROWSE_PATH */
  char *seen;            /* the settings that the data of the next run is of */
  GCancellable *loading; /* or downloading */
  gboolean showing;      /* the controls are set by the program */
  GtkFileChooserNative *chooser;

  GtkDropDown *source;
  GtkStringList *sources;
  GtkDropDown *filter;
  GtkStringList *classes;
  GtkStack *stack;
  GtkGridView *grid;
  GtkLabel *busy_text;
  GtkProgressBar *progress;
  GtkSpinner *spinner;
  AdwStatusPage *status;
  GtkWidget *download;
  GtkWidget *retry;
};

/* numeral-samples-page-load.c: what is there instead of the grid, and how it goes away */
void numeral_samples_page_load (NumeralSamplesPage *self);
void numeral_samples_page_download (NumeralSamplesPage *self);
/* Stops what is going on, and says so. */
void numeral_samples_page_cancel (NumeralSamplesPage *self);
/* Stops what is going on, silently. */
void numeral_samples_page_stop (NumeralSamplesPage *self);
/* (transfer full): differs if the next run would load other data */
char *numeral_samples_page_settings (NumeralSamplesPage *self);

G_END_DECLS
