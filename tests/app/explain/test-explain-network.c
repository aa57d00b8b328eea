/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The units of a network and the map, on a screen. */

#include "numeral-explain-network-private.h"

#include <adwaita.h>
#include <string.h>

#include "desk.h"
#include "explain-samples.h"
#include "ink-tensor.h"
#include "picture-units.h"
#include "reading.h"
#include "wait.h"

/* Few digits are measured: they stand in for MNIST. */
#define N_SAMPLES 300

typedef struct
{
  NumeralLab *lab;
  GtkWindow *window;
  NumeralExplainNetwork *network;
  Hand *hand;
} Scene;

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static NumeralModel *
make_model (const char *text, guint64 seed)
{
  g_autoptr (NnNetwork) network = NULL;
  NnArchitecture arch;
  NnRandom random;

  g_assert_true (
      nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, NULL));
  network = nn_network_new (&arch, NULL);
  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  /* Unit 4 is dead, and the others are not. */
  for (guint u = 0; u < network->weights[0].n_out; u++)
    network->weights[0].bias[u] = u == 3 ? -1000 : 5;
  return numeral_model_new (network, NULL, NULL);
}

static void
use_model (Scene *scene, const char *text, guint64 seed)
{
  g_autoptr (NumeralModel) model = make_model (text, seed);

  numeral_lab_use_model (scene->lab, model, "mine");
}

/* Whether the units of the model that reads are shown, with the map. */
static gboolean
is_measured (gpointer data)
{
  NumeralExplainNetwork *network = ((Scene *) data)->network;

  return network->units && network->projection && network->whole &&
         network->units->network == network->whole->network &&
         network->units->layer == network->layer &&
         network->projection->layer == network->map_layer &&
         numeral_unit_grid_get_cell (network->grid, 0) &&
         gtk_widget_get_mapped (GTK_WIDGET (network->grid));
}

static Scene *
scene_new (const char *architecture)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->lab = numeral_lab_new ();
  use_model (scene, architecture, 1);
  scene->network = g_object_new (NUMERAL_TYPE_EXPLAIN_NETWORK, "lab", scene->lab, NULL);
  scene->window = reading_show (GTK_WIDGET (scene->network), 900, 1000);
  scene->hand = hand_new ();
  hand_focus (scene->hand, scene->window);
  assert_soon (is_active, scene->window);
  assert_soon (is_measured, scene);
  return scene;
}

static gboolean
is_idle (gpointer data)
{
  NumeralExplainNetwork *network = data;

  for (guint work = 0; work < NUMERAL_N_NETWORK_WORKS; work++)
    if (network->works[work].going || network->works[work].waiting)
      return FALSE;
  return TRUE;
}

static gboolean
is_gone (gpointer scene)
{
  return !((Scene *) scene)->network;
}

/* Nothing holds on to the widget once the last thread that works for it has ended. */
static void
scene_free (Scene *scene)
{
  hand_free (scene->hand);
  g_object_add_weak_pointer (G_OBJECT (scene->network), (gpointer *) &scene->network);
  gtk_window_destroy (scene->window);
  assert_soon (is_gone, scene);
  numeral_lab_close (scene->lab);
  wait_idle ();
  g_object_unref (scene->lab);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* Has the canvas show a drawing whose tensor begins with so much ink. */
static void
draw (Scene *scene, guint n_ink)
{
  g_autoptr (NumeralPrediction) prediction = reading_new (7, 1, 0.9);
  g_autoptr (InkDrawing) drawing = ink_drawing_new_empty ();
  g_autoptr (NumeralSubject) subject = NULL;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    prediction->digits[0].tensor[i] = i < n_ink;
  subject = numeral_subject_new (drawing, prediction, 0, TRUE);
  numeral_lab_set_subject (scene->lab, subject);
}

static gboolean
has_now (gpointer data)
{
  return ((Scene *) data)->network->now != NULL;
}

/* A click on a unit chooses it; its card tells what there is to tell. */
static void
test_card (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (network->unit_hint)));
  g_assert_false (gtk_widget_get_visible (network->unit_card));
  g_assert_cmpstr (gtk_label_get_text (network->dead_text), ==, "dead: 1");
  desk_assert_property (numeral_unit_grid_get_cell (network->grid, 3),
                        GTK_ACCESSIBLE_PROPERTY_LABEL, "Unit 4, dead");
  hand_click (scene->hand, numeral_unit_grid_get_cell (network->grid, 5));
  wait_for (0.1);
  g_assert_cmpint (numeral_unit_grid_get_selected (network->grid), ==, 5);
  g_assert_cmpstr (gtk_label_get_text (network->unit_title), ==, "Unit 6");
  g_assert_cmpstr (gtk_label_get_text (network->unit_now), ==, "Speaks for");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (network->unit_top)));
  draw (scene, 300);
  assert_soon (has_now, scene);
  g_assert_nonnull (strstr (gtk_label_get_text (network->unit_now), " of 12), speaks for"));
  hand_click (scene->hand, numeral_unit_grid_get_cell (network->grid, 3));
  wait_for (0.1);
  g_assert_cmpstr (gtk_label_get_text (network->unit_now), ==, "Dead: it is never active.");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (network->unit_top)));
}

/* Whether the model that reads takes nothing from this unit of the first layer. */
static gboolean
reads_without (Scene *scene, guint unit)
{
  const NnWeights *next = &numeral_lab_get_model (scene->lab)->network->weights[1];

  for (guint k = 0; k < next->n_out; k++)
    if (next->weight[k * next->n_in + unit] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
tells_accuracy (gpointer data)
{
  return strstr (gtk_label_get_text (((Scene *) data)->network->off_text), "→") != NULL;
}

static char *
get_name (Scene *scene)
{
  char *name;

  g_object_get (scene->lab, "reading-with", &name, NULL);
  return name;
}

typedef struct
{
  Scene *scene;
  guint unit;
  gboolean off;
} Switch;

static gboolean
is_switched (gpointer data)
{
  const Switch *wanted = data;

  return !reads_without (wanted->scene, wanted->unit) == !wanted->off;
}

/* Waits until the lab reads without this unit, or with it. */
static void
assert_switched (Scene *scene, guint unit, gboolean off)
{
  Switch wanted = { scene, unit, off };

  assert_soon (is_switched, &wanted);
}

static void
switch_unit (Scene *scene, guint unit)
{
  const gboolean off = reads_without (scene, unit);

  numeral_explain_network_toggle (scene->network, unit);
  assert_switched (scene, unit, !off);
}

/* Space and the button switch units off, in what reads the canvas; all are on again. */
static void
test_off (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  NumeralModel *whole = numeral_lab_get_model (scene->lab);
  g_autofree char *off_name = NULL;
  g_autofree char *on_name = NULL;

  g_assert_false (gtk_widget_get_visible (network->off_banner));
  gtk_widget_grab_focus (numeral_unit_grid_get_cell (network->grid, 0));
  hand_click (scene->hand, numeral_unit_grid_get_cell (network->grid, 0));
  hand_key (scene->hand, GDK_KEY_Right, 0);
  hand_key (scene->hand, GDK_KEY_space, 0);
  assert_switched (scene, 1, TRUE);
  g_assert_false (reads_without (scene, 2));
  g_assert_true (gtk_widget_get_visible (network->off_banner));
  desk_assert_property (numeral_unit_grid_get_cell (network->grid, 1),
                        GTK_ACCESSIBLE_PROPERTY_LABEL, "Unit 2, switched off");
  hand_click (scene->hand, numeral_unit_grid_get_cell (network->grid, 8));
  wait_for (0.1);
  hand_click (scene->hand, network->unit_switch);
  assert_switched (scene, 8, TRUE);
  g_assert_true (reads_without (scene, 1));
  assert_soon (tells_accuracy, scene);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (network->off_text), "2 units off: "));
  off_name = get_name (scene);
  g_assert_cmpstr (off_name, ==, "mine, 2 units off");
  /* The same key once more. */
  hand_click (scene->hand, numeral_unit_grid_get_cell (network->grid, 8));
  hand_key (scene->hand, GDK_KEY_space, 0);
  assert_switched (scene, 8, FALSE);
  g_assert_true (reads_without (scene, 1));
  hand_click (scene->hand, desk_find (GTK_WIDGET (network), GTK_TYPE_BUTTON, "Switch _All On"));
  wait_for (0.1);
  g_assert_true (numeral_lab_get_model (scene->lab) == whole);
  g_assert_false (gtk_widget_get_visible (network->off_banner));
  on_name = get_name (scene);
  g_assert_cmpstr (on_name, ==, "mine");
}

static gboolean
is_reached (gpointer data)
{
  NumeralUnitGrid *grid = ((Scene *) data)->network->grid;
  const guint columns = picture_units_columns (gtk_widget_get_width (GTK_WIDGET (grid)));

  return numeral_unit_grid_get_selected (grid) == (int) (30 * columns);
}

/* Of a large layer only the units that can be seen have a widget, and each the name of its unit. */
static void
test_scroll (void)
{
  g_autoptr (Scene) scene = scene_new ("784-700-10");
  NumeralUnitGrid *grid = scene->network->grid;
  g_autofree char *name = NULL;
  GtkWidget *cell;
  guint unit;

  g_assert_null (numeral_unit_grid_get_cell (grid, 699));
  hand_click (scene->hand, numeral_unit_grid_get_cell (grid, 0));
  for (guint i = 0; i < 30; i++)
    hand_key (scene->hand, GDK_KEY_Down, 0);
  assert_soon (is_reached, scene);
  unit = (guint) numeral_unit_grid_get_selected (grid);
  wait_for (0.2);
  g_assert_null (numeral_unit_grid_get_cell (grid, 0));
  cell = numeral_unit_grid_get_cell (grid, unit);
  g_assert_true (gtk_widget_is_focus (cell));
  name = g_strdup_printf ("Unit %u", unit + 1);
  desk_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  hand_key (scene->hand, GDK_KEY_space, 0);
  assert_switched (scene, unit, TRUE);
  /* A click finds the unit that is drawn there. */
  hand_click (scene->hand, numeral_unit_grid_get_cell (grid, unit - 3));
  wait_for (0.1);
  g_assert_cmpint (numeral_unit_grid_get_selected (grid), ==, (int) unit - 3);
}

/* The last of several switches counts, and a model that comes in between is read with whole. */
static void
test_quick (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  NumeralModel *whole = numeral_lab_get_model (scene->lab);

  /* The model is derived in a thread: until then the lab reads with the one that it has. */
  numeral_explain_network_toggle (network, 2);
  g_assert_true (numeral_lab_get_model (scene->lab) == whole);
  g_assert_true (gtk_widget_get_visible (network->off_banner));
  numeral_explain_network_toggle (network, 4);
  numeral_explain_network_toggle (network, 2);
  assert_switched (scene, 4, TRUE);
  g_assert_false (reads_without (scene, 2));
  numeral_explain_network_toggle (network, 5);
  numeral_explain_network_all_on (network);
  g_assert_true (numeral_lab_get_model (scene->lab) == whole);
  assert_soon (is_idle, network);
  g_assert_true (numeral_lab_get_model (scene->lab) == whole);
  numeral_explain_network_toggle (network, 5);
  use_model (scene, "784-12-10", 2);
  assert_soon (is_idle, network);
  g_assert_false (reads_without (scene, 5));
  g_assert_false (gtk_widget_get_visible (network->off_banner));
  /* Also for a page that is hidden meanwhile. */
  numeral_explain_network_toggle (network, 1);
  gtk_widget_set_visible (GTK_WIDGET (network), FALSE);
  assert_switched (scene, 1, TRUE);
}

/* Another model has all of its units, and its own layers. */
static void
test_follow (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;

  switch_unit (scene, 7);
  use_model (scene, "784-12-10", 2);
  g_assert_false (reads_without (scene, 7));
  g_assert_false (gtk_widget_get_visible (network->off_banner));
  assert_soon (is_measured, scene);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (network->layers)), ==, 2);
  use_model (scene, "784-20-15-10", 3);
  assert_soon (is_measured, scene);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (network->layers)), ==, 3);
  g_assert_nonnull (
      desk_find (GTK_WIDGET (network->layers), GTK_TYPE_LABEL, "Hidden layer 1 (20 units)"));
  gtk_drop_down_set_selected (network->layers, 1);
  assert_soon (is_measured, scene);
  g_assert_cmpuint (network->units->n, ==, 15);
  /* Deeper units have no weights for a picture, but what excites them. */
  g_assert_cmpuint (network->picture, ==, NUMERAL_UNITS_EXCITING);
  gtk_drop_down_set_selected (network->layers, 2);
  assert_soon (is_measured, scene);
  g_assert_cmpuint (network->units->n, ==, 10);
  numeral_unit_grid_select (network->grid, 4);
  g_assert_false (gtk_widget_get_visible (network->unit_switch));
  numeral_explain_network_toggle (network, 4);
  g_assert_cmpuint (network->off->len, ==, 0);
}

/* A convolution has filters, and maps of the drawing. */
static void
test_channels (void)
{
  g_autoptr (Scene) scene = scene_new ("28x28-conv5x5x6-pool2-10");
  NumeralExplainNetwork *network = scene->network;

  g_assert_nonnull (
      desk_find (GTK_WIDGET (network->layers), GTK_TYPE_LABEL, "Convolution 1 (6 channels)"));
  g_assert_cmpuint (network->n_pictures, ==, 3);
  g_assert_cmpint (cairo_image_surface_get_width (numeral_unit_grid_get_picture (network->grid, 2)),
                   ==, 5);
  draw (scene, 400);
  assert_soon (has_now, scene);
  gtk_drop_down_set_selected (network->looks, 2);
  g_assert_cmpint (cairo_image_surface_get_width (numeral_unit_grid_get_picture (network->grid, 2)),
                   ==, 24);
}

typedef struct
{
  Scene *scene;
  guint n;
} Trail;

static gboolean
has_trail (gpointer data)
{
  const Trail *trail = data;

  return numeral_map_view_get_n_trail (trail->scene->network->map) == trail->n;
}

static void
wait_trail (Scene *scene, guint n)
{
  Trail trail = { scene, n };

  assert_soon (has_trail, &trail);
}

/* The star moves while one draws, and leaves a trail. */
static void
test_star (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");

  wait_trail (scene, 0);
  draw (scene, 100);
  wait_trail (scene, 1);
  draw (scene, 200);
  wait_trail (scene, 2);
  /* Read again, but not moved. */
  draw (scene, 200);
  assert_soon (is_idle, scene->network);
  draw (scene, 300);
  wait_trail (scene, 3);
  numeral_lab_set_subject (scene->lab, NULL);
  g_assert_cmpuint (numeral_map_view_get_n_trail (scene->network->map), ==, 0);
  g_assert_null (scene->network->now);
  draw (scene, 200);
  wait_trail (scene, 1);
}

static gboolean
has_moved (gpointer map)
{
  return numeral_map_view_get_n_trail (map) > 1;
}

/* The drawing is placed by what reads it. */
static void
test_star_off (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");

  draw (scene, 200);
  wait_trail (scene, 1);
  for (guint unit = 0; unit < 8; unit++)
    numeral_explain_network_toggle (scene->network, unit);
  assert_soon (has_moved, scene->network->map);
}

static gboolean
hovers (gpointer data)
{
  const Trail *sample = data;

  return numeral_map_view_get_hovered (sample->scene->network->map) >= 0;
}

/* Where a place of the map is on the screen. */
static void
point_at (Scene *scene, double x, double y)
{
  GtkWidget *map = GTK_WIDGET (scene->network->map);
  const double width = gtk_widget_get_width (map), height = gtk_widget_get_height (map);
  const double side = MIN (width, height);
  int screen_x, screen_y;

  hand_locate (map, (x - (width - side) / 2) * NUMERAL_CANVAS_SIZE / side,
               (y - (height - side) / 2) * NUMERAL_CANVAS_SIZE / side, &screen_x, &screen_y);
  hand_move_to (scene->hand, screen_x, screen_y);
}

/* The sample below the pointer, the buttons, the wheel and the keys. */
static void
test_map (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralMapView *map = scene->network->map;
  Trail sample = { scene, 0 };
  double x, y, scale, near_x, near_y;
  guint hovered;

  wait_for (0.1);
  g_assert_true (numeral_map_view_locate (map, 17, &x, &y));
  point_at (scene, x, y);
  assert_soon (hovers, &sample);
  hovered = (guint) numeral_map_view_get_hovered (map);
  g_assert_true (numeral_map_view_locate (map, hovered, &near_x, &near_y));
  g_assert_cmpfloat (ABS (near_x - x) + ABS (near_y - y), <, 10);
  scale = numeral_map_view_get_scale (map);
  /* The wheel scrolls the page until the map has the focus. */
  hand_press (scene->hand, 4);
  hand_release (scene->hand, 4);
  wait_for (0.1);
  g_assert_cmpfloat (numeral_map_view_get_scale (map), ==, scale);
  gtk_widget_grab_focus (GTK_WIDGET (map));
  hand_press (scene->hand, 4);
  hand_release (scene->hand, 4);
  while (numeral_map_view_get_scale (map) <= scale)
    g_main_context_iteration (NULL, TRUE);
  /* Zooming keeps the point below the pointer in its place. */
  g_assert_true (numeral_map_view_locate (map, hovered, &near_x, &near_y));
  g_assert_cmpfloat (ABS (near_x - x) + ABS (near_y - y), <, 15);
  hand_key (scene->hand, GDK_KEY_0, 0);
  while (ABS (numeral_map_view_get_scale (map) - scale) > 1e-9)
    g_main_context_iteration (NULL, TRUE);
  hand_key (scene->hand, GDK_KEY_plus, 0);
  while (numeral_map_view_get_scale (map) <= scale)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (numeral_map_view_locate (map, 17, &x, &y));
  hand_key (scene->hand, GDK_KEY_Left, 0);
  wait_for (0.1);
  g_assert_true (numeral_map_view_locate (map, 17, &near_x, &near_y));
  g_assert_cmpfloat (near_x, >, x);
}

/* Other components, and the map of the pixels. */
static void
test_axes (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  double x, y, other_x, other_y;

  g_assert_cmpuint (network->projection->pca->n_components, ==, NUMERAL_NETWORK_COMPONENTS);
  wait_for (0.1);
  g_assert_true (numeral_map_view_locate (network->map, 5, &x, &y));
  gtk_drop_down_set_selected (network->up, 4);
  wait_for (0.1);
  g_assert_true (numeral_map_view_locate (network->map, 5, &other_x, &other_y));
  g_assert_cmpfloat_with_epsilon (other_x, x, 1e-6);
  g_assert_cmpfloat (ABS (other_y - y), >, 0.5);
  gtk_drop_down_set_selected (network->map_layers, 0);
  assert_soon (is_measured, scene);
  g_assert_cmpuint (network->projection->layer, ==, 0);
}

/* Nothing is computed while the page is not shown, and all of it when it is again. */
static void
test_hidden (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  const NumeralUnits *units = network->units;

  assert_soon (is_idle, network);
  gtk_widget_set_visible (GTK_WIDGET (network), FALSE);
  use_model (scene, "784-12-10", 9);
  draw (scene, 100);
  g_assert_true (is_idle (network));
  wait_for (0.3);
  g_assert_true (network->units == units);
  g_assert_false (is_measured (scene));
  gtk_widget_set_visible (GTK_WIDGET (network), TRUE);
  assert_soon (is_measured, scene);
  wait_trail (scene, 1);
}

typedef struct
{
  Scene *scene;
  const NnNetwork *last;
} Learning;

static gboolean
has_learned (gpointer data)
{
  const Learning *learning = data;
  NumeralExplainNetwork *network = learning->scene->network;

  return network->units && network->units->n == 16 && network->units->network != learning->last;
}

static void
train (Scene *scene)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 400;
  config->train.n_hidden = 1;
  config->train.hidden[0] = 16;
  config->train.epochs = 100000;
  config->train.threads = 1;
  numeral_lab_set_config (scene->lab, config);
  g_assert_true (numeral_lab_train (scene->lab, FALSE, NULL));
}

/* While a network learns its units follow, and what is switched off stays off. */
static void
test_learning (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  Learning learning = { scene, NULL };

  train (scene);
  assert_soon (has_learned, &learning);
  switch_unit (scene, 6);
  for (guint i = 0; i < 3; i++)
    {
      learning.last = network->units->network;
      assert_soon (has_learned, &learning);
      g_assert_true (reads_without (scene, 6));
      g_assert_false (reads_without (scene, 5));
    }
  /* Its own validation samples. */
  g_assert_cmpuint (network->dataset->n, <, 400);
  numeral_explain_network_all_on (network);
  g_assert_false (reads_without (scene, 6));
  numeral_trainer_stop (numeral_lab_get_trainer (scene->lab));
}

/* Whether the training has ended, and all that follows its last snapshot is done. */
static gboolean
has_ended (gpointer data)
{
  Scene *scene = data;
  NumeralTrainer *trainer = numeral_lab_get_trainer (scene->lab);

  return numeral_trainer_get_state (trainer) == NUMERAL_TRAINER_IDLE &&
         scene->network->whole->network == numeral_trainer_get_network (trainer) &&
         is_idle (scene->network);
}

/* Units that are switched off while a network learns stay off when the training ends, also in its
 * last weights, which come after the end. The next run has all of its units. */
static void
test_ending (void)
{
  g_autoptr (Scene) scene = scene_new ("784-12-10");
  NumeralExplainNetwork *network = scene->network;
  NumeralTrainer *trainer = numeral_lab_get_trainer (scene->lab);
  Learning learning = { scene, NULL };
  g_autofree char *off_name = NULL;
  g_autofree char *on_name = NULL;

  train (scene);
  assert_soon (has_learned, &learning);
  switch_unit (scene, 6);
  numeral_trainer_stop (trainer);
  assert_soon (has_ended, scene);
  g_assert_true (reads_without (scene, 6));
  g_assert_false (reads_without (scene, 5));
  g_assert_true (gtk_widget_get_visible (network->off_banner));
  off_name = get_name (scene);
  g_assert_true (g_str_has_suffix (off_name, ", 1 unit off"));
  /* The rest is that of the last weights. */
  g_assert_cmpfloat (numeral_lab_get_model (scene->lab)->network->weights[0].weight[0], ==,
                     numeral_trainer_get_network (trainer)->weights[0].weight[0]);

  train (scene);
  learning.last = network->units->network;
  assert_soon (has_learned, &learning);
  g_assert_false (reads_without (scene, 6));
  g_assert_false (gtk_widget_get_visible (network->off_banner));
  on_name = get_name (scene);
  g_assert_false (g_str_has_suffix (on_name, "off"));
  numeral_trainer_stop (trainer);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = explain_samples_make (N_SAMPLES);
  g_setenv ("NUMERAL_DATA_DIR", folder, TRUE);
  adw_init ();
  g_test_add_func ("/app/explain-network/card", test_card);
  g_test_add_func ("/app/explain-network/off", test_off);
  g_test_add_func ("/app/explain-network/scroll", test_scroll);
  g_test_add_func ("/app/explain-network/star-off", test_star_off);
  g_test_add_func ("/app/explain-network/quick", test_quick);
  g_test_add_func ("/app/explain-network/follow", test_follow);
  g_test_add_func ("/app/explain-network/channels", test_channels);
  g_test_add_func ("/app/explain-network/star", test_star);
  g_test_add_func ("/app/explain-network/map", test_map);
  g_test_add_func ("/app/explain-network/axes", test_axes);
  g_test_add_func ("/app/explain-network/hidden", test_hidden);
  g_test_add_func ("/app/explain-network/learning", test_learning);
  g_test_add_func ("/app/explain-network/ending", test_ending);
  status = g_test_run ();
  explain_samples_remove (folder);
  return status;
}
