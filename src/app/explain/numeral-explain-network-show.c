/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "numeral-explain-network-private.h"
#include "numeral-style.h"
#include "picture-map.h"
#include "picture-units.h"

/* Levels of the sign that shows the colours. */
#define SCALE_CELLS 33
/* Sizes of the grid in the narrowest window, in pixels. */
#define NARROW 300
#define MIN_HEIGHT 320

void
numeral_explain_network_show_status (NumeralExplainNetwork *self,
                                     const char *title,
                                     const char *text,
                                     gboolean retry)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_widget_set_visible (self->retry, retry);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static gboolean
is_conv (const NnNetwork *network, guint layer)
{
  return network->arch.layers[network->weights[layer].layer].kind == NN_LAYER_CONV2D;
}

/* (transfer full): what a layer is called. @counted: whether with the number of its units */
static char *
format_layer (const NnNetwork *network, guint layer, gboolean counted)
{
  const guint n = network->weights[layer].n_out;

  if (layer + 1 == network->n_weights)
    return counted ?
               /* Translators: the last layer of a network, and how many units it has */
               g_strdup_printf (ngettext ("Output layer (%u unit)", "Output layer (%u units)", n),
                                n) :
               g_strdup (_ ("output layer"));
  if (is_conv (network, layer))
    return counted ?
               /* Translators: a layer of a network that is a convolution: its number among all
                  layers, and how many channels it has */
               g_strdup_printf (ngettext ("Convolution %u (%u channel)",
                                          "Convolution %u (%u channels)", n),
                                layer + 1, n) :
               g_strdup_printf (_ ("convolution %u"), layer + 1);
  return counted ?
             /* Translators: a layer of a network: its number among all layers, and how many units
                it has */
             g_strdup_printf (ngettext ("Hidden layer %u (%u unit)", "Hidden layer %u (%u units)",
                                        n),
                              layer + 1, n) :
             g_strdup_printf (_ ("hidden layer %u"), layer + 1);
}

/* Fills a list, and chooses an entry. */
static void
fill (NumeralExplainNetwork *self, GtkDropDown *list, GPtrArray *texts, guint chosen)
{
  g_autoptr (GtkStringList) model = NULL;

  g_ptr_array_add (texts, NULL);
  model = gtk_string_list_new ((const char *const *) texts->pdata);
  self->filling = TRUE;
  gtk_drop_down_set_model (list, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (list, chosen);
  self->filling = FALSE;
}

void
numeral_explain_network_show_layers (NumeralExplainNetwork *self)
{
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) of = g_ptr_array_new_with_free_func (g_free);
  const NnNetwork *network = self->whole->network;

  if (self->arch.n_layers > 0 && nn_architecture_equal (&self->arch, &network->arch))
    return;
  self->arch = network->arch;
  self->layer = 0;
  self->map_layer = network->n_weights > 1 ? numeral_units_site (network, 0) + 1 : 0;
  /* Translators: a map is of the pixels of the samples, or of a layer of the network */
  g_ptr_array_add (of, g_strdup (_ ("pixels")));
  for (guint layer = 0; layer < network->n_weights; layer++)
    {
      g_ptr_array_add (layers, format_layer (network, layer, TRUE));
      g_ptr_array_add (of, format_layer (network, layer, FALSE));
    }
  fill (self, self->layers, layers, 0);
  fill (self, self->map_layers, of, network->n_weights > 1 ? 1 : 0);
  /* Nothing of the other network is shown with this one's names. */
  g_clear_pointer (&self->units, numeral_units_unref);
  g_clear_pointer (&self->projection, numeral_projection_unref);
  numeral_map_view_set (self->map, NULL, NULL);
  numeral_unit_grid_set_n (self->grid, 0);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

void
numeral_explain_network_show_name (NumeralExplainNetwork *self)
{
  g_autofree char *layers = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!self->whole)
    return;
  layers = nn_architecture_to_string (&self->whole->network->arch);
  g_object_get (numeral_page_get_lab (NUMERAL_PAGE (self)), "reading-with", &name, NULL);
  text = g_strdup_printf ("%s\n%s", name, layers);
  if (g_str_equal (text, gtk_label_get_text (self->network)))
    return;
  gtk_label_set_text (self->network, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->network), text);
}

/* The pictures that the units of this layer have. */
static void
show_looks (NumeralExplainNetwork *self)
{
  static const char *const names[NUMERAL_N_UNITS_PICTURES] = {
    /* Translators: what the pictures of a network's units show */
    N_ ("Weights"),
    /* Translators: the input that excites a unit of a network most */
    N_ ("What excites them"),
    /* Translators: what the channels of a convolution make of the drawing */
    N_ ("Feature maps"),
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint height, width, chosen = 0;
  g_autofree float *weights = numeral_units_weights (self->units, 0, &height, &width);
  const gboolean has[NUMERAL_N_UNITS_PICTURES] = { weights != NULL, TRUE,
                                                   self->units->map_width > 1 };
  const guint n_last = self->n_pictures;
  NumeralUnitsPicture last[NUMERAL_N_UNITS_PICTURES];

  memcpy (last, self->pictures, sizeof last);
  self->n_pictures = 0;
  for (guint i = 0; i < NUMERAL_N_UNITS_PICTURES; i++)
    if (has[i])
      {
        if (self->picture == i)
          chosen = self->n_pictures;
        self->pictures[self->n_pictures++] = i;
        g_ptr_array_add (texts, g_strdup (_ (names[i])));
      }
  if (self->n_pictures == n_last && self->picture == self->pictures[chosen] &&
      memcmp (last, self->pictures, n_last * sizeof *last) == 0)
    return;
  self->picture = self->pictures[chosen];
  fill (self, self->looks, texts, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->looks), self->n_pictures > 1);
}

/* What excites a unit, compared with the mean of all samples. */
static float *
make_exciting (const NumeralUnits *units, guint unit, guint *height, guint *width)
{
  const guint side = (guint) lround (sqrt (units->n_inputs));
  const float *exciting = units->exciting + (gsize) unit * units->n_inputs;
  float *values;

  if (side * side != units->n_inputs)
    return NULL;
  *height = *width = side;
  values = g_new (float, units->n_inputs);
  for (gsize i = 0; i < units->n_inputs; i++)
    values[i] = exciting[i] - units->input[i];
  return values;
}

static float *
make_picture (guint unit, guint *height, guint *width, gpointer data)
{
  NumeralExplainNetwork *self = data;
  const NumeralUnits *units = self->units;
  gsize size;

  if (!units || unit >= units->n)
    return NULL;
  if (self->picture == NUMERAL_UNITS_WEIGHTS)
    return numeral_units_weights (units, unit, height, width);
  if (self->picture == NUMERAL_UNITS_EXCITING)
    return make_exciting (units, unit, height, width);
  if (!self->maps)
    return NULL;
  *height = units->map_height;
  *width = units->map_width;
  size = (gsize) *height * *width;
  return g_memdup2 (self->maps + unit * size, size * sizeof (float));
}

void
numeral_explain_network_show_pictures (NumeralExplainNetwork *self)
{
  if (!self->units)
    return;
  numeral_unit_grid_set_look (self->grid, make_picture, self);
  numeral_explain_network_show_unit (self);
}

static void
show_dead (NumeralExplainNetwork *self)
{
  const NumeralUnits *units = self->units;
  g_autofree char *text = NULL;
  g_autofree char *hint = NULL;

  gtk_widget_set_visible (self->dead_box, units->may_die);
  numeral_unit_grid_set_dead (self->grid, units->dead);
  /* Translators: how many units of a layer are never active */
  text = g_strdup_printf (_ ("dead: %u"), units->n_dead);
  hint = g_strdup_printf (ngettext ("Never Active for %zu Sample", "Never Active for %zu Samples",
                                    (gulong) units->n_samples),
                          units->n_samples);
  gtk_label_set_text (self->dead_text, text);
  gtk_widget_set_tooltip_text (self->dead_box, hint);
}

/* A few rows can always be seen, or all of them. */
static void
fit_grid (NumeralExplainNetwork *self)
{
  const guint columns = picture_units_columns (NARROW);
  const double height = picture_units_height (NARROW, self->units->n, columns);

  gtk_scrolled_window_set_min_content_height (self->grid_window, (int) MIN (height, MIN_HEIGHT));
}

void
numeral_explain_network_show_units (NumeralExplainNetwork *self)
{
  gtk_stack_set_visible_child_name (self->stack, "content");
  numeral_unit_grid_set_n (self->grid, self->units->n);
  fit_grid (self);
  show_looks (self);
  show_dead (self);
  numeral_unit_grid_set_look (self->grid, make_picture, self);
  numeral_explain_network_show_off (self);
}

void
numeral_explain_network_show_now (NumeralExplainNetwork *self)
{
  g_autofree float *shares = NULL;

  if (!self->units)
    return;
  if (self->now)
    {
      shares = g_new (float, self->units->n);
      for (guint u = 0; u < self->units->n; u++)
        shares[u] = self->units->largest[u] > 0 ? self->now[u] / self->units->largest[u] : 0;
    }
  numeral_unit_grid_set_now (self->grid, shares);
  if (self->picture == NUMERAL_UNITS_MAPS)
    numeral_unit_grid_set_look (self->grid, make_picture, self);
  numeral_explain_network_show_unit_now (self);
}

static void
draw_scale (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer unused)
{
  PictureStyle style;
  float values[SCALE_CELLS];
  cairo_surface_t *picture;

  /* The full colour is at 2.5 root mean squares, of which the line from -1 to 1 has 0.58. */
  for (guint i = 0; i < SCALE_CELLS; i++)
    values[i] = (float) i / (SCALE_CELLS - 1) * 2 - 1;
  numeral_style_from_widget (&style, GTK_WIDGET (area));
  picture = picture_unit_new (values, 1, SCALE_CELLS, &style);
  if (style.rtl)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  cairo_scale (cr, (double) width / SCALE_CELLS, height);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_surface_destroy (picture);
}

static void
draw_now (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer unused)
{
  PictureStyle style;

  numeral_style_from_widget (&style, GTK_WIDGET (area));
  picture_set_colour (cr, &style.track);
  cairo_rectangle (cr, 0, height / 2 - 1.5, width, 3);
  cairo_fill (cr);
  picture_set_colour (cr, &style.foreground);
  cairo_rectangle (cr, style.rtl ? width * 0.4 : 0, height / 2 - 1.5, width * 0.6, 3);
  cairo_fill (cr);
}

static void
draw_dead (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer unused)
{
  PictureStyle style;

  numeral_style_from_widget (&style, GTK_WIDGET (area));
  picture_hatch_draw (cr, 0, 0, MIN (width, height), &style);
}

static void
draw_star (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer unused)
{
  static const float places[] = { 0, 0 };
  static const PictureMapView view = { 0, 0, 1, 1 };
  const PictureMap map = {
    .stride = 2, .axes = { 0, 1 }, .n_trail = 1, .trail = places, .hovered = -1
  };
  PictureStyle style;

  numeral_style_from_widget (&style, GTK_WIDGET (area));
  cairo_scale (cr, width / 24.0, height / 24.0);
  /* The field of a map leaves room for its axes. */
  cairo_translate (cr, -20, 0);
  picture_map_star (cr, 44, 44, &map, &view, &style);
}

void
numeral_explain_network_show_init (NumeralExplainNetwork *self)
{
  gtk_drawing_area_set_draw_func (self->scale, draw_scale, NULL, NULL);
  gtk_drawing_area_set_draw_func (self->now_sign, draw_now, NULL, NULL);
  gtk_drawing_area_set_draw_func (self->dead_sign, draw_dead, NULL, NULL);
  gtk_drawing_area_set_draw_func (self->star_sign, draw_star, NULL, NULL);
}
