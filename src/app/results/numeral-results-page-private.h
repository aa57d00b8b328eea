/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-confusion-view.h"
#include "numeral-evaluation-task.h"
#include "numeral-figure-card.h"
#include "numeral-model-choice.h"
#include "numeral-reliability-view.h"
#include "numeral-result-list.h"
#include "numeral-result-tile.h"
#include "numeral-results-page.h"
#include "numeral-suspects.h"

G_BEGIN_DECLS

/* What is shown of the samples; in the order of numeral_results_page_show_names. */
typedef enum
{
  NUMERAL_SHOW_ALL,
  NUMERAL_SHOW_CELL,
  NUMERAL_SHOW_MENDED,
  NUMERAL_SHOW_BROKEN,
  NUMERAL_SHOW_BOTH,
  NUMERAL_SHOW_SUSPECTS,
  NUMERAL_N_SHOWS,
} NumeralShow;

extern const char *const numeral_results_page_show_names[NUMERAL_N_SHOWS];

struct _NumeralResultsPage
{
  NumeralPage parent_instance;

  NumeralLab *lab; /* the lab of the page; NULL before it is set and after disposal */
  NumeralBrowse what;
  char *path; /* of NUMERAL_BROWSE_TEST_PATH */

  GCancellable *going;               /* (nullable): loads, measures or compares */
  GCancellable *finding;             /* (nullable): looks for wrong labels */
  gint64 started;                    /* when measuring began, in microseconds */
  NnDataset *dataset;                /* (nullable): as it was loaded */
  NumeralBrowse measured;            /* what @dataset is */
  char *measured_path;               /* (nullable): of @dataset */
  char *loaded;                      /* (nullable): what @dataset is, if it can be used again */
  NumeralEvaluation *whole;          /* (nullable): of all samples */
  NumeralEvaluation *whole_compared; /* (nullable): of the other model */
  GCancellable *restricting;         /* (nullable): works out the three below */
  NumeralEvaluation *evaluation;     /* (nullable): what is shown: all, or of one writer */
  NumeralEvaluation *compared;       /* (nullable): the same of the other model */
  NnComparison *comparison;          /* (nullable): with @compared */
  GArray *suspects;                  /* (nullable) (element-type NnSuspect) */
  NumeralShow show;
  NumeralResultList *results;
  /* Samples of one's own that got another label since they were measured: number (gint64 *) to
   * label. */
  GHashTable *relabelled;
  GtkWidget *menu;              /* a popover */
  NumeralResultTile *menu_tile; /* (nullable): the tile that it was last opened for */

  NumeralModelChoice *model;
  NumeralModelChoice *other;
  GtkDropDown *source;
  GtkStringList *sources;
  GtkDropDown *writer;
  GtkStringList *writer_names;
  GArray *writers; /* (nullable) (element-type guint32): those of the entries after the first */
  GtkWidget *measure;
  GtkWidget *going_box;
  GtkLabel *going_text;
  GtkProgressBar *progress;
  GtkLabel *remarks;
  GtkWidget *outdated;
  GtkLabel *outdated_text;
  GtkStack *stack;
  AdwStatusPage *status;
  GtkWidget *retry;
  GtkWidget *get_mnist;
  NumeralFigureCard *accuracy;
  NumeralFigureCard *loss;
  NumeralFigureCard *ece;
  NumeralFigureCard *refused;
  GtkWidget *cards;
  GtkWidget *confusion_card;
  NumeralConfusionView *confusion;
  NumeralReliabilityView *reliability;
  GtkLabel *compared_text;
  GtkWidget *find;
  GtkWidget *leave_out;
  GtkProgressBar *find_progress;
  GtkWidget *find_stop;
  GtkToggleButton *chips[NUMERAL_N_SHOWS];
  GtkLabel *none;
  GtkFlowBox *tiles;
  GtkWidget *more;
};

/* numeral-results-page-measure.c: loading, measuring and comparing */
void numeral_results_page_measure (NumeralResultsPage *self);
/* Compares with the other model, if one is chosen and there are results. */
void numeral_results_page_compare (NumeralResultsPage *self);
/* Cancels what goes on, and says so. */
void numeral_results_page_cancel (NumeralResultsPage *self);
/* Cancels what goes on silently. */
void numeral_results_page_stop (NumeralResultsPage *self);

/* numeral-results-page-writer.c: the samples of one writer */
/* Offers these writers, and keeps the one that is chosen if it is among them. @writers:
 * (element-type guint32) */
void numeral_results_page_list_writers (NumeralResultsPage *self, GArray *writers);
/* Offers none. */
void numeral_results_page_drop_writers (NumeralResultsPage *self);
/* Whether one writer is chosen: @writer: (out): which. */
gboolean numeral_results_page_get_writer (NumeralResultsPage *self, guint32 *writer);
/* Whether a sample of the data set is by the writer that is chosen. */
gboolean numeral_results_page_takes (NumeralResultsPage *self, gsize index);
/* (transfer full) (element-type NnSuspect): those that are by the writer that is chosen. */
GArray *numeral_results_page_collect_suspects (NumeralResultsPage *self);
void numeral_results_page_stop_restricting (NumeralResultsPage *self);

/* numeral-results-page-restrict.c: the results of one writer */
/* Shows the results of the writer that is chosen, or of all, when they have been worked out. */
void numeral_results_page_restrict (NumeralResultsPage *self);

/* numeral-results-page-suspects.c: looking for wrong labels */
void numeral_results_page_find (NumeralResultsPage *self);
void numeral_results_page_stop_finding (NumeralResultsPage *self);
/* Has the next run learn from these samples without those that are probably mislabelled. */
void numeral_results_page_leave_out (NumeralResultsPage *self);

/* numeral-results-page-relabel.c: other labels for one's own samples */
/* After the template is set. */
void numeral_results_page_relabel_class_init (GtkWidgetClass *widget_class);
void numeral_results_page_relabel_init (NumeralResultsPage *self);
void numeral_results_page_relabel_dispose (NumeralResultsPage *self);
/* A GtkFlowBoxCreateWidgetFunc: a tile with the label that its sample has now. */
GtkWidget *numeral_results_page_create_tile (gpointer item, gpointer page);
/* For other samples. */
void numeral_results_page_forget_labels (NumeralResultsPage *self);

/* numeral-results-page-show.c: what is shown of the results */
void numeral_results_page_show_empty (NumeralResultsPage *self);
void numeral_results_page_show_status (NumeralResultsPage *self,
                                       const char *title,
                                       const char *text,
                                       gboolean retry);
void numeral_results_page_show_missing (NumeralResultsPage *self);
/* Drops all results. */
void numeral_results_page_clear (NumeralResultsPage *self);
void numeral_results_page_show_figures (NumeralResultsPage *self);
void numeral_results_page_show_comparison (NumeralResultsPage *self);
/* Shows mistakes before all are found. */
void numeral_results_page_add_mistakes (NumeralResultsPage *self,
                                        const NumeralMistake *mistakes,
                                        guint n);
/* Counts the samples of each kind, and shows those that are chosen. */
void numeral_results_page_set_show (NumeralResultsPage *self, NumeralShow show);
/* Whether the samples that are shown are those of a run that could leave them out. */
gboolean numeral_results_page_can_leave_out (NumeralResultsPage *self);
void numeral_results_page_update_more (NumeralResultsPage *self);

/* numeral-results-page-export.c: files of the results */
void numeral_results_page_export (NumeralResultsPage *self, const char *what);

G_END_DECLS
