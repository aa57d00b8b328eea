/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "numeral-augment-row.h"
#include "numeral-layer-line.h"
#include "numeral-layers-row.h"
#include "numeral-run-settings.h"
#include "numeral-train-settings.h"
#include "reading.h"
#include "wait.h"

#define WIDTH 360
#define HEIGHT 900

static GtkWidget *
find_titled (GtkWidget *root, GType type, const char *title)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) &&
      (!title ||
       g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_titled (child, type, title);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_looks (gpointer row)
{
  return numeral_augment_row_get_look (row, NUMERAL_AUGMENT_PICTURE, 0) != NULL;
}

static gboolean
same_look (NumeralAugmentRow *row, NumeralAugmentStrip strip, guint i, guint j)
{
  return memcmp (numeral_augment_row_get_look (row, strip, i),
                 numeral_augment_row_get_look (row, strip, j),
                 INK_TENSOR_SIZE * sizeof (float)) == 0;
}

/* Ignores invisible greys. */
static void
assert_picture_is_as_it_was (NumeralAugmentRow *row)
{
  const float *sample = numeral_augment_row_get_look (row, NUMERAL_AUGMENT_PICTURE, 0);
  const float *look = numeral_augment_row_get_look (row, NUMERAL_AUGMENT_PICTURE, 1);

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_cmpfloat_with_epsilon (look[i], sample[i], 0.02);
}

/* Each setting alone can be seen in the strip of what it acts on. */
static void
assert_each_is_seen (NumeralAugmentRow *row)
{
  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    {
      NnAugment alone = { .smoothness = 4 };
      double *field = nn_augment_field (&alone, i);
      const NumeralAugmentStrip strip = NUMERAL_AUGMENT_INK;

      if (field == &alone.smoothness)
        continue;
      *field = field == &alone.rotation || field == &alone.shear ?
                   20 :
                   MIN (nn_augment_settings[i].high, 1);
      numeral_augment_row_set_augment (row, &alone);
      if (same_look (row, strip, 0, 1) || same_look (row, strip, 1, 2))
        g_error ("nothing is seen of \"%s\"", nn_augment_settings[i].name);
      if (field == &alone.ink)
        assert_picture_is_as_it_was (row);
    }
}

/* A preset sets all of it, a row makes it a setting of one's own, and the strip follows both. */
static void
test_augment (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  NumeralAugmentRow *row;
  AdwComboRow *preset;
  NnAugment strong;
  GtkWidget *expander, *rotation, *spin, *shift;
  GtkWindow *window;

  nn_augment_preset (0, &config->train.augment);
  numeral_lab_set_config (lab, config);
  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (GTK_WIDGET (settings), WIDTH, HEIGHT);
  expander = find_titled (GTK_WIDGET (settings), ADW_TYPE_EXPANDER_ROW, "Augmentation");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (expander)), ==, "None");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  row = NUMERAL_AUGMENT_ROW (find_titled (expander, NUMERAL_TYPE_AUGMENT_ROW, NULL));
  assert_soon (has_looks, row);
  /* Nothing is done to a sample, and it can be seen. */
  for (guint i = 0; i < NUMERAL_N_AUGMENT_STRIPS; i++)
    g_assert_true (same_look (row, i, 0, 1));
  g_assert_true (memcmp (numeral_augment_row_get_look (row, NUMERAL_AUGMENT_PICTURE, 0),
                         numeral_augment_row_get_look (row, NUMERAL_AUGMENT_INK, 0),
                         INK_TENSOR_SIZE * sizeof (float)) == 0);

  preset = ADW_COMBO_ROW (find_titled (expander, ADW_TYPE_COMBO_ROW, "Distortion"));
  adw_combo_row_set_selected (preset, 2);
  nn_augment_preset (2, &strong);
  g_assert_true (nn_augment_equal (&numeral_lab_get_config (lab)->train.augment, &strong));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (expander)), ==, "Strong");
  for (guint i = 0; i < NUMERAL_N_AUGMENT_STRIPS; i++)
    {
      g_assert_false (same_look (row, i, 0, 1));
      g_assert_false (same_look (row, i, 1, 2));
    }

  rotation = find_titled (expander, ADW_TYPE_ACTION_ROW, "Rotation (degrees)");
  spin = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (rotation));
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, strong.rotation);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 90);
  g_assert_cmpfloat (numeral_lab_get_config (lab)->train.augment.rotation, ==, 90);
  g_assert_cmpfloat (numeral_lab_get_config (lab)->train.augment.shift, ==, strong.shift);
  g_assert_cmpuint (adw_combo_row_get_selected (preset), ==, NN_N_AUGMENT_PRESETS);

  /* Every field of the library can be set, within its own bounds. */
  shift = find_titled (expander, ADW_TYPE_ACTION_ROW, "Shift (pixels)");
  spin = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (shift));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1e6);
  g_assert_true (nn_augment_validate (&numeral_lab_get_config (lab)->train.augment, NULL));
  assert_each_is_seen (row);
  numeral_lab_close (lab);
  reading_hide (window, settings);
}

static void
open_group (GtkWidget *settings, const char *title)
{
  GtkWidget *expander = find_titled (settings, ADW_TYPE_EXPANDER_ROW, title);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
}

/* The group says it even before it has ever been opened; the row does once it is there. */
static void
assert_problem (GtkWidget *settings, const char *group, const char *title, const char *part)
{
  GtkWidget *expander = find_titled (settings, ADW_TYPE_EXPANDER_ROW, group);
  GtkWidget *row = find_titled (expander, ADW_TYPE_ACTION_ROW, title);
  const char *told = adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (expander));

  g_assert_true (row || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));
  if (!part)
    {
      g_assert_false (row && gtk_widget_has_css_class (row, "error"));
      g_assert_false (gtk_widget_has_css_class (expander, "has-problem"));
      return;
    }
  g_assert_true (gtk_widget_has_css_class (expander, "has-problem"));
  g_assert_nonnull (strstr (told, part));
  if (!row)
    return;
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), part));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_known (gpointer lab)
{
  return !numeral_config_check_is_pending (numeral_lab_get_check (lab));
}

static gboolean
has_focus (gpointer row)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (row));

  return focus && (focus == row || gtk_widget_is_ancestor (focus, row));
}

/* A problem is shown at the control that can solve it, until it is solved. */
static void
test_problem (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  GtkWidget *root = GTK_WIDGET (settings), *row, *layers;
  GtkWindow *window;

  config->source = NUMERAL_SOURCE_GENERATED;
  numeral_lab_set_config (lab, config);
  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (root, WIDTH, HEIGHT);
  assert_problem (root, "Minibatches and Epochs", "Patience (epochs)", NULL);

  config->train.patience = 3;
  config->train.validation = 0;
  numeral_lab_set_config (lab, config);
  assert_problem (root, "Minibatches and Epochs", "Patience (epochs)",
                  "Early stopping needs samples");
  assert_problem (root, "Data", "Validation (%)", NULL);
  g_assert_null (find_titled (root, ADW_TYPE_ACTION_ROW, "Patience (epochs)"));
  numeral_train_settings_show_problem (settings);
  row = find_titled (root, ADW_TYPE_ACTION_ROW, "Patience (epochs)");
  assert_soon (has_focus, row);
  assert_problem (root, "Minibatches and Epochs", "Patience (epochs)",
                  "Early stopping needs samples");
  open_group (root, "Data");
  row = find_titled (root, ADW_TYPE_ACTION_ROW, "Validation (%)");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (
                                 adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))),
                             10);
  assert_problem (root, "Minibatches and Epochs", "Patience (epochs)", NULL);

  config->train.patience = 0;
  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup ("/no/such/folder");
  numeral_lab_set_config (lab, config);
  assert_soon (is_known, lab);
  assert_problem (root, "Data", "Learn From", "no such file");
  g_free (config->path);
  config->path = g_strdup ("/");
  numeral_lab_set_config (lab, config);
  /* The last verdict stays until the new folder is found. */
  assert_problem (root, "Data", "Learn From", "no such file");
  assert_soon (is_known, lab);
  assert_problem (root, "Data", "Learn From", NULL);

  open_group (root, "Network");
  open_group (root, "Augmentation");
  /* No control of the window gives these; a run that somebody wrote by hand does. */
  config->train.dropout = 1;
  numeral_lab_set_config (lab, config);
  assert_problem (root, "Network", "Dropout (%)", "Dropout must be");
  config->train.dropout = 0;
  config->train.augment.shear = 90;
  numeral_lab_set_config (lab, config);
  assert_problem (root, "Network", "Dropout (%)", NULL);
  assert_problem (root, "Augmentation", "Shear (degrees)", "Shear must be from 0 to 45");
  config->train.augment.shear = 0;

  config->train.n_hidden = 3;
  for (guint l = 0; l < config->train.n_hidden; l++)
    config->train.hidden[l] = 65536;
  numeral_lab_set_config (lab, config);
  layers = find_titled (root, ADW_TYPE_PREFERENCES_ROW, "Layers");
  g_assert_true (gtk_widget_has_css_class (layers, "error"));
  config->train.n_hidden = 1;
  config->train.hidden[0] = 64;
  numeral_lab_set_config (lab, config);
  g_assert_false (gtk_widget_has_css_class (layers, "error"));

  numeral_lab_close (lab);
  reading_hide (window, settings);
}

/* (nullable): the row that shows @hint, or has it as its tooltip */
static GtkWidget *
find_hinted (GtkWidget *root, const char *hint)
{
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), hint) == 0)
    return gtk_widget_get_ancestor (root, ADW_TYPE_PREFERENCES_ROW);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), hint) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_hinted (child, hint);

      if (found)
        return found;
    }
  return NULL;
}

/* Every setting of the table has a row with its hint, but for the hidden layers, which are among
 * the layers. The spin button of a number keeps to the
 * bounds of the table. */
static void
test_rows (void)
{
  static const char *const groups[] = {
    "Data", "Augmentation", "Network", "Optimiser", "Minibatches and Epochs", "Differential Privacy"
  };
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  GtkWidget *root = GTK_WIDGET (settings);
  GtkWindow *window;
  guint n;
  const NumeralRunSetting *all = numeral_run_settings (&n);

  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (root, WIDTH, HEIGHT);
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    open_group (root, groups[g]);
  for (guint i = 0; i < n; i++)
    {
      const NnSetting *setting = all[i].setting;
      g_autofree char *label = nn_setting_format_label (setting);
      GtkWidget *row, *spin;

      if (setting->type == NN_SETTING_WIDTHS)
        continue;
      row = find_hinted (root, setting->hint);
      if (!row)
        g_error ("no row explains \"%s\"", label);
      if (setting->type == NN_SETTING_TEXT || setting->type == NN_SETTING_WIDTHS || setting->parts)
        continue;
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, label);
      if (setting->type == NN_SETTING_CHOICE)
        {
          g_assert_cmpuint (g_list_model_get_n_items (
                                adw_combo_row_get_model (ADW_COMBO_ROW (row))),
                            ==, setting->names->n);
          continue;
        }
      spin = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), -1e30);
      g_assert_true (
          nn_setting_check (setting,
                            numeral_run_setting_object (&all[i], numeral_lab_get_config (lab)),
                            NULL));
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1e30);
      g_assert_true (
          nn_setting_check (setting,
                            numeral_run_setting_object (&all[i], numeral_lab_get_config (lab)),
                            NULL));
    }
  numeral_lab_close (lab);
  reading_hide (window, settings);
}

static GtkWidget *
find_of_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_of_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
enter_network (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/* A text that is not a network is rejected in words, stays for correction, and changes nothing. */
static void
test_network (void)
{
  const char *hint = nn_train_setting ("network")->hint;
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  GtkWidget *root = GTK_WIDGET (settings), *row, *entry;
  GtkWindow *window;

  numeral_lab_set_config (lab, config);
  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (root, WIDTH, HEIGHT);
  open_group (root, "Network");
  row = find_hinted (root, hint);
  entry = find_of_type (row, GTK_TYPE_ENTRY);

  enter_network (entry, "28x28-conv5x5");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_null (find_hinted (row, hint));
  g_assert_nonnull (
      find_hinted (row, "“conv5x5” is not a layer: a network is written like 784-128-10 or "
                        "28x28-conv5x5x8-pool2-10"));
  g_assert_cmpstr (numeral_lab_get_config (lab)->train.network, ==, "");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  /* Another setting does not replace the text. */
  config->train.epochs = 7;
  numeral_lab_set_config (lab, config);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "28x28-conv5x5");
  g_assert_true (gtk_widget_has_css_class (row, "error"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "784-32-10");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (find_hinted (row, hint) == row);
  enter_network (entry, " 784-32-10 ");
  g_assert_cmpstr (numeral_lab_get_config (lab)->train.network, ==, "784-32-10");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "784-32-10");

  enter_network (entry, "");
  g_assert_cmpstr (numeral_lab_get_config (lab)->train.network, ==, "");
  g_assert_cmpuint (numeral_lab_get_config (lab)->train.epochs, ==, 7);
  numeral_lab_close (lab);
  reading_hide (window, settings);
}

static void
add_layer (GtkWidget *row, NnLayerKindId kind)
{
  g_assert_true (gtk_widget_activate_action (row, "layers.add", "u", (guint) kind));
}

/* The line of a layer, from 0 on. */
static GtkWidget *
find_line (GtkWidget *root, guint *place)
{
  if (NUMERAL_IS_LAYER_LINE (root))
    return (*place)-- == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_line (child, place);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
nth_line (GtkWidget *row, guint place)
{
  GtkWidget *line = find_line (row, &place);

  g_assert_nonnull (line);
  return line;
}

static gboolean
says (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
assert_network (NumeralLab *lab, const char *text)
{
  g_assert_cmpstr (numeral_lab_get_config (lab)->train.network, ==, text);
}

/* Layers of all kinds are added where they work, moved, set and removed; the text follows. */
static void
test_layers (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  GtkWidget *root = GTK_WIDGET (settings), *row;
  GtkWindow *window;

  numeral_lab_set_config (lab, config);
  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (root, WIDTH, HEIGHT);
  open_group (root, "Network");
  row = find_titled (root, NUMERAL_TYPE_LAYERS_ROW, "Layers");
  g_assert_true (says (nth_line (row, 0), "128 values, 100480 parameters"));
  g_assert_true (says (row, "10 classes, 101770 parameters in all"));

  add_layer (row, NN_LAYER_DENSE);
  g_assert_cmpuint (numeral_lab_get_config (lab)->train.n_hidden, ==, 2);
  assert_network (lab, "");
  add_layer (row, NN_LAYER_CONV2D);
  assert_network (lab, "28x28-conv3x3x16p1-128-128-10");
  add_layer (row, NN_LAYER_MAXPOOL2D);
  assert_network (lab, "28x28-conv3x3x16p1-pool2-128-128-10");
  g_assert_true (says (nth_line (row, 1), "16 × 14 × 14"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (
                                 find_of_type (nth_line (row, 1), GTK_TYPE_SPIN_BUTTON)),
                             4);
  assert_network (lab, "28x28-conv3x3x16p1-pool4-128-128-10");

  /* The layer that cannot work says why, and the run has the problem. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (
                                 find_of_type (nth_line (row, 1), GTK_TYPE_SPIN_BUTTON)),
                             40);
  assert_network (lab, "28x28-conv3x3x16p1-pool40-128-128-10");
  g_assert_true (says (nth_line (row, 1), "40 x 40"));
  g_assert_false (says (nth_line (row, 0), "40 x 40"));
  g_assert_nonnull (numeral_config_check_get_problem (numeral_lab_get_check (lab), NULL));
  g_signal_emit_by_name (nth_line (row, 1), "removed");
  assert_network (lab, "28x28-conv3x3x16p1-128-128-10");
  g_assert_null (numeral_config_check_get_problem (numeral_lab_get_check (lab), NULL));

  add_layer (row, NN_LAYER_DROPOUT);
  add_layer (row, NN_LAYER_TANH);
  assert_network (lab, "28x28-conv3x3x16p1-128-128-dropout0.2-tanh-10");
  g_signal_emit_by_name (nth_line (row, 4), "moved", -1);
  assert_network (lab, "28x28-conv3x3x16p1-128-128-tanh-dropout0.2-10");
  /* Dense layers alone are hidden layers again. */
  g_signal_emit_by_name (nth_line (row, 0), "removed");
  g_signal_emit_by_name (nth_line (row, 3), "removed");
  g_signal_emit_by_name (nth_line (row, 2), "removed");
  assert_network (lab, "");
  g_assert_cmpuint (numeral_lab_get_config (lab)->train.n_hidden, ==, 2);

  /* A text shows its layers. */
  enter_network (find_of_type (find_hinted (root, nn_train_setting ("network")->hint),
                               GTK_TYPE_ENTRY),
                 "28x28-conv5x5x8-linear-avgpool2-10");
  g_assert_true (says (nth_line (row, 0), "8 × 24 × 24, 208 parameters"));
  g_assert_true (says (nth_line (row, 2), "8 × 12 × 12"));
  numeral_lab_close (lab);
  reading_hide (window, settings);
}

/* A preset sets the run, says so, and closes the list. */
static void
test_preset (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  NumeralTrainSettings *settings = numeral_train_settings_new ();
  GtkWidget *root = GTK_WIDGET (settings), *presets, *row;
  guint n;
  const NumeralPreset *all = numeral_run_config_presets (&n);
  GtkWindow *window;

  numeral_train_settings_set_lab (settings, lab);
  window = reading_show (root, WIDTH, HEIGHT);
  presets = find_titled (root, ADW_TYPE_EXPANDER_ROW, "Preset");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralRunConfig) wanted = numeral_run_config_new ();

      g_assert_true (numeral_run_config_apply_preset (wanted, all[i].name));
      open_group (root, "Preset");
      row = find_titled (presets, ADW_TYPE_ACTION_ROW, all[i].title);
      assert_soon (is_mapped, row);
      gtk_widget_activate (row);
      g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (presets)), ==,
                       all[i].title);
      g_assert_cmpuint (numeral_lab_get_config (lab)->train.batch_size, ==,
                        wanted->train.batch_size);
      g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (presets)));
    }
  numeral_lab_close (lab);
  reading_hide (window, settings);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/train-settings/augment", test_augment);
  g_test_add_func ("/app/train-settings/problem", test_problem);
  g_test_add_func ("/app/train-settings/rows", test_rows);
  g_test_add_func ("/app/train-settings/network", test_network);
  g_test_add_func ("/app/train-settings/layers", test_layers);
  g_test_add_func ("/app/train-settings/preset", test_preset);
  return g_test_run ();
}
