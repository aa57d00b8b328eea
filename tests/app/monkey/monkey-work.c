/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "ink-inkml.h"
#include "monkey.h"
#include "numeral-model-file.h"
#include "numeral-runs-page.h"
#include "numeral-workbench.h"
#include "wait.h"

/* What keeps memory and disk bounded: files of each kind, runs, samples, epochs and neurons. */
#define MAX_FILES 8
#define MAX_RUNS 12
#define MAX_SAMPLES 400
#define MAX_EPOCHS 20
#define MAX_HIDDEN 64

static void
write_file (Monkey *self, const char *name, gconstpointer bytes, gsize length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

void
monkey_work_prepare (Monkey *self)
{
  static const char ink[] = "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>10 0, 9 14, 8 20"
                            "</trace><trace>20 0, 30 14</trace></ink>";
  static const char unipen[] = ".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n 267 10\n 268 90\n.PEN_UP\n"
                               ".SEGMENT DIGIT 1 ? \"7\"\n.PEN_DOWN\n 67 10\n 98 10\n 70 80\n";
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\">"
                            "<path d=\"M5 5L30 35\" stroke=\"black\" stroke-width=\"4\"/></svg>";
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GFile) file = g_file_new_build_filename (self->folder, "model.safetensors", NULL);
  g_autoptr (GError) error = NULL;

  write_file (self, "two.inkml", ink, strlen (ink));
  write_file (self, "two.unipen", unipen, strlen (unipen));
  write_file (self, "line.svg", svg, strlen (svg));
  write_file (self, "cut.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10", 20);
  write_file (self, "empty.safetensors", "", 0);
  write_file (self, "noise.inkml", "\x00\x01\x02\x03\xff\xfe", 6);
  model = numeral_model_load_shipped (&error);
  g_assert_no_error (error);
  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
}

GFile *
monkey_pick_file (Monkey *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (names, g_strdup ("not-there.png"));
  return g_file_get_child (folder, names->pdata[monkey_pick (self, names->len)]);
}

GFile *
monkey_new_file (Monkey *self, const char *const *suffixes)
{
  const char *suffix = suffixes[monkey_pick (self, g_strv_length ((char **) suffixes))];
  g_autofree char *name =
      g_strdup_printf ("%u & <%u>.%s", monkey_pick (self, MAX_FILES), 7, suffix);

  return g_file_new_build_filename (self->folder,
                                    monkey_pick (self, 20) ? name : "no-folder/file.png", NULL);
}

void
monkey_work_open (Monkey *self)
{
  g_autoptr (GFile) file = monkey_pick_file (self);

  if (!self->window)
    return;
  monkey_note ("open %s", g_file_peek_path (file));
  numeral_window_open_file (self->window, file);
}

void
monkey_work_save (Monkey *self)
{
  static const char *const suffixes[] = { "inkml", "png", "svg", "txt", NULL };
  g_autoptr (GFile) file = monkey_new_file (self, suffixes);

  if (!self->window)
    return;
  monkey_note ("save %s", g_file_peek_path (file));
  numeral_window_save_file (self->window, file);
}

static GtkWidget *
find_workbench (GtkWidget *root)
{
  GtkWidget *found = NUMERAL_IS_WORKBENCH (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_workbench (child);
  return found;
}

static GtkWidget *
get_page (Monkey *self, const char *name)
{
  GtkWidget *workbench = find_workbench (GTK_WIDGET (self->window));

  return numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), name);
}

/* Small generated data, whatever the settings were changed to. */
static void
configure (Monkey *self, NumeralRunConfig *config)
{
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 50 + monkey_pick (self, MAX_SAMPLES - 50);
  *config->train.network = '\0';
  config->train.n_hidden = monkey_pick (self, 3);
  for (guint i = 0; i < config->train.n_hidden; i++)
    config->train.hidden[i] = 1 + monkey_pick (self, MAX_HIDDEN);
  config->train.epochs = 1 + monkey_pick (self, MAX_EPOCHS);
  config->train.batch_size = 1 + monkey_pick (self, 64);
  config->train.threads = 1 + monkey_pick (self, 2);
  config->train.seed = monkey_pick (self, 1000);
}

void
monkey_work_train (Monkey *self)
{
  g_autoptr (NumeralRunConfig) config = NULL;
  NumeralLab *lab = self->window ? numeral_window_get_lab (self->window) : NULL;

  if (!lab)
    return;
  config = numeral_run_config_copy (numeral_lab_get_config (lab));
  configure (self, config);
  monkey_note ("train %u samples, %u epochs", config->generated, config->train.epochs);
  numeral_lab_set_config (lab, config);
  gtk_widget_activate_action (get_page (self, "train"), "train.toggle", NULL);
}

/* (transfer full) (nullable) */
static NumeralRun *
pick_run (Monkey *self)
{
  GListModel *store = G_LIST_MODEL (numeral_lab_get_store (numeral_window_get_lab (self->window)));
  const guint n = g_list_model_get_n_items (store);

  return n ? g_list_model_get_item (store, monkey_pick (self, n)) : NULL;
}

void
monkey_work_export (Monkey *self)
{
  static const char *const suffixes[] = { "safetensors", "txt", NULL };
  g_autoptr (NumeralRun) run = self->window ? pick_run (self) : NULL;
  g_autoptr (GFile) file = monkey_new_file (self, suffixes);

  if (!self->window)
    return;
  if (run && monkey_pick (self, 2))
    {
      monkey_note ("export %s to %s", numeral_run_get_name (run), g_file_peek_path (file));
      numeral_runs_page_export_to (NUMERAL_RUNS_PAGE (get_page (self, "runs")), run, file, NULL);
      return;
    }
  monkey_note ("import %s", g_file_peek_path (file));
  numeral_runs_page_import_from (NUMERAL_RUNS_PAGE (get_page (self, "runs")), file);
}

void
monkey_work_resize (Monkey *self)
{
  const int width = 360 + (int) monkey_pick (self, 900);
  const int height = 294 + (int) monkey_pick (self, 700);

  if (!self->window)
    return;
  monkey_note ("resize to %d x %d", width, height);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
}

static GtkWidget *
find_stack (GtkWidget *root)
{
  GtkWidget *found = ADW_IS_VIEW_STACK (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_stack (child);
  return found;
}

/* To another page. */
void
monkey_work_switch (Monkey *self)
{
  static const char *const names[] = { "train", "runs", "samples", "results", "explain" };
  const char *name = names[monkey_pick (self, G_N_ELEMENTS (names))];
  GtkWidget *stack;

  if (!self->window)
    return;
  monkey_note ("page %s", name);
  get_page (self, name);
  stack = find_stack (GTK_WIDGET (self->window));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), name);
}

void
monkey_work_close (Monkey *self)
{
  GtkWindow *front = monkey_get_front (self);

  if (!front)
    return;
  monkey_note ("close %s", G_OBJECT_TYPE_NAME (front));
  gtk_window_close (front);
}

static void
keep_small (NumeralLab *lab)
{
  const NumeralRunConfig *config = numeral_lab_get_config (lab);
  g_autoptr (NumeralRunConfig) small = NULL;
  GListModel *store = G_LIST_MODEL (numeral_lab_get_store (lab));
  const guint n = g_list_model_get_n_items (store);

  if (config->source != NUMERAL_SOURCE_GENERATED || config->generated > MAX_SAMPLES ||
      config->train.epochs > MAX_EPOCHS || *config->train.network != '\0' ||
      config->train.n_hidden > 2 || config->train.hidden[0] > MAX_HIDDEN ||
      config->train.hidden[1] > MAX_HIDDEN)
    {
      small = numeral_run_config_copy (config);
      small->source = NUMERAL_SOURCE_GENERATED;
      small->generated = MIN (config->generated, MAX_SAMPLES);
      small->train.epochs = MIN (config->train.epochs, MAX_EPOCHS);
      *small->train.network = '\0';
      small->train.n_hidden = MIN (config->train.n_hidden, 2);
      for (guint i = 0; i < 2; i++)
        small->train.hidden[i] = MIN (config->train.hidden[i], MAX_HIDDEN);
      numeral_lab_set_config (lab, small);
    }
  if (n > MAX_RUNS)
    {
      g_autoptr (GPtrArray) oldest = g_ptr_array_new_with_free_func (g_object_unref);

      /* One that is trained comes back. */
      g_ptr_array_add (oldest, g_list_model_get_item (store, n - 1));
      numeral_run_store_delete_async (numeral_lab_get_store (lab), oldest, NULL, NULL);
    }
}

static gboolean
has_recogniser (gpointer data)
{
  return numeral_reading_pane_get_recogniser (numeral_window_get_pane (data)) != NULL;
}

static gboolean
is_open (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels) && !found; i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      found = toplevel == window;
    }
  return found;
}

gboolean
monkey_work_has_window (Monkey *self)
{
  /* A window that was closed lives on while a thread works for it, and is not to be used. */
  if (self->window && !is_open (GTK_WINDOW (self->window)))
    {
      g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      self->window = NULL;
    }
  return self->window != NULL;
}

void
monkey_work_tidy (Monkey *self)
{
  if (!monkey_work_has_window (self))
    {
      monkey_note ("open the window");
      g_application_activate (G_APPLICATION (self->application));
      self->window =
          NUMERAL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self->application)));
      g_assert_nonnull (self->window);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      assert_soon (has_recogniser, self->window);
    }
  keep_small (numeral_window_get_lab (self->window));
}
