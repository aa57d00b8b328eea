/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every way into the window for a file or an image, and the way out. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "desk.h"
#include "numeral-samples-bar.h"
#include "wait.h"

#define WIDTH 720
#define HEIGHT 640

static const double seven[][2] = { { 250, 220 }, { 400, 215 }, { 550, 215 },
                                   { 700, 220 }, { 660, 330 }, { 600, 460 },
                                   { 550, 600 }, { 510, 720 }, { 480, 820 } };

static char *folder;

static void
draw_seven (Desk *desk)
{
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
}

static GFile *
file_named (const char *name)
{
  return g_file_new_build_filename (folder, name, NULL);
}

static gboolean
has_no_strokes (gpointer data)
{
  return ink_drawing_is_empty (numeral_canvas_get_drawing (((Desk *) data)->canvas));
}

static gboolean
is_filled (gpointer data)
{
  gboolean empty;

  g_object_get (((Desk *) data)->canvas, "is-empty", &empty, NULL);
  return !empty;
}

static gboolean
is_empty (gpointer data)
{
  return !is_filled (data);
}

static gboolean
exists (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

/* Files appear whole, because they are renamed into their place. */
static void
save (Desk *desk, GFile *file)
{
  numeral_window_save_file (desk->window, file);
  assert_soon (exists, file);
}

static void
clear (Desk *desk)
{
  numeral_canvas_clear (desk->canvas);
  assert_soon (has_no_strokes, desk);
  desk_wait_read (desk);
}

/* What is saved is read the same when it is opened, in each format. */
static void
test_save_and_open (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  static const char *const names[] = { "seven.inkml", "SEVEN.PNG", "seven.svg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = file_named (names[i]);

      clear (desk);
      draw_seven (desk);
      save (desk, file);
      if (i == 0)
        desk_wait_toast (desk, "Saved as “seven.inkml”");
      clear (desk);
      numeral_window_open_file (desk->window, file);
      assert_soon (is_filled, desk);
      desk_wait_read (desk);
      g_assert_cmpstr (desk_says (desk), ==, "7");
      /* Ink comes back as strokes, where they were; the others are images. */
      g_assert_cmpuint (numeral_canvas_get_drawing (desk->canvas)->n_strokes, ==, i == 0 ? 1 : 0);
    }
}

/* An image is a state like any other: drawing on it begins anew, undo brings it back. */
static void
test_image_states (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (GFile) file = file_named ("image.png");

  draw_seven (desk);
  save (desk, file);
  numeral_window_open_file (desk->window, file);
  assert_soon (has_no_strokes, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");

  /* A stroke. */
  hand_move (desk->hand, desk->canvas, 500, 200);
  hand_press (desk->hand, 1);
  for (guint i = 1; i <= 6; i++)
    hand_move (desk->hand, desk->canvas, 500, 200 + 100 * i);
  hand_release (desk->hand, 1);
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "1");

  /* Back to the image, back to what was drawn before it. */
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  desk_wait_strokes (desk, 0);
  g_assert_cmpstr (desk_says (desk), ==, "7");

  /* Cleared, and brought back. */
  desk_key (desk, GDK_KEY_Delete, 0);
  assert_soon (is_empty, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "–");
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (is_filled, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");
}

typedef struct
{
  const char *name;
  const char *bytes;
  gssize length;
} Damaged;

static const Damaged damaged[] = {
  { "empty.png", "", 0 },
  { "noise.png", "\x00\x01\x02\x03\xff\xfe", 6 },
  { "text.txt", "seven, by any other name", -1 },
  { "cut.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10", 20 },
  { "vast.png",
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0\0\0\0\0", 33 },
  { "cut.jpg", "\xff\xd8\xff\xe0\0\x10JFIF\0", 11 },
  { "cut.inkml", "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>10 0, 9 14", -1 },
  { "nan.inkml", "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>nan 0, 9 inf</trace></ink>",
    -1 },
  { "none.inkml", "<ink xmlns=\"http://www.w3.org/2003/InkML\"></ink>", -1 },
  { "cut.unipen", ".SEGMENT DIGIT 0 ? \"8\"\n.PEN_DOWN\n 267", -1 },
  { "cut.gz", "\x1f\x8b\x08\0\0\0\0\0", 8 },
};

/* The last error that was shown, whether in full or behind a button. */
static gboolean
says_something (gpointer data)
{
  GtkWidget *root = GTK_WIDGET (((Desk *) data)->window);
  GtkWidget *overlay = desk_find (root, ADW_TYPE_TOAST_OVERLAY, NULL);

  /* The first child is the content; a toast comes after it. */
  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast"))
      return TRUE;
  return FALSE;
}

static void
refuse (GFile *file)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (InkDrawing) before = NULL;

  draw_seven (desk);
  before = ink_drawing_ref (numeral_canvas_get_drawing (desk->canvas));
  numeral_window_open_file (desk->window, file);
  assert_soon (says_something, desk);
  /* Nothing else has changed, and the program goes on. */
  g_assert_true (numeral_canvas_get_drawing (desk->canvas) == before);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  clear (desk);
  draw_seven (desk);
}

static void
test_damaged (gconstpointer data)
{
  const Damaged *bad = data;
  g_autoptr (GFile) file = file_named (bad->name);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, bad->bytes,
                           bad->length < 0 ? strlen (bad->bytes) : (gsize) bad->length, NULL, FALSE,
                           G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  refuse (file);
}

static void
test_directory (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  refuse (file);
}

static void
test_missing (void)
{
  g_autoptr (GFile) file = file_named ("not-there.png");

  refuse (file);
}

static void
test_forbidden (void)
{
  g_autoptr (GFile) file = file_named ("forbidden.inkml");

  if (geteuid () == 0)
    {
      g_test_skip ("nothing is forbidden to root");
      return;
    }
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "<ink/>", -1, NULL));
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0), ==, 0);
  refuse (file);
}

/* Where nothing can be written, that is said, and what was there stays. */
static void
test_unwritable (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "no-such-folder", "x.png", NULL);

  draw_seven (desk);
  numeral_window_save_file (desk->window, file);
  desk_wait_toast (desk, "“x.png” is not saved");
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_cmpuint (numeral_canvas_get_drawing (desk->canvas)->n_strokes, ==, 1);
}

static void
write_unipen (GFile *file)
{
  g_autoptr (GString) text = g_string_new (".LEXICON \"0\" \"1\"\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_string_append_printf (text, ".SEGMENT DIGIT %u ? \"1\"\n.COMMENT 1 2 %u\n.PEN_DOWN\n", i,
                              i);
      for (guint y = 0; y < 10; y++)
        g_string_append_printf (text, " %u %u\n", 100 + 3 * i * y, 300 - 20 * y);
      g_string_append (text, ".PEN_UP\n.DT 100\n");
    }
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text->str, -1, &error));
  g_assert_no_error (error);
}

typedef struct
{
  NumeralSamplesBar *bar;
  guint index;
} Position;

static gboolean
is_at (gpointer data)
{
  const Position *position = data;

  return numeral_samples_bar_get_index (position->bar) == position->index;
}

/* A file of several samples is leafed through with Page Up and Page Down, and is one step to undo.
 */
static void
test_samples (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (GFile) file = file_named ("three.unipen");
  Position position = { NULL, 0 };
  g_autoptr (InkDrawing) first = NULL;

  write_unipen (file);
  numeral_window_open_file (desk->window, file);
  desk_wait_strokes (desk, 1);
  first = ink_drawing_ref (numeral_canvas_get_drawing (desk->canvas));
  position.bar =
      NUMERAL_SAMPLES_BAR (desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_SAMPLES_BAR, NULL));
  g_assert_nonnull (
      desk_find (GTK_WIDGET (position.bar), GTK_TYPE_LABEL, "Sample 1 of 3, labelled 1"));

  desk_key (desk, GDK_KEY_Page_Down, 0);
  desk_key (desk, GDK_KEY_Page_Down, 0);
  desk_key (desk, GDK_KEY_Page_Down, 0);
  position.index = 2;
  assert_soon (is_at, &position);
  desk_wait_read (desk);
  g_assert_true (numeral_canvas_get_drawing (desk->canvas) != first);
  desk_key (desk, GDK_KEY_Page_Up, 0);
  position.index = 1;
  assert_soon (is_at, &position);
  desk_wait_read (desk);

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  g_assert_false (numeral_canvas_undo (desk->canvas));
}

static gboolean
is_local (gpointer clipboard)
{
  return gdk_clipboard_is_local (clipboard);
}

static void
on_texture_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GdkTexture **) data =
      gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

/* Another program could offer the image alone. */
static void
leave_the_image (GdkClipboard *clipboard)
{
  GdkTexture *texture = NULL;

  gdk_clipboard_read_texture_async (clipboard, NULL, on_texture_read, &texture);
  while (!texture)
    g_main_context_iteration (NULL, TRUE);
  gdk_clipboard_set_texture (clipboard, texture);
  g_object_unref (texture);
}

/* A 7 with channels of its own, in the units of a pen. */
static const char office_ink[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    "<inkml:ink xmlns:inkml=\"http://www.w3.org/2003/InkML\"><inkml:definitions>"
    "<inkml:context xml:id=\"ctx0\"><inkml:inkSource xml:id=\"inkSrc0\"><inkml:traceFormat>"
    "<inkml:channel name=\"X\" type=\"integer\" units=\"cm\"/>"
    "<inkml:channel name=\"Y\" type=\"integer\" units=\"cm\"/>"
    "<inkml:channel name=\"F\" type=\"integer\" max=\"32767\" units=\"dev\"/>"
    "</inkml:traceFormat></inkml:inkSource></inkml:context></inkml:definitions>"
    "<inkml:trace contextRef=\"#ctx0\">2500 2200 9000, 4000 2150 9000, 5500 2150 9000, "
    "7000 2200 9000, 6600 3300 9000, 6000 4600 9000, 5500 6000 9000, 5100 7200 9000, "
    "4800 8200 9000</inkml:trace></inkml:ink>";

static void
offer_ink (GdkClipboard *clipboard, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GdkContentProvider) offer = gdk_content_provider_new_for_bytes ("InkML Format", bytes);

  gdk_clipboard_set_content (clipboard, offer);
}

static void
test_paste (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (desk->window));
  g_autoptr (GFile) file = file_named ("pasted.inkml");

  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  desk_wait_toast (desk, "Nothing to paste");

  /* A copied drawing is pasted as ink here, and as an image in other programs. */
  draw_seven (desk);
  save (desk, file);
  desk_key (desk, GDK_KEY_c, GDK_CONTROL_MASK);
  assert_soon (is_local, clipboard);
  clear (desk);
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");

  clear (desk);
  leave_the_image (clipboard);
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  assert_soon (is_filled, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  g_assert_true (has_no_strokes (desk));

  /* Ink as Office offers it, and what is none. */
  offer_ink (clipboard, office_ink);
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  offer_ink (clipboard, "<html/>");
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  desk_wait_toast (desk, "cannot be opened");
  desk_wait_strokes (desk, 1);

  /* A file out of a file manager. */
  clear (desk);
  {
    GFile *files[] = { file };
    GdkFileList *list = gdk_file_list_new_from_array (files, 1);
    g_autoptr (GdkContentProvider) provider =
        gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);

    gdk_clipboard_set_content (clipboard, provider);
    g_boxed_free (GDK_TYPE_FILE_LIST, list);
  }
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  gdk_clipboard_set_content (clipboard, NULL);
}

static GtkDropTarget *
drop_target_of (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static void
test_drop (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  GtkDropTarget *target = drop_target_of (GTK_WIDGET (desk->pane));
  g_autoptr (GFile) file = file_named ("dropped.png");
  g_auto (GValue) value = G_VALUE_INIT;
  GFile *files[] = { file, file };
  gboolean taken = FALSE;

  g_assert_nonnull (target);
  draw_seven (desk);
  save (desk, file);
  clear (desk);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, 2));
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  /* At once: the message goes by itself. */
  desk_wait_toast (desk, "Only the first of 2 files");
  assert_soon (is_filled, desk);
  desk_wait_read (desk);
  g_assert_cmpstr (desk_says (desk), ==, "7");
}

/* Of two files that are asked for one after the other, the later one is shown. */
static void
test_last_wins (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (GFile) png = file_named ("first.png");
  g_autoptr (GFile) ink = file_named ("second.inkml");

  draw_seven (desk);
  save (desk, png);
  save (desk, ink);
  clear (desk);
  numeral_window_open_file (desk->window, png);
  numeral_window_open_file (desk->window, ink);
  desk_wait_strokes (desk, 1);
  wait_for (0.3);
  g_assert_cmpuint (numeral_canvas_get_drawing (desk->canvas)->n_strokes, ==, 1);
}

/* A window that closes while a file is read takes no harm. */
static void
test_close_while_opening (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (GFile) file = file_named ("closing.inkml");

  draw_seven (desk);
  numeral_window_save_file (desk->window, file);
  numeral_window_open_file (desk->window, file);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("numeral-files.XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/app/files/save-and-open", test_save_and_open);
  g_test_add_func ("/app/files/image-states", test_image_states);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/files/damaged/%s", damaged[i].name);

      g_test_add_data_func (path, &damaged[i], test_damaged);
    }
  g_test_add_func ("/app/files/damaged/directory", test_directory);
  g_test_add_func ("/app/files/damaged/missing", test_missing);
  g_test_add_func ("/app/files/damaged/forbidden", test_forbidden);
  g_test_add_func ("/app/files/unwritable", test_unwritable);
  g_test_add_func ("/app/files/samples", test_samples);
  g_test_add_func ("/app/files/paste", test_paste);
  g_test_add_func ("/app/files/drop", test_drop);
  g_test_add_func ("/app/files/last-wins", test_last_wins);
  g_test_add_func ("/app/files/close-while-opening", test_close_while_opening);
  result = g_test_run ();
  remove_folder ();
  g_free (folder);
  return result;
}
