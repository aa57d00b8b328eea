/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"
#include "numeral-reading-pane.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_WINDOW (numeral_window_get_type ())
G_DECLARE_FINAL_TYPE (NumeralWindow, numeral_window, NUMERAL, WINDOW, AdwApplicationWindow)

/* Its pane has no recogniser yet: until it gets one the window draws and reads nothing. */
NumeralWindow *numeral_window_new (AdwApplication *application);

/* (transfer none) */
NumeralReadingPane *numeral_window_get_pane (NumeralWindow *self);
NumeralLab *numeral_window_get_lab (NumeralWindow *self);

/* Shows and reads a file of ink or an image; what is wrong with it is said in a toast. The last
 * file that was asked for wins. */
void numeral_window_open_file (NumeralWindow *self, GFile *file);
/* The first of them, and says so where there are more. */
void numeral_window_open_files (NumeralWindow *self, GFile **files, guint n_files);

/* Writes the drawing as InkML, PNG or SVG, by the end of the file's name. */
void numeral_window_save_file (NumeralWindow *self, GFile *file);

/* Passing: a toast; a long message can be read in full from there. */
void numeral_window_show_error (NumeralWindow *self, const char *what, const GError *error);
/* Staying: a line below the header bar. */
void numeral_window_show_problem (NumeralWindow *self, const char *text);

G_END_DECLS
