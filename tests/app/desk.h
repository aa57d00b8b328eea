/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hand.h"
#include "numeral-application.h"
#include "numeral-text.h"
#include "numeral-window.h"

G_BEGIN_DECLS

/**
 * Desk:
 *
 * The whole program with its window on the screen, and a hand to use it.
 */
typedef struct
{
  NumeralApplication *application;
  NumeralWindow *window;
  NumeralReadingPane *pane;
  NumeralCanvas *canvas;
  NumeralRecogniser *recogniser;
  NumeralText *answer;
  Hand *hand;
} Desk;

/* With an empty canvas. */
Desk *desk_new (int width, int height);
/* The same, measured as by --frame-log. */
Desk *desk_new_measured (int width, int height, NumeralFrameLog *log);
/* As it was left last time. */
Desk *desk_reopen (int width, int height);
/* Closes the window as a person does, and ends the program. */
void desk_free (Desk *desk);
/* The same after the window was closed. */
void desk_free_closed (Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* Waits until the canvas holds so many finished strokes and what it shows has been read. */
void desk_wait_strokes (Desk *desk, guint n_strokes);
/* Waits until what is on the canvas now has been read and is shown. */
void desk_wait_read (Desk *desk);

/* A key, with the window having the keyboard. */
void desk_key (Desk *desk, guint keyval, GdkModifierType modifiers);

void desk_assert_property (gpointer widget, GtkAccessibleProperty property, const char *text);

/* (nullable): the first widget below @root of this type that shows @text, if given. */
GtkWidget *desk_find (GtkWidget *root, GType type, const char *text);

/* (nullable): the first button below @root that calls this action, such as "win.save". */
GtkWidget *desk_find_action (GtkWidget *root, const char *action);

/* The large text of the answer: a digit, a number, "?", or "–". */
const char *desk_says (Desk *desk);

/* Waits until a toast says a text that holds @part. */
void desk_wait_toast (Desk *desk, const char *part);

G_END_DECLS
