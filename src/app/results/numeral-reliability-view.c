/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reliability-view.h"

#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-style.h"
#include "picture-reliability.h"

#define MIN_WIDTH 240
#define MIN_HEIGHT 240
#define EXPORT_WIDTH 560
#define EXPORT_HEIGHT 480

struct _NumeralReliabilityView
{
  GtkWidget parent_instance;

  PictureReliabilityBin bins[NN_ECE_BINS];
  PictureReliability reliability;
};

G_DEFINE_FINAL_TYPE (NumeralReliabilityView, numeral_reliability_view, GTK_TYPE_WIDGET)

static void
draw (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  picture_reliability_draw (cr, width, height, data, style);
}

static void
numeral_reliability_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralReliabilityView *self = NUMERAL_RELIABILITY_VIEW (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  PictureStyle style;
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_reliability_draw (cr, (double) width, (double) height, &self->reliability, &style);
  cairo_destroy (cr);
}

static void
numeral_reliability_view_measure (GtkWidget *widget,
                                  GtkOrientation orientation,
                                  int for_size,
                                  int *minimum,
                                  int *natural,
                                  int *minimum_baseline,
                                  int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
}

static void
numeral_reliability_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_reliability_view_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
numeral_reliability_view_class_init (NumeralReliabilityViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = numeral_reliability_view_snapshot;
  widget_class->measure = numeral_reliability_view_measure;
  widget_class->css_changed = numeral_reliability_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "reliability");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_reliability_view_init (NumeralReliabilityView *self)
{
  self->reliability = (PictureReliability){ self->bins, NN_ECE_BINS };
}

static void
describe (NumeralReliabilityView *self)
{
  GString *text = g_string_new (NULL);

  for (guint b = 0; b < NN_ECE_BINS; b++)
    if (self->bins[b].count > 0)
      {
        const PictureReliabilityBin *bin = &self->bins[b];
        g_autofree char *confidence = numeral_format_percent (bin->confidence);
        g_autofree char *accuracy = numeral_format_percent (bin->accuracy);

        /* Translators: a number of answers, their mean probability, and how many of them are
           right in percent */
        g_string_append_printf (text, _ ("%zu answers with %s: %s right. "), bin->count, confidence,
                                accuracy);
      }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reliability diagram"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
  g_string_free (text, TRUE);
}

void
numeral_reliability_view_set (NumeralReliabilityView *self, NumeralEvaluation *evaluation)
{
  g_return_if_fail (NUMERAL_IS_RELIABILITY_VIEW (self));

  for (guint b = 0; b < NN_ECE_BINS; b++)
    {
      static const NnReliability none = { 0 };
      const NnReliability *bin = evaluation ? &evaluation->figures->reliability[b] : &none;

      self->bins[b] = (PictureReliabilityBin){ bin->count, bin->confidence, bin->accuracy,
                                               bin->interval.low, bin->interval.high };
    }
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

PicturePage
numeral_reliability_view_get_page (NumeralReliabilityView *self)
{
  return (PicturePage){ draw, &self->reliability, EXPORT_WIDTH, EXPORT_HEIGHT };
}
