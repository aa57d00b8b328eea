/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-run-row.h"
#include "numeral-runs-page-private.h"

/* More columns than this are not readable. */
#define MAX_COMPARED 8
/* In ms: usually all runs are read sooner. */
#define WAITING_AFTER 500
/* In ms: the progress of a run in another window. */
#define CHECK_INTERVAL 2000

/* The actions that depend on the selection; up to SHRINK, of one run that can be read. */
enum
{
  SHOW,
  USE,
  RENAME,
  EXPORT,
  SHRINK,
  MENU,
  REVEAL,
  RESUME,
  DELETE,
  COMPARE,
  N_ACTIONS
};

gboolean
numeral_runs_page_trains (NumeralRunsPage *self, NumeralRun *run)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (self->lab);

  return numeral_trainer_get_run (trainer) == run &&
         numeral_trainer_get_state (trainer) != NUMERAL_TRAINER_IDLE;
}

/* A run that another window trains is resumed with an explanation. */
static gboolean
can_resume (NumeralRunsPage *self, NumeralRun *run)
{
  return numeral_run_get_elsewhere (run) ||
         (numeral_run_can_resume (run) && !numeral_runs_page_trains (self, run));
}

static gboolean
is_readable (NumeralRun *run)
{
  return numeral_run_is_readable (run);
}

static gboolean
can_compare (GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (!is_readable (runs->pdata[i]))
      return FALSE;
  return runs->len > 1;
}

/* Sets only what has changed: GTK tells every widget below of it. */
static void
enable (NumeralRunsPage *self, guint action, gboolean enabled)
{
  static const char *const names[N_ACTIONS] = {
    [SHOW] = "runs.show",     [USE] = "runs.use",       [RENAME] = "runs.rename",
    [EXPORT] = "runs.export", [MENU] = "runs.menu",     [REVEAL] = "runs.reveal",
    [RESUME] = "runs.resume", [DELETE] = "runs.delete", [COMPARE] = "runs.compare",
    [SHRINK] = "runs.shrink",
  };
  const guint bit = 1u << action;

  if (((self->enabled & bit) != 0) == enabled)
    return;
  self->enabled ^= bit;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), names[action], enabled);
}

void
numeral_runs_page_update_actions (NumeralRunsPage *self)
{
  g_autoptr (GtkBitset) set = NULL;
  g_autoptr (GPtrArray) picked = NULL;
  const gboolean listed = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0;
  NumeralRun *one;
  guint64 n;

  if (!self->lab)
    return;
  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  n = listed ? gtk_bitset_get_size (set) : 0;
  /* There may be very many. */
  picked = n <= MAX_COMPARED && listed ? numeral_runs_page_get_picked (self) :
                                         g_ptr_array_new_with_free_func (g_object_unref);
  one = picked->len == 1 ? picked->pdata[0] : NULL;
  for (guint action = SHOW; action <= SHRINK; action++)
    enable (self, action, one && is_readable (one));
  enable (self, MENU, one != NULL);
  enable (self, REVEAL, one && numeral_run_get_folder (one));
  enable (self, RESUME, one && can_resume (self, one));
  enable (self, DELETE, n > 0);
  enable (self, COMPARE, can_compare (picked));
}

void
numeral_runs_page_show_count (NumeralRunsPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autoptr (GtkBitset) set =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  const guint picked = (guint) gtk_bitset_get_size (set);
  g_autofree char *text = NULL;

  if (picked > 1)
    text = g_strdup_printf (_ ("%u of %u picked"), picked, n);
  else if (numeral_run_store_get_loading (self->store))
    /* Translators: while more runs are being read */
    text = g_strdup_printf (ngettext ("%u run so far", "%u runs so far", n), n);
  else
    text = g_strdup_printf (ngettext ("%u run", "%u runs", n), n);
  gtk_label_set_text (self->count, text);
}

static void
on_waiting (gpointer data)
{
  NumeralRunsPage *self = data;

  self->waiting_timer = 0;
  gtk_widget_set_visible (self->waiting, TRUE);
}

/* Shows a spinner only if reading takes long: it would flash by otherwise. */
static void
update_waiting (NumeralRunsPage *self, gboolean loading)
{
  if (!loading)
    {
      g_clear_handle_id (&self->waiting_timer, g_source_remove);
      gtk_widget_set_visible (self->waiting, FALSE);
    }
  else if (!self->waiting_timer && !gtk_widget_get_visible (self->waiting))
    self->waiting_timer = g_timeout_add_once (WAITING_AFTER, on_waiting, self);
}

static void
show_problem (NumeralRunsPage *self, const char *problem)
{
  /* A file name may contain "<" or "&". */
  g_autofree char *valid = g_utf8_make_valid (problem, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  adw_status_page_set_description (self->problem, escaped);
}

void
numeral_runs_page_update_state (NumeralRunsPage *self, gboolean leave)
{
  NumeralRunStore *store = self->store;
  const char *shown = gtk_stack_get_visible_child_name (self->stack);
  gboolean any, loading;

  if (!store || !self->selection)
    return;
  any = g_list_model_get_n_items (G_LIST_MODEL (store)) > 0;
  loading = !any && numeral_run_store_get_loading (store);
  update_waiting (self, loading);
  if (numeral_run_store_get_problem (store))
    show_problem (self, numeral_run_store_get_problem (store));
  if (leave || g_strcmp0 (shown, "compare") != 0)
    gtk_stack_set_visible_child_name (self->stack, any     ? "list" :
                                                   loading ? "loading" :
                                                   numeral_run_store_get_problem (store) ?
                                                             "problem" :
                                                             "empty");
  numeral_runs_page_show_count (self);
  numeral_runs_page_update_actions (self);
}

/* --- runs of other windows ------------------------------------------------------------------ */

/* (transfer container): the runs that have a row now. A list has rows for those that are visible,
 * and some around them. */
static GPtrArray *
get_rows (NumeralRunsPage *self)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list)); item;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);
      NumeralRun *run =
          NUMERAL_IS_RUN_ROW (row) ? numeral_run_row_get_run (NUMERAL_RUN_ROW (row)) : NULL;

      if (run)
        g_ptr_array_add (runs, g_object_ref (run));
    }
  return runs;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;

  self->checking = FALSE;
  numeral_runs_page_update_actions (self);
}

static gboolean
on_check (gpointer data)
{
  NumeralRunsPage *self = data;
  g_autoptr (GPtrArray) runs = NULL;

  if (self->checking || !self->lab)
    return G_SOURCE_CONTINUE;
  runs = get_rows (self);
  self->checking = TRUE;
  numeral_run_check_async (runs, on_checked, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

void
numeral_runs_page_begin_checks (NumeralRunsPage *self)
{
  if (self->check_timer)
    return;
  self->check_timer = g_timeout_add (CHECK_INTERVAL, on_check, self);
  on_check (self);
}

void
numeral_runs_page_end_checks (NumeralRunsPage *self)
{
  g_clear_handle_id (&self->check_timer, g_source_remove);
}
