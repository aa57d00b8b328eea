/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What opens on top of the window: it comes, and it goes without a warning. */

#include <glib/gstdio.h>
#include <string.h>

#include "desk.h"
#include "numeral-chart-card.h"
#include "numeral-workbench.h"
#include "wait.h"

static const double dash[][2] = { { 300, 500 }, { 500, 500 }, { 700, 500 } };

static const char *const dialogs[] = { "win.open", "win.save", "win.show-help-overlay",
                                       "app.about" };

/* (nullable) (transfer none): a window on the screen that is not the program's own. */
static GtkWindow *
dialog_of (Desk *desk)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != GTK_WINDOW (desk->window) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return toplevel;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return dialog_of (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return dialog_of (data) == NULL;
}

/* The dialogs come and go. */
static void
test_dialogs (gconstpointer action)
{
  g_autoptr (Desk) desk = desk_new (720, 640);

  /* There is something to save. */
  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  g_assert_null (dialog_of (desk));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
  assert_soon (has_dialog, desk);
  wait_for (0.2);
  gtk_window_close (dialog_of (desk));
  assert_soon (has_no_dialog, desk);
}

typedef struct
{
  const char *action, *target;
  const char *name;  /* (nullable): that is proposed; of a run it is the time */
  const char *begin; /* of the file */
  guint n_lines;     /* that it has at least */
} Export;

static const Export exports[] = {
  { "chart.export", "png", "Loss.png", "\x89PNG\r\n\x1a\n", 0 },
  { "chart.export", "svg", "Loss.svg", "<?xml", 10 },
  { "train.export", "csv", NULL, "step,epoch,", 10 },
  { "train.export", "jsonl", NULL, "{", 10 },
};

static gboolean
is_trained (gpointer data)
{
  NumeralRun *run = numeral_lab_get_run (data);

  return run && numeral_run_get_status (run) == NUMERAL_RUN_FINISHED;
}

typedef struct
{
  GtkFileChooser *chooser;
  GFile *folder;
} Place;

static gboolean
is_there (gpointer data)
{
  const Place *place = data;
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (place->chooser);

  return folder && g_file_equal (folder, place->folder);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

static gboolean
exists (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

static void
assert_exported (const Export *export, GFile *file)
{
  g_autofree char *bytes = NULL;
  gsize length, n_lines = 0;

  g_assert_true (g_file_load_contents (file, NULL, &bytes, &length, NULL, NULL));
  g_assert_cmpuint (length, >, 200);
  if (!g_str_has_prefix (bytes, export->begin))
    g_error ("\"%s\" begins with \"%.40s\"", export->target, bytes);
  for (gsize i = 0; i < length; i++)
    n_lines += bytes[i] == '\n';
  g_assert_cmpuint (n_lines, >=, export->n_lines);
}

typedef struct
{
  Desk *desk;
  GtkWidget *card;
  const Export *export;
} Opening;

/* An action is enabled with one of the next frames, and does nothing before. Asked for twice, the
 * dialog opens once. */
static gboolean
opens (gpointer data)
{
  const Opening *opening = data;
  const Export *export = opening->export;

  if (has_dialog (opening->desk))
    return TRUE;
  g_assert_true (gtk_widget_activate_action (opening->card, export->action, "s", export->target));
  return FALSE;
}

/* From the menu of the chart to the file. */
static void
test_export (gconstpointer data)
{
  const Export *export = data;
  g_autoptr (Desk) desk = desk_new (1280, 900);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralLab) lab = NULL;
  g_autofree char *path = g_dir_make_tmp ("numeral-export.XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  GtkWidget *workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  GtkWidget *page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train");
  GtkWidget *card = desk_find (page, NUMERAL_TYPE_CHART_CARD, NULL);
  GtkWidget *accept;
  Place place = { NULL, folder };
  Opening opening = { desk, card, export };

  g_object_get (workbench, "lab", &lab, NULL);
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 300;
  config->train.n_hidden = 0;
  config->train.epochs = 2;
  config->train.threads = 1;
  numeral_lab_set_config (lab, config);
  g_assert_true (gtk_widget_activate_action (page, "train.toggle", NULL));
  assert_soon (is_trained, lab);

  assert_soon (opens, &opening);
  place.chooser = GTK_FILE_CHOOSER (dialog_of (desk));
  name = gtk_file_chooser_get_current_name (place.chooser);
  g_assert_true (g_str_has_suffix (name, export->target));
  if (export->name)
    g_assert_cmpstr (name, ==, export->name);
  /* A dialog that has just opened goes to a folder of its own choice, some time. */
  for (guint i = 0; i < 20 && !wait_until (is_there, &place, 0.5); i++)
    gtk_file_chooser_set_current_folder (place.chooser, folder, NULL);
  g_assert_true (is_there (&place));
  hand_focus (desk->hand, GTK_WINDOW (place.chooser));
  assert_soon (is_active, place.chooser);
  accept = gtk_window_get_default_widget (GTK_WINDOW (place.chooser));
  g_assert_nonnull (accept);
  assert_soon (is_sensitive, accept);
  hand_click (desk->hand, accept);
  assert_soon (has_no_dialog, desk);
  file = g_file_get_child (folder, name);
  assert_soon (exists, file);
  assert_exported (export, file);
  desk_wait_toast (desk, "Exported as");
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/dialogs/%s", dialogs[i]);

      g_test_add_data_func (path, dialogs[i], test_dialogs);
    }
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/dialogs/export/%s", exports[i].target);

      g_test_add_data_func (path, &exports[i], test_export);
    }
  return g_test_run ();
}
