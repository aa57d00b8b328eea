/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-explain-network.h"
#include "numeral-map-view.h"
#include "numeral-unit-grid.h"
#include "numeral-units-off.h"
#include "numeral-units.h"

G_BEGIN_DECLS

/* Work in threads; of each kind one at a time. */
typedef enum
{
  NUMERAL_NETWORK_UNITS, /* the units of the layer */
  NUMERAL_NETWORK_MAP,   /* the map */
  NUMERAL_NETWORK_OFF,   /* the accuracy with units switched off */
  NUMERAL_NETWORK_LIVE,  /* what becomes of the drawing */
  /* the model with units switched off; also while the page is hidden, for the lab reads with it */
  NUMERAL_NETWORK_DERIVE,
  NUMERAL_N_NETWORK_WORKS,
} NumeralNetworkWork;

/* What the grid shows of the units. */
typedef enum
{
  NUMERAL_UNITS_WEIGHTS,
  NUMERAL_UNITS_EXCITING,
  NUMERAL_UNITS_MAPS,
  NUMERAL_N_UNITS_PICTURES,
} NumeralUnitsPicture;

/* Number of principal components. */
#define NUMERAL_NETWORK_COMPONENTS 5

struct _NumeralExplainNetwork
{
  NumeralPage parent_instance;

  /* What reads: as it is, and (nullable) with units switched off, which the lab has then. It is
   * NULL too until the first one is derived, and of an earlier snapshot or of other units until the
   * next one is. */
  NumeralModel *whole; /* (nullable) */
  NumeralModel *derived;
  NumeralRun *whole_run; /* (nullable): the run in whose training the whole is a snapshot */
  char *name;            /* (nullable): of the whole, while units are off */
  GArray *off;           /* (element-type NumeralUnit) */

  GCancellable *loading;
  gboolean loaded;        /* the samples below are those of the run below */
  NumeralRun *data_run;   /* (nullable) */
  NnDataset *dataset;     /* (nullable) */
  NnDataset *map_dataset; /* (nullable): some of them */
  gboolean fell_back;     /* whether other samples stand in for those of the run */

  struct
  {
    GCancellable *going; /* (nullable) */
    gboolean again;      /* there is news for it */
    guint waiting;       /* before it begins again */
  } works[NUMERAL_N_NETWORK_WORKS];

  NnArchitecture arch; /* of the lists below; without layers at first */
  guint layer;         /* among those with weights */
  guint map_layer;     /* as of NumeralProjection */
  NumeralUnitsPicture picture;
  NumeralUnitsPicture pictures[NUMERAL_N_UNITS_PICTURES]; /* that can be chosen */
  guint n_pictures;

  NumeralUnits *units;           /* (nullable) */
  NumeralProjection *projection; /* (nullable) */
  guint projected;               /* layer of @projection */
  double accuracy_off;           /* below 0 while it is not known */
  float *now;                    /* (nullable): [units->n] */
  float *maps;                   /* (nullable): [units->n, map] */
  gboolean goes_on;              /* whether the trail of the drawing goes on */
  gboolean filling;              /* the lists are being filled */

  GtkStack *stack;
  AdwStatusPage *status;
  GtkWidget *retry;
  GtkDropDown *layers;
  GtkDropDown *looks;
  GtkLabel *network;
  GtkWidget *off_banner;
  GtkLabel *off_text;
  GtkScrolledWindow *grid_window;
  NumeralUnitGrid *grid;
  GtkDrawingArea *scale;
  GtkDrawingArea *now_sign;
  GtkDrawingArea *dead_sign;
  GtkLabel *dead_text;
  GtkWidget *dead_box;
  GtkDropDown *map_layers;
  GtkDropDown *right;
  GtkDropDown *up;
  NumeralMapView *map;
  GtkDrawingArea *star_sign;
  GtkWidget *unit_card;
  GtkLabel *unit_title;
  GtkWidget *unit_switch;
  GtkLabel *unit_switch_text;
  GtkDrawingArea *unit_picture;
  GtkLabel *unit_now;
  GtkDrawingArea *unit_voice;
  GtkLabel *unit_hint;
  GtkWidget *unit_top_title;
  GtkBox *unit_top;
};

/* numeral-explain-network-data.c: the samples */
/* Has samples that fit the run of the lab loaded, unless they are there. */
void numeral_explain_network_load (NumeralExplainNetwork *self);

/* numeral-explain-network-work.c: what is computed in threads */
/* There is news for this work: it begins, or begins again when it ends. */
void numeral_explain_network_want (NumeralExplainNetwork *self, NumeralNetworkWork work);
/* Its present result will be of no use: it is cancelled, and begins. */
void numeral_explain_network_restart (NumeralExplainNetwork *self, NumeralNetworkWork work);
void numeral_explain_network_cancel (NumeralExplainNetwork *self, NumeralNetworkWork work);
/* Cancels what is computed to be shown. */
void numeral_explain_network_stop (NumeralExplainNetwork *self);

/* numeral-explain-network-off.c: units that are switched off */
/* Takes over the model of the lab, whose units are all on unless it is the same network. */
void numeral_explain_network_follow (NumeralExplainNetwork *self);
/* While a network learns, and when it has learned, each snapshot of it is another model; its units
 * stay off. FALSE: the lab may read with the snapshot as it is. */
gboolean numeral_explain_network_take_learned (NumeralExplainNetwork *self,
                                               NumeralModel *model,
                                               const char *name);
void numeral_explain_network_toggle (NumeralExplainNetwork *self, guint unit);
void numeral_explain_network_all_on (NumeralExplainNetwork *self);

/* numeral-explain-network-show.c: what is shown */
void numeral_explain_network_show_init (NumeralExplainNetwork *self);
void numeral_explain_network_show_status (NumeralExplainNetwork *self,
                                          const char *title,
                                          const char *text,
                                          gboolean retry);
/* The lists of layers, if the architecture is another one. */
void numeral_explain_network_show_layers (NumeralExplainNetwork *self);
void numeral_explain_network_show_name (NumeralExplainNetwork *self);
void numeral_explain_network_show_units (NumeralExplainNetwork *self);
void numeral_explain_network_show_pictures (NumeralExplainNetwork *self);
void numeral_explain_network_show_now (NumeralExplainNetwork *self);

/* numeral-explain-network-unit.c: the card of one unit, and what is switched off */
/* The place of a unit among those that are switched off, or the number of these. */
guint numeral_explain_network_find_off (NumeralExplainNetwork *self, guint layer, guint unit);
/* Shows what is switched off, and what that does. */
void numeral_explain_network_show_off (NumeralExplainNetwork *self);
void numeral_explain_network_unit_init (NumeralExplainNetwork *self);
void numeral_explain_network_show_unit (NumeralExplainNetwork *self);
void numeral_explain_network_show_unit_now (NumeralExplainNetwork *self);

G_END_DECLS
