/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * ExplainScene:
 *
 * The window with the page Explain, shown by the tests of that page.
 */
typedef struct
{
  Desk *desk;
  GtkWidget *page;
} ExplainScene;

ExplainScene *explain_scene_new (void);
void explain_scene_free (ExplainScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplainScene, explain_scene_free)

/* Draws a seven in two strokes, of the pointer, and waits until it is read. */
void explain_scene_draw (ExplainScene *scene);

/* Waits until a label says a text that holds @text. */
void explain_scene_wait (ExplainScene *scene, const char *text);

G_END_DECLS
