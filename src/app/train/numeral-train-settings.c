/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-train-settings.h"

#include <glib/gi18n.h>

#include "numeral-augment-row.h"
#include "numeral-classes-row.h"
#include "numeral-config-row.h"
#include "numeral-config-text.h"
#include "numeral-format.h"
#include "numeral-layers-row.h"
#include "numeral-left-out-row.h"
#include "numeral-network-row.h"
#include "numeral-path-row.h"

struct _NumeralTrainSettings
{
  AdwPreferencesGroup parent_instance;

  NumeralLab *lab;
  AdwExpanderRow *presets;
  AdwExpanderRow *groups[NN_SETTING_N_GROUPS];
  /* The rows of a group are made when it is opened for the first time, and are %NULL before.
   * They are half of the widgets of the window, and every change of style visits each widget. */
  gboolean presets_made, made[NN_SETTING_N_GROUPS];
  GPtrArray *rows; /* made by numeral_config_row_new() */
  NumeralLayersRow *layers;
  NumeralNetworkRow *network; /* the same layers as text */
  NumeralPathRow *path;
  AdwEntryRow *samples;
  NumeralLeftOutRow *left_out;
  NumeralClassesRow *classes;
  AdwComboRow *augment_preset;
  NumeralAugmentRow *augment;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (NumeralTrainSettings, numeral_train_settings, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_named (const NnSetting *setting, const char *name)
{
  return setting && g_str_equal (setting->name, name);
}

/* Shows the problem of a configuration in its row, and in the row's group, which may be closed. */
static void
show_problem (NumeralTrainSettings *self)
{
  const NumeralRunConfig *config = numeral_lab_get_config (self->lab);
  const NnSetting *setting;
  const GError *error =
      numeral_config_check_get_problem (numeral_lab_get_check (self->lab), &setting);
  g_autofree char *problem = error ? numeral_format_sentence (error->message) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      numeral_config_row_set_problem (row,
                                      numeral_config_row_get_setting (row)->setting == setting ?
                                          problem :
                                          NULL);
    }
  if (self->path)
    numeral_path_row_set_path (self->path, config->path,
                               is_named (setting, "path") ? problem : NULL);
  if (self->layers)
    numeral_layers_row_set_problem (self->layers,
                                    is_named (setting, "hidden") || is_named (setting, "network") ?
                                        problem :
                                        NULL);
  if (self->network)
    numeral_network_row_set_problem (self->network, is_named (setting, "network") ? problem : NULL);
  for (guint g = 0; g < NN_SETTING_N_GROUPS; g++)
    {
      GtkWidget *row = GTK_WIDGET (self->groups[g]);

      if (!problem || g != setting->group)
        {
          gtk_widget_remove_css_class (row, "has-problem");
          continue;
        }
      adw_expander_row_set_subtitle (self->groups[g], problem);
      gtk_widget_add_css_class (row, "has-problem");
    }
}

static void
show_samples (NumeralTrainSettings *self, const NumeralRunConfig *config)
{
  const char *text = config->samples ? config->samples : "";

  gtk_widget_set_visible (GTK_WIDGET (self->samples),
                          nn_setting_matters (numeral_run_setting ("samples")->setting, config));
  gtk_widget_remove_css_class (GTK_WIDGET (self->samples), "error");
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->samples)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->samples), text);
}

/* Updates the rows that exist. */
static void
show_rows (NumeralTrainSettings *self, const NumeralRunConfig *config)
{
  for (guint i = 0; i < self->rows->len; i++)
    numeral_config_row_show (g_ptr_array_index (self->rows, i), config);
  if (self->layers)
    {
      const gboolean digits = numeral_source_get_kind (config->source)->is_digits;

      numeral_layers_row_set_config (self->layers, &config->train,
                                     (NnShape){ digits ? INK_TENSOR_SIZE : 0, 1, 1 });
    }
  if (self->network)
    numeral_network_row_set_text (self->network, config->train.network);
  if (self->path)
    gtk_widget_set_visible (GTK_WIDGET (self->path),
                            nn_setting_matters (numeral_run_setting ("path")->setting, config));
  if (self->samples)
    show_samples (self, config);
  if (self->left_out)
    numeral_left_out_row_set (self->left_out, config->left_out);
  if (self->classes)
    numeral_classes_row_set_config (self->classes, config);
  if (self->augment)
    {
      self->showing = TRUE;
      adw_combo_row_set_selected (self->augment_preset, numeral_config_augment_preset (config));
      self->showing = FALSE;
      numeral_augment_row_set_augment (self->augment, &config->train.augment);
    }
}

static void
show (NumeralTrainSettings *self)
{
  static char *(*const texts[]) (const NumeralRunConfig *) = {
    [NN_SETTING_DATA] = numeral_config_data_text,
    [NN_SETTING_NETWORK] = numeral_config_network_text,
    [NN_SETTING_OPTIMIZER] = numeral_config_optimizer_text,
    [NN_SETTING_LENGTH] = numeral_config_length_text,
    [NN_SETTING_AUGMENT] = numeral_config_augment_text,
    [NN_SETTING_PRIVACY] = numeral_config_privacy_text,
  };
  const NumeralRunConfig *config = numeral_lab_get_config (self->lab);

  show_rows (self, config);
  for (guint g = 0; g < NN_SETTING_N_GROUPS; g++)
    {
      g_autofree char *text = texts[g](config);

      adw_expander_row_set_subtitle (self->groups[g], text);
    }
  adw_expander_row_set_subtitle (self->presets, numeral_config_preset_text (config));
  show_problem (self);
}

static void
on_setting (const NumeralRunSetting *setting, double value, gpointer data)
{
  NumeralTrainSettings *self = data;
  g_autoptr (NumeralRunConfig) config = NULL;

  if (!self->lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  if (numeral_config_set (setting, config, value))
    numeral_lab_set_config (self->lab, config);
}

static void
on_layers (NumeralTrainSettings *self)
{
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  if (numeral_layers_row_get_config (self->layers, &config->train, &error))
    {
      numeral_lab_set_config (self->lab, config);
      return;
    }
  show (self);
  problem = numeral_format_sentence (error->message);
  numeral_layers_row_set_problem (self->layers, problem);
}

/* A text that is not a network leaves the settings unchanged, and the row shows why. */
static void
on_network (NumeralNetworkRow *row, const char *text, NumeralTrainSettings *self)
{
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  if (nn_setting_set_text (nn_train_setting ("network"), &config->train,
                           *text != '\0' ? text : "none", &error))
    {
      numeral_lab_set_config (self->lab, config);
      return;
    }
  problem = numeral_format_sentence (error->message);
  numeral_network_row_reject (row, problem);
}

static void
on_path (NumeralPathRow *row, const char *path, NumeralTrainSettings *self)
{
  g_autoptr (NumeralRunConfig) config =
      numeral_run_config_copy (numeral_lab_get_config (self->lab));

  g_free (config->path);
  config->path = g_strdup (path);
  numeral_lab_set_config (self->lab, config);
}

static void
on_all_again (NumeralTrainSettings *self)
{
  g_autoptr (NumeralRunConfig) config =
      numeral_run_config_copy (numeral_lab_get_config (self->lab));

  g_clear_pointer (&config->left_out, g_free);
  numeral_lab_set_config (self->lab, config);
}

static void
on_augment_preset (NumeralTrainSettings *self)
{
  const guint preset = adw_combo_row_get_selected (self->augment_preset);
  g_autoptr (NumeralRunConfig) config = NULL;

  /* "Custom" changes nothing: the rows below make the configuration custom. */
  if (self->showing || !self->lab || preset >= NN_N_AUGMENT_PRESETS)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  nn_augment_preset (preset, &config->train.augment);
  numeral_lab_set_config (self->lab, config);
}

static void
on_preset (AdwActionRow *row, NumeralTrainSettings *self)
{
  const char *name = g_object_get_data (G_OBJECT (row), "preset");
  g_autoptr (NumeralRunConfig) config =
      numeral_run_config_copy (numeral_lab_get_config (self->lab));

  if (numeral_run_config_apply_preset (config, name))
    numeral_lab_set_config (self->lab, config);
  adw_expander_row_set_expanded (self->presets, FALSE);
}

/* Numbers of samples by class, or nothing for as many of each. */
static void
on_samples (NumeralTrainSettings *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->samples));
  g_autoptr (NumeralRunConfig) config = NULL;
  gboolean ok = TRUE;

  if (!self->lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  if (*text != '\0')
    ok = nn_setting_set_text (numeral_run_setting ("samples")->setting, config, text, NULL);
  else
    g_clear_pointer (&config->samples, g_free);
  if (ok)
    numeral_lab_set_config (self->lab, config);
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->samples), "error");
  numeral_config_set_invalid (self->samples, !ok);
}

static AdwComboRow *
new_augment_preset (NumeralTrainSettings *self, const NnSetting *setting)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *row;
  const char *title;

  for (guint i = 0; (title = numeral_config_augment_title (i)); i++)
    gtk_string_list_append (titles, title);
  row = numeral_config_combo_new (G_LIST_MODEL (titles));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Distortion"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (setting->hint));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_augment_preset), self);
  return ADW_COMBO_ROW (row);
}

static void
add_row (NumeralTrainSettings *self, NnSettingGroup group, gpointer row)
{
  adw_expander_row_add_row (self->groups[group], GTK_WIDGET (row));
}

/* Makes the row or rows of a setting in its group. */
static void
make_row (NumeralTrainSettings *self, const NumeralRunSetting *setting)
{
  const NnSetting *row = setting->setting;

  if (row->type == NN_SETTING_WIDTHS)
    {
      self->layers = numeral_layers_row_new ();
      g_signal_connect_swapped (self->layers, "changed", G_CALLBACK (on_layers), self);
      add_row (self, row->group, self->layers);
    }
  else if (is_named (row, "network"))
    {
      self->network = numeral_network_row_new (setting);
      g_signal_connect (self->network, "applied", G_CALLBACK (on_network), self);
      add_row (self, row->group, self->network);
    }
  else if (row->parts)
    {
      self->augment_preset = new_augment_preset (self, row);
      self->augment = numeral_augment_row_new ();
      add_row (self, row->group, self->augment_preset);
      add_row (self, row->group, self->augment);
    }
  else if (is_named (row, "path"))
    {
      self->path = numeral_path_row_new ();
      /* The subtitle is the path. */
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->path), _ (row->hint));
      g_signal_connect (self->path, "chosen", G_CALLBACK (on_path), self);
      add_row (self, row->group, self->path);
    }
  else if (is_named (row, "samples"))
    {
      self->samples = ADW_ENTRY_ROW (adw_entry_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->samples), _ (row->title));
      adw_entry_row_set_show_apply_button (self->samples, TRUE);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->samples), _ (row->hint));
      g_signal_connect_swapped (self->samples, "apply", G_CALLBACK (on_samples), self);
      add_row (self, row->group, self->samples);
    }
  else if (is_named (row, "left_out"))
    {
      self->left_out = numeral_left_out_row_new (setting);
      g_signal_connect_swapped (self->left_out, "cleared", G_CALLBACK (on_all_again), self);
      add_row (self, row->group, self->left_out);
    }
  else
    {
      GtkWidget *widget = numeral_config_row_new (setting, on_setting, self);

      g_ptr_array_add (self->rows, widget);
      add_row (self, row->group, widget);
    }
}

static void
make_rows (NumeralTrainSettings *self, NnSettingGroup group)
{
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);

  if (self->made[group])
    return;
  self->made[group] = TRUE;
  for (guint i = 0; i < n; i++)
    if (settings[i].setting->group == group)
      make_row (self, &settings[i]);
  if (group == NN_SETTING_DATA)
    {
      self->classes = numeral_classes_row_new ();
      add_row (self, group, self->classes);
    }
  if (self->lab)
    {
      show_rows (self, numeral_lab_get_config (self->lab));
      show_problem (self);
    }
}

static void
make_presets (NumeralTrainSettings *self)
{
  guint n;
  const NumeralPreset *presets = numeral_run_config_presets (&n);

  if (self->presets_made)
    return;
  self->presets_made = TRUE;
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), presets[i].title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), presets[i].description);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "preset", (gpointer) presets[i].name);
      g_signal_connect (row, "activated", G_CALLBACK (on_preset), self);
      adw_expander_row_add_row (self->presets, row);
    }
}

static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, NumeralTrainSettings *self)
{
  if (row == self->presets)
    make_presets (self);
  for (guint g = 0; g < NN_SETTING_N_GROUPS; g++)
    if (self->groups[g] == row)
      make_rows (self, g);
}

static AdwExpanderRow *
add_expander (NumeralTrainSettings *self, const char *title)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  return ADW_EXPANDER_ROW (row);
}

static void
numeral_train_settings_dispose (GObject *object)
{
  NumeralTrainSettings *self = NUMERAL_TRAIN_SETTINGS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->lab);
  G_OBJECT_CLASS (numeral_train_settings_parent_class)->dispose (object);
}

static void
numeral_train_settings_class_init (NumeralTrainSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_train_settings_dispose;
}

static void
numeral_train_settings_init (NumeralTrainSettings *self)
{
  self->rows = g_ptr_array_new ();
  self->presets = add_expander (self, _ ("Preset"));
  self->groups[NN_SETTING_DATA] = add_expander (self, _ ("Data"));
  self->groups[NN_SETTING_AUGMENT] = add_expander (self, _ ("Augmentation"));
  self->groups[NN_SETTING_NETWORK] = add_expander (self, _ ("Network"));
  self->groups[NN_SETTING_OPTIMIZER] = add_expander (self, _ ("Optimiser"));
  self->groups[NN_SETTING_LENGTH] = add_expander (self, _ ("Minibatches and Epochs"));
  self->groups[NN_SETTING_PRIVACY] = add_expander (self, _ ("Differential Privacy"));
}

NumeralTrainSettings *
numeral_train_settings_new (void)
{
  return g_object_new (NUMERAL_TYPE_TRAIN_SETTINGS, NULL);
}

void
numeral_train_settings_set_lab (NumeralTrainSettings *self, NumeralLab *lab)
{
  g_return_if_fail (NUMERAL_IS_TRAIN_SETTINGS (self));

  g_set_object (&self->lab, lab);
  g_signal_connect_object (lab, "config-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_check (lab), "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

/* (nullable): the row of the invalid setting, and its @group. */
static GtkWidget *
find_problem_row (NumeralTrainSettings *self, guint *group)
{
  const NnSetting *setting;

  if (!numeral_config_check_get_problem (numeral_lab_get_check (self->lab), &setting))
    return NULL;
  *group = setting->group;
  make_rows (self, *group);
  if (is_named (setting, "hidden"))
    return GTK_WIDGET (self->layers);
  if (is_named (setting, "network"))
    return GTK_WIDGET (self->network);
  if (is_named (setting, "path"))
    return GTK_WIDGET (self->path);
  for (guint i = 0; i < self->rows->len; i++)
    if (numeral_config_row_get_setting (self->rows->pdata[i])->setting == setting)
      return self->rows->pdata[i];
  return NULL;
}

/* Takes the focus after the layout: GTK scrolls to the focus only when the row has its final
 * position. */
static gboolean
focus_when_revealed (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *revealer = gtk_widget_get_ancestor (row, GTK_TYPE_REVEALER);

  if (revealer && !gtk_revealer_get_child_revealed (GTK_REVEALER (revealer)))
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (row);
  return G_SOURCE_REMOVE;
}

void
numeral_train_settings_show_problem (NumeralTrainSettings *self)
{
  GtkWidget *row;
  guint group;

  g_return_if_fail (NUMERAL_IS_TRAIN_SETTINGS (self));

  row = self->lab ? find_problem_row (self, &group) : NULL;
  if (!row)
    return;
  adw_expander_row_set_expanded (self->groups[group], TRUE);
  gtk_widget_add_tick_callback (row, focus_when_revealed, NULL, NULL);
}
