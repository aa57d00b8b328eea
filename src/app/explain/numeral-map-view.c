/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-map-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ink-tensor.h"
#include "numeral-still.h"
#include "numeral-style.h"
#include "picture-map.h"
#include "picture-tensor.h"
#include "picture-text.h"

#define MIN_WIDTH 220
#define MIN_HEIGHT 220
#define NATURAL_HEIGHT 320
#define ZOOM 1.25
#define MAX_ZOOM 60.0
/* How far an arrow key moves the view, in pixels. */
#define STEP 30.0
/* The longest trail; its oldest places are dropped. */
#define MAX_TRAIL 400
/* The sample below the pointer, in the corner. */
#define SAMPLE 84.0
#define SAMPLE_TEXT 18.0
#define MARGIN 6.0
/* How far a star or a ring reaches. */
#define STAR 14.0F

struct _NumeralMapView
{
  GtkWidget parent_instance;

  NumeralProjection *projection; /* (nullable) */
  NnDataset *dataset;            /* (nullable): of @projection */
  GArray *trail;                 /* (element-type float) */
  guint axes[2];
  int hovered;
  gboolean stale;  /* whether the star is still where it was on another map */
  gboolean fitted; /* whether all samples are shown, whatever the size */
  PictureMapView view;
  double drag_x, drag_y, pinch; /* of the view when a gesture began */
  double pointer_x, pointer_y;
  GskRenderNode *samples; /* (nullable): drawn as below */
  int samples_width, samples_height;
};

G_DEFINE_FINAL_TYPE (NumeralMapView, numeral_map_view, GTK_TYPE_WIDGET)

static PictureMap
get_map (NumeralMapView *self)
{
  const NumeralProjection *projection = self->projection;
  const guint stride = projection ? projection->pca->n_components : 1;
  PictureMap map = { .stride = stride, .hovered = -1 };

  if (!projection)
    return map;
  map = (PictureMap){ .n = projection->n,
                      .stride = stride,
                      .coordinates = projection->coordinates,
                      .labels = self->dataset->labels,
                      .axes = { MIN (self->axes[0], stride - 1), MIN (self->axes[1], stride - 1) },
                      .n_trail = self->trail->len / stride,
                      .trail = (const float *) (gpointer) self->trail->data,
                      .hovered = self->hovered };
  for (guint a = 0; a < 2; a++)
    map.ratios[a] = nn_pca_ratio (projection->pca, map.axes[a]);
  return map;
}

static double
get_width (NumeralMapView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self));
}

static double
get_height (NumeralMapView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

/* The samples have to be drawn again. */
static void
drop_samples (NumeralMapView *self)
{
  g_clear_pointer (&self->samples, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fit (NumeralMapView *self)
{
  const PictureMap map = get_map (self);

  self->fitted = TRUE;
  self->view = picture_map_fit (&map, get_width (self), get_height (self));
  drop_samples (self);
}

static void
zoom (NumeralMapView *self, double x, double y, double factor)
{
  const PictureMap map = get_map (self);
  const PictureMapView whole = picture_map_fit (&map, get_width (self), get_height (self));
  const double scale = CLAMP (self->view.scale_x * factor, whole.scale_x, whole.scale_x * MAX_ZOOM);

  if (!(scale > whole.scale_x))
    {
      fit (self);
      return;
    }
  self->fitted = FALSE;
  self->view = picture_map_zoom (&self->view, get_width (self), get_height (self), x, y,
                                 scale / self->view.scale_x);
  drop_samples (self);
}

static void
shift (NumeralMapView *self, double dx, double dy)
{
  if (self->fitted)
    return;
  self->view.x += dx / self->view.scale_x;
  self->view.y -= dy / self->view.scale_y;
  drop_samples (self);
}

static void
update_hovered (NumeralMapView *self)
{
  const PictureMap map = get_map (self);
  const int hovered = picture_map_hit (&map, &self->view, get_width (self), get_height (self),
                                       self->pointer_x, self->pointer_y);

  if (self->hovered == hovered)
    return;
  self->hovered = hovered;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (NumeralMapView *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  update_hovered (self);
}

static void
on_leave (NumeralMapView *self)
{
  self->pointer_x = self->pointer_y = -1;
  update_hovered (self);
}

static gboolean
on_scroll (NumeralMapView *self, double dx, double dy, GtkEventController *scroll)
{
  const GdkModifierType state = gtk_event_controller_get_current_event_state (scroll);

  /* Otherwise the page scrolls: a map under the pointer must not stop it. */
  if (!(state & GDK_CONTROL_MASK) && !gtk_widget_has_focus (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  if (dy == 0 || self->pointer_x < 0)
    return GDK_EVENT_PROPAGATE;
  zoom (self, self->pointer_x, self->pointer_y, pow (ZOOM, -dy));
  update_hovered (self);
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (NumeralMapView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = self->drag_y = 0;
}

static void
on_drag (NumeralMapView *self, double x, double y)
{
  shift (self, self->drag_x - x, self->drag_y - y);
  self->drag_x = x;
  self->drag_y = y;
}

static void
on_pinch_begin (NumeralMapView *self)
{
  self->pinch = 1;
}

static void
on_pinch (NumeralMapView *self, double scale, GtkGesture *gesture)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (gesture, &x, &y) || !(scale > 0))
    return;
  zoom (self, x, y, scale / self->pinch);
  self->pinch = scale;
}

static void
action_zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralMapView *self = NUMERAL_MAP_VIEW (widget);

  if (g_str_equal (name, "map.fit"))
    fit (self);
  else
    zoom (self, get_width (self) / 2, get_height (self) / 2,
          g_str_equal (name, "map.zoom-in") ? ZOOM * ZOOM : 1 / (ZOOM * ZOOM));
}

/* An arrow key; the focus moves on where the view cannot. */
static gboolean
on_arrow (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  NumeralMapView *self = NUMERAL_MAP_VIEW (widget);
  double dx, dy;

  if (self->fitted)
    return GDK_EVENT_PROPAGATE;
  g_variant_get (arguments, "(dd)", &dx, &dy);
  shift (self, STEP * dx, STEP * dy);
  return GDK_EVENT_STOP;
}

/* The sample below the pointer, with its label, in the corner away from the pointer. */
static void
draw_hovered (NumeralMapView *self, cairo_t *cr, const PictureStyle *style)
{
  const double width = get_width (self);
  const double x = self->pointer_x < width / 2 ? width - SAMPLE - MARGIN : 26;
  float tensor[INK_TENSOR_SIZE];
  PictureText text;
  g_autofree char *string = NULL;

  if (self->hovered < 0 || self->dataset->n_features != INK_TENSOR_SIZE)
    return;
  nn_dataset_get (self->dataset, (gsize) self->hovered, tensor);
  cairo_save (cr);
  cairo_translate (cr, x, MARGIN);
  picture_set_colour (cr, &style->paper);
  cairo_rectangle (cr, -2, -2, SAMPLE + 4, SAMPLE + SAMPLE_TEXT + 4);
  cairo_fill (cr);
  picture_tensor (cr, SAMPLE, SAMPLE, tensor);
  picture_text_init (&text, cr, style);
  picture_set_colour (cr, &style->foreground);
  /* Translators: a sample below the pointer, and its label */
  string = g_strdup_printf (_ ("labelled %u"), self->dataset->labels[self->hovered]);
  picture_text_set (&text, string, 11, FALSE);
  picture_text_limit (&text, SAMPLE);
  picture_text_show (&text, cr, SAMPLE / 2, SAMPLE + SAMPLE_TEXT / 2 + 1, 0.5);
  picture_text_clear (&text);
  cairo_restore (cr);
}

/* Draws the samples once, and not again while only the star moves. */
static void
append_samples (NumeralMapView *self, GtkSnapshot *snapshot, const PictureStyle *style)
{
  const int width = (int) get_width (self), height = (int) get_height (self);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  const PictureMap map = get_map (self);
  cairo_t *cr;

  if (self->samples_width != width || self->samples_height != height)
    g_clear_pointer (&self->samples, gsk_render_node_unref);
  if (!self->samples)
    {
      if (self->fitted)
        self->view = picture_map_fit (&map, width, height);
      cr = numeral_still_begin (GTK_WIDGET (self), &bounds);
      picture_map_samples (cr, width, height, &map, &self->view, style);
      self->samples = numeral_still_end (cr, &bounds);
      self->samples_width = width;
      self->samples_height = height;
    }
  gtk_snapshot_append_node (snapshot, self->samples);
}

/* Where picture_map_star() draws: no more is drawn again when the star moves. %FALSE for nowhere.
 */
static gboolean
find_star (NumeralMapView *self, const PictureMap *map, graphene_rect_t *bounds)
{
  double x, y;

  if (map->n_trail == 0 && map->hovered < 0)
    return FALSE;
  for (guint i = 0; i <= map->n_trail; i++)
    {
      graphene_rect_t place;
      const float *coordinates = i < map->n_trail ?
                                     map->trail + (gsize) i * map->stride :
                                     map->coordinates + (gsize) MAX (map->hovered, 0) * map->stride;

      if (i == map->n_trail && map->hovered < 0)
        break;
      picture_map_place (map, &self->view, get_width (self), get_height (self), coordinates, &x,
                         &y);
      graphene_rect_init (&place, (float) x - STAR, (float) y - STAR, 2 * STAR, 2 * STAR);
      if (i == 0)
        *bounds = place;
      else
        graphene_rect_union (bounds, &place, bounds);
    }
  return graphene_rect_intersection (bounds,
                                     &GRAPHENE_RECT_INIT (0, 0, (float) get_width (self),
                                                          (float) get_height (self)),
                                     bounds);
}

static void
numeral_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralMapView *self = NUMERAL_MAP_VIEW (widget);
  const float width = (float) get_width (self), height = (float) get_height (self);
  const PictureMap map = get_map (self);
  graphene_rect_t bounds;
  PictureStyle style;
  cairo_t *cr;

  if (width < 1 || height < 1 || !self->projection)
    return;
  numeral_style_from_widget (&style, widget);
  append_samples (self, snapshot, &style);
  if (find_star (self, &map, &bounds))
    {
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      picture_map_star (cr, (double) width, (double) height, &map, &self->view, &style);
      cairo_destroy (cr);
    }
  if (self->hovered < 0)
    return;
  cr =
      gtk_snapshot_append_cairo (snapshot,
                                 &GRAPHENE_RECT_INIT (0, 0, width,
                                                      (float) (SAMPLE + SAMPLE_TEXT + 2 * MARGIN)));
  draw_hovered (self, cr, &style);
  cairo_destroy (cr);
}

static void
numeral_map_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : NATURAL_HEIGHT;
}

static void
numeral_map_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_map_view_parent_class)->css_changed (widget, change);
  drop_samples (NUMERAL_MAP_VIEW (widget));
}

static void
numeral_map_view_finalize (GObject *object)
{
  NumeralMapView *self = NUMERAL_MAP_VIEW (object);

  g_clear_pointer (&self->samples, gsk_render_node_unref);
  g_clear_pointer (&self->projection, numeral_projection_unref);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_array_unref (self->trail);
  G_OBJECT_CLASS (numeral_map_view_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } zooms[] = {
    { GDK_KEY_plus, "map.zoom-in" },  { GDK_KEY_KP_Add, "map.zoom-in" },
    { GDK_KEY_equal, "map.zoom-in" }, { GDK_KEY_minus, "map.zoom-out" },
    { GDK_KEY_0, "map.fit" },         { GDK_KEY_KP_Subtract, "map.zoom-out" },
  };
  static const struct
  {
    guint key;
    double dx, dy;
  } arrows[] = {
    { GDK_KEY_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 },
    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, 0, zooms[i].action, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, on_arrow, "(dd)", arrows[i].dx,
                                  arrows[i].dy);
}

static void
numeral_map_view_class_init (NumeralMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_map_view_finalize;
  widget_class->snapshot = numeral_map_view_snapshot;
  widget_class->measure = numeral_map_view_measure;
  widget_class->css_changed = numeral_map_view_css_changed;

  gtk_widget_class_install_action (widget_class, "map.zoom-in", NULL, action_zoom);
  gtk_widget_class_install_action (widget_class, "map.zoom-out", NULL, action_zoom);
  gtk_widget_class_install_action (widget_class, "map.fit", NULL, action_zoom);
  add_bindings (widget_class);
  gtk_widget_class_set_css_name (widget_class, "mapview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (NumeralMapView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new (), *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
numeral_map_view_init (NumeralMapView *self)
{
  self->axes[1] = 1;
  self->hovered = -1;
  self->pointer_x = self->pointer_y = -1;
  self->fitted = TRUE;
  self->view.scale_x = self->view.scale_y = 1;
  self->trail = g_array_new (FALSE, FALSE, sizeof (float));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_samples), NULL);
}

static void
describe (NumeralMapView *self)
{
  const PictureMap map = get_map (self);
  g_autofree char *text = NULL;

  if (self->projection)
    /* Translators: what a map of samples shows, for a screen reader: a number of samples, two
       numbers of principal components, each with the share of the variance that it explains */
    text =
        g_strdup_printf (_ ("%zu samples by component %u (%.0f %% of the variance) and component "
                            "%u (%.0f %%)"),
                         map.n, map.axes[0] + 1, 100 * map.ratios[0], map.axes[1] + 1,
                         100 * map.ratios[1]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Map"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "", -1);
}

/* The places of the trail are those of another network. The star stays until it has its new place,
 * so that it does not flicker. */
static void
keep_star (NumeralMapView *self, const NumeralProjection *projection)
{
  const guint stride = projection ? projection->pca->n_components : 1;

  self->stale = TRUE;
  if (!projection || !self->projection || self->projection->pca->n_components != stride)
    g_array_set_size (self->trail, 0);
  else if (self->trail->len > stride)
    g_array_remove_range (self->trail, 0, self->trail->len - stride);
}

void
numeral_map_view_set (NumeralMapView *self, NumeralProjection *projection, NnDataset *dataset)
{
  const gboolean same = projection && dataset == self->dataset;

  g_return_if_fail (NUMERAL_IS_MAP_VIEW (self));
  g_return_if_fail (!projection || (dataset && dataset->n == projection->n));

  if (!same)
    {
      self->fitted = TRUE;
      self->hovered = -1;
    }
  if (projection)
    {
      numeral_projection_ref (projection);
      nn_dataset_ref (dataset);
    }
  keep_star (self, same ? projection : NULL);
  g_clear_pointer (&self->projection, numeral_projection_unref);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->projection = projection;
  self->dataset = projection ? dataset : NULL;
  describe (self);
  drop_samples (self);
}

void
numeral_map_view_set_axes (NumeralMapView *self, guint right, guint up)
{
  g_return_if_fail (NUMERAL_IS_MAP_VIEW (self));

  if (self->axes[0] == right && self->axes[1] == up)
    return;
  self->axes[0] = right;
  self->axes[1] = up;
  self->hovered = -1;
  describe (self);
  fit (self);
}

void
numeral_map_view_move_star (NumeralMapView *self, const float *coordinates, gboolean goes_on)
{
  const guint stride = self->projection ? self->projection->pca->n_components : 1;

  g_return_if_fail (NUMERAL_IS_MAP_VIEW (self));

  if (!coordinates || !goes_on || self->stale)
    g_array_set_size (self->trail, 0);
  self->stale = FALSE;
  if (coordinates && self->projection)
    {
      /* It has not moved, but was read again. */
      if (self->trail->len >= stride &&
          memcmp (&g_array_index (self->trail, float, self->trail->len - stride), coordinates,
                  stride * sizeof (float)) == 0)
        return;
      if (self->trail->len >= MAX_TRAIL * stride)
        g_array_remove_range (self->trail, 0, stride);
      g_array_append_vals (self->trail, coordinates, stride);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
numeral_map_view_get_hovered (NumeralMapView *self)
{
  g_return_val_if_fail (NUMERAL_IS_MAP_VIEW (self), -1);

  return self->hovered;
}

guint
numeral_map_view_get_n_trail (NumeralMapView *self)
{
  g_return_val_if_fail (NUMERAL_IS_MAP_VIEW (self), 0);

  return get_map (self).n_trail;
}

gboolean
numeral_map_view_locate (NumeralMapView *self, guint sample, double *x, double *y)
{
  const PictureMap map = get_map (self);

  g_return_val_if_fail (NUMERAL_IS_MAP_VIEW (self), FALSE);

  if (sample >= map.n)
    return FALSE;
  picture_map_place (&map, &self->view, get_width (self), get_height (self),
                     map.coordinates + (gsize) sample * map.stride, x, y);
  return TRUE;
}

double
numeral_map_view_get_scale (NumeralMapView *self)
{
  g_return_val_if_fail (NUMERAL_IS_MAP_VIEW (self), 0);

  return self->view.scale_x;
}
