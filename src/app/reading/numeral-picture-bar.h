/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_PICTURE_BAR (numeral_picture_bar_get_type ())
G_DECLARE_FINAL_TYPE (NumeralPictureBar, numeral_picture_bar, NUMERAL, PICTURE_BAR, GtkWidget)

/**
 * NumeralPictureBar:
 *
 * The commands for a picture, in the place of the tools for drawing.
 *
 * Properties: "page": whether the picture is a page whose lines can be copied.
 */
NumeralPictureBar *numeral_picture_bar_new (void);

void numeral_picture_bar_set_page (NumeralPictureBar *self, gboolean page);

G_END_DECLS
