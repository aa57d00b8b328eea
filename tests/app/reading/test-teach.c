/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question whether a digit was read correctly, by pointer and keyboard, with the database. */

#include <adwaita.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "numeral-hand-db.h"
#include "numeral-teach-row.h"
#include "wait.h"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };
static const double left_seven[][2] = { { 100, 250 }, { 190, 245 }, { 280, 245 }, { 340, 250 },
                                        { 290, 380 }, { 250, 500 }, { 220, 620 }, { 190, 750 } };
static const double right_seven[][2] = { { 600, 250 }, { 690, 245 }, { 780, 245 }, { 840, 250 },
                                         { 790, 380 }, { 750, 500 }, { 720, 620 }, { 690, 750 } };

#define DRAW(desk, points) hand_stroke ((desk)->hand, (desk)->canvas, points, G_N_ELEMENTS (points))

static NumeralTeach *
teach_of (Desk *desk)
{
  return numeral_reading_pane_get_teach (desk->pane);
}

typedef struct
{
  Desk *desk;
  NumeralTeachState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  const Wanted *wanted = data;

  return numeral_teach_get_state (teach_of (wanted->desk)) == wanted->state;
}

static void
wait_state (Desk *desk, NumeralTeachState state)
{
  Wanted wanted = { desk, state };

  if (!wait_until (has_state, &wanted, PATIENCE))
    g_error ("state %d instead of %d", (int) numeral_teach_get_state (teach_of (desk)),
             (int) state);
}

static GtkWidget *
question_of (Desk *desk)
{
  return numeral_reading_pane_get_question (desk->pane);
}

static gboolean
is_asked (Desk *desk)
{
  wait_for (0.1);
  return gtk_widget_get_mapped (question_of (desk));
}

/* Of the database on the disk, the newest first. */
static GPtrArray *
list (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *samples =
      numeral_hand_db_list (db, &(NumeralHandQuery){ .label = -1, .limit = 10 }, &error);

  g_assert_no_error (error);
  return samples;
}

static void
forget (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) samples = list ();

  for (guint i = 0; i < samples->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (samples, i);
      g_autoptr (GPtrArray) deleted = numeral_hand_db_delete (db, &sample->id, 1, NULL);

      g_assert_nonnull (deleted);
    }
}

static Desk *
open_desk (void)
{
  forget ();
  return desk_new (960, 700);
}

/* The sample at @place is @drawing, of which @read was read and @label said. */
static void
assert_sample (GPtrArray *samples, guint place, const InkStroke *stroke, int read, int label)
{
  const NumeralHandSample *sample = g_ptr_array_index (samples, place);

  g_assert_cmpint (sample->label, ==, label);
  g_assert_cmpint (sample->read, ==, read);
  g_assert_cmpfloat (sample->probability, >, 0);
  g_assert_cmpuint (sample->drawing->n_strokes, ==, 1);
  g_assert_cmpuint (sample->drawing->strokes[0]->n_points, ==, stroke->n_points);
  g_assert_cmpfloat_with_epsilon (sample->drawing->strokes[0]->points[0].x, stroke->points[0].x,
                                  0.1f);
}

static GtkWidget *
choice_of (Desk *desk, const char *label)
{
  return desk_find (question_of (desk), GTK_TYPE_BUTTON, label);
}

static void
test_mouse (void)
{
  g_autoptr (Desk) desk = open_desk ();
  g_autoptr (GPtrArray) kept = NULL, none = NULL, corrected = NULL;
  const int side = gtk_widget_get_width (GTK_WIDGET (desk->canvas));

  g_assert_false (is_asked (desk));
  DRAW (desk, seven);
  desk_wait_strokes (desk, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  g_assert_true (is_asked (desk));
  /* The cards made room, not the canvas. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk->canvas)), ==, side);
  g_assert_false (gtk_widget_is_sensitive (choice_of (desk, "7")));
  desk_assert_property (choice_of (desk, "1"), GTK_ACCESSIBLE_PROPERTY_LABEL, "No, it is 1");

  hand_click (desk->hand,
              gtk_widget_get_ancestor (desk_find (question_of (desk), GTK_TYPE_LABEL, "Yes"),
                                       GTK_TYPE_BUTTON));
  wait_state (desk, NUMERAL_TEACH_KEPT);
  kept = list ();
  g_assert_cmpuint (kept->len, ==, 1);
  assert_sample (kept, 0, numeral_canvas_get_drawing (desk->canvas)->strokes[0], 7, 7);
  g_assert_nonnull (desk_find (question_of (desk), GTK_TYPE_LABEL, "Kept as 7 in"));

  hand_click (desk->hand, choice_of (desk, "Undo"));
  wait_state (desk, NUMERAL_TEACH_ASKING);
  none = list ();
  g_assert_cmpuint (none->len, ==, 0);

  hand_click (desk->hand, choice_of (desk, "1"));
  wait_state (desk, NUMERAL_TEACH_KEPT);
  corrected = list ();
  assert_sample (corrected, 0, numeral_canvas_get_drawing (desk->canvas)->strokes[0], 7, 1);
  g_assert_true (numeral_hand_sample_is_corrected (g_ptr_array_index (corrected, 0)));
}

static void
test_keys (void)
{
  g_autoptr (Desk) desk = open_desk ();
  g_autoptr (GPtrArray) both = NULL;
  const NumeralHandSample *newest;

  DRAW (desk, seven);
  desk_wait_strokes (desk, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_4, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_KEPT);
  g_assert_cmpint (numeral_teach_get_label (teach_of (desk)), ==, 4);

  /* The next stroke asks again, and so does a clear canvas after it. */
  DRAW (desk, right_seven);
  desk_wait_strokes (desk, 2);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_minus, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_KEPT);
  desk_key (desk, GDK_KEY_n, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  wait_state (desk, NUMERAL_TEACH_IDLE);
  g_assert_false (is_asked (desk));

  both = list ();
  g_assert_cmpuint (both->len, ==, 2);
  newest = g_ptr_array_index (both, 0);
  g_assert_cmpint (newest->label, ==, NUMERAL_HAND_NOT_A_DIGIT);
  /* With an undo of the canvas the answer is there again. */
  g_assert_true (numeral_canvas_undo (desk->canvas));
  desk_wait_strokes (desk, 2);
  wait_state (desk, NUMERAL_TEACH_KEPT);
  g_assert_cmpint (numeral_teach_get_id (teach_of (desk)), ==, newest->id);
}

/* Each digit of a number with its own strokes. */
static void
test_number (void)
{
  g_autoptr (Desk) desk = open_desk ();
  g_autoptr (GPtrArray) both = NULL;
  const InkDrawing *drawing;

  DRAW (desk, left_seven);
  desk_wait_strokes (desk, 1);
  DRAW (desk, right_seven);
  desk_wait_strokes (desk, 2);
  g_assert_cmpstr (desk_says (desk), ==, "77");
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_KEPT);

  /* The first digit, by a tap on it. */
  hand_move (desk->hand, desk->canvas, 250, 500);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_1, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_KEPT);

  drawing = numeral_canvas_get_drawing (desk->canvas);
  both = list ();
  g_assert_cmpuint (both->len, ==, 2);
  assert_sample (both, 0, drawing->strokes[0], 7, 1);
  assert_sample (both, 1, drawing->strokes[1], 7, 7);
}

/* Nothing is asked about a picture, about a sample that has a label, and where it is switched off.
 */
static void
test_unasked (void)
{
  g_autoptr (Desk) desk = open_desk ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (12), 12);
  float tensor[INK_TENSOR_SIZE] = { 0 };

  for (guint i = 5; i < 23; i++)
    tensor[i * 28 + 14] = 1;
  texture = gdk_memory_texture_new (2, 2, GDK_MEMORY_R8G8B8, bytes, 6);
  DRAW (desk, seven);
  desk_wait_strokes (desk, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  g_action_group_activate_action (G_ACTION_GROUP (desk->window), "ask", NULL);
  g_assert_false (is_asked (desk));
  desk_key (desk, GDK_KEY_7, GDK_CONTROL_MASK);
  g_assert_false (is_asked (desk));
  g_action_group_activate_action (G_ACTION_GROUP (desk->window), "ask", NULL);
  g_assert_true (is_asked (desk));

  numeral_teach_set_known (teach_of (desk), numeral_canvas_get_drawing (desk->canvas));
  wait_state (desk, NUMERAL_TEACH_IDLE);
  g_assert_false (is_asked (desk));

  numeral_canvas_show_image (desk->canvas, texture, tensor);
  desk_wait_read (desk);
  g_assert_false (is_asked (desk));
  desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_IDLE);
  none = list ();
  g_assert_cmpuint (none->len, ==, 0);
}

/* Sets the version in the header of the closed database; returns the one before. */
static guint32
set_version (const char *path, guint32 version)
{
  FILE *file = fopen (path, "r+b");
  const guint32 bytes = GUINT32_TO_BE (version);
  guint32 before;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, 60, SEEK_SET), ==, 0);
  g_assert_cmpuint (fread (&before, sizeof before, 1, file), ==, 1);
  g_assert_cmpint (fseek (file, 60, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (&bytes, sizeof bytes, 1, file), ==, 1);
  g_assert_cmpint (fclose (file), ==, 0);
  return GUINT32_FROM_BE (before);
}

/* It says why nothing is kept, and the reading goes on. */
static void
test_unusable (void)
{
  g_autofree char *path = numeral_hand_default_path ();
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (InkStroke) stroke = ink_stroke_new (50);
  g_autoptr (InkDrawing) dot = NULL;
  g_autoptr (NumeralHandSample) sample = NULL;
  g_autoptr (Desk) desk = NULL;
  g_autoptr (GPtrArray) both = NULL;
  guint32 version;

  forget ();
  ink_stroke_append (stroke, (InkPoint){ .x = 500, .y = 500 });
  dot = ink_drawing_new (&stroke, 1);
  sample = numeral_hand_sample_new (dot, NUMERAL_HAND_NOT_A_DIGIT);
  g_assert_true (numeral_hand_db_add (db, &sample, 1, NULL, NULL));
  g_clear_pointer (&db, numeral_hand_db_unref);
  version = set_version (path, 770);

  desk = desk_new (960, 700);
  DRAW (desk, seven);
  desk_wait_strokes (desk, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_FAILED);
  g_assert_nonnull (strstr (numeral_teach_get_message (teach_of (desk)), "newer version"));
  g_assert_cmpstr (desk_says (desk), ==, "7");

  /* Again, once another program has repaired it. */
  set_version (path, version);
  hand_click (desk->hand, choice_of (desk, "_Try Again"));
  wait_state (desk, NUMERAL_TEACH_KEPT);
  both = list ();
  g_assert_cmpuint (both->len, ==, 2);
}

/* What another window does to the sample is shown. */
static void
test_elsewhere (void)
{
  g_autoptr (Desk) desk = open_desk ();
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) deleted = NULL;
  gint64 id;

  DRAW (desk, seven);
  desk_wait_strokes (desk, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
  desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_state (desk, NUMERAL_TEACH_KEPT);
  id = numeral_teach_get_id (teach_of (desk));
  deleted = numeral_hand_db_delete (db, &id, 1, NULL);
  g_assert_cmpuint (deleted->len, ==, 1);
  wait_state (desk, NUMERAL_TEACH_ASKING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/teach/mouse", test_mouse);
  g_test_add_func ("/app/teach/keys", test_keys);
  g_test_add_func ("/app/teach/number", test_number);
  g_test_add_func ("/app/teach/unasked", test_unasked);
  g_test_add_func ("/app/teach/unusable", test_unusable);
  g_test_add_func ("/app/teach/elsewhere", test_elsewhere);
  return g_test_run ();
}
