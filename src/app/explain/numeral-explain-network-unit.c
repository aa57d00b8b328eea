/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "ink-tensor.h"
#include "numeral-explain-network-private.h"
#include "numeral-format.h"
#include "numeral-origin.h"
#include "numeral-style.h"
#include "picture-units.h"
#include "picture-voice.h"

/* Side of a sample that excites the unit, in pixels. */
#define SAMPLE 42

guint
numeral_explain_network_find_off (NumeralExplainNetwork *self, guint layer, guint unit)
{
  guint i = 0;

  while (i < self->off->len && (g_array_index (self->off, NumeralUnit, i).layer != layer ||
                                g_array_index (self->off, NumeralUnit, i).unit != unit))
    i++;
  return i;
}

static gboolean
is_off (NumeralExplainNetwork *self, guint unit)
{
  return numeral_explain_network_find_off (self, self->layer, unit) < self->off->len;
}

static int
get_unit (NumeralExplainNetwork *self)
{
  const int unit = numeral_unit_grid_get_selected (self->grid);

  return self->units && unit < (int) self->units->n ? unit : -1;
}

static void
draw_picture (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  NumeralExplainNetwork *self = data;
  const int unit = get_unit (self);
  PictureStyle style;

  if (unit < 0)
    return;
  numeral_style_from_widget (&style, GTK_WIDGET (area));
  picture_unit_draw (cr, 0, 0, MIN (width, height),
                     numeral_unit_grid_get_picture (self->grid, (guint) unit), 1);
  if (self->units->dead[unit])
    picture_hatch_draw (cr, 0, 0, MIN (width, height), &style);
}

static void
draw_voice (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  NumeralExplainNetwork *self = data;
  const int unit = get_unit (self);
  PictureStyle style;

  if (unit < 0 || !self->units->voice)
    return;
  numeral_style_from_widget (&style, GTK_WIDGET (area));
  picture_voice_draw (cr, width, height, self->units->voice + (gsize) unit * self->units->n_classes,
                      self->units->n_classes, &style);
}

/* Puts a sample on the canvas. */
static void
on_sample (GtkButton *button, NumeralExplainNetwork *self)
{
  const guint sample = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "sample"));
  float tensor[INK_TENSOR_SIZE];

  if (!self->units || sample >= self->units->dataset->n)
    return;
  nn_dataset_get (self->units->dataset, sample, tensor);
  numeral_page_activate_sample (NUMERAL_PAGE (self), tensor,
                                numeral_origin_find_drawing (self->units->dataset, sample));
}

/* (transfer full) */
static GdkTexture *
make_texture (const NnDataset *dataset, gsize sample)
{
  float tensor[INK_TENSOR_SIZE];
  guint8 *pixels = g_new (guint8, 3 * INK_TENSOR_SIZE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 3 * INK_TENSOR_SIZE);

  nn_dataset_get (dataset, sample, tensor);
  for (guint i = 0; i < 3 * INK_TENSOR_SIZE; i++)
    pixels[i] = (guint8) lroundf (255 * CLAMP (tensor[i / 3], 0, 1));
  return gdk_memory_texture_new (INK_TENSOR_SIDE, INK_TENSOR_SIDE, GDK_MEMORY_R8G8B8, bytes,
                                 3 * INK_TENSOR_SIDE);
}

static GtkWidget *
make_sample (NumeralExplainNetwork *self)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *picture = gtk_picture_new ();

  gtk_widget_set_size_request (picture, SAMPLE, SAMPLE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "unit-sample");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_sample), self, 0);
  return button;
}

static void
show_sample (NumeralExplainNetwork *self, GtkWidget *button, guint sample)
{
  const NnDataset *dataset = self->units->dataset;
  GtkWidget *picture = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));
  g_autoptr (GdkTexture) texture = make_texture (dataset, sample);
  g_autofree char *label = g_strdup_printf ("%u", dataset->labels[sample]);
  /* Translators: a sample with its label */
  g_autofree char *name = g_strdup_printf (_ ("Sample of a %u"), dataset->labels[sample]);

  g_object_set_data (G_OBJECT (button), "sample", GUINT_TO_POINTER (sample));
  gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (texture));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (picture)), label);
  gtk_widget_set_tooltip_text (button, _ ("Put This Sample on the Canvas"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The samples that excite the unit most; none for a dead one. */
static void
show_top (NumeralExplainNetwork *self, guint unit)
{
  const NumeralUnits *units = self->units;
  const gboolean any = !units->dead[unit] && units->dataset->n_features == INK_TENSOR_SIZE;
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->unit_top));

  gtk_widget_set_visible (self->unit_top_title, any);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_top), any);
  for (guint t = 0; t < NUMERAL_UNITS_TOP; t++, button = gtk_widget_get_next_sibling (button))
    {
      gtk_widget_set_visible (button, t < units->n_top);
      if (any && t < units->n_top)
        show_sample (self, button, units->top[(gsize) unit * units->n_top + t]);
    }
}

static void
describe_voice (NumeralExplainNetwork *self, guint unit)
{
  const NumeralUnits *units = self->units;
  GString *text = g_string_new (NULL);

  for (guint k = 0; units->voice && k < units->n_classes; k++)
    g_string_append_printf (text, "%s%u: %+.3f", k > 0 ? ", " : "", k,
                            (double) units->voice[(gsize) unit * units->n_classes + k]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unit_voice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the unit speaks for"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}

/* What the bars are, for those who want to know. */
static const char *
explain_voice (NumeralExplainNetwork *self)
{
  const NumeralUnits *units = self->units;

  if (units->layer + 2 == units->network->n_weights && units->map_width == 1)
    return _ ("The Weights from This Unit to Each Digit");
  return _ ("How Much Each Digit Gains on the Mean When This Unit Is More Active");
}

void
numeral_explain_network_show_unit (NumeralExplainNetwork *self)
{
  const int unit = get_unit (self);
  gboolean off;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->unit_hint), unit < 0);
  gtk_widget_set_visible (self->unit_card, unit >= 0);
  if (unit < 0)
    return;
  off = is_off (self, (guint) unit);
  title = g_strdup_printf (_ ("Unit %u"), (guint) unit + 1);
  gtk_label_set_text (self->unit_title, title);
  gtk_label_set_text (self->unit_switch_text, off ? _ ("Switch On") : _ ("Switch Off"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unit_switch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  off ? _ ("Switch on") : _ ("Switch off"), -1);
  gtk_widget_set_visible (self->unit_switch, self->layer + 1 < self->units->network->n_weights);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_voice), self->units->voice != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->unit_voice), explain_voice (self));
  describe_voice (self, (guint) unit);
  show_top (self, (guint) unit);
  gtk_widget_queue_draw (GTK_WIDGET (self->unit_picture));
  gtk_widget_queue_draw (GTK_WIDGET (self->unit_voice));
  numeral_explain_network_show_unit_now (self);
}

/* The unit's activation for the drawing and its place among the others. */
static char *
format_now (NumeralExplainNetwork *self, guint unit)
{
  const double now = (double) self->now[unit];
  g_autofree char *activation = g_strdup_printf (fabs (now) < 1 ? "%.2f" : "%.1f", now);
  guint rank = 1;

  for (guint u = 0; u < self->units->n; u++)
    rank += self->now[u] > self->now[unit] ? 1 : 0;
  if (!self->units->voice)
    return g_strdup_printf (_ ("<b>%s</b> now (%u of %u)"), activation, rank, self->units->n);
  /* Translators: above bars for the ten digits: the activation of a unit for the present drawing,
     its place among the units of its layer and their number, and that the bars show what the unit
     speaks for. The tags make it bold. */
  return g_strdup_printf (_ ("<b>%s</b> now (%u of %u), speaks for"), activation, rank,
                          self->units->n);
}

void
numeral_explain_network_show_unit_now (NumeralExplainNetwork *self)
{
  const int unit = get_unit (self);
  g_autofree char *text = NULL;

  if (unit < 0)
    return;
  if (self->units->dead[unit])
    text = g_strdup (_ ("Dead: it is never active."));
  else if (!self->now)
    text = g_strdup (self->units->voice ? _ ("Speaks for") : "");
  else
    text = format_now (self, (guint) unit);
  gtk_label_set_markup (self->unit_now, text);
  if (self->picture == NUMERAL_UNITS_MAPS)
    gtk_widget_queue_draw (GTK_WIDGET (self->unit_picture));
}

static char *
format_off (NumeralExplainNetwork *self)
{
  const double before = self->units ? self->units->accuracy : -1;
  const guint n = self->off->len;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (before < 0 || self->accuracy_off < 0)
    return g_strdup_printf (ngettext ("%u unit off", "%u units off", n), n);
  was = g_strdup_printf ("%.1f", 100 * before);
  is = numeral_format_percent (self->accuracy_off);
  /* Translators: a number of units of a network, and the accuracy before and after they were
     switched off: "2 units off: 97.6 → 97.1 %" */
  return g_strdup_printf (ngettext ("%u unit off: %s → <b>%s</b>", "%u units off: %s → <b>%s</b>",
                                    n),
                          n, was, is);
}

void
numeral_explain_network_show_off (NumeralExplainNetwork *self)
{
  const guint n = self->units ? self->units->n : 0;
  g_autofree gboolean *off = g_new0 (gboolean, n + 1);
  g_autofree char *text = format_off (self);

  gtk_widget_set_visible (self->off_banner, self->off->len > 0);
  gtk_label_set_markup (self->off_text, text);
  for (guint i = 0; i < self->off->len; i++)
    {
      const NumeralUnit *unit = &g_array_index (self->off, NumeralUnit, i);

      if (unit->layer == self->layer && unit->unit < n)
        off[unit->unit] = TRUE;
    }
  if (n > 0 && self->units->layer == self->layer)
    numeral_unit_grid_set_off (self->grid, off);
  numeral_explain_network_show_unit (self);
}

void
numeral_explain_network_unit_init (NumeralExplainNetwork *self)
{
  gtk_drawing_area_set_draw_func (self->unit_picture, draw_picture, self, NULL);
  gtk_drawing_area_set_draw_func (self->unit_voice, draw_voice, self, NULL);
  for (guint t = 0; t < NUMERAL_UNITS_TOP; t++)
    gtk_box_append (self->unit_top, make_sample (self));
}
