/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests of the desktop: reading with a model, recent files, a new drawing. */

#include <glib/gstdio.h>
#include <string.h>

#include "desk.h"
#include "numeral-model-file.h"
#include "wait.h"

static const double seven[][2] = { { 250, 220 }, { 400, 215 }, { 550, 215 },
                                   { 700, 220 }, { 660, 330 }, { 600, 460 },
                                   { 550, 600 }, { 510, 720 }, { 480, 820 } };

static char *folder;

static AdwMessageDialog *
dialog_of (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return ADW_MESSAGE_DIALOG (toplevel);
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return dialog_of () != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return dialog_of () == NULL;
}

/* A network that says five to everything. */
static NnNetwork *
stubborn_network (guint n_inputs)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { n_inputs, 10 } };
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;
  NnNetwork *network;

  nn_architecture_from_mlp (&mlp, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  network->weights[0].bias[5] = 20;
  return network;
}

/* A novelty that refuses every drawing. */
static NumeralNovelty *
refuse_all (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { INK_TENSOR_SIZE, 2 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = NULL;
  NumeralNovelty *novelty;
  NnArchitecture arch;

  nn_architecture_from_mlp (&mlp, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  network->weights[0].bias[1] = 20;
  novelty = numeral_novelty_new (network, NUMERAL_NOVELTY_THRESHOLD, &error);
  g_assert_no_error (error);
  return novelty;
}

static GFile *
write_model (const char *name, guint n_inputs, NumeralNovelty *novelty)
{
  g_autoptr (NnNetwork) network = stubborn_network (n_inputs);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file = g_file_new_build_filename (folder, name, NULL);

  g_hash_table_insert (card, (gpointer) "validation_accuracy", (gpointer) "0.985");
  model = numeral_model_new (network, novelty, card);
  numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  return file;
}

static gboolean
says_five (gpointer data)
{
  return g_str_equal (numeral_text_get_text (((Desk *) data)->answer), "5");
}

static gboolean
says_seven (gpointer data)
{
  return g_str_equal (numeral_text_get_text (((Desk *) data)->answer), "7");
}

static void
draw_seven (Desk *desk)
{
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
}

/* A dialog asks first; the drawing is read again with the new weights, and stays. */
static void
test_model (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autoptr (GFile) file = write_model ("five.SafeTensors", INK_TENSOR_SIZE, NULL);

  draw_seven (desk);
  numeral_window_open_file (desk->window, file);
  assert_soon (has_dialog, NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog_of ()), ==, "Read with This Model?");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog_of ()), "five.SafeTensors\n"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog_of ()), "784-10"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog_of ()), "98.5"));
  g_assert_cmpstr (desk_says (desk), ==, "7");
  gtk_window_close (GTK_WINDOW (dialog_of ()));
  assert_soon (has_no_dialog, NULL);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");

  numeral_window_open_file (desk->window, file);
  assert_soon (has_dialog, NULL);
  hand_focus (desk->hand, GTK_WINDOW (dialog_of ()));
  adw_message_dialog_response (dialog_of (), "use");
  gtk_window_close (GTK_WINDOW (dialog_of ()));
  assert_soon (has_no_dialog, NULL);
  assert_soon (says_five, desk);
  desk_wait_toast (desk, "five.SafeTensors");
  g_assert_cmpuint (numeral_canvas_get_drawing (desk->canvas)->n_strokes, ==, 1);
}

static void
open_and_use (Desk *desk, GFile *file)
{
  numeral_window_open_file (desk->window, file);
  assert_soon (has_dialog, NULL);
  hand_focus (desk->hand, GTK_WINDOW (dialog_of ()));
  adw_message_dialog_response (dialog_of (), "use");
  gtk_window_close (GTK_WINDOW (dialog_of ()));
  assert_soon (has_no_dialog, NULL);
}

static gboolean
says_unsure (gpointer data)
{
  return g_str_equal (numeral_text_get_text (((Desk *) data)->answer), "?");
}

/* A model reads in the window as on the command line: with its own novelty, or with none. */
static void
test_novelty (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autoptr (NumeralNovelty) novelty = refuse_all ();
  g_autoptr (GFile) strict = write_model ("strict.safetensors", INK_TENSOR_SIZE, novelty);
  g_autoptr (GFile) lenient = write_model ("lenient.safetensors", INK_TENSOR_SIZE, NULL);
  NumeralLab *lab = numeral_window_get_lab (desk->window);
  NumeralModel *shipped = numeral_lab_get_model (lab);

  g_assert_nonnull (shipped);
  g_assert_nonnull (shipped->novelty);
  draw_seven (desk);
  open_and_use (desk, strict);
  assert_soon (says_unsure, desk);
  g_assert_nonnull (numeral_lab_get_model (lab)->novelty);
  g_assert_true (numeral_recogniser_get_prediction (desk->recogniser)->digits[0].refused);

  open_and_use (desk, lenient);
  assert_soon (says_five, desk);
  g_assert_null (numeral_lab_get_model (lab)->novelty);
  g_assert_cmpfloat (numeral_recogniser_get_prediction (desk->recogniser)->digits[0].novelty, ==,
                     0);
  g_assert_true (numeral_lab_use_shipped (lab, NULL));
  assert_soon (says_seven, desk);
  g_assert_cmpfloat (numeral_recogniser_get_prediction (desk->recogniser)->digits[0].novelty, >, 0);
}

/* A model that cannot read digits gets an error and no dialog. */
static void
test_wrong_model (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autoptr (GFile) other = write_model ("other.safetensors", 4, NULL);
  /* The name is so long that the message is behind a button, in every folder. */
  g_autofree char *name = g_strnfill (150, 'b');
  g_autofree char *long_name = g_strconcat (name, ".safetensors", NULL);
  g_autoptr (GFile) broken = g_file_new_build_filename (folder, long_name, NULL);
  g_autoptr (GError) error = NULL;

  /* A toast stays as long as the pointer is on it, and the next one waits. */
  hand_move_to (desk->hand, 2, 2);
  numeral_window_open_file (desk->window, other);
  desk_wait_toast (desk, "cannot read digits");
  g_assert_null (dialog_of ());

  g_file_set_contents (g_file_peek_path (broken), "no model", -1, &error);
  g_assert_no_error (error);
  numeral_window_open_file (desk->window, broken);
  desk_wait_toast (desk, "The model cannot be opened");
  g_assert_null (dialog_of ());
}

static gboolean
is_listed (gpointer data)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  g_autoptr (GtkRecentInfo) info = gtk_recent_manager_lookup_item (manager, data, NULL);

  return info && gtk_recent_info_has_application (info, "Numeral") &&
         g_str_equal (gtk_recent_info_get_mime_type (info), "application/inkml+xml");
}

static gboolean
is_filled (gpointer data)
{
  gboolean empty;

  g_object_get (((Desk *) data)->canvas, "is-empty", &empty, NULL);
  return !empty;
}

static GtkMenuButton *
find_main_menu (GtkWidget *root)
{
  GtkMenuButton *found = NULL;

  if (GTK_IS_MENU_BUTTON (root) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (root)))
    return GTK_MENU_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_main_menu (child);
  return found;
}

/* (nullable) (transfer full): the menu below Open. */
static GMenuModel *
recent_menu (GtkMenuButton *button)
{
  g_autoptr (GMenuModel) section =
      g_menu_model_get_item_link (gtk_menu_button_get_menu_model (button), 0, G_MENU_LINK_SECTION);

  return g_menu_model_get_item_link (section, 1, G_MENU_LINK_SUBMENU);
}

/* Opened once, it is in the menu, and opens from there. */
static void
test_recent (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  GtkMenuButton *button = find_main_menu (GTK_WIDGET (desk->window));
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "samples", "digit-7.inkml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GMenuModel) none = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_menu_button_popup (button);
  none = recent_menu (button);
  g_assert_null (none);
  gtk_menu_button_popdown (button);

  numeral_window_open_file (desk->window, file);
  assert_soon (is_filled, desk);
  assert_soon (is_listed, uri);

  gtk_menu_button_popup (button);
  menu = recent_menu (button);
  g_assert_nonnull (menu);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 1);
  target = g_menu_model_get_item_attribute_value (menu, 0, G_MENU_ATTRIBUTE_TARGET, NULL);
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, uri);
  gtk_menu_button_popdown (button);

  numeral_canvas_clear (desk->canvas);
  g_assert_false (is_filled (desk));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.open-recent", "s", uri));
  assert_soon (is_filled, desk);
}

/* As the launcher's menu asks for it: the drawing goes, and can be brought back. */
static void
test_new_drawing (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);

  draw_seven (desk);
  g_action_group_activate_action (G_ACTION_GROUP (desk->application), "new-drawing", NULL);
  desk_wait_toast (desk, "Drawing cleared");
  desk_wait_strokes (desk, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.undo", NULL));
  desk_wait_strokes (desk, 1);
}

/* A picture that is not read gets its reason, and the drawing stays. */
static void
test_reasons (void)
{
  static const struct
  {
    guint32 paper, ink;
    const char *says;
  } cases[] = {
    { 0xf0f0f0ff, 0xf0f0f0ff, "nothing differs" },
    { 0xf0f0f0ff, 0xeaeaeaff, "too faint" },
  };
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autoptr (GFile) pointer = g_file_new_build_filename (folder, "p.png", NULL);
  g_autoptr (GError) error = NULL;

  draw_seven (desk);
  hand_move_to (desk->hand, 2, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("blank-%u.png", i);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 200);
      g_autoptr (GdkPixbuf) bar = gdk_pixbuf_new_subpixbuf (pixbuf, 95, 40, 12, 120);

      gdk_pixbuf_fill (pixbuf, cases[i].paper);
      gdk_pixbuf_fill (bar, cases[i].ink);
      gdk_pixbuf_save (pixbuf, g_file_peek_path (file), "png", &error, NULL);
      g_assert_no_error (error);
      numeral_window_open_file (desk->window, file);
      desk_wait_toast (desk, cases[i].says);
    }
  g_file_set_contents (g_file_peek_path (pointer), "version https://git-lfs.github.com/spec/v1\n",
                       -1, &error);
  g_assert_no_error (error);
  numeral_window_open_file (desk->window, pointer);
  desk_wait_toast (desk, "The file cannot be opened");
  g_assert_cmpstr (desk_says (desk), ==, "7");
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("numeral-test-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/app/opened/recent", test_recent);
  g_test_add_func ("/app/opened/model", test_model);
  g_test_add_func ("/app/opened/novelty", test_novelty);
  g_test_add_func ("/app/opened/wrong-model", test_wrong_model);
  g_test_add_func ("/app/opened/new-drawing", test_new_drawing);
  g_test_add_func ("/app/opened/reasons", test_reasons);
  status = g_test_run ();
  g_free (folder);
  return status;
}
