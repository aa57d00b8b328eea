/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grid of samples, on a screen. */

#include <glib/gstdio.h>

#include "desk.h"
#include "ink-tensor.h"
#include "numeral-data.h"
#include "numeral-dataset-item.h"
#include "numeral-dataset-list.h"
#include "numeral-dataset-tile.h"
#include "numeral-samples-page.h"
#include "shown.h"
#include "wait.h"

typedef struct
{
  NumeralLab *lab;
  GtkWindow *window;
  NumeralSamplesPage *page;
  GListModel *shown;
  Hand *hand;
  guint n_activated;
  float tensor[INK_TENSOR_SIZE];
} Scene;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

static void
on_activated (Scene *scene, const float *tensor)
{
  scene->n_activated++;
  memcpy (scene->tensor, tensor, sizeof scene->tensor);
}

static Scene *
scene_new (NumeralBrowse what, const char *path)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->lab = numeral_lab_new ();
  scene->window = GTK_WINDOW (gtk_window_new ());
  scene->page = numeral_samples_page_new (scene->lab);
  g_signal_connect_swapped (scene->page, "sample-activated", G_CALLBACK (on_activated), scene);
  numeral_samples_page_browse (scene->page, what, path);
  gtk_window_set_child (scene->window, GTK_WIDGET (scene->page));
  gtk_window_set_default_size (scene->window, 720, 560);
  gtk_window_present (scene->window);
  assert_soon (is_mapped, scene->page);
  scene->shown = G_LIST_MODEL (gtk_grid_view_get_model (
      GTK_GRID_VIEW (desk_find (GTK_WIDGET (scene->page), GTK_TYPE_GRID_VIEW, NULL))));
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
  return scene;
}

static void
scene_free (Scene *scene)
{
  hand_free (scene->hand);
  gtk_window_destroy (scene->window);
  numeral_lab_close (scene->lab);
  wait_for (0.1);
  g_object_unref (scene->lab);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static gboolean
is_loaded (gpointer data)
{
  return g_list_model_get_n_items (((Scene *) data)->shown) > 0;
}

static guint
n_shown (Scene *scene)
{
  return g_list_model_get_n_items (scene->shown);
}

static NumeralDatasetItem *
item_at (Scene *scene, guint i)
{
  return g_list_model_get_item (scene->shown, i);
}

static gboolean
shows (Scene *scene, const char *text)
{
  return shown_is (GTK_WIDGET (scene->page), text);
}

static void
wait_text (Scene *scene, const char *text)
{
  shown_wait (GTK_WIDGET (scene->page), text);
}

static void
test_list (void)
{
  g_autoptr (NnDataset) dataset = nn_dataset_new_pixels (4, 28, 28, 10, NULL);
  g_autoptr (NumeralDatasetList) list = numeral_dataset_list_new ();
  g_autoptr (NumeralDatasetItem) item = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  float tensor[INK_TENSOR_SIZE];
  guint8 pixels[56 * 56 * 4];

  for (guint i = 0; i < 4; i++)
    dataset->labels[i] = (guint8) (i % 2 ? 7 : 3);
  dataset->pixels[3 * 784 + 28 + 2] = 255; /* of the last: row 1, column 2 */
  numeral_dataset_list_set_dataset (list, dataset);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 4);
  numeral_dataset_list_set_class (list, 7);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  numeral_dataset_list_set_class (list, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  numeral_dataset_list_set_class (list, 7);
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 2));
  g_assert_cmpuint (numeral_dataset_item_get_index (item), ==, 3);
  g_assert_cmpuint (numeral_dataset_item_get_label (item), ==, 7);
  numeral_dataset_item_get_tensor (item, tensor);
  g_assert_cmpfloat (tensor[30], ==, 1);
  g_assert_cmpfloat (tensor[31], ==, 0);

  texture = numeral_dataset_item_create_texture (item, 2);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 56);
  gdk_texture_download (texture, pixels, 56 * 4);
  g_assert_cmpuint (pixels[(2 * 56 + 4) * 4], ==, 255);
  g_assert_cmpuint (pixels[(3 * 56 + 5) * 4], ==, 255);
  g_assert_cmpuint (pixels[(4 * 56 + 4) * 4], ==, 0);
  g_assert_cmpuint (pixels[(2 * 56 + 6) * 4], ==, 0);
}

static gboolean
is_filtered (gpointer data)
{
  return n_shown (data) == 500;
}

static void
test_generated (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_BROWSE_GENERATED, NULL);
  GtkWidget *grid = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_GRID_VIEW, NULL);

  assert_soon (is_loaded, scene);
  g_assert_cmpuint (n_shown (scene), ==, 5000);
  wait_text (scene, "All (5000)");
  /* A digit key shows that digit alone. */
  gtk_widget_grab_focus (grid);
  hand_key (scene->hand, GDK_KEY_7, 0);
  assert_soon (is_filtered, scene);
  for (guint i = 0; i < 500; i += 50)
    {
      g_autoptr (NumeralDatasetItem) item = item_at (scene, i);

      g_assert_cmpuint (numeral_dataset_item_get_label (item), ==, 7);
    }
  wait_text (scene, "7 (500)");
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.class", "i", -1);
  g_assert_cmpuint (n_shown (scene), ==, 5000);
}

static gboolean
was_activated (gpointer data)
{
  return ((Scene *) data)->n_activated > 0;
}

static void
assert_activated (Scene *scene, guint i)
{
  g_autoptr (NumeralDatasetItem) item = item_at (scene, i);
  float tensor[INK_TENSOR_SIZE];

  assert_soon (was_activated, scene);
  numeral_dataset_item_get_tensor (item, tensor);
  g_assert_cmpmem (tensor, sizeof tensor, scene->tensor, sizeof tensor);
  scene->n_activated = 0;
}

static void
test_activate (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_BROWSE_GENERATED, NULL);
  GtkWidget *grid = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_GRID_VIEW, NULL);
  GtkWidget *tile;

  assert_soon (is_loaded, scene);
  wait_text (scene, "0");
  wait_for (0.3);
  tile = desk_find (grid, NUMERAL_TYPE_DATASET_TILE, NULL);
  desk_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "Digit 0, sample 1");
  hand_click (scene->hand, tile);
  assert_activated (scene, 0);
  hand_key (scene->hand, GDK_KEY_Right, 0);
  hand_key (scene->hand, GDK_KEY_Return, 0);
  assert_activated (scene, 1);
}

static void
test_missing (void)
{
  g_autofree char *before = g_strdup (g_getenv ("NUMERAL_DATA_DIR"));
  g_autoptr (Scene) scene = NULL;

  g_unsetenv ("NUMERAL_DATA_DIR");
  scene = scene_new (NUMERAL_BROWSE_MNIST_TEST, NULL);
  wait_text (scene, "MNIST Is Not Here");
  g_assert_cmpuint (n_shown (scene), ==, 0);
  /* The way out. */
  hand_click (scene->hand,
              desk_find (GTK_WIDGET (scene->page), GTK_TYPE_BUTTON, "_Built-in Handwriting"));
  assert_soon (is_loaded, scene);
  if (before)
    g_setenv ("NUMERAL_DATA_DIR", before, TRUE);
}

static void
test_error (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "numeral-no-such-folder", NULL);
  g_autoptr (Scene) scene = scene_new (NUMERAL_BROWSE_PATH, path);

  wait_text (scene, "These Samples Cannot Be Shown");
  g_assert_true (shows (scene, "numeral-no-such-folder"));
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.generate", NULL);
  assert_soon (is_loaded, scene);
}

static void
test_cancel (void)
{
  g_autoptr (Scene) scene = scene_new (NUMERAL_BROWSE_GENERATED, NULL);

  numeral_samples_page_browse (scene->page, NUMERAL_BROWSE_GENERATED, NULL);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.cancel", NULL);
  wait_text (scene, "Stopped");
  wait_for (0.5); /* what was under way ends without a trace */
  g_assert_cmpuint (n_shown (scene), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.retry", NULL);
  assert_soon (is_loaded, scene);
}

/* The page names the files that were left out of a folder, with the reasons. */
static void
test_remarks (void)
{
  g_autofree char *folder = g_dir_make_tmp ("numeral-samples-XXXXXX", NULL);
  static const char ink[] = "<ink><trace>10 10, 10 90</trace></ink>";
  static const char *const names[] = { "3_anna.inkml", "7_bob.inkml", "notes.png" };
  g_autoptr (Scene) scene = NULL;
  GtkWidget *label;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, i < 2 ? ink : "x", -1, NULL));
    }
  scene = scene_new (NUMERAL_BROWSE_PATH, folder);
  assert_soon (is_loaded, scene);
  g_assert_cmpuint (n_shown (scene), ==, 2);
  wait_text (scene, "the digit at the beginning of a file's name is its label\n"
                    "1 file has no label: notes.png (neither a folder nor the name says which "
                    "digit it is)\n"
                    "there is no sample of: 0, 1, 2, 4, 5, 6, 8, 9");
  /* It is reached with the keyboard, and goes with the data. */
  label = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_LABEL, "1 file has no label");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_focusable (label));
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.generate", NULL);
  wait_text (scene, "All (5000)");
  g_assert_false (gtk_widget_get_mapped (label));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* What the next run learns from is shown, though the page was seen before it had a lab. */
static void
test_late_lab (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (NUMERAL_TYPE_SAMPLES_PAGE, NULL);
  Scene scene = { 0 };

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 200;
  numeral_lab_set_config (lab, config);
  gtk_window_set_child (window, page);
  gtk_window_present (window);
  assert_soon (is_mapped, page);
  scene.shown = G_LIST_MODEL (
      gtk_grid_view_get_model (GTK_GRID_VIEW (desk_find (page, GTK_TYPE_GRID_VIEW, NULL))));
  g_assert_false (is_loaded (&scene));
  g_object_set (page, "lab", lab, NULL);
  assert_soon (is_loaded, &scene);
  gtk_window_destroy (window);
  numeral_lab_close (lab);
  wait_for (0.1);
}

/* Sixty thousand samples: only those in sight become widgets. */
static guint
count_tiles (GtkWidget *widget)
{
  guint n = NUMERAL_IS_DATASET_TILE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    n += count_tiles (child);
  return n;
}

static void
test_mnist (void)
{
  g_autofree char *mnist = numeral_data_find_mnist ();
  g_autoptr (Scene) scene = NULL;
  GtkWidget *grid;
  GtkAdjustment *adjustment;
  gint64 start;
  double longest = 0;

  if (!mnist)
    {
      g_test_skip ("there is no MNIST");
      return;
    }
  scene = scene_new (NUMERAL_BROWSE_MNIST_TRAIN, NULL);
  grid = desk_find (GTK_WIDGET (scene->page), GTK_TYPE_GRID_VIEW, NULL);
  assert_soon (is_loaded, scene);
  g_assert_cmpuint (n_shown (scene), ==, 60000);
  wait_for (0.3);
  g_assert_cmpuint (count_tiles (grid), >, 20);
  g_assert_cmpuint (count_tiles (grid), <, 2000);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  for (guint i = 1; i <= 20; i++)
    {
      start = g_get_monotonic_time ();
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 20);
      wait_idle ();
      longest = MAX (longest, (double) (g_get_monotonic_time () - start) / 1000);
      wait_for (0.02);
    }
  g_test_message ("longest jump: %.1f ms, %u tiles", longest, count_tiles (grid));
  g_assert_cmpuint (count_tiles (grid), <, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/samples-page/list", test_list);
  g_test_add_func ("/app/samples-page/generated", test_generated);
  g_test_add_func ("/app/samples-page/activate", test_activate);
  g_test_add_func ("/app/samples-page/missing", test_missing);
  g_test_add_func ("/app/samples-page/error", test_error);
  g_test_add_func ("/app/samples-page/cancel", test_cancel);
  g_test_add_func ("/app/samples-page/remarks", test_remarks);
  g_test_add_func ("/app/samples-page/late-lab", test_late_lab);
  g_test_add_func ("/app/samples-page/mnist", test_mnist);
  return g_test_run ();
}
