/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "numeral-canvas-private.h"
#include "picture-ink.h"

/* Maximum side of the cached picture, in pixels; a larger canvas scales it up. */
#define CACHE_MAX 4096

/* Position of the baseline of digits, in units of the drawing. */
#define BASELINE 890.0
#define BASELINE_MARGIN 100.0

void
numeral_canvas_get_square (NumeralCanvas *self, double *x, double *y, double *side)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));

  *side = MIN (width, height);
  *x = (width - *side) / 2;
  *y = (height - *side) / 2;
}

void
numeral_canvas_cache_clear (NumeralCanvasCache *cache)
{
  g_clear_pointer (&cache->drawing, ink_drawing_unref);
  g_clear_pointer (&cache->surface, cairo_surface_destroy);
  g_clear_pointer (&cache->node, gsk_render_node_unref);
}

static gboolean
is_next (const InkDrawing *before, const InkDrawing *after)
{
  if (after->n_strokes != before->n_strokes + 1)
    return FALSE;
  for (guint i = 0; i < before->n_strokes; i++)
    if (before->strokes[i] != after->strokes[i])
      return FALSE;
  return TRUE;
}

static void
cache_draw (NumeralCanvasCache *cache, const InkDrawing *drawing)
{
  const PictureColour colour = { (double) cache->colour.red, (double) cache->colour.green,
                                 (double) cache->colour.blue, (double) cache->colour.alpha };
  const double scale = cache->pixels / NUMERAL_CANVAS_SIZE;
  cairo_t *cr = cairo_create (cache->surface);

  cairo_scale (cr, scale, scale);
  /* After a stroke, draw only that stroke. */
  if (cache->drawing && is_next (cache->drawing, drawing))
    {
      picture_set_colour (cr, &colour);
      picture_ink_stroke (cr, drawing->strokes[drawing->n_strokes - 1]);
    }
  else
    {
      cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
      cairo_paint (cr);
      cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
      picture_ink (cr, drawing, &colour);
    }
  cairo_destroy (cr);
}

/* With Cairo, GTK 4.8 converts each texture to floating point and back in every frame, in any
 * format, which takes a third of a frame: use a Cairo node instead. With a GPU a texture stays
 * in its memory. */
static GskRenderNode *
create_node (const NumeralCanvasCache *cache, gboolean with_cairo)
{
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, (float) cache->side, (float) cache->side);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int stride;

  if (with_cairo)
    {
      GskRenderNode *node = gsk_cairo_node_new (&bounds);
      cairo_t *cr = gsk_cairo_node_get_draw_context (node);
      const double scale = cache->side / cache->pixels;

      cairo_scale (cr, scale, scale);
      cairo_set_source_surface (cr, cache->surface, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
      return node;
    }
  stride = cairo_image_surface_get_stride (cache->surface);
  bytes =
      g_bytes_new (cairo_image_surface_get_data (cache->surface), (gsize) stride * cache->pixels);
  texture =
      gdk_memory_texture_new (cache->pixels, cache->pixels, GDK_MEMORY_DEFAULT, bytes, stride);
  return gsk_texture_node_new (texture, &bounds);
}

/* (transfer none) (nullable): the finished strokes, as a square with sides of @side. */
static GskRenderNode *
cache_get (GtkWidget *widget,
           NumeralCanvasCache *cache,
           InkDrawing *drawing,
           const GdkRGBA *colour,
           double side)
{
  const int pixels = CLAMP ((int) (side * gtk_widget_get_scale_factor (widget)), 1, CACHE_MAX);

  if (cache->pixels != pixels || cache->side != side || !gdk_rgba_equal (&cache->colour, colour))
    {
      numeral_canvas_cache_clear (cache);
      cache->pixels = pixels;
      cache->side = side;
      cache->colour = *colour;
    }
  if (ink_drawing_is_empty (drawing))
    return NULL;
  if (cache->drawing == drawing)
    return cache->node;

  if (!cache->surface)
    cache->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  g_clear_pointer (&cache->node, gsk_render_node_unref);
  cache_draw (cache, drawing);
  g_clear_pointer (&cache->drawing, ink_drawing_unref);
  cache->drawing = ink_drawing_ref (drawing);
  cairo_surface_flush (cache->surface);
  if (cairo_surface_status (cache->surface) != CAIRO_STATUS_SUCCESS)
    return NULL;
  cache->node = create_node (cache, GSK_IS_CAIRO_RENDERER (
                                        gtk_native_get_renderer (gtk_widget_get_native (widget))));
  return cache->node;
}

static void
snapshot_baseline (GtkSnapshot *snapshot, const GdkRGBA *colour, double side)
{
  const double scale = side / NUMERAL_CANVAS_SIZE;
  const double y = floor (BASELINE * scale);
  const double dashes[] = { 5, 5 };
  GdkRGBA faint = *colour;
  cairo_t *cr;

  faint.alpha *= 0.15f;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, (float) y, (float) side, 1));
  gdk_cairo_set_source_rgba (cr, &faint);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, BASELINE_MARGIN * scale, y + 0.5);
  cairo_line_to (cr, side - BASELINE_MARGIN * scale, y + 0.5);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
snapshot_hint (NumeralCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour, double side)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), _ ("Draw a digit or a number"));
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));
  GdkRGBA dim = *colour;
  int width, height;

  pango_font_description_set_absolute_size (font, CLAMP (side / 18, 15, 48) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (side * 0.9) * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, &width, &height);
  dim.alpha *= 0.55f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) floor (side * 0.05),
                                                          (float) floor ((side - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &dim);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_stroke (NumeralCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour, double side)
{
  const double scale = side / NUMERAL_CANVAS_SIZE;
  const PictureExtents extents = picture_ink_stroke_extents (self->stroke);
  const double x0 = MAX (floor (extents.x0 * scale) - 1, 0);
  const double y0 = MAX (floor (extents.y0 * scale) - 1, 0);
  const double x1 = MIN (ceil (extents.x1 * scale) + 1, side);
  const double y1 = MIN (ceil (extents.y1 * scale) + 1, side);
  cairo_t *cr;

  if (x1 <= x0 || y1 <= y0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float) x0, (float) y0, (float) (x1 - x0),
                                                       (float) (y1 - y0)));
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_scale (cr, scale, scale);
  picture_ink_stroke (cr, self->stroke);
  cairo_destroy (cr);
}

/* A ring of a dark and a light line, which is visible on ink and on paper. */
static void
snapshot_ring (GtkSnapshot *snapshot,
               const GdkRGBA *colour,
               double x,
               double y,
               double radius,
               gboolean filled)
{
  const float reach = (float) (radius + 3);
  GdkRGBA inside = *colour;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x - reach,
                                                                          (float) y - reach,
                                                                          2 * reach, 2 * reach));

  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  inside.alpha = filled ? 0.35f : 0.08f;
  gdk_cairo_set_source_rgba (cr, &inside);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 3);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.8);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.8);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
snapshot_cursor (NumeralCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour, double side)
{
  const double scale = side / NUMERAL_CANVAS_SIZE;
  const double eraser = numeral_canvas_get_eraser_radius (self) * scale;

  if (self->cursor_shown)
    {
      const double pen = MAX (self->pen_width / 2 * scale, 4);

      snapshot_ring (snapshot, colour, self->cursor_x * scale, self->cursor_y * scale,
                     self->tool == NUMERAL_TOOL_ERASER ? eraser : pen, self->cursor_down);
    }
  else if (self->rubbed || (self->hovering && self->tool == NUMERAL_TOOL_ERASER))
    snapshot_ring (snapshot, colour, self->hover_x * scale, self->hover_y * scale, eraser,
                   self->rubbed != NULL);
}

void
numeral_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralCanvas *self = NUMERAL_CANVAS (widget);
  InkDrawing *drawing = numeral_canvas_get_shown (self);
  NumeralCanvasImage *image = numeral_canvas_get_image (self);
  GskRenderNode *strokes;
  GdkRGBA colour;
  double x, y, side;

  numeral_canvas_get_square (self, &x, &y, &side);
  if (side <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));

  if (!image || self->stroke)
    snapshot_baseline (snapshot, &colour, side);
  if (image && !self->stroke)
    numeral_canvas_image_snapshot (image, snapshot, side / NUMERAL_CANVAS_SIZE,
                                   gtk_widget_get_scale_factor (widget) * side /
                                       NUMERAL_CANVAS_SIZE);
  else if (self->was_empty)
    snapshot_hint (self, snapshot, &colour, side);

  strokes = cache_get (widget, &self->cache, drawing, &colour, side);
  if (strokes)
    gtk_snapshot_append_node (snapshot, strokes);
  if (self->stroke)
    snapshot_stroke (self, snapshot, &colour, side);
  numeral_canvas_snapshot_marks (self, snapshot, &colour, side);
  numeral_canvas_snapshot_boxes (self, snapshot, &colour, side);
  snapshot_cursor (self, snapshot, &colour, side);
  gtk_snapshot_restore (snapshot);
}
