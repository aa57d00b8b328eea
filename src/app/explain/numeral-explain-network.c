/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-explain-network-private.h"

G_DEFINE_FINAL_TYPE (NumeralExplainNetwork, numeral_explain_network, NUMERAL_TYPE_PAGE)

/* Has everything follow the model and the samples; what is there already stays. */
static void
update (NumeralExplainNetwork *self)
{
  if (!numeral_page_get_shown (NUMERAL_PAGE (self)) || !self->whole)
    return;
  numeral_explain_network_show_name (self);
  numeral_explain_network_show_layers (self);
  numeral_explain_network_load (self);
  numeral_explain_network_want (self, NUMERAL_NETWORK_UNITS);
  numeral_explain_network_want (self, NUMERAL_NETWORK_MAP);
  numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
}

static void
on_model (NumeralExplainNetwork *self)
{
  const NumeralModel *last = self->whole;

  numeral_explain_network_follow (self);
  if (self->whole != last)
    update (self);
}

static gboolean
on_learned (NumeralExplainNetwork *self, NumeralModel *model, const char *name)
{
  if (!numeral_explain_network_take_learned (self, model, name))
    return FALSE;
  update (self);
  return TRUE;
}

static void
on_subject (NumeralExplainNetwork *self)
{
  const NumeralSubject *subject =
      numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self)));

  if (!subject || !subject->drawing)
    self->goes_on = FALSE;
  if (subject)
    {
      numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
      return;
    }
  /* The thread may still measure a drawing that is gone: ignore its result. */
  numeral_explain_network_restart (self, NUMERAL_NETWORK_LIVE);
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->maps, g_free);
  numeral_map_view_move_star (self->map, NULL, FALSE);
  if (numeral_page_get_shown (NUMERAL_PAGE (self)))
    numeral_explain_network_show_now (self);
}

/* When a training ends, the units are measured with all samples. */
static void
on_trainer (NumeralExplainNetwork *self)
{
  const NumeralTrainerState state = numeral_trainer_get_state (
      numeral_lab_get_trainer (numeral_page_get_lab (NUMERAL_PAGE (self))));

  if (state == NUMERAL_TRAINER_IDLE || state == NUMERAL_TRAINER_PAUSED)
    update (self);
}

static void
numeral_explain_network_set_lab_of_page (NumeralPage *page, NumeralLab *lab)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (page);

  g_signal_connect_object (lab, "notify::model", G_CALLBACK (on_model), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::subject", G_CALLBACK (on_subject), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "learned", G_CALLBACK (on_learned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::run", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::reading-with",
                           G_CALLBACK (numeral_explain_network_show_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_trainer (lab), "notify::state", G_CALLBACK (on_trainer),
                           self, G_CONNECT_SWAPPED);
  numeral_explain_network_follow (self);
}

static void
numeral_explain_network_show (NumeralPage *page)
{
  update (NUMERAL_EXPLAIN_NETWORK (page));
}

static void
numeral_explain_network_hide (NumeralPage *page)
{
  numeral_explain_network_stop (NUMERAL_EXPLAIN_NETWORK (page));
}

static void
on_layer (NumeralExplainNetwork *self)
{
  if (self->filling || !self->whole)
    return;
  self->layer = gtk_drop_down_get_selected (self->layers);
  numeral_unit_grid_select (self->grid, -1);
  numeral_explain_network_restart (self, NUMERAL_NETWORK_UNITS);
}

static void
on_look (NumeralExplainNetwork *self)
{
  const guint chosen = gtk_drop_down_get_selected (self->looks);

  if (self->filling || chosen >= self->n_pictures)
    return;
  self->picture = self->pictures[chosen];
  numeral_explain_network_show_pictures (self);
}

static void
on_map_layer (NumeralExplainNetwork *self)
{
  const guint chosen = gtk_drop_down_get_selected (self->map_layers);

  if (self->filling || !self->whole)
    return;
  self->map_layer = chosen > 0 ? numeral_units_site (self->whole->network, chosen - 1) + 1 : 0;
  self->goes_on = FALSE;
  numeral_explain_network_restart (self, NUMERAL_NETWORK_MAP);
}

static void
on_axes (NumeralExplainNetwork *self)
{
  numeral_map_view_set_axes (self->map, gtk_drop_down_get_selected (self->right),
                             gtk_drop_down_get_selected (self->up));
}

/* The buttons beside the map, which is not above them. */
static void
on_zoom (GtkButton *button, NumeralExplainNetwork *self)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (button));

  gtk_widget_activate_action (GTK_WIDGET (self->map),
                              g_str_equal (id, "zoom_in")  ? "map.zoom-in" :
                              g_str_equal (id, "zoom_out") ? "map.zoom-out" :
                                                             "map.fit",
                              NULL);
}

static void
on_toggled (NumeralExplainNetwork *self, guint unit)
{
  numeral_explain_network_toggle (self, unit);
}

static void
action_toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (widget);
  const int unit = numeral_unit_grid_get_selected (self->grid);

  if (unit >= 0)
    numeral_explain_network_toggle (self, (guint) unit);
}

static void
action_all_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_explain_network_all_on (NUMERAL_EXPLAIN_NETWORK (widget));
}

static void
action_retry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (widget);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->loaded = FALSE;
  update (self);
}

static void
numeral_explain_network_dispose (GObject *object)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (object);
  NumeralLab *lab = numeral_page_get_lab (NUMERAL_PAGE (self));

  numeral_explain_network_stop (self);
  numeral_explain_network_cancel (self, NUMERAL_NETWORK_DERIVE);
  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (lab)
    {
      g_signal_handlers_disconnect_by_data (numeral_lab_get_trainer (lab), self);
      g_signal_handlers_disconnect_by_data (lab, self);
    }
  g_clear_object (&self->data_run);
  g_clear_object (&self->whole_run);
  G_OBJECT_CLASS (numeral_explain_network_parent_class)->dispose (object);
}

static void
numeral_explain_network_finalize (GObject *object)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (object);

  g_clear_pointer (&self->whole, numeral_model_unref);
  g_clear_pointer (&self->derived, numeral_model_unref);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->map_dataset, nn_dataset_unref);
  g_clear_pointer (&self->units, numeral_units_unref);
  g_clear_pointer (&self->projection, numeral_projection_unref);
  g_array_unref (self->off);
  g_free (self->name);
  g_free (self->now);
  g_free (self->maps);
  G_OBJECT_CLASS (numeral_explain_network_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, NumeralExplainNetwork, name)
  BIND (stack);
  BIND (status);
  BIND (retry);
  BIND (layers);
  BIND (looks);
  BIND (network);
  BIND (off_banner);
  BIND (off_text);
  BIND (grid_window);
  BIND (grid);
  BIND (scale);
  BIND (now_sign);
  BIND (dead_sign);
  BIND (dead_text);
  BIND (dead_box);
  BIND (map_layers);
  BIND (right);
  BIND (up);
  BIND (map);
  BIND (star_sign);
  BIND (unit_card);
  BIND (unit_title);
  BIND (unit_switch);
  BIND (unit_switch_text);
  BIND (unit_picture);
  BIND (unit_now);
  BIND (unit_voice);
  BIND (unit_hint);
  BIND (unit_top_title);
  BIND (unit_top);
#undef BIND
}

static void
numeral_explain_network_class_init (NumeralExplainNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  NumeralPageClass *page_class = NUMERAL_PAGE_CLASS (klass);

  object_class->dispose = numeral_explain_network_dispose;
  object_class->finalize = numeral_explain_network_finalize;
  page_class->set_lab = numeral_explain_network_set_lab_of_page;
  page_class->show = numeral_explain_network_show;
  page_class->hide = numeral_explain_network_hide;

  gtk_widget_class_install_action (widget_class, "network.toggle-unit", NULL, action_toggle);
  gtk_widget_class_install_action (widget_class, "network.all-on", NULL, action_all_on);
  gtk_widget_class_install_action (widget_class, "network.retry", NULL, action_retry);
  g_type_ensure (NUMERAL_TYPE_UNIT_GRID);
  g_type_ensure (NUMERAL_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-explain-network.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_layer);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
  gtk_widget_class_bind_template_callback (widget_class, on_map_layer);
  gtk_widget_class_bind_template_callback (widget_class, on_axes);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom);
  gtk_widget_class_bind_template_callback (widget_class, numeral_explain_network_show_unit);
}

static void
numeral_explain_network_init (NumeralExplainNetwork *self)
{
  self->off = g_array_new (FALSE, FALSE, sizeof (NumeralUnit));
  self->accuracy_off = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  numeral_explain_network_show_init (self);
  numeral_explain_network_unit_init (self);
  numeral_explain_network_show_unit (self);
}
