/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-chart-card.h"

#include <glib/gi18n.h>

#include "numeral-export.h"
#include "numeral-figures.h"
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
  GtkFileChooserNative *chooser;
  NumeralChartFormat format;
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralChartCard, numeral_chart_card, GTK_TYPE_WIDGET)

static void
on_file_chosen (GtkNativeDialog *chooser, int response, NumeralChartCard *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (!file)
    return;
  bytes = numeral_chart_export (self->chart, self->format, EXPORT_WIDTH, EXPORT_HEIGHT, &error);
  if (bytes)
    numeral_export_bytes (GTK_WIDGET (self), file, bytes);
  else
    numeral_toast_show (GTK_WIDGET (self), error->message);
}

static void export(NumeralChartCard *self, NumeralChartFormat format)
{
  const char *ending = format == NUMERAL_CHART_PNG ? "png" : "svg";
  g_autofree char *name = g_strdup_printf ("%s.%s", self->title, ending);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser)
    return;
  self->format = format;
  self->chooser = gtk_file_chooser_native_new (_ ("Export the Chart"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
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

  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
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
