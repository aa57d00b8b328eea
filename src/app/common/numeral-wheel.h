/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has a scale or a spin button ignore the wheel, so that it scrolls the page around it: scrolling a
 * page must not change the values under the pointer. */
void numeral_wheel_ignore (GtkWidget *widget);

G_END_DECLS
