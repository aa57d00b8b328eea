/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page with several lines, from a file to the clipboard. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "desk.h"
#include "numeral-canvas-private.h"
#include "numeral-csv.h"
#include "numeral-format-sheet.h"
#include "numeral-picture-bar.h"
#include "numeral-reading-view.h"
#include "numeral-sheet-list.h"
#include "numeral-sheet-row.h"
#include "paper.h"
#include "repeat.h"
#include "wait.h"

static const char text[] = "2036 4875\n917\n60 2 53 8";
static const char sudoku[] = "5 3 . . 7 . . . .\n6 . . 1 9 5 . . .\n. 9 8 . . . . 6 .\n"
                             "8 . . . 6 . . . 3\n4 . . 8 . 3 . . 1\n7 . . . 2 . . . 6\n"
                             ". 6 . . . . 2 8 .\n. . . 4 1 9 . . 5\n. . . . 8 . . 7 9";

static NumeralSheet *
sheet_of (Desk *desk)
{
  return numeral_sheet_choice_get_sheet (numeral_reading_pane_get_numbers (desk->pane));
}

static gboolean
has_sheet (gpointer data)
{
  return sheet_of (data) != NULL;
}

static gboolean
has_no_sheet (gpointer data)
{
  return sheet_of (data) == NULL;
}

/* Frees @cr. */
static void
open_picture (Desk *desk, cairo_t *cr)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "page, 1.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_cache_dir (), 0700));
  paper_write (cr, path);
  numeral_window_open_file (desk->window, file);
}

static Desk *
desk_new_page (const char *page, int width, int height)
{
  Desk *desk = desk_new (width, height);

  open_picture (desk, page == sudoku ? paper_sudoku (page, 80, 0) : paper_page (page, PAPER_CLEAN));
  assert_soon (has_sheet, desk);
  return desk;
}

typedef struct
{
  Desk *desk;
  guint number;
} Number;

/* The number is chosen everywhere, and its digits are in the answer. */
static gboolean
is_chosen (gpointer data)
{
  const Number *wanted = data;
  Desk *desk = wanted->desk;
  NumeralSheetChoice *numbers = numeral_reading_pane_get_numbers (desk->pane);
  const NumeralPrediction *prediction = numeral_sheet_choice_get_prediction (numbers);
  g_autofree char *number = prediction ? numeral_prediction_get_number (prediction) : NULL;
  GtkWidget *list = desk_find (GTK_WIDGET (desk->pane), GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row = list ? gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) : NULL;

  return numeral_sheet_choice_get_chosen (numbers) == wanted->number && row &&
         numeral_sheet_row_has (NUMERAL_SHEET_ROW (row), wanted->number) &&
         g_strcmp0 (desk_says (desk), number) == 0;
}

static void
wait_number (Desk *desk, guint number)
{
  Number wanted = { desk, number };

  if (!wait_until (is_chosen, &wanted, PATIENCE))
    g_error ("number %u is not chosen, but %u, and the answer is %s", number,
             numeral_sheet_choice_get_chosen (numeral_reading_pane_get_numbers (desk->pane)),
             desk_says (desk));
}

/* The middle of a number on the canvas, while the whole picture is shown. */
static void
locate_number (Desk *desk, guint number, double *x, double *y)
{
  const InkBox *box = &sheet_of (desk)->numbers[number].box;
  const GdkPixbuf *pixbuf = numeral_canvas_get_picture (desk->canvas)->pixbuf;
  const double width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  /* The picture is in the middle, with a small margin; where exactly does not matter. */
  const double scale = 0.92 * NUMERAL_CANVAS_SIZE / MAX (width, height);

  *x = NUMERAL_CANVAS_SIZE / 2 + scale * ((box->x0 + box->x1 - width) / 2);
  *y = NUMERAL_CANVAS_SIZE / 2 + scale * ((box->y0 + box->y1 - height) / 2);
}

static void
click_number (Desk *desk, guint number)
{
  double x, y;

  locate_number (desk, number, &x, &y);
  hand_move (desk->hand, desk->canvas, x, y);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
}

static GtkWidget *
row_of (Desk *desk, int index)
{
  GtkWidget *list = desk_find (GTK_WIDGET (desk->pane), GTK_TYPE_LIST_BOX, NULL);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index));
}

static void
assert_rows (Desk *desk, const char *page)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  const guint n = g_strv_length (lines);

  for (guint i = 0; i < n; i++)
    g_assert_nonnull (desk_find (row_of (desk, (int) i), GTK_TYPE_LABEL, lines[i]));
  g_assert_null (row_of (desk, (int) n));
}

/* What a screen reader says of a line ends with its probability. */
static void
assert_line_spoken (Desk *desk, int row, guint first, guint last, const char *beginning)
{
  g_autofree char *spoken = numeral_format_sheet_line (sheet_of (desk), first, last);

  g_assert_true (g_str_has_prefix (spoken, beginning));
  desk_assert_property (row_of (desk, row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

/* The same of the chosen number, on the canvas. */
static void
assert_number_spoken (Desk *desk, const char *beginning)
{
  const guint chosen =
      numeral_sheet_choice_get_chosen (numeral_reading_pane_get_numbers (desk->pane));
  g_autofree char *spoken = numeral_format_sheet_number (sheet_of (desk), chosen);

  g_assert_true (g_str_has_prefix (spoken, beginning));
  desk_assert_property (desk->canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken);
}

/* The lines are listed; a number is chosen by a click on it or on its line, or by keys. */
static void
test_choose (void)
{
  g_autoptr (Desk) desk = desk_new_page (text, 960, 680);

  g_assert_cmpuint (sheet_of (desk)->n_lines, ==, 3);
  assert_rows (desk, text);
  wait_number (desk, 0);
  g_assert_cmpstr (desk_says (desk), ==, "2036");
  assert_line_spoken (desk, 1, 2, 3, "Line 2: 917, ");

  click_number (desk, 4);
  wait_number (desk, 4);
  g_assert_cmpstr (desk_says (desk), ==, "2");
  /* The canvas has the keyboard now. */
  desk_key (desk, GDK_KEY_Right, 0);
  wait_number (desk, 5);
  g_assert_cmpstr (desk_says (desk), ==, "53");
  desk_key (desk, GDK_KEY_Up, 0);
  wait_number (desk, 2);
  desk_key (desk, GDK_KEY_Left, 0);
  wait_number (desk, 1);
  desk_key (desk, GDK_KEY_Down, 0);
  wait_number (desk, 2);
  assert_number_spoken (desk, "Line 2, number 1: 917, ");
  /* Space does not draw on a page. */
  desk_key (desk, GDK_KEY_space, 0);

  hand_click (desk->hand, row_of (desk, 2));
  wait_number (desk, 3);
  desk_key (desk, GDK_KEY_Right, 0);
  wait_number (desk, 4);
  desk_key (desk, GDK_KEY_Up, 0);
  wait_number (desk, 2);
  desk_key (desk, GDK_KEY_Left, 0);
  wait_number (desk, 1);
  g_assert_nonnull (numeral_canvas_get_picture (desk->canvas));
}

/* A table by row and column; empty cells are passed over, and have no box. */
static void
test_table (void)
{
  g_autoptr (Desk) desk = desk_new_page (sudoku, 1000, 800);

  g_assert_cmpuint (sheet_of (desk)->n_columns, ==, 9);
  assert_rows (desk, sudoku);
  wait_number (desk, 0);
  click_number (desk, 2);
  click_number (desk, 1);
  wait_number (desk, 1);
  desk_key (desk, GDK_KEY_Right, 0);
  wait_number (desk, 4);
  assert_number_spoken (desk, "Row 1, column 5: 7, ");
  desk_key (desk, GDK_KEY_Down, 0);
  wait_number (desk, 13);
}

static void
on_text (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  char **copied = data;
  g_autoptr (GError) error = NULL;

  *copied = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (gpointer data)
{
  return *(char **) data != NULL;
}

static char *
read_clipboard (Desk *desk)
{
  char *copied = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (desk->window)), NULL,
                                 on_text, &copied);
  assert_soon (is_there, &copied);
  return copied;
}

/* Where it came from is in the table, but not its folder. */
static void
test_copy (void)
{
  g_autoptr (Desk) desk = desk_new_page (text, 960, 680);
  g_autofree char *lines = NULL, *table = NULL;
  g_auto (GStrv) rows = NULL;
  GtkWidget *bar = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_PICTURE_BAR, NULL);
  g_autoptr (GString) expected = g_string_new (NUMERAL_CSV_HEADER);

  hand_move_to (desk->hand, 2, 2);
  desk_key (desk, GDK_KEY_c, GDK_CONTROL_MASK);
  desk_wait_toast (desk, "Lines copied as text");
  lines = read_clipboard (desk);
  g_assert_cmpstr (lines, ==, "2036 4875\n917\n60 2 53 8\n");

  g_assert_true (gtk_widget_get_mapped (desk_find (bar, ADW_TYPE_SPLIT_BUTTON, NULL)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.copy-csv", NULL));
  desk_wait_toast (desk, "Lines copied as CSV");
  table = read_clipboard (desk);
  numeral_csv_append_sheet (expected, "page, 1.png", sheet_of (desk));
  g_assert_cmpstr (table, ==, expected->str);
  rows = g_strsplit (table, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 9);
  g_assert_true (g_str_has_prefix (rows[1], "\"page, 1.png\",1,1,2036,"));
  g_assert_true (g_str_has_prefix (rows[7], "\"page, 1.png\",3,4,8,"));
}

static gboolean
is_enabled (Desk *desk, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (desk->window), name);
}

/* A page is a state among the others, and drawing on it begins a new drawing. */
static void
test_undo (void)
{
  static const double line[][2] = { { 500, 900 }, { 500, 600 }, { 500, 300 } };
  g_autoptr (Desk) desk = desk_new (960, 680);
  NumeralDigitChoice *choice;

  hand_stroke (desk->hand, desk->canvas, line, G_N_ELEMENTS (line));
  desk_wait_strokes (desk, 1);
  g_assert_false (is_enabled (desk, "copy-csv"));
  open_picture (desk, paper_page (text, PAPER_RULED));
  assert_soon (has_sheet, desk);
  g_assert_true (is_enabled (desk, "copy-csv"));

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (has_no_sheet, desk);
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "1");
  g_assert_false (is_enabled (desk, "copy-csv"));
  g_assert_true (is_enabled (desk, "copy"));
  desk_key (desk, GDK_KEY_y, GDK_CONTROL_MASK);
  assert_soon (has_sheet, desk);
  wait_number (desk, 0);

  /* A press that moves is a stroke. */
  hand_stroke (desk->hand, desk->canvas, line, G_N_ELEMENTS (line));
  desk_wait_strokes (desk, 1);
  g_assert_null (sheet_of (desk));
  choice = numeral_reading_view_get_choice (
      NUMERAL_READING_VIEW (gtk_widget_get_parent (GTK_WIDGET (desk->answer))));
  g_assert_cmpuint (numeral_digit_choice_get_prediction (choice)->n_digits, ==, 1);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (has_sheet, desk);
  desk_key (desk, GDK_KEY_Delete, 0);
  assert_soon (has_no_sheet, desk);
  desk_wait_strokes (desk, 0);
}

/* A network that says five to everything. */
static NumeralModel *
stubborn_model (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { INK_TENSOR_SIZE, 10 } };
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;

  nn_architecture_from_mlp (&mlp, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  network->weights[0].bias[5] = 20;
  return numeral_model_new (network, NULL, NULL);
}

static gboolean
says_fives (gpointer data)
{
  return g_str_equal (desk_says (data), "55");
}

/* Another model reads the page again; the chosen number stays. */
static void
test_model (void)
{
  g_autoptr (Desk) desk = desk_new_page (text, 960, 680);
  g_autoptr (NumeralModel) model = stubborn_model ();

  click_number (desk, 5);
  wait_number (desk, 5);
  numeral_lab_use_model (numeral_window_get_lab (desk->window), model, "five");
  assert_soon (says_fives, desk);
  wait_number (desk, 5);
  assert_rows (desk, "5555 5555\n555\n55 5 55 5");
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static gboolean
has_mark_outside (gpointer data)
{
  return sheet_of (data) && sheet_of (data)->n_outside == 1;
}

/* Marks beside a table are counted under its rows. */
static void
test_outside (void)
{
  g_autoptr (Desk) desk = desk_new_page (sudoku, 960, 680);
  GtkWidget *list = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_SHEET_LIST, NULL);
  cairo_t *cr = paper_sudoku (sudoku, 80, 0);

  g_assert_null (desk_find (list, GTK_TYPE_LABEL, "outside of the table"));
  cairo_identity_matrix (cr);
  cairo_set_line_width (cr, 5);
  cairo_move_to (cr, 18, 200);
  cairo_line_to (cr, 14, 250);
  cairo_stroke (cr);
  open_picture (desk, cr);
  assert_soon (has_mark_outside, desk);
  g_assert_nonnull (desk_find (list, GTK_TYPE_LABEL, "1 mark outside of the table is not read"));
}

static void
wait_zoom (Desk *desk, double least, double most)
{
  while (numeral_canvas_get_zoom (desk->canvas) < least ||
         numeral_canvas_get_zoom (desk->canvas) > most)
    g_main_context_iteration (NULL, TRUE);
}

/* A page is enlarged by the keys of GNOME's image viewers, about the chosen number, and then moved
 * by the pointer, which does not draw. */
static void
test_zoom (void)
{
  g_autoptr (Desk) desk = desk_new_page (text, 960, 680);
  double x, y;

  locate_number (desk, 5, &x, &y);
  click_number (desk, 5);
  wait_number (desk, 5);
  for (guint i = 0; i < 5; i++)
    desk_key (desk, GDK_KEY_plus, GDK_CONTROL_MASK);
  wait_zoom (desk, 5, 9);

  /* It is now in the middle, or near; drag it away and back, and what is beside it into view. */
  for (guint button = 1; button <= 2; button++)
    {
      hand_move (desk->hand, desk->canvas, 500, 500);
      hand_press (desk->hand, button);
      hand_move (desk->hand, desk->canvas, 450, 500);
      hand_move (desk->hand, desk->canvas, 300, 500);
      hand_release (desk->hand, button);
    }
  desk_key (desk, GDK_KEY_Left, 0);
  wait_number (desk, 4);
  g_assert_true (has_sheet (desk));
  g_assert_true (ink_drawing_is_empty (numeral_canvas_get_drawing (desk->canvas)));

  desk_key (desk, GDK_KEY_minus, GDK_CONTROL_MASK);
  desk_key (desk, GDK_KEY_minus, GDK_CONTROL_MASK);
  wait_zoom (desk, 2, 5);
  desk_key (desk, GDK_KEY_0, GDK_CONTROL_MASK);
  wait_zoom (desk, 1, 1);
  click_number (desk, 2);
  wait_number (desk, 2);
  assert_rows (desk, text);
}

static double
left_of (Desk *desk)
{
  return numeral_canvas_image_map (numeral_canvas_get_image (desk->canvas),
                                   sheet_of (desk)->numbers[0].box)
      .x0;
}

/* A zoom keeps the place at which it is made; a number that is chosen elsewhere is scrolled to, and
 * the wheel scrolls. */
static void
test_scroll (void)
{
  g_autoptr (Desk) desk = desk_new_page (text, 960, 680);
  NumeralSheetChoice *numbers = numeral_reading_pane_get_numbers (desk->pane);
  InkBox box;
  double before, x, y;

  locate_number (desk, 0, &x, &y);
  before = left_of (desk);
  numeral_canvas_zoom_at (desk->canvas, 4, before, y);
  g_assert_cmpfloat_with_epsilon (left_of (desk), before, 1);
  numeral_sheet_choice_set_chosen (numbers, 6);
  wait_number (desk, 6);
  box = numeral_canvas_image_map (numeral_canvas_get_image (desk->canvas),
                                  sheet_of (desk)->numbers[6].box);
  g_assert_cmpfloat (box.x0, >=, 0);
  g_assert_cmpfloat (box.y0, >=, 0);
  g_assert_cmpfloat (box.x1, <=, NUMERAL_CANVAS_SIZE);
  g_assert_cmpfloat (box.y1, <=, NUMERAL_CANVAS_SIZE);

  before = left_of (desk);
  hand_move (desk->hand, desk->canvas, 500, 500);
  hand_press (desk->hand, 6);
  hand_release (desk->hand, 6);
  while (left_of (desk) <= before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (numeral_canvas_get_zoom (desk->canvas), ==, 4);
  g_assert_true (has_sheet (desk));
}

/* A page that is too much says so, and what to do. */
static void
test_too_much (void)
{
  g_autoptr (Desk) desk = desk_new (700, 660);
  GtkWidget *list;

  open_picture (desk, paper_too_much ());
  desk_wait_toast (desk, "The page has 1296 parts");
  list = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_SHEET_LIST, NULL);
  g_assert_true (gtk_widget_get_mapped (desk_find (list, GTK_TYPE_LABEL, "crop the picture")));
  g_assert_cmpstr (gtk_actionable_get_action_name (
                       GTK_ACTIONABLE (desk_find (list, GTK_TYPE_BUTTON, "Open Another…"))),
                   ==, "win.open");
  g_assert_false (is_enabled (desk, "copy"));
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  assert_soon (is_unmapped, list);
}

static gboolean
is_landscape (gpointer data)
{
  const NumeralPicture *picture = numeral_canvas_get_picture (((Desk *) data)->canvas);

  return picture &&
         gdk_pixbuf_get_width (picture->pixbuf) > gdk_pixbuf_get_height (picture->pixbuf);
}

static gboolean
is_portrait (gpointer data)
{
  return numeral_canvas_get_picture (((Desk *) data)->canvas) && !is_landscape (data);
}

static gboolean
cannot_turn (gpointer desk)
{
  return !is_enabled (desk, "turn");
}

/* A page that lies on its side is turned by a key or a button, which can be undone. */
static void
test_turn (void)
{
  g_autoptr (Desk) desk = desk_new (960, 680);
  GtkWidget *bar, *left;

  g_assert_false (is_enabled (desk, "turn"));
  open_picture (desk, paper_turn (paper_page (text, PAPER_CLEAN), 3));
  assert_soon (is_portrait, desk);
  g_assert_true (is_enabled (desk, "turn"));
  desk_key (desk, GDK_KEY_r, GDK_CONTROL_MASK);
  assert_soon (is_landscape, desk);
  assert_soon (has_sheet, desk);
  assert_rows (desk, text);

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (is_portrait, desk);
  desk_key (desk, GDK_KEY_y, GDK_CONTROL_MASK);
  assert_soon (is_landscape, desk);

  bar = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_PICTURE_BAR, NULL);
  left = desk_find (bar, GTK_TYPE_BUTTON, NULL);
  hand_click (desk->hand, left);
  assert_soon (is_portrait, desk);
  desk_key (desk, GDK_KEY_r, GDK_CONTROL_MASK);
  assert_soon (is_landscape, desk);
  desk_key (desk, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_soon (is_portrait, desk);
  desk_key (desk, GDK_KEY_Delete, 0);
  assert_soon (cannot_turn, desk);
}

static gboolean
offers_to_turn (gpointer data)
{
  return desk_find (GTK_WIDGET (((Desk *) data)->window), GTK_TYPE_BUTTON, "_Turn") != NULL;
}

static gboolean
offers_nothing (gpointer data)
{
  return !offers_to_turn (data);
}

/* A page that can only be read when it is turned offers that, until something else is there. */
static void
test_turn_offered (void)
{
  g_autoptr (Desk) desk = desk_new (960, 680);

  open_picture (desk, paper_turn (paper_page (text, PAPER_CLEAN), 3));
  assert_soon (offers_to_turn, desk);
  hand_click (desk->hand, desk_find (GTK_WIDGET (desk->window), GTK_TYPE_BUTTON, "_Turn"));
  assert_soon (is_landscape, desk);
  assert_soon (has_sheet, desk);
  assert_rows (desk, text);
  assert_soon (offers_nothing, desk);

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (is_portrait, desk);
  assert_soon (offers_to_turn, desk);
  desk_key (desk, GDK_KEY_Delete, 0);
  assert_soon (offers_nothing, desk);
}

/* A page from the clipboard, such as a screenshot. */
static void
test_paste (void)
{
  g_autoptr (Desk) desk = desk_new (960, 680);
  cairo_t *cr = paper_page (text, PAPER_CLEAN);
  cairo_surface_t *surface = cairo_get_target (cr);
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_get_from_surface (surface, 0, 0, width, height);
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);

  cairo_destroy (cr);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (desk->window)), texture);
  desk_key (desk, GDK_KEY_v, GDK_CONTROL_MASK);
  assert_soon (has_sheet, desk);
  assert_rows (desk, text);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* A file that comes slowly is waited for, and the window says so. */
static void
test_slow (void)
{
  g_autoptr (Desk) desk = desk_new (960, 680);
  g_autofree char *picture = g_build_filename (g_get_user_cache_dir (), "page.png", NULL);
  g_autofree char *path = NULL, *bytes = NULL;
  g_autoptr (GFile) file = NULL;
  GtkWidget *spinner = desk_find (GTK_WIDGET (desk->window), GTK_TYPE_SPINNER, NULL);
  int ends[2];
  gsize size, at = 0;

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_cache_dir (), 0700));
  paper_write (paper_page (text, PAPER_CLEAN), picture);
  g_assert_true (g_file_get_contents (picture, &bytes, &size, NULL));
  g_assert_no_errno (pipe (ends));
  path = g_strdup_printf ("/dev/fd/%d", ends[0]);
  file = g_file_new_for_path (path);

  numeral_window_open_file (desk->window, file);
  g_assert_false (gtk_widget_get_mapped (spinner));
  assert_soon (is_mapped, spinner);
  while (at < size)
    {
      const gssize n = write (ends[1], bytes + at, size - at);

      g_assert_cmpint (n, >, 0);
      at += (gsize) n;
    }
  close (ends[1]);
  assert_soon (has_sheet, desk);
  assert_soon (is_unmapped, spinner);
  close (ends[0]);
}

static gboolean
is_laid_out (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

/* The lines have room at any size of the window, and nothing lies on the canvas. */
static void
test_sizes (void)
{
  static const int sizes[][2] = { { 360, 640 }, { 600, 800 }, { 1200, 560 }, { 1270, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Desk) desk =
          desk_new_page (i % 2 == 0 ? text : REPEAT (sudoku, text), sizes[i][0], sizes[i][1]);
      GtkWidget *list = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_SHEET_LIST, NULL);
      GtkWidget *pane = GTK_WIDGET (desk->pane);
      graphene_rect_t canvas, lines;

      wait_number (desk, 0);
      assert_soon (is_laid_out, list);
      g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (desk->canvas), pane, &canvas));
      g_assert_true (gtk_widget_compute_bounds (list, pane, &lines));
      g_assert_false (graphene_rect_intersection (&canvas, &lines, NULL));
      g_assert_cmpfloat (lines.size.width, >=, 150);
      g_assert_cmpfloat (lines.size.height, >=, 100);
      g_assert_cmpfloat (lines.origin.x + lines.size.width, <=,
                         (float) gtk_widget_get_width (pane) + 0.5f);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/sheet/choose", test_choose);
  g_test_add_func ("/app/sheet/table", test_table);
  g_test_add_func ("/app/sheet/copy", test_copy);
  g_test_add_func ("/app/sheet/undo", test_undo);
  g_test_add_func ("/app/sheet/model", test_model);
  g_test_add_func ("/app/sheet/outside", test_outside);
  g_test_add_func ("/app/sheet/zoom", test_zoom);
  g_test_add_func ("/app/sheet/scroll", test_scroll);
  g_test_add_func ("/app/sheet/too-much", test_too_much);
  g_test_add_func ("/app/sheet/turn", test_turn);
  g_test_add_func ("/app/sheet/turn-offered", test_turn_offered);
  g_test_add_func ("/app/sheet/paste", test_paste);
  g_test_add_func ("/app/sheet/slow", test_slow);
  g_test_add_func ("/app/sheet/sizes", test_sizes);
  return g_test_run ();
}
