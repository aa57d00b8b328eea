/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-lab.h"
#include "numeral-reading-pane.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_WINDOW (numeral_window_get_type ())
G_DECLARE_FINAL_TYPE (NumeralWindow, numeral_window, NUMERAL, WINDOW, AdwApplicationWindow)

/* The pane of a new window has no recogniser: until it gets one, it shows ink but reads nothing. */
NumeralWindow *numeral_window_new (AdwApplication *application);

/* (transfer none) */
NumeralReadingPane *numeral_window_get_pane (NumeralWindow *self);
NumeralLab *numeral_window_get_lab (NumeralWindow *self);

/* Shows and reads a file of ink or an image; shows errors in a toast. If several files are
 * opened, the last one wins. */
void numeral_window_open_file (NumeralWindow *self, GFile *file);
/* Opens the first file, and shows a message if there are more. */
void numeral_window_open_files (NumeralWindow *self, GFile **files, guint n_files);

/* Writes the drawing as InkML, PNG or SVG, by the suffix of the file's name. */
void numeral_window_save_file (NumeralWindow *self, GFile *file);

/* Shows a toast; a long message can be opened in full from it. */
void numeral_window_show_error (NumeralWindow *self, const char *what, const GError *error);
/* Shows a banner below the header bar, which stays. */
void numeral_window_show_problem (NumeralWindow *self, const char *text);

G_END_DECLS
