/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-chart.h"

G_BEGIN_DECLS

typedef struct
{
  PictureSeries *series;
  char *name;
  NumeralChartCurveFlags flags;
} NumeralChartCurve;

struct _NumeralChart
{
  GtkWidget parent_instance;

  GArray *curves; /* of NumeralChartCurve */
  char *title, *x_name, *empty;
  PictureFormat y_format;
  double x_end;
  guint best_curve;
  double best;
  guint smoothing;
  double cursor;

  /* An end that is NaN follows the data. */
  PictureAxis x, y;
  gboolean zoomed;

  double pointer_x, pointer_y;
  /* The axes at the beginning of a drag or pinch. */
  PictureAxis began_x, began_y;
  double began_place;
};

/**
 * NumeralChartScene:
 *
 * The values of one frame.
 */
typedef struct
{
  PictureStyle style;
  PictureChart chart;
  PictureCurve *curves;
} NumeralChartScene;

/* numeral-chart-scene.c */
/* @style: (nullable): %NULL for the widget's own style */
void
numeral_chart_scene_init (NumeralChart *self, NumeralChartScene *scene, const PictureStyle *style);
void numeral_chart_scene_clear (NumeralChartScene *scene);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralChartScene, numeral_chart_scene_clear)
/* The ranges of all data. */
void numeral_chart_get_limits (NumeralChart *self, PictureAxis *x, PictureAxis *y);
void numeral_chart_hit (NumeralChart *self, double x, double y, PictureChartHit *hit);

/* numeral-chart-view.c: the part of the curves that is visible, and the cursor */
void numeral_chart_set_view (NumeralChart *self, const PictureAxis *x, const PictureAxis *y);
/* %FALSE shows everything again. */
void numeral_chart_set_zoomed (NumeralChart *self, gboolean zoomed);
/* Tells assistive technology the title and the figures at the cursor. */
void numeral_chart_describe (NumeralChart *self);

/* numeral-chart-input.c */
void numeral_chart_input_class_init (GtkWidgetClass *widget_class);
void numeral_chart_input_init (NumeralChart *self);
/* Begins a pinch of two fingers around (@x, @y); "scale-changed" of the gesture follows. */
void numeral_chart_begin_pinch (NumeralChart *self, double x, double y);

G_END_DECLS
