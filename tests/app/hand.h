/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-canvas.h"

G_BEGIN_DECLS

/**
 * Hand:
 *
 * Sends events of pointer and keyboard through the X server (XTest), as the devices of a person
 * do, and not through GTK.
 */
typedef struct _Hand Hand;

Hand *hand_new (void);
void hand_free (Hand *hand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hand, hand_free)

/* Gives the window the keyboard, because there is no window manager that does. */
void hand_focus (Hand *hand, GtkWindow *window);

/* Converts (@x, @y) from the units of the canvas to the screen. */
void hand_locate (GtkWidget *canvas, double x, double y, int *screen_x, int *screen_y);

/* Moves the pointer; in the units of the canvas. */
void hand_move (Hand *hand, NumeralCanvas *canvas, double x, double y);
/* The same in pixels of the screen. Uses no widget, so that another thread may have its own hand.
 */
void hand_move_to (Hand *hand, int screen_x, int screen_y);
void hand_press (Hand *hand, guint button);
void hand_release (Hand *hand, guint button);
/* Draws a stroke with the first button through @n points. */
void hand_stroke (Hand *hand, NumeralCanvas *canvas, const double (*points)[2], guint n);
/* Clicks in the middle of a widget. */
void hand_click (Hand *hand, GtkWidget *widget);

/* Presses a key, with Control and Shift if @modifiers has them. */
void hand_key (Hand *hand, guint keyval, GdkModifierType modifiers);

G_END_DECLS
