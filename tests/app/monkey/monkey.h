/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hand.h"
#include "numeral-application.h"
#include "numeral-window.h"

G_BEGIN_DECLS

/**
 * Monkey:
 * @window: (nullable): the window of the program, as long as it is open
 * @folder: for what is saved and exported; bounded, because the names repeat
 * @confined: whether the kernel keeps it to its folder
 * @held: bit n: button n is pressed
 *
 * Somebody who uses the whole program at random.
 */
typedef struct
{
  GRand *random;
  NumeralApplication *application;
  NumeralWindow *window;
  Hand *hand;
  char *folder;
  gboolean confined;
  guint held;
} Monkey;

/* monkey-watch.c */
/* Prints the last steps if the program dies, and ends it if it hangs. */
void monkey_watch_begin (guint seed);
void monkey_watch_end (void);
/* After each step. */
void monkey_watch_beat (void);
/* The memory of this process, in bytes. */
double monkey_watch_memory (void);
/* Notes the next step in a line, which is printed with the ones before it if the program dies. */
void monkey_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* From 0 to below @n. */
guint monkey_pick (Monkey *self, guint n);
/* (transfer none): the window that gets keys: the newest one that is shown. */
GtkWindow *monkey_get_front (Monkey *self);
/* (transfer full) (nullable): a file that there is, for opening. */
GFile *monkey_pick_file (Monkey *self);
/* (transfer full): a file to save, with one of @suffixes (%NULL-terminated). */
GFile *monkey_new_file (Monkey *self, const char *const *suffixes);
/* (nullable) (transfer none): a widget below @root that is shown, every one as likely. */
GtkWidget *monkey_pick_widget (Monkey *self, GtkWidget *root);

/* monkey-input.c: what a hand does. */
void monkey_input_pointer (Monkey *self);
void monkey_input_stroke (Monkey *self);
void monkey_input_key (Monkey *self);
/* Lets go of all buttons. */
void monkey_input_release (Monkey *self);

/* monkey-action.c: commands and widgets, wherever they are. */
void monkey_action_activate (Monkey *self);
void monkey_action_page (Monkey *self);
void monkey_action_widget (Monkey *self);

/* monkey-work.c: what a person does in several steps. */
/* Writes the files that there are to open. */
void monkey_work_prepare (Monkey *self);
void monkey_work_open (Monkey *self);
void monkey_work_save (Monkey *self);
void monkey_work_train (Monkey *self);
void monkey_work_export (Monkey *self);
void monkey_work_resize (Monkey *self);
void monkey_work_switch (Monkey *self);
void monkey_work_close (Monkey *self);
/* Whether the window is open; takes note if it is not any more. */
gboolean monkey_work_has_window (Monkey *self);
/* Opens a window if there is none; keeps training small and the list of runs short. */
void monkey_work_tidy (Monkey *self);

G_END_DECLS
