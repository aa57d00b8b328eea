/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measuring a model, on a screen. */

#include <glib/gstdio.h>

#include "desk.h"
#include "ink-generator.h"
#include "ink-tensor.h"
#include "ink-unipen.h"
#include "numeral-confusion-view.h"
#include "numeral-generate.h"
#include "numeral-hand-db.h"
#include "numeral-model-choice.h"
#include "numeral-model-file.h"
#include "numeral-result-tile.h"
#include "numeral-results-page.h"
#include "shown.h"
#include "wait.h"

#define N_SAMPLES 300

/* A folder with the IDX files of generated digits, and a model that guesses. */
typedef struct
{
  char *folder, *images, *labels, *model;
} Files;

/* Shared by all tests, which do not change them. */
static Files files;

static void
write_idx (const char *path, const guint8 *header, gsize n_header, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, header, (guint) n_header);
  g_byte_array_append (bytes, data, (guint) n_data);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
save_guessing_model (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralModel) model = NULL;
  NnArchitecture arch;
  NnRandom random;

  g_assert_true (nn_architecture_from_string ("784-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY,
                                              &arch, NULL));
  network = nn_network_new (&arch, NULL);
  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_HE, &random);
  model = numeral_model_new (network, NULL, NULL);
  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, NULL));
}

static void
files_init (void)
{
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (N_SAMPLES, INK_GENERATOR_VERSION, 7, 0, NULL, NULL, NULL, NULL);
  const guint8 images[] = { 0, 0,  8, 3, 0, 0, N_SAMPLES / 256, N_SAMPLES % 256, 0, 0,
                            0, 28, 0, 0, 0, 28 };
  const guint8 labels[] = { 0, 0, 8, 1, 0, 0, N_SAMPLES / 256, N_SAMPLES % 256 };

  files.folder = g_dir_make_tmp ("numeral-results-XXXXXX", NULL);
  files.images = g_build_filename (files.folder, "t10k-images-idx3-ubyte", NULL);
  files.labels = g_build_filename (files.folder, "t10k-labels-idx1-ubyte", NULL);
  files.model = g_build_filename (files.folder, "guess.safetensors", NULL);
  /* Two labels are wrong. */
  digits->labels[3] = 8;
  digits->labels[14] = 0;
  write_idx (files.images, images, sizeof images, digits->pixels,
             (gsize) N_SAMPLES * INK_TENSOR_SIZE);
  write_idx (files.labels, labels, sizeof labels, digits->labels, N_SAMPLES);
  save_guessing_model (files.model);
}

static void
files_clear (void)
{
  g_unlink (files.images);
  g_unlink (files.labels);
  g_unlink (files.model);
  g_rmdir (files.folder);
  g_free (files.images);
  g_free (files.labels);
  g_free (files.model);
  g_free (files.folder);
}

typedef struct
{
  NumeralLab *lab;
  GtkWindow *window;
  NumeralResultsPage *page;
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
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->lab = numeral_lab_new ();
  g_assert_true (numeral_lab_use_shipped (scene->lab, NULL));
  scene->window = GTK_WINDOW (gtk_window_new ());
  scene->page = numeral_results_page_new (scene->lab);
  g_signal_connect_swapped (scene->page, "sample-activated", G_CALLBACK (on_activated), scene);
  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_TEST_PATH, files.folder);
  gtk_window_set_child (scene->window, GTK_WIDGET (scene->page));
  /* High enough for all of the page, so that each widget can be clicked. */
  gtk_window_set_default_size (scene->window, 900, 1000);
  gtk_window_present (scene->window);
  assert_soon (is_mapped, scene->page);
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

static GtkWidget *
find (Scene *scene, GType type, const char *text)
{
  return desk_find (GTK_WIDGET (scene->page), type, text);
}

static void
wait_text (Scene *scene, const char *text)
{
  shown_wait (GTK_WIDGET (scene->page), text);
}

static gboolean
has_measured (gpointer data)
{
  Scene *scene = data;
  GtkWidget *matrix = find (scene, NUMERAL_TYPE_CONFUSION_VIEW, NULL);

  return gtk_widget_get_mapped (matrix) && gtk_widget_get_first_child (matrix);
}

static void
measure (Scene *scene)
{
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  assert_soon (has_measured, scene);
}

static guint
count_tiles (Scene *scene)
{
  GtkFlowBoxChild *child;
  GtkWidget *tile = find (scene, NUMERAL_TYPE_RESULT_TILE, NULL);
  GtkFlowBox *box;
  guint n = 0;

  if (!tile)
    return 0;
  box = GTK_FLOW_BOX (gtk_widget_get_parent (tile));
  while ((child = gtk_flow_box_get_child_at_index (box, (int) n)))
    n++;
  return n;
}

static char *
get_show (Scene *scene)
{
  char *show;

  g_object_get (scene->page, "show", &show, NULL);
  return show;
}

static void
test_measure (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *tile;

  wait_text (scene, "No Results Yet");
  measure (scene);
  wait_text (scene, "95 % interval ");
  wait_text (scene, "expected, 15 bins");
  /* The samples whose labels are wrong are mistakes, the most confident ones. */
  g_assert_cmpuint (count_tiles (scene), >=, 2);
  wait_text (scene, "8 read as 3");
  wait_text (scene, "0 read as 4");
  tile = find (scene, NUMERAL_TYPE_RESULT_TILE, NULL);
  hand_click (scene->hand, tile);
  wait_for (0.2);
  g_assert_cmpuint (scene->n_activated, ==, 1);
  {
    NumeralDatasetItem *sample =
        numeral_result_item_get_sample (numeral_result_tile_get_item (NUMERAL_RESULT_TILE (tile)));
    float tensor[INK_TENSOR_SIZE];

    numeral_dataset_item_get_tensor (sample, tensor);
    g_assert_cmpmem (tensor, sizeof tensor, scene->tensor, sizeof tensor);
  }
  /* The same with the keyboard. */
  gtk_widget_grab_focus (tile);
  hand_key (scene->hand, GDK_KEY_Return, 0);
  wait_for (0.2);
  g_assert_cmpuint (scene->n_activated, ==, 2);
}

static gboolean
shows_cell (gpointer data)
{
  g_autofree char *show = get_show (data);

  return g_str_equal (show, "cell");
}

static gboolean
shows_all (gpointer data)
{
  g_autofree char *show = get_show (data);

  return g_str_equal (show, "all");
}

/* A cell of the matrix shows its samples alone; the same cell again shows all mistakes. */
static void
test_cell (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *matrix, *cell;
  guint n_all;

  measure (scene);
  n_all = count_tiles (scene);
  matrix = find (scene, NUMERAL_TYPE_CONFUSION_VIEW, NULL);
  cell = gtk_widget_get_first_child (matrix);
  for (guint i = 0; i < 8 * 10 + 3; i++)
    cell = gtk_widget_get_next_sibling (cell);
  desk_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL, "8 read as 3: 1 sample");
  hand_click (scene->hand, cell);
  assert_soon (shows_cell, scene);
  g_assert_cmpuint (count_tiles (scene), ==, 1);
  wait_text (scene, "This Cell 1");
  hand_click (scene->hand, cell);
  assert_soon (shows_all, scene);
  g_assert_cmpuint (count_tiles (scene), ==, n_all);
  /* Samples that are read right can be seen too. */
  numeral_confusion_view_choose (NUMERAL_CONFUSION_VIEW (matrix), TRUE, 5, 5);
  g_assert_cmpuint (count_tiles (scene), >, 20);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.show", "s", "all");
  g_assert_cmpuint (count_tiles (scene), ==, n_all);
}

static NumeralModelChoice *
get_choice (Scene *scene, gboolean other)
{
  GtkWidget *button = find (scene, GTK_TYPE_BUTTON, "_Measure");
  NumeralModelChoice *first = NUMERAL_MODEL_CHOICE (find (scene, NUMERAL_TYPE_MODEL_CHOICE, NULL));
  GtkWidget *label = find (scene, GTK_TYPE_LABEL, "Compare with");

  g_assert_nonnull (button);
  return other ? NUMERAL_MODEL_CHOICE (gtk_widget_get_next_sibling (label)) : first;
}

static void
test_compare (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GFile) file = g_file_new_for_path (files.model);

  measure (scene);
  numeral_model_choice_take_file (get_choice (scene, TRUE), file);
  wait_text (scene, "Against it: ");
  wait_text (scene, "Mended ");
  hand_click (scene->hand,
              gtk_widget_get_ancestor (find (scene, GTK_TYPE_LABEL, "Mended "), GTK_TYPE_BUTTON));
  wait_text (scene, "now right");
  /* A guessing model is wrong so often that not all tiles are made at once. */
  g_assert_cmpuint (count_tiles (scene), ==, 60);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.more", NULL);
  g_assert_cmpuint (count_tiles (scene), ==, 120);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.show", "s", "both");
  wait_text (scene, "was ");
  g_assert_cmpuint (count_tiles (scene), >=, 1);
}

/* A file that is no model says so, and the page goes on. */
static void
test_errors (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GFile) file = g_file_new_for_path (files.images);
  g_autofree char *nowhere = g_build_filename (files.folder, "nowhere", NULL);

  numeral_model_choice_take_file (get_choice (scene, FALSE), file);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "The Model Cannot Be Loaded");
  g_object_set (find (scene, GTK_TYPE_DROP_DOWN, NULL), "selected", 1, NULL);
  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_TEST_PATH, nowhere);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "These Samples Cannot Be Read");
  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_TEST_PATH, files.folder);
  measure (scene);
}

static void
test_cancel (void)
{
  g_autoptr (Scene) scene = scene_new ();

  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.measure", NULL);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.cancel", NULL);
  wait_text (scene, "Stopped");
  wait_for (0.5); /* what was under way ends without a trace */
  g_assert_false (has_measured (scene));
  measure (scene);
}

static void
test_missing (void)
{
  g_autofree char *before = g_strdup (g_getenv ("NUMERAL_DATA_DIR"));
  g_autoptr (Scene) scene = NULL;

  g_unsetenv ("NUMERAL_DATA_DIR");
  scene = scene_new ();
  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_MNIST_TEST, NULL);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "MNIST Is Not Here");
  if (before)
    g_setenv ("NUMERAL_DATA_DIR", before, TRUE);
}

/* One's own handwriting is measured as it is at that moment. */
static void
test_handwriting (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[10];

  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_HANDWRITING, NULL);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "These Samples Cannot Be Read");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (InkDrawing) drawing = NULL;
      g_autoptr (NumeralHandSample) sample = NULL;
      InkGenerator generator;

      ink_generator_init (&generator, 1, i);
      drawing = ink_generator_digit (&generator, i, NULL);
      sample = numeral_hand_sample_new (drawing, (int) i);
      numeral_hand_db_add (db, &sample, 1, &ids[i], &error);
      g_assert_no_error (error);
    }
  measure (scene);
  deleted = numeral_hand_db_delete (db, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "_Measure"));
  wait_text (scene, "These Samples Cannot Be Read");
}

static gboolean
shows_suspects (gpointer data)
{
  g_autofree char *show = get_show (data);

  return g_str_equal (show, "suspects");
}

/* The samples whose labels are wrong are found. */
static void
test_suspects (void)
{
  g_autoptr (Scene) scene = scene_new ();

  measure (scene);
  hand_click (scene->hand, find (scene, GTK_TYPE_BUTTON, "Find _Wrong Labels"));
  assert_soon (shows_suspects, scene);
  wait_text (scene, "8, really 3?");
  wait_text (scene, "0, really 4?");
}

/* (transfer full): a file with the ink of writers 3, 5 and 7. One label of writer 5 is wrong. */
static char *
write_unipen (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *path = g_build_filename (files.folder, "writers.unipen", NULL);

  for (guint i = 0; i < 30; i++)
    {
      InkGenerator generator;
      InkSample sample = { .label = i == 14 ? 0 : (int) (i % 10) }, *const samples[] = { &sample };
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *segment = NULL;

      ink_generator_init (&generator, 1, i);
      sample.drawing = ink_generator_digit (&generator, i % 10, NULL);
      bytes = ink_unipen_format (samples, 1);
      segment = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      /* The comment says whose segment it is. */
      g_string_append (text, segment);
      g_string_append_printf (text, ".COMMENT %d %u %u\n", sample.label, i / 10 * 2 + 3, i);
      ink_drawing_unref (sample.drawing);
    }
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static GtkDropDown *
find_writer (Scene *scene)
{
  GtkWidget *button = find (scene, GTK_TYPE_BUTTON, "_Measure");

  return GTK_DROP_DOWN (gtk_widget_get_next_sibling (gtk_widget_get_parent (button)));
}

static gsize
sum_of_cells (Scene *scene)
{
  GtkWidget *matrix = find (scene, NUMERAL_TYPE_CONFUSION_VIEW, NULL);
  gsize sum = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (matrix); cell;
       cell = gtk_widget_get_next_sibling (cell))
    {
      const char *text = gtk_widget_get_tooltip_text (cell);

      sum += (gsize) g_ascii_strtoull (strchr (text, ':') + 1, NULL, 10);
    }
  return sum;
}

static gboolean
shows_ten (gpointer scene)
{
  return sum_of_cells (scene) == 10;
}

static gboolean
shows_thirty (gpointer scene)
{
  return sum_of_cells (scene) == 30;
}

static gboolean
is_compared (gpointer scene)
{
  return shown_is (GTK_WIDGET (((Scene *) scene)->page), "Against it: ");
}

/* The results of one writer; other data has no writers to choose from. */
static void
test_writer (void)
{
  g_autofree char *path = write_unipen ();
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GFile) file = g_file_new_for_path (files.model);
  GtkDropDown *writer = find_writer (scene);
  guint n_all;

  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_TEST_PATH, path);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (writer)));
  measure (scene);
  assert_soon (shows_thirty, scene);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (writer)));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (writer)), ==, 4);
  n_all = count_tiles (scene);
  wait_text (scene, "0 read as 4");
  wait_text (scene, "All Writers");

  gtk_drop_down_set_selected (writer, 2);
  assert_soon (shows_ten, scene);
  wait_text (scene, "Writer 5");
  wait_text (scene, "0 read as 4");
  /* The tile has the number that the sample has in all of the data. */
  {
    NumeralResultTile *tile = NUMERAL_RESULT_TILE (find (scene, NUMERAL_TYPE_RESULT_TILE, NULL));

    g_assert_cmpuint (numeral_result_item_get_result (numeral_result_tile_get_item (tile))->index,
                      ==, 14);
  }
  /* The other model reads the same samples. */
  numeral_model_choice_take_file (get_choice (scene, TRUE), file);
  assert_soon (is_compared, scene);
  assert_soon (shows_ten, scene);
  /* Another measurement shows the same writer. */
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.measure", NULL);
  g_assert_false (is_compared (scene));
  assert_soon (is_compared, scene);
  assert_soon (shows_ten, scene);
  g_assert_cmpuint (gtk_drop_down_get_selected (writer), ==, 2);
  gtk_drop_down_set_selected (writer, 0);
  assert_soon (shows_thirty, scene);
  g_assert_cmpuint (count_tiles (scene), ==, n_all);

  numeral_results_page_browse (scene->page, NUMERAL_BROWSE_TEST_PATH, files.folder);
  gtk_widget_activate_action (GTK_WIDGET (scene->page), "results.measure", NULL);
  assert_soon (is_compared, scene);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (writer)));
  g_unlink (path);
}

/* What a list box would show: the indices of the samples. */
typedef struct
{
  NumeralResultList *list;
  GArray *seen;
  guint n_added;
} Mirror;

static gsize
index_at (NumeralResultList *list, guint position)
{
  g_autoptr (NumeralResultItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return numeral_result_item_get_result (item)->index;
}

static void
on_changed (Mirror *mirror, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_array_remove_range (mirror->seen, position, removed);
  for (guint i = 0; i < added; i++)
    {
      const gsize index = index_at (mirror->list, position + i);

      g_array_insert_val (mirror->seen, position + i, index);
    }
  mirror->n_added += added;
  g_assert_cmpuint (mirror->seen->len, ==, g_list_model_get_n_items (G_LIST_MODEL (mirror->list)));
  for (guint i = 0; i < mirror->seen->len; i++)
    g_assert_cmpuint (g_array_index (mirror->seen, gsize, i), ==, index_at (mirror->list, i));
}

/* Parts of the mistakes are shown in the order of the whole, which then changes nothing. */
static void
test_order (void)
{
  g_autoptr (NnDataset) dataset = nn_dataset_new_pixels (N_SAMPLES, 28, 28, 10, NULL);
  g_autoptr (NumeralResultList) list = numeral_result_list_new ();
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gsize));
  GArray *all = g_array_new (FALSE, FALSE, sizeof (NumeralResult));
  Mirror mirror = { list, seen, 0 };
  NumeralResult parts[N_SAMPLES];

  /* Pairs have the same probability. */
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      parts[i] = (NumeralResult){ .index = i, .label = 1, .probability = 1 - i / 2 / 1000.0 };
      g_array_append_val (all, parts[i]);
    }
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (on_changed), &mirror);
  numeral_result_list_set (list, dataset, NULL);
  for (guint part = 0; part < 10; part++)
    {
      NumeralResult some[N_SAMPLES / 10];

      for (guint i = 0; i < G_N_ELEMENTS (some); i++)
        some[i] = parts[(part * G_N_ELEMENTS (some) + i) * 43 % N_SAMPLES];
      numeral_result_list_merge (list, some, G_N_ELEMENTS (some));
    }
  g_assert_cmpuint (numeral_result_list_get_total (list), ==, N_SAMPLES);
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (index_at (list, i), ==, i);
  numeral_result_list_show_more (list);
  g_assert_cmpuint (seen->len, ==, 120);
  mirror.n_added = 0;
  numeral_result_list_set (list, dataset, g_array_copy (all));
  g_assert_cmpuint (mirror.n_added, ==, 0);
  g_assert_cmpuint (seen->len, ==, 120);
  /* Other results replace them. */
  g_array_remove_index (all, 0);
  numeral_result_list_set (list, dataset, all);
  g_assert_cmpuint (seen->len, ==, 60);
  g_assert_cmpuint (index_at (list, 0), ==, 1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  files_init ();
  g_test_add_func ("/app/results-page/measure", test_measure);
  g_test_add_func ("/app/results-page/order", test_order);
  g_test_add_func ("/app/results-page/writer", test_writer);
  g_test_add_func ("/app/results-page/cell", test_cell);
  g_test_add_func ("/app/results-page/compare", test_compare);
  g_test_add_func ("/app/results-page/errors", test_errors);
  g_test_add_func ("/app/results-page/cancel", test_cancel);
  g_test_add_func ("/app/results-page/missing", test_missing);
  g_test_add_func ("/app/results-page/handwriting", test_handwriting);
  g_test_add_func ("/app/results-page/suspects", test_suspects);
  status = g_test_run ();
  files_clear ();
  return status;
}
