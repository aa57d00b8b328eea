/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-train-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-augment-row.h"
#include "numeral-classes-row.h"
#include "numeral-config-fields.h"
#include "numeral-config-text.h"
#include "numeral-format.h"
#include "numeral-layers-row.h"
#include "numeral-path-row.h"

struct _NumeralTrainSettings
{
  AdwPreferencesGroup parent_instance;

  NumeralLab *lab;
  AdwExpanderRow *presets;
  AdwExpanderRow *groups[NUMERAL_CONFIG_N_GROUPS];
  /* What is in them is made when they are opened for the first time, and %NULL before: it is half
   * of the window's widgets, all of which each change of style goes through. */
  gboolean presets_made, made[NUMERAL_CONFIG_N_GROUPS];
  GPtrArray *rows; /* made by numeral_config_row_new() */
  NumeralLayersRow *layers;
  NumeralPathRow *path;
  NumeralClassesRow *classes;
  AdwComboRow *augment_preset;
  NumeralAugmentRow *augment;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (NumeralTrainSettings, numeral_train_settings, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_layers (gsize field)
{
  return field == G_STRUCT_OFFSET (NumeralRunConfig, train.hidden) ||
         field == G_STRUCT_OFFSET (NumeralRunConfig, train.n_hidden);
}

/* Which group a setting is in; NUMERAL_CONFIG_N_GROUPS: in none. */
static guint
group_of (gsize field)
{
  if (is_layers (field))
    return NUMERAL_CONFIG_NETWORK;
  if (field == G_STRUCT_OFFSET (NumeralRunConfig, path))
    return NUMERAL_CONFIG_DATA;
  for (guint g = 0; g < NUMERAL_CONFIG_N_GROUPS; g++)
    {
      guint n;
      const NumeralConfigField *fields = numeral_config_fields (g, &n);

      for (guint i = 0; i < n; i++)
        if (fields[i].offset == field)
          return g;
    }
  return NUMERAL_CONFIG_N_GROUPS;
}

/* What cannot work is said at its row, and at the group that the row is in, which may be closed. */
static void
show_problem (NumeralTrainSettings *self, const NumeralRunConfig *config)
{
  g_autoptr (GError) error = NULL;
  gsize field;
  g_autofree char *problem = numeral_run_config_find_problem (config, &field, &error) ?
                                 NULL :
                                 numeral_format_sentence (error->message);
  const guint group = problem ? group_of (field) : NUMERAL_CONFIG_N_GROUPS;
  const gboolean is_path = field == G_STRUCT_OFFSET (NumeralRunConfig, path);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      numeral_config_row_set_problem (row, numeral_config_row_get_field (row)->offset == field ?
                                               problem :
                                               NULL);
    }
  if (self->path)
    numeral_path_row_set_path (self->path, config->path, is_path ? problem : NULL);
  if (self->layers)
    numeral_layers_row_set_problem (self->layers, is_layers (field) ? problem : NULL);
  for (guint g = 0; g < NUMERAL_CONFIG_N_GROUPS; g++)
    {
      GtkWidget *row = GTK_WIDGET (self->groups[g]);

      if (g != group)
        {
          gtk_widget_remove_css_class (row, "has-problem");
          continue;
        }
      adw_expander_row_set_subtitle (self->groups[g], problem);
      gtk_widget_add_css_class (row, "has-problem");
    }
}

/* What the rows that are there say. */
static void
show_rows (NumeralTrainSettings *self, const NumeralRunConfig *config)
{
  for (guint i = 0; i < self->rows->len; i++)
    numeral_config_row_show (g_ptr_array_index (self->rows, i), config);
  if (self->layers)
    numeral_layers_row_set_widths (self->layers, config->train.hidden, config->train.n_hidden);
  if (self->path)
    gtk_widget_set_visible (GTK_WIDGET (self->path), config->source == NUMERAL_SOURCE_PATH);
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
    numeral_config_data_text,   numeral_config_network_text, numeral_config_optimizer_text,
    numeral_config_length_text, numeral_config_augment_text,
  };
  const NumeralRunConfig *config = numeral_lab_get_config (self->lab);

  show_rows (self, config);
  for (guint g = 0; g < NUMERAL_CONFIG_N_GROUPS; g++)
    {
      g_autofree char *text = texts[g](config);

      adw_expander_row_set_subtitle (self->groups[g], text);
    }
  adw_expander_row_set_subtitle (self->presets, numeral_config_preset_text (config));
  show_problem (self, config);
}

static void
on_field (const NumeralConfigField *field, double value, gpointer data)
{
  NumeralTrainSettings *self = data;
  g_autoptr (NumeralRunConfig) config = NULL;

  if (!self->lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (self->lab));
  if (numeral_config_field_set (field, config, value))
    numeral_lab_set_config (self->lab, config);
}

static void
on_layers (NumeralTrainSettings *self)
{
  g_autoptr (NumeralRunConfig) config =
      numeral_run_config_copy (numeral_lab_get_config (self->lab));
  const guint *widths = numeral_layers_row_get_widths (self->layers, &config->train.n_hidden);

  memset (config->train.hidden, 0, sizeof config->train.hidden);
  for (guint l = 0; l < config->train.n_hidden; l++)
    config->train.hidden[l] = widths[l];
  numeral_lab_set_config (self->lab, config);
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
on_augment_preset (NumeralTrainSettings *self)
{
  const guint preset = adw_combo_row_get_selected (self->augment_preset);
  g_autoptr (NumeralRunConfig) config = NULL;

  /* "Custom" is what it already is, or becomes by the rows below. */
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

static AdwComboRow *
new_augment_preset (NumeralTrainSettings *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  const char *title;

  for (guint i = 0; (title = numeral_config_augment_title (i)); i++)
    gtk_string_list_append (titles, title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Distortion"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_augment_preset), self);
  return ADW_COMBO_ROW (row);
}

/* Those that stand before the fields. */
static void
make_first_rows (NumeralTrainSettings *self, NumeralConfigGroup group)
{
  AdwExpanderRow *expander = self->groups[group];

  if (group == NUMERAL_CONFIG_NETWORK)
    {
      self->layers = numeral_layers_row_new ();
      g_signal_connect_swapped (self->layers, "changed", G_CALLBACK (on_layers), self);
      adw_expander_row_add_row (expander, GTK_WIDGET (self->layers));
    }
  if (group == NUMERAL_CONFIG_AUGMENT)
    {
      self->augment_preset = new_augment_preset (self);
      self->augment = numeral_augment_row_new ();
      adw_expander_row_add_row (expander, GTK_WIDGET (self->augment_preset));
      adw_expander_row_add_row (expander, GTK_WIDGET (self->augment));
    }
}

static void
make_rows (NumeralTrainSettings *self, NumeralConfigGroup group)
{
  AdwExpanderRow *expander = self->groups[group];
  guint n;
  const NumeralConfigField *fields = numeral_config_fields (group, &n);

  if (self->made[group])
    return;
  self->made[group] = TRUE;
  make_first_rows (self, group);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = numeral_config_row_new (&fields[i], on_field, self);

      g_ptr_array_add (self->rows, row);
      adw_expander_row_add_row (expander, row);
      if (group == NUMERAL_CONFIG_DATA && i == 0)
        {
          self->path = numeral_path_row_new ();
          g_signal_connect (self->path, "chosen", G_CALLBACK (on_path), self);
          adw_expander_row_add_row (expander, GTK_WIDGET (self->path));
        }
    }
  if (group == NUMERAL_CONFIG_DATA)
    {
      self->classes = numeral_classes_row_new ();
      adw_expander_row_add_row (expander, GTK_WIDGET (self->classes));
    }
  if (self->lab)
    {
      show_rows (self, numeral_lab_get_config (self->lab));
      show_problem (self, numeral_lab_get_config (self->lab));
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
  for (guint g = 0; g < NUMERAL_CONFIG_N_GROUPS; g++)
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
  self->groups[NUMERAL_CONFIG_DATA] = add_expander (self, _ ("Data"));
  self->groups[NUMERAL_CONFIG_AUGMENT] = add_expander (self, _ ("Augmentation"));
  self->groups[NUMERAL_CONFIG_NETWORK] = add_expander (self, _ ("Network"));
  self->groups[NUMERAL_CONFIG_OPTIMIZER] = add_expander (self, _ ("Optimiser"));
  self->groups[NUMERAL_CONFIG_LENGTH] = add_expander (self, _ ("Minibatches and Epochs"));
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
  show (self);
}

/* (nullable): the row of the setting that cannot work, and the @group that it is in. */
static GtkWidget *
find_problem_row (NumeralTrainSettings *self, guint *group)
{
  gsize field;

  if (numeral_run_config_find_problem (numeral_lab_get_config (self->lab), &field, NULL))
    return NULL;
  *group = group_of (field);
  if (*group < NUMERAL_CONFIG_N_GROUPS)
    make_rows (self, *group);
  if (is_layers (field))
    return GTK_WIDGET (self->layers);
  if (field == G_STRUCT_OFFSET (NumeralRunConfig, path))
    return GTK_WIDGET (self->path);
  for (guint i = 0; i < self->rows->len; i++)
    if (numeral_config_row_get_field (self->rows->pdata[i])->offset == field)
      return self->rows->pdata[i];
  return NULL;
}

/* Once it is where it will be: what has the focus is scrolled to only then. */
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
  if (!row || group >= NUMERAL_CONFIG_N_GROUPS)
    return;
  adw_expander_row_set_expanded (self->groups[group], TRUE);
  gtk_widget_add_tick_callback (row, focus_when_revealed, NULL, NULL);
}
