/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own handwriting on the page of the samples, on a screen. */

#include <adwaita.h>
#include <stdio.h>

#include "desk.h"
#include "numeral-hand-db.h"
#include "numeral-hand-tile.h"
#include "numeral-hand-view.h"
#include "numeral-samples-page.h"
#include "shown.h"
#include "wait.h"

typedef struct
{
  NumeralLab *lab;
  GtkWindow *window;
  NumeralSamplesPage *page;
  GtkWidget *view;
  GListModel *shown;
  Hand *hand;
  guint n_activated;
} Scene;

/* (transfer full) */
static NumeralHandSample *
make_sample (guint seed, int label)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (55);
  g_autoptr (InkDrawing) drawing = NULL;

  for (guint i = 0; i < 8; i++)
    ink_stroke_append (stroke, (InkPoint){ .x = 300 + (float) (seed % 50) * (float) i,
                                           .y = 200 + 80 * (float) i,
                                           .pressure = 0.5f });
  drawing = ink_drawing_new (&stroke, 1);
  return numeral_hand_sample_new (drawing, label);
}

/* The database has @n samples with the labels 0 to 10 in turn, the newest with the last. */
static void
fill (guint n)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GPtrArray) old = numeral_hand_db_read_all (db, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (old);
  for (guint i = 0; i < old->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (old, i);
      g_autoptr (GPtrArray) deleted = numeral_hand_db_delete (db, &sample->id, 1, NULL);

      g_assert_nonnull (deleted);
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (samples, make_sample (i, (int) (i % NUMERAL_HAND_N_LABELS)));
  if (n > 0)
    g_assert_true (
        numeral_hand_db_add (db, (NumeralHandSample *const *) samples->pdata, n, NULL, &error));
  g_assert_no_error (error);
}

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
on_activated (Scene *scene, const float *tensor, InkDrawing *drawing)
{
  scene->n_activated++;
  g_assert_cmpuint (drawing->n_strokes, >, 0);
}

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  GtkWidget *toasts = adw_toast_overlay_new ();

  scene->lab = numeral_lab_new ();
  scene->window = GTK_WINDOW (gtk_window_new ());
  scene->page = numeral_samples_page_new (scene->lab);
  g_signal_connect_swapped (scene->page, "sample-activated", G_CALLBACK (on_activated), scene);
  numeral_samples_page_browse (scene->page, NUMERAL_BROWSE_HANDWRITING, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (scene->page));
  gtk_window_set_child (scene->window, toasts);
  gtk_window_set_default_size (scene->window, 720, 560);
  gtk_window_present (scene->window);
  assert_soon (is_mapped, scene->page);
  scene->view = desk_find (GTK_WIDGET (scene->page), NUMERAL_TYPE_HAND_VIEW, NULL);
  scene->shown = G_LIST_MODEL (
      gtk_grid_view_get_model (GTK_GRID_VIEW (desk_find (scene->view, GTK_TYPE_GRID_VIEW, NULL))));
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
has_items (gpointer data)
{
  return g_list_model_get_n_items (((Scene *) data)->shown) > 0;
}

typedef struct
{
  Scene *scene;
  guint n;
  int label; /* of the first sample; -1 for any */
} Wanted;

static gboolean
shows_wanted (gpointer data)
{
  const Wanted *wanted = data;
  g_autoptr (NumeralHandItem) first = g_list_model_get_item (wanted->scene->shown, 0);

  return g_list_model_get_n_items (wanted->scene->shown) == wanted->n &&
         (wanted->label < 0 || numeral_hand_item_get_sample (first)->label == wanted->label);
}

static void
wait_shown (Scene *scene, guint n, int label)
{
  Wanted wanted = { scene, n, label };

  assert_soon (shows_wanted, &wanted);
}

static GtkWidget *
toast_button (Scene *scene)
{
  GtkWidget *toast =
      desk_find (GTK_WIDGET (scene->window), g_type_from_name ("AdwToastWidget"), NULL);

  g_assert_nonnull (toast);
  return desk_find (toast, GTK_TYPE_BUTTON, "Undo");
}

/* A page of samples at a time, and never all of many; those of one label alone. */
static void
test_grid (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (NumeralHandSample) sample = make_sample (1, 3);
  g_autoptr (Scene) scene = NULL;

  fill (1100);
  scene = scene_new ();
  assert_soon (has_items, scene);
  shown_wait (scene->view, "1100 new");
  g_assert_cmpuint (g_list_model_get_n_items (scene->shown), <, 1100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.class", "i", 7));
  wait_shown (scene, 100, 7);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (scene->page), "samples.class", "i", -1));
  assert_soon (has_items, scene);

  /* No model has learned them, nor what another program adds. */
  g_assert_true (numeral_hand_db_add (db, &sample, 1, NULL, NULL));
  shown_wait (scene->view, "1101 new");
  g_assert_false (shown_is (scene->view, "0 learned"));
}

/* What assistive technology is told of the first sample: @what it is, and its number. */
static void
assert_first (Scene *scene, const char *what)
{
  g_autoptr (NumeralHandItem) item = g_list_model_get_item (scene->shown, 0);
  g_autofree char *name = g_strdup_printf ("%s, sample %" G_GINT64_FORMAT, what,
                                           numeral_hand_item_get_sample (item)->id);

  desk_assert_property (desk_find (scene->view, NUMERAL_TYPE_HAND_TILE, NULL),
                        GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_relabel (void)
{
  g_autoptr (Scene) scene = NULL;

  fill (5);
  scene = scene_new ();
  wait_shown (scene, 5, 4);
  assert_first (scene, "Digit 4");
  hand_click (scene->hand, desk_find (scene->view, NUMERAL_TYPE_HAND_TILE, NULL));
  hand_key (scene->hand, GDK_KEY_9, 0);
  wait_shown (scene, 5, 9);
  assert_first (scene, "Digit 9, read as 4");
  shown_wait (GTK_WIDGET (scene->page), "1 corrected by hand");
  shown_wait (GTK_WIDGET (scene->window), "Labelled as 9");
  hand_click (scene->hand, toast_button (scene));
  wait_shown (scene, 5, 4);

  /* Enter opens it on the canvas. */
  gtk_widget_activate_action (scene->view, "hand.open", NULL);
  g_assert_cmpuint (scene->n_activated, ==, 1);
}

static void
test_delete (void)
{
  g_autoptr (Scene) scene = NULL;

  fill (5);
  scene = scene_new ();
  wait_shown (scene, 5, 4);
  hand_click (scene->hand, desk_find (scene->view, NUMERAL_TYPE_HAND_TILE, NULL));
  hand_key (scene->hand, GDK_KEY_Right, GDK_SHIFT_MASK);
  hand_key (scene->hand, GDK_KEY_Delete, 0);
  wait_shown (scene, 3, 2);
  shown_wait (GTK_WIDGET (scene->window), "2 samples deleted");
  hand_click (scene->hand, toast_button (scene));
  wait_shown (scene, 5, 4);
}

/* Select All takes what was never scrolled to, too, and what is asked for next waits for it. */
static void
test_select_all (void)
{
  g_autoptr (Scene) scene = NULL;

  fill (1100);
  scene = scene_new ();
  assert_soon (has_items, scene);
  g_assert_cmpuint (g_list_model_get_n_items (scene->shown), <, 1100);
  hand_click (scene->hand, desk_find (scene->view, NUMERAL_TYPE_HAND_TILE, NULL));
  hand_key (scene->hand, GDK_KEY_a, GDK_CONTROL_MASK);
  hand_key (scene->hand, GDK_KEY_Delete, 0);
  shown_wait (GTK_WIDGET (scene->window), "1100 samples deleted");
  shown_wait (scene->view, "No Handwriting Yet");
}

/* Without samples it says how to begin; what cannot be read says why. */
static void
test_empty (void)
{
  g_autofree char *path = numeral_hand_default_path ();
  const guint8 newer[] = { 0, 0, 3, 232 }, version[] = { 0, 0, 0, 1 };
  g_autoptr (Scene) scene = NULL;
  FILE *file;

  fill (0);
  file = fopen (path, "r+b");
  g_assert_nonnull (file);
  /* The version in the header of the closed database. */
  g_assert_cmpint (fseek (file, 60, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (newer, 1, sizeof newer, file), ==, sizeof newer);
  g_assert_cmpint (fflush (file), ==, 0);
  scene = scene_new ();
  shown_wait (scene->view, "Your Handwriting Cannot Be Read");

  g_assert_cmpint (fseek (file, 60, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (version, 1, sizeof version, file), ==, sizeof version);
  g_assert_cmpint (fclose (file), ==, 0);
  gtk_widget_activate_action (scene->view, "hand.retry", NULL);
  shown_wait (scene->view, "No Handwriting Yet");
}

/* A damaged sample says why it cannot be used. */
static void
test_damaged (void)
{
  g_autoptr (NumeralHandSample) sample = make_sample (1, 3);
  g_autoptr (NumeralHandItem) item = NULL;
  GtkWidget *tile = g_object_ref_sink (numeral_hand_tile_new ());

  sample->id = 12;
  sample->damage = g_strdup ("its ink is cut off");
  item = numeral_hand_item_new (sample);
  numeral_hand_tile_set_item (NUMERAL_HAND_TILE (tile), item);
  desk_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL,
                        "Damaged sample 12: Its ink is cut off");
  g_object_unref (tile);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/hand-view/grid", test_grid);
  g_test_add_func ("/app/hand-view/select-all", test_select_all);
  g_test_add_func ("/app/hand-view/relabel", test_relabel);
  g_test_add_func ("/app/hand-view/delete", test_delete);
  g_test_add_func ("/app/hand-view/empty", test_empty);
  g_test_add_func ("/app/hand-view/damaged", test_damaged);
  return g_test_run ();
}
