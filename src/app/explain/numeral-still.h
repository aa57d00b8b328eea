/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * numeral_still_begin:
 * @bounds: whole numbers, in the units of @widget
 *
 * Draws pixels that stay while other parts of @widget move. A node of many Cairo commands would run
 * them all whenever something near it changes.
 *
 * Returns: (transfer full): for drawing, in the units of @widget; ends with numeral_still_end()
 */
cairo_t *numeral_still_begin (GtkWidget *widget, const graphene_rect_t *bounds);

/* (transfer full): the pixels as a node. Takes ownership of @cr. */
GskRenderNode *numeral_still_end (cairo_t *cr, const graphene_rect_t *bounds);

G_END_DECLS
