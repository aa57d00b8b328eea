/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hand.h"
#include "numeral-toast.h"
#include "wait.h"

/* Messages follow each other without a queue, however fast they come and go. */

typedef struct
{
  Hand *hand;
  GtkWindow *window;
  AdwToastOverlay *overlay;
} Stage;

static void
stage_init (Stage *stage)
{
  stage->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (stage->overlay, gtk_button_new_with_label ("content"));
  stage->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (stage->window, 500, 300);
  gtk_window_set_child (stage->window, GTK_WIDGET (stage->overlay));
  gtk_window_present (stage->window);
  stage->hand = hand_new ();
  hand_focus (stage->hand, stage->window);
}

static void
stage_clear (Stage *stage)
{
  hand_free (stage->hand);
  gtk_window_destroy (stage->window);
}

/* Whether one toast is there, with this title. */
static gboolean
is_alone (Stage *stage, const char *title)
{
  GtkWidget *content = adw_toast_overlay_get_child (stage->overlay);
  guint n = 0;
  gboolean found = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stage->overlay)); child;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      {
        AdwToast *toast = NULL;

        g_object_get (child, "toast", &toast, NULL);
        found = g_str_equal (adw_toast_get_title (toast), title);
        g_object_unref (toast);
        n++;
      }
  return found && n == 1;
}

static gboolean
shows_last (gpointer stage)
{
  return is_alone (stage, "message 7");
}

static gboolean
shows_none (gpointer data)
{
  const Stage *stage = data;

  return !gtk_widget_get_next_sibling (adw_toast_overlay_get_child (stage->overlay)) &&
         gtk_widget_get_first_child (GTK_WIDGET (stage->overlay)) ==
             adw_toast_overlay_get_child (stage->overlay);
}

static void
show_eight (Stage *stage)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *title = g_strdup_printf ("message %u", i);

      g_assert_nonnull (numeral_toast_show (adw_toast_overlay_get_child (stage->overlay), title));
    }
}

static void
test_newest (void)
{
  Stage stage;

  stage_init (&stage);
  show_eight (&stage);
  assert_soon (shows_last, &stage);
  stage_clear (&stage);
}

/* Eight damaged files opened in a row, then Escape, again and again, ended the program. */
static void
test_escape (void)
{
  Stage stage;

  stage_init (&stage);
  for (guint round = 0; round < 6; round++)
    {
      show_eight (&stage);
      for (guint i = 0; i < 6; i++)
        {
          hand_key (stage.hand, GDK_KEY_Escape, 0);
          wait_for (0.02 * round);
        }
      if (round % 2)
        assert_soon (shows_last, &stage);
    }
  assert_soon (shows_last, &stage);
  do
    {
      hand_key (stage.hand, GDK_KEY_Escape, 0);
      wait_for (0.1);
    }
  while (!shows_none (&stage));
  stage_clear (&stage);
}

static void
count (guint *n)
{
  ++*n;
}

/* A toast emits "dismissed" once, also if it was never visible. */
static void
test_dismissed (void)
{
  Stage stage;
  guint n[3] = { 0 };

  stage_init (&stage);
  for (guint i = 0; i < 3; i++)
    {
      AdwToast *toast = adw_toast_new ("message 7");

      g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (count), &n[i]);
      numeral_toast_present (stage.overlay, toast);
    }
  g_assert_cmpuint (n[0], ==, 0);
  g_assert_cmpuint (n[1], ==, 1);
  while (n[0] == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_soon (shows_last, &stage);
  stage_clear (&stage);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (n[i], ==, 1);
}

/* A window that is closed takes its toasts along. */
static void
test_closed (void)
{
  Stage stage;

  stage_init (&stage);
  show_eight (&stage);
  stage_clear (&stage);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/toast/newest", test_newest);
  g_test_add_func ("/app/toast/escape", test_escape);
  g_test_add_func ("/app/toast/dismissed", test_dismissed);
  g_test_add_func ("/app/toast/closed", test_closed);
  return g_test_run ();
}
