/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-frame-log.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_APPLICATION (numeral_application_get_type ())
G_DECLARE_FINAL_TYPE (NumeralApplication, numeral_application, NUMERAL, APPLICATION, AdwApplication)

/**
 * NumeralApplication:
 *
 * One window and one recogniser with the built-in model; files on the command line are opened in
 * the window.
 *
 * @flags: flags, in addition to those for opening files
 */
NumeralApplication *numeral_application_new (GApplicationFlags flags);

/* Measures the next window, until the program ends. (transfer none) */
void numeral_application_set_frame_log (NumeralApplication *self, NumeralFrameLog *log);

G_END_DECLS
