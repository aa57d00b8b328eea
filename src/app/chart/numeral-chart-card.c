/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-chart-card.h"

#include <glib/gi18n.h>

#include "numeral-export.h"
#include "numeral-figures.h"
#include "numeral-file-chooser.h"
#include "numeral-toast.h"

#define EXPORT_WIDTH 960
#define EXPORT_HEIGHT 480
#define KEY_ZOOM 1.5

struct _NumeralChartCard
{
  GtkWidget parent_instance;

  char *title;
  GtkLabel *heading;
  NumeralChart *chart;
  GSimpleActionGroup *actions;
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralChartCard, numeral_chart_card, GTK_TYPE_WIDGET)

static void
on_file_chosen (gpointer card, GFile *file, GtkFileFilter *filter, gpointer format)
{
  NumeralChartCard *self = card;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = numeral_chart_export (self->chart, GPOINTER_TO_UINT (format),
                                                   EXPORT_WIDTH, EXPORT_HEIGHT, &error);

  if (bytes)
    numeral_export_bytes (card, file, bytes);
  else
    numeral_toast_show (card, error->message);
}

static void export(NumeralChartCard *self, NumeralChartFormat format)
{
  const char *ending = format == NUMERAL_CHART_PNG ? "png" : "svg";
  g_autofree char *name = g_strdup_printf ("%s.%s", self->title, ending);
  const NumeralFileRequest request = { .title = _ ("Export the Chart"),
                                       .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                       .name = name };

  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_file_chosen, GUINT_TO_POINTER (format),
                            NULL);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export(data, g_str_equal (g_variant_get_string (parameter, NULL), "svg") ? NUMERAL_CHART_SVG :
                                                                             NUMERAL_CHART_PNG);
}

static void
on_figures (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralChartCard *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (numeral_figures_new (GTK_WINDOW (root), self->chart)));
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const int by = g_variant_get_int32 (parameter);

  if (by == 0)
    numeral_chart_reset_view (NUMERAL_CHART_CARD (data)->chart);
  else
    numeral_chart_zoom (NUMERAL_CHART_CARD (data)->chart, by > 0 ? KEY_ZOOM : 1 / KEY_ZOOM);
}

static void
on_smoothing (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_object_set (NUMERAL_CHART_CARD (data)->chart, "smoothing",
                (guint) g_variant_get_int32 (parameter), NULL);
  g_simple_action_set_state (action, parameter);
}

static void
add_actions (NumeralChartCard *self)
{
  static const GActionEntry entries[] = {
    { .name = "export", .activate = on_export, .parameter_type = "s" },
    { .name = "figures", .activate = on_figures },
    { .name = "zoom", .activate = on_zoom, .parameter_type = "i" },
    { .name = "smoothing", .activate = on_smoothing, .parameter_type = "i", .state = "51" },
  };
  g_autoptr (GPropertyAction) log_x = g_property_action_new ("log-x", self->chart, "log-x");
  g_autoptr (GPropertyAction) log_y = g_property_action_new ("log-y", self->chart, "log-y");

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (log_x));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (log_y));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", G_ACTION_GROUP (self->actions));
}

static void
set_title (NumeralChartCard *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_text (self->heading, title ? title : "");
  g_object_set (self->chart, "title", title, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
numeral_chart_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, NUMERAL_CHART_CARD (object)->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_chart_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    set_title (NUMERAL_CHART_CARD (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_chart_card_dispose (GObject *object)
{
  NumeralChartCard *self = NUMERAL_CHART_CARD (object);
  GtkWidget *child;

  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", NULL);
  g_clear_object (&self->actions);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_chart_card_parent_class)->dispose (object);
}

static void
numeral_chart_card_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_CHART_CARD (object)->title, g_free);
  G_OBJECT_CLASS (numeral_chart_card_parent_class)->finalize (object);
}

static void
numeral_chart_card_class_init (NumeralChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_chart_card_get_property;
  object_class->set_property = numeral_chart_card_set_property;
  object_class->dispose = numeral_chart_card_dispose;
  object_class->finalize = numeral_chart_card_finalize;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NUMERAL_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/chart/numeral-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralChartCard, heading);
  gtk_widget_class_bind_template_child (widget_class, NumeralChartCard, chart);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
numeral_chart_card_init (NumeralChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (
                                      gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  add_actions (self);
}

NumeralChartCard *
numeral_chart_card_new (void)
{
  return g_object_new (NUMERAL_TYPE_CHART_CARD, NULL);
}

NumeralChart *
numeral_chart_card_get_chart (NumeralChartCard *self)
{
  g_return_val_if_fail (NUMERAL_IS_CHART_CARD (self), NULL);

  return self->chart;
}
