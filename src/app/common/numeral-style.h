/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-style.h"

G_BEGIN_DECLS

/* Gets the current colours, font and direction of @widget. @style borrows the font until the
 * widget's style changes: use it at once. */
void numeral_style_from_widget (PictureStyle *style, GtkWidget *widget);

G_END_DECLS
