/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config-row.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "numeral-wheel.h"

/* A page step is ten times a step. */
#define PAGE 10
/* Distance of a spin button's limit from a bound that is outside the range. A button shows ten
 * decimals near 0, and ten digits near 100. */
#define SMALLEST_ABOVE 1e-10
#define SMALLEST_BELOW 1e-6
/* Spin buttons hold doubles, which represent whole numbers exactly up to this one. */
#define MAX_WHOLE 9007199254740991.0

typedef struct
{
  const NumeralRunSetting *setting;
  NumeralConfigChanged changed;
  gpointer user_data;
  GtkWidget *spin; /* NULL: a combo row */
  gboolean showing;
} Row;

static const char key[] = "numeral-config-row";

static gboolean
is_share (const NumeralRunSetting *setting)
{
  return setting->setting->unit == NN_UNIT_SHARE;
}

double
numeral_config_get (const NumeralRunSetting *setting, const NumeralRunConfig *config)
{
  const double value =
      nn_setting_get_number (setting->setting, numeral_run_setting_object (setting, config));

  return is_share (setting) ? 100 * value : value;
}

gboolean
numeral_config_set (const NumeralRunSetting *setting, NumeralRunConfig *config, double value)
{
  if (numeral_config_get (setting, config) == value)
    return FALSE;
  nn_setting_set_number (setting->setting, numeral_run_setting_object (setting, config),
                         is_share (setting) ? value / 100 : value);
  return TRUE;
}

gboolean
numeral_config_matters (const NumeralRunSetting *setting, const NumeralRunConfig *config)
{
  return nn_setting_matters (setting->setting, numeral_run_setting_object (setting, config));
}

static int
on_spin_input (GtkSpinButton *spin, double *value, gpointer data)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;

  *value = strtod (text, &end);
  /* Accept "0.001" in locales with a decimal comma too. */
  if (*end != '\0')
    *value = g_ascii_strtod (text, &end);
  return *end == '\0' && end != text ? TRUE : GTK_INPUT_ERROR;
}

static gboolean
on_spin_output (GtkSpinButton *spin, gpointer data)
{
  const double value = gtk_spin_button_get_value (spin);
  g_autofree char *text = g_strdup_printf ("%.10g", value);

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

GtkWidget *
numeral_config_spin_new (double min, double max, double step, gboolean whole, const char *name)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (min, min, max, step, PAGE * step, 0);
  GtkWidget *spin = gtk_spin_button_new (adjustment, 0, whole ? 0 : 10);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), whole);
  if (!whole)
    {
      g_signal_connect (spin, "input", G_CALLBACK (on_spin_input), NULL);
      g_signal_connect (spin, "output", G_CALLBACK (on_spin_output), NULL);
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 9);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  numeral_wheel_ignore (spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return spin;
}

static void
on_spin_changed (GtkSpinButton *spin, Row *row)
{
  if (!row->showing)
    row->changed (row->setting, gtk_spin_button_get_value (spin), row->user_data);
}

static void
on_selected (AdwComboRow *combo, GParamSpec *pspec, Row *row)
{
  if (!row->showing && adw_combo_row_get_selected (combo) != GTK_INVALID_LIST_POSITION)
    row->changed (row->setting, adw_combo_row_get_selected (combo), row->user_data);
}

static void
on_choice_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_choice_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

GtkWidget *
numeral_config_combo_new (GListModel *titles)
{
  GtkWidget *combo = adw_combo_row_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  /* The row's own label of the choice ellipsizes, and loses its room to the subtitle. The list
   * keeps its labels, which mark the choice. */
  g_signal_connect (factory, "setup", G_CALLBACK (on_choice_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_choice_bind), NULL);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (combo),
                                  adw_combo_row_get_factory (ADW_COMBO_ROW (combo)));
  adw_combo_row_set_factory (ADW_COMBO_ROW (combo), factory);
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), titles);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (combo), FALSE);
  return combo;
}

static GtkWidget *
make_combo (Row *row)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *combo;
  const char *title;

  for (guint i = 0; (title = nn_setting_choice_title (row->setting->setting, i)); i++)
    gtk_string_list_append (titles, title);
  combo = numeral_config_combo_new (G_LIST_MODEL (titles));
  g_signal_connect (combo, "notify::selected", G_CALLBACK (on_selected), row);
  return combo;
}

/* The bounds of the table in the unit that people see. An exclusive bound becomes the next
 * number that a spin button can show. */
static GtkWidget *
make_spin (Row *row, const char *label)
{
  const NnSetting *setting = row->setting->setting;
  const double scale = is_share (row->setting) ? 100 : 1;
  const double low = setting->low * scale, high = setting->high * scale;
  GtkWidget *widget = adw_action_row_new ();

  row->spin =
      numeral_config_spin_new (setting->flags & NN_SETTING_ABOVE_LOW ? low + SMALLEST_ABOVE : low,
                               MIN (setting->flags & NN_SETTING_BELOW_HIGH ? high - SMALLEST_BELOW :
                                                                             high,
                                    MAX_WHOLE),
                               setting->step, setting->type != NN_SETTING_REAL, label);
  g_signal_connect (row->spin, "value-changed", G_CALLBACK (on_spin_changed), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), row->spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (widget), row->spin);
  return widget;
}

GtkWidget *
numeral_config_row_new (const NumeralRunSetting *setting,
                        NumeralConfigChanged changed,
                        gpointer user_data)
{
  Row *row = g_new0 (Row, 1);
  g_autofree char *label = nn_setting_format_label (setting->setting);
  GtkWidget *widget;

  *row = (Row){ .setting = setting, .changed = changed, .user_data = user_data };
  widget = setting->setting->type == NN_SETTING_CHOICE ? make_combo (row) : make_spin (row, label);
  g_object_set_data_full (G_OBJECT (widget), key, row, g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), label);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  numeral_config_row_set_problem (widget, NULL);
  return widget;
}

void
numeral_config_row_show (GtkWidget *widget, const NumeralRunConfig *config)
{
  Row *row = g_object_get_data (G_OBJECT (widget), key);
  const double value = numeral_config_get (row->setting, config);

  row->showing = TRUE;
  if (row->spin)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (row->spin), value);
  else
    adw_combo_row_set_selected (ADW_COMBO_ROW (widget), (guint) value);
  row->showing = FALSE;
  gtk_widget_set_visible (widget, numeral_config_matters (row->setting, config));
}

void
numeral_config_set_invalid (gpointer widget, gboolean invalid)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

void
numeral_config_describe (gpointer widget, const char *hint, const char *problem)
{
  numeral_config_set_invalid (widget, problem != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem ? problem : hint, -1);
}

void
numeral_action_row_set_problem (AdwActionRow *row, const char *subtitle, const char *problem)
{
  adw_action_row_set_subtitle (row, problem ? problem : subtitle);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  numeral_config_set_invalid (row, problem != NULL);
}

void
numeral_config_row_set_problem (GtkWidget *widget, const char *problem)
{
  Row *row = g_object_get_data (G_OBJECT (widget), key);
  const char *hint = _ (row->setting->setting->hint);

  numeral_action_row_set_problem (ADW_ACTION_ROW (widget), hint, problem);
  numeral_config_describe (row->spin ? row->spin : widget, hint, problem);
}

const NumeralRunSetting *
numeral_config_row_get_setting (GtkWidget *widget)
{
  return ((Row *) g_object_get_data (G_OBJECT (widget), key))->setting;
}

GtkLabel *
numeral_config_hint_new (const char *hint)
{
  GtkWidget *label = gtk_label_new (hint);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "subtitle");
  return GTK_LABEL (label);
}
