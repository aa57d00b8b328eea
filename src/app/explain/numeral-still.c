/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-still.h"

#include <math.h>

cairo_t *
numeral_still_begin (GtkWidget *widget, const graphene_rect_t *bounds)
{
  const int scale = gtk_widget_get_scale_factor (widget);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceilf (bounds->size.width) * scale,
                                  (int) ceilf (bounds->size.height) * scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_translate (cr, (double) -bounds->origin.x, (double) -bounds->origin.y);
  return cr;
}

GskRenderNode *
numeral_still_end (cairo_t *cr, const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *target = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (target, cairo_get_target (cr), (double) bounds->origin.x,
                            (double) bounds->origin.y);
  cairo_paint (target);
  cairo_destroy (target);
  cairo_destroy (cr);
  return node;
}
