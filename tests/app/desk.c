/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gtk-log.h"
#include "numeral-answer.h"
#include "numeral-format.h"
#include "wait.h"

static gboolean
is_shown (gpointer data)
{
  Desk *desk = data;

  return gtk_widget_get_mapped (GTK_WIDGET (desk->canvas)) &&
         gtk_widget_get_width (GTK_WIDGET (desk->canvas)) > 0;
}

/* The model is loaded when the window is there. */
static gboolean
can_read (gpointer data)
{
  Desk *desk = data;

  desk->recogniser = numeral_reading_pane_get_recogniser (desk->pane);
  return desk->recogniser != NULL;
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (((Desk *) data)->window));
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget))
    return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
  if (GTK_IS_INSCRIPTION (widget) && gtk_inscription_get_text (GTK_INSCRIPTION (widget)))
    return strstr (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) != NULL;
  if (NUMERAL_IS_TEXT (widget))
    return strstr (numeral_text_get_text (NUMERAL_TEXT (widget)), text) != NULL;
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0;
}

GtkWidget *
desk_find (GtkWidget *root, GType type, const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (!text || says (root, text)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = desk_find (child, type, text);

      if (found)
        return found;
    }
  return NULL;
}

GtkWidget *
desk_find_action (GtkWidget *root, const char *action)
{
  if (GTK_IS_BUTTON (root) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = desk_find_action (child, action);

      if (found)
        return found;
    }
  return NULL;
}

static Desk *
open_desk (int width, int height, NumeralFrameLog *log)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr (GError) error = NULL;
  GtkWidget *answer;

  gtk_log_allow_known ();
  /* A service, because the run that ends it must not begin with another window. */
  desk->application = numeral_application_new (G_APPLICATION_NON_UNIQUE | G_APPLICATION_IS_SERVICE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  numeral_application_set_frame_log (desk->application, log);
  g_application_activate (G_APPLICATION (desk->application));

  desk->window =
      NUMERAL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (desk->application)));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), width, height);
  desk->pane = numeral_window_get_pane (desk->window);
  desk->canvas = numeral_reading_pane_get_canvas (desk->pane);
  /* The digit is the first text of the answer. */
  answer = desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_ANSWER, NULL);
  desk->answer = NUMERAL_TEXT (desk_find (answer, NUMERAL_TYPE_TEXT, NULL));

  /* GTK 4.8 loses a date each time it looks for recent files that are too old. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-max-age", -1, NULL);

  assert_soon (is_shown, desk);
  assert_soon (can_read, desk);
  desk->hand = hand_new ();
  hand_focus (desk->hand, GTK_WINDOW (desk->window));
  assert_soon (is_active, desk);
  desk_wait_read (desk);
  return desk;
}

static void
forget (void)
{
  g_autofree char *kept =
      g_build_filename (g_get_user_data_dir (), "numeral", "last-drawing.inkml", NULL);

  g_unlink (kept);
}

Desk *
desk_new (int width, int height)
{
  forget ();
  return open_desk (width, height, NULL);
}

Desk *
desk_new_measured (int width, int height, NumeralFrameLog *log)
{
  forget ();
  return open_desk (width, height, log);
}

Desk *
desk_reopen (int width, int height)
{
  return open_desk (width, height, NULL);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
desk_free_closed (Desk *desk)
{
  hand_free (desk->hand);
  /* The end of a run is the only way to leave the bus. */
  g_idle_add_once ((GSourceOnceFunc) g_application_quit, desk->application);
  g_application_run (G_APPLICATION (desk->application), 0, NULL);
  g_assert_finalize_object (desk->application);
  g_free (desk);
}

void
desk_free (Desk *desk)
{
  gpointer window = desk->window;

  g_object_add_weak_pointer (G_OBJECT (desk->window), &window);
  gtk_window_close (GTK_WINDOW (desk->window));
  /* A thread that still writes for it holds on to the window. */
  assert_soon (is_gone, &window);
  desk_free_closed (desk);
}

typedef struct
{
  Desk *desk;
  guint n_strokes;
} Strokes;

static gboolean
has_strokes (gpointer data)
{
  const Strokes *strokes = data;

  return numeral_canvas_get_drawing (strokes->desk->canvas)->n_strokes == strokes->n_strokes;
}

/* Of ink that was taken apart: whether its digits together are as large as the ink. */
static gboolean
is_of_ink (const NumeralPrediction *prediction, const InkDrawing *drawing)
{
  const InkBox ink = ink_drawing_box (drawing);
  InkBox box = prediction->digits[0].box;

  for (guint i = 1; i < prediction->n_digits; i++)
    {
      const InkBox *other = &prediction->digits[i].box;

      box = (InkBox){ MIN (box.x0, other->x0), MIN (box.y0, other->y0), MAX (box.x1, other->x1),
                      MAX (box.y1, other->y1) };
    }
  return memcmp (&box, &ink, sizeof box) == 0;
}

/* An empty canvas has a dash in another text. */
const char *
desk_says (Desk *desk)
{
  const char *digit = numeral_text_get_text (desk->answer);
  GtkWidget *answer = gtk_widget_get_parent (GTK_WIDGET (desk->answer));

  return *digit == '\0' && desk_find (answer, NUMERAL_TYPE_TEXT, "–") ? "–" : digit;
}

/* The newest answer is of the very tensor that is on the canvas, and stands in the window. */
static gboolean
is_read (gpointer data)
{
  Desk *desk = data;
  NumeralPrediction *prediction = numeral_recogniser_get_prediction (desk->recogniser);
  const char *text = desk_says (desk);
  g_autofree char *number = prediction ? numeral_format_number (prediction) : NULL;
  float tensor[INK_TENSOR_SIZE];

  if (!prediction)
    return FALSE;
  if (!numeral_canvas_get_tensor (desk->canvas, tensor))
    return prediction->empty && g_str_equal (text, "–");
  if (prediction->empty || !g_str_equal (text, number))
    return FALSE;
  if (prediction->n_digits > 1)
    {
      const NumeralPicture *picture = numeral_canvas_get_picture (desk->canvas);

      return is_of_ink (prediction, picture ? ink_image_get_outlines (picture->image) :
                                              numeral_canvas_get_drawing (desk->canvas));
    }
  return memcmp (prediction->digits[0].tensor, tensor, sizeof tensor) == 0;
}

void
desk_wait_read (Desk *desk)
{
  assert_soon (is_read, desk);
}

void
desk_wait_strokes (Desk *desk, guint n_strokes)
{
  Strokes strokes = { desk, n_strokes };

  assert_soon (has_strokes, &strokes);
  desk_wait_read (desk);
}

void
desk_key (Desk *desk, guint keyval, GdkModifierType modifiers)
{
  hand_key (desk->hand, keyval, modifiers);
}

typedef struct
{
  GtkWidget *root;
  const char *part;
} Toast;

static gboolean
is_said (gpointer data)
{
  const Toast *toast = data;

  return desk_find (toast->root, GTK_TYPE_LABEL, toast->part) != NULL;
}

void
desk_wait_toast (Desk *desk, const char *part)
{
  Toast toast = { GTK_WIDGET (desk->window), part };

  if (!wait_until (is_said, &toast, PATIENCE))
    g_error ("no toast says \"%s\"", part);
}

void
desk_assert_property (gpointer widget, GtkAccessibleProperty property, const char *text)
{
  g_autofree char *value =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, text);

  if (value)
    g_error ("the accessible property is \"%s\", not \"%s\"", value, text);
}
