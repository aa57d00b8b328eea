/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-toast.h"

/* In milliseconds: longer than the animations with which a toast of libadwaita comes and goes. They
 * end with a frame, which may come late, so that two frames after this time are waited for, too. */
#define SETTLE_TIME 400
#define SETTLE_FRAMES 2

#define PRESENTER "numeral-toast-presenter"

typedef struct _Presenter Presenter;

/**
 * Presenter:
 * @shown: (nullable): the toast that is visible, or that goes away
 * @waiting: (nullable): the toast after it
 * @shown_at: when @shown came, on the monotonic clock
 * @dismissed: handler of the signal of @shown; 0 once it goes away
 * @timer: @tick: wait until @shown has come or gone; 0 when nothing is waited for
 * @settled: dismisses @shown when it has come, or shows @waiting when @shown has gone
 * @due: when the animation is over at the soonest, on the monotonic clock
 * @n_frames: number of frames since then
 *
 * The toasts of one overlay, one after another.
 */
struct _Presenter
{
  AdwToastOverlay *overlay;
  AdwToast *shown, *waiting;
  gint64 shown_at;
  gulong dismissed;
  guint timer, tick;
  void (*settled) (Presenter *presenter);
  gint64 due;
  guint n_frames;
};

static void show (Presenter *presenter, AdwToast *toast);

static void
presenter_free (gpointer data)
{
  Presenter *presenter = data;

  /* The overlay, whose data this is, has no frames any more. */
  g_clear_handle_id (&presenter->timer, g_source_remove);
  g_clear_signal_handler (&presenter->dismissed, presenter->shown);
  g_clear_object (&presenter->shown);
  g_clear_object (&presenter->waiting);
  g_free (presenter);
}

static gboolean
on_frame (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Presenter *presenter = data;

  if (gdk_frame_clock_get_frame_time (clock) >= presenter->due)
    presenter->n_frames++;
  if (presenter->n_frames < SETTLE_FRAMES)
    return G_SOURCE_CONTINUE;
  presenter->tick = 0;
  presenter->settled (presenter);
  return G_SOURCE_REMOVE;
}

static void
on_time (gpointer data)
{
  Presenter *presenter = data;

  presenter->timer = 0;
  presenter->n_frames = 0;
  /* Nothing is animated that is not on the screen. */
  if (gtk_widget_get_mapped (GTK_WIDGET (presenter->overlay)))
    presenter->tick =
        gtk_widget_add_tick_callback (GTK_WIDGET (presenter->overlay), on_frame, presenter, NULL);
  else
    presenter->settled (presenter);
}

/* Calls @settled when the animation that began at @since, on the monotonic clock, is over. */
static void
wait_until_settled (Presenter *presenter, gint64 since, void (*settled) (Presenter *presenter))
{
  const gint64 age = (g_get_monotonic_time () - since) / 1000;

  presenter->settled = settled;
  presenter->due = since + SETTLE_TIME * 1000;
  presenter->timer = g_timeout_add_once ((guint) MAX (SETTLE_TIME - age, 0), on_time, presenter);
}

static void
stop_waiting (Presenter *presenter)
{
  g_clear_handle_id (&presenter->timer, g_source_remove);
  if (presenter->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (presenter->overlay), presenter->tick);
  presenter->tick = 0;
}

static void
on_gone (Presenter *presenter)
{
  g_clear_object (&presenter->shown);
  if (presenter->waiting)
    show (presenter, g_steal_pointer (&presenter->waiting));
}

static void
on_dismissed (Presenter *presenter)
{
  g_clear_signal_handler (&presenter->dismissed, presenter->shown);
  stop_waiting (presenter);
  wait_until_settled (presenter, g_get_monotonic_time (), on_gone);
}

static void
on_come (Presenter *presenter)
{
  adw_toast_dismiss (presenter->shown);
}

/* Takes ownership of @toast. */
static void
show (Presenter *presenter, AdwToast *toast)
{
  presenter->shown = toast;
  presenter->shown_at = g_get_monotonic_time ();
  presenter->dismissed =
      g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (on_dismissed), presenter);
  adw_toast_overlay_add_toast (presenter->overlay, g_object_ref (toast));
}

/* Keeps Escape from a toast that has just been added and is not visible yet. */
static gboolean
on_key (Presenter *presenter, guint keyval)
{
  return keyval == GDK_KEY_Escape && presenter->dismissed != 0 &&
         g_get_monotonic_time () - presenter->shown_at < SETTLE_TIME * 1000;
}

static Presenter *
get_presenter (AdwToastOverlay *overlay)
{
  Presenter *presenter = g_object_get_data (G_OBJECT (overlay), PRESENTER);
  GtkEventController *keys;

  if (presenter)
    return presenter;
  presenter = g_new0 (Presenter, 1);
  presenter->overlay = overlay;
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), presenter);
  gtk_widget_add_controller (GTK_WIDGET (overlay), keys);
  g_object_set_data_full (G_OBJECT (overlay), PRESENTER, presenter, presenter_free);
  return presenter;
}

/* Dismisses the toast that is shown, as soon as it has come. */
static void
dismiss_shown (Presenter *presenter)
{
  if (presenter->dismissed != 0 && presenter->timer == 0 && presenter->tick == 0)
    wait_until_settled (presenter, presenter->shown_at, on_come);
}

/* Puts @toast, or nothing, in the place of the one that waits. */
static void
wait_with (Presenter *presenter, AdwToast *toast)
{
  g_autoptr (AdwToast) dropped = g_steal_pointer (&presenter->waiting);

  presenter->waiting = toast;
  if (dropped)
    g_signal_emit_by_name (dropped, "dismissed"); /* it was not added, so it cannot be dismissed */
}

void
numeral_toast_present (AdwToastOverlay *overlay, AdwToast *toast)
{
  Presenter *presenter = get_presenter (overlay);

  if (!presenter->shown)
    {
      show (presenter, toast);
      return;
    }
  wait_with (presenter, toast);
  dismiss_shown (presenter);
}

void
numeral_toast_withdraw (AdwToastOverlay *overlay, AdwToast *toast)
{
  Presenter *presenter = get_presenter (overlay);

  if (presenter->waiting == toast)
    wait_with (presenter, NULL);
  else if (presenter->shown == toast)
    dismiss_shown (presenter);
}

static AdwToastOverlay *
get_overlay (GtkWidget *widget)
{
  return ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
}

AdwToast *
numeral_toast_show (GtkWidget *widget, const char *message)
{
  AdwToastOverlay *overlay = get_overlay (widget);
  /* A toast's title is markup, and a file name may contain "<" or "&". */
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast;

  if (!overlay)
    return NULL;
  toast = adw_toast_new (escaped);
  numeral_toast_present (overlay, toast);
  return toast;
}
