/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-dataset-list.h"
#include "numeral-hand-view.h"
#include "numeral-samples-page.h"

G_BEGIN_DECLS

/* The places of one's own handwriting and of a file or folder among the sources. The ones before
 * have the place of their NumeralBrowse. */
#define NUMERAL_SAMPLES_HAND_PLACE 4
#define NUMERAL_SAMPLES_PATH_PLACE 5

struct _NumeralSamplesPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* the lab of the page; NULL before it is set and after disposal */
  NumeralDatasetList *samples;
  NumeralBrowse what;
  char *path;            /* of NUMERAL_BROWSE_PATH */
  char *seen;            /* the settings of the next run's data that is shown */
  GCancellable *loading; /* or downloading */
  gboolean showing;      /* whether the program sets the controls */

  GtkDropDown *source;
  GtkStringList *sources;
  GtkDropDown *filter;
  GtkStringList *classes;
  GtkStack *stack;
  GtkWidget *remarks_box;
  GtkLabel *remarks; /* what was left out of the data, and other things to know */
  GtkGridView *grid;
  NumeralHandView *hand;
  GtkLabel *busy_text;
  GtkProgressBar *progress;
  GtkSpinner *spinner;
  AdwStatusPage *status;
  GtkWidget *download;
  GtkWidget *retry;
};

/* numeral-samples-page-hand.c: one's own handwriting */
void numeral_samples_page_init_hand (NumeralSamplesPage *self);
void numeral_samples_page_count_hand (NumeralSamplesPage *self);
/* Shows it instead of the grid. */
void numeral_samples_page_show_hand (NumeralSamplesPage *self);

/* numeral-samples-page-load.c: loading, and the status that replaces the grid meanwhile */
void numeral_samples_page_load (NumeralSamplesPage *self);
void numeral_samples_page_download (NumeralSamplesPage *self);
/* Cancels the current load or download, and shows that. */
void numeral_samples_page_cancel (NumeralSamplesPage *self);
/* Cancels the current load or download silently. */
void numeral_samples_page_stop (NumeralSamplesPage *self);
/* (transfer full): differs if the next run would load other data */
char *numeral_samples_page_settings (NumeralSamplesPage *self);

G_END_DECLS
