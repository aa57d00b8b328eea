/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-canvas.h"

G_BEGIN_DECLS

/**
 * Hand:
 *
 * The hand of somebody who sits at the display: events of pointer and keyboard
 * that come out of the X server (XTest) and not out of GTK.
 */
typedef struct _Hand Hand;

Hand *hand_new (void);
void hand_free (Hand *hand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hand, hand_free)

/* There is no window manager: gives the window the keyboard. */
void hand_focus (Hand *hand, GtkWindow *window);

/* Where (@x, @y), in the units of the canvas, is on the screen. */
void hand_locate (GtkWidget *canvas, double x, double y, int *screen_x, int *screen_y);

/* In the units of the canvas. */
void hand_move (Hand *hand, NumeralCanvas *canvas, double x, double y);
/* On the screen; touches no widget, so that a thread may have a hand of its own. */
void hand_move_to (Hand *hand, int screen_x, int screen_y);
void hand_press (Hand *hand, guint button);
void hand_release (Hand *hand, guint button);
/* A whole stroke of the first button, along @n places. */
void hand_stroke (Hand *hand, NumeralCanvas *canvas, const double (*points)[2], guint n);
/* In the middle of any widget. */
void hand_click (Hand *hand, GtkWidget *widget);

/* With Control, Shift, Alt where the modifiers say so. */
void hand_key (Hand *hand, guint keyval, GdkModifierType modifiers);

G_END_DECLS
