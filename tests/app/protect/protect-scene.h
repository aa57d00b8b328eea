/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests that protect one's own handwriting in the window. */

#include "desk.h"
#include "numeral-protector.h"

G_BEGIN_DECLS

NumeralProtector *protect_scene_get_protector (Desk *desk);
void protect_scene_wait_access (Desk *desk, NumeralHandAccess access);

/* Opens a dialog of this type by an action of the window, and gives it the keyboard. */
GtkWidget *protect_scene_open (Desk *desk, const char *action, GType type);
/* Waits for the dialog, and gives it the keyboard. */
GtkWidget *protect_scene_take_dialog (Desk *desk, GType type);
void protect_scene_wait_closed (Desk *desk, GType type);

void protect_scene_type (Desk *desk, const char *text);
/* Waits until a button can be pressed, and presses it. */
void protect_scene_click (Desk *desk, GtkWidget *root, const char *label);

/* Forgets the key, as at the start of another process. */
void protect_scene_lock (void);

G_END_DECLS
