/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-style.h"

#include <adwaita.h>

#define DIM_OPACITY 0.6
#define TRACK_OPACITY 0.1
/* Opacity of dim text in high contrast. */
#define DIM_OPACITY_HIGH 0.9
#define TRACK_OPACITY_HIGH 0.3

static PictureColour
colour_of (const GdkRGBA *rgba, double opacity)
{
  return (PictureColour){ (double) rgba->red, (double) rgba->green, (double) rgba->blue,
                          (double) rgba->alpha * opacity };
}

static PictureColour
look_up (GtkStyleContext *context, const char *name, PictureColour otherwise)
{
  GdkRGBA rgba;

  return gtk_style_context_lookup_color (context, name, &rgba) ? colour_of (&rgba, 1) : otherwise;
}

void
numeral_style_from_widget (PictureStyle *style, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  const gboolean high = adw_style_manager_get_high_contrast (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  GdkRGBA colour;

  gtk_style_context_get_color (context, &colour);
  *style = picture_style_light;
  style->foreground = colour_of (&colour, 1);
  style->dim = colour_of (&colour, high ? DIM_OPACITY_HIGH : DIM_OPACITY);
  style->track = colour_of (&colour, high ? TRACK_OPACITY_HIGH : TRACK_OPACITY);
  style->accent = look_up (context, "accent_color", picture_style_light.accent);
  style->paper = look_up (context, "view_bg_color", picture_style_light.paper);
  style->font = pango_font_description_get_family (pango_context_get_font_description (pango));
  style->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}
