/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-bars.h"

#include <glib/gi18n.h>

#include "numeral-style.h"
#include "picture-counts.h"

#define MINIMUM_WIDTH 240
#define HEIGHT 92

struct _NumeralHandBars
{
  GtkWidget parent_instance;

  NumeralHandCounts counts, fresh;
};

G_DEFINE_FINAL_TYPE (NumeralHandBars, numeral_hand_bars, GTK_TYPE_WIDGET)

static void
numeral_hand_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralHandBars *self = NUMERAL_HAND_BARS (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  PictureStyle style;
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_counts (cr, (double) width, (double) height, self->counts.labels, self->fresh.labels,
                  &style);
  cairo_destroy (cr);
}

static void
numeral_hand_bars_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : HEIGHT;
}

static void
numeral_hand_bars_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_hand_bars_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
numeral_hand_bars_class_init (NumeralHandBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = numeral_hand_bars_snapshot;
  widget_class->measure = numeral_hand_bars_measure;
  widget_class->css_changed = numeral_hand_bars_css_changed;
  gtk_widget_class_set_css_name (widget_class, "handbars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_hand_bars_init (NumeralHandBars *self)
{
}

void
numeral_hand_bars_set_counts (NumeralHandBars *self,
                              const NumeralHandCounts *counts,
                              const NumeralHandCounts *fresh)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (NUMERAL_IS_HAND_BARS (self));

  self->counts = *counts;
  self->fresh = *fresh;
  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    /* Translators: a digit, and how many samples of it there are */
    g_string_append_printf (text, _ ("%s%u: %'zu"), digit > 0 ? ", " : "", digit,
                            counts->labels[digit]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
