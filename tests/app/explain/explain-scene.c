/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain-scene.h"

#include "numeral-workbench.h"
#include "shown.h"
#include "wait.h"

/* A seven in two strokes, and a one to the right of it. */
static const double bar[][2] = { { 200, 220 }, { 500, 210 }, { 780, 200 } };
static const double stem[][2] = { { 780, 200 }, { 620, 500 }, { 480, 880 } };

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

ExplainScene *
explain_scene_new (void)
{
  ExplainScene *scene = g_new0 (ExplainScene, 1);
  GtkWidget *workbench;

  scene->desk = desk_new (1560, 1000);
  workbench = desk_find (GTK_WIDGET (scene->desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  scene->page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "explain");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (
                                             desk_find (workbench, ADW_TYPE_VIEW_STACK, NULL)),
                                         "explain");
  assert_soon (is_mapped, scene->page);
  return scene;
}

void
explain_scene_free (ExplainScene *scene)
{
  desk_free (scene->desk);
  g_free (scene);
}

void
explain_scene_draw (ExplainScene *scene)
{
  hand_stroke (scene->desk->hand, scene->desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (scene->desk, 1);
  hand_stroke (scene->desk->hand, scene->desk->canvas, stem, G_N_ELEMENTS (stem));
  desk_wait_strokes (scene->desk, 2);
}

void
explain_scene_wait (ExplainScene *scene, const char *text)
{
  shown_wait (scene->page, text);
}
