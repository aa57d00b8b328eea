/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-style.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_FIGURE (numeral_figure_get_type ())
G_DECLARE_FINAL_TYPE (NumeralFigure, numeral_figure, NUMERAL, FIGURE, GtkWidget)

/* A function of picture: draws @data over all of @width x @height. */
typedef void (*NumeralFigureDraw) (
    cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style);

/**
 * NumeralFigure:
 *
 * Shows a picture in the widget's colours and font. It asks for no size itself: set
 * "width-request" and "height-request". For screen readers it is an image; whoever sets the picture
 * says what it shows.
 */
GtkWidget *numeral_figure_new (void);

/* @draw: (nullable): %NULL shows nothing. Takes ownership of @data, which @destroy (nullable) frees
 * when it is shown no longer. A change costs no layout. */
void numeral_figure_set (NumeralFigure *self,
                         NumeralFigureDraw draw,
                         gpointer data,
                         GDestroyNotify destroy);

/* (nullable): what is shown. */
gconstpointer numeral_figure_get_data (NumeralFigure *self);

/* Says what the picture shows. */
void numeral_figure_describe (NumeralFigure *self, const char *text);

G_END_DECLS
