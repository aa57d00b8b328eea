/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-run-row.h"
#include "numeral-runs-page-private.h"
#include "numeral-toast.h"

G_DEFINE_FINAL_TYPE (NumeralRunsPage, numeral_runs_page, NUMERAL_TYPE_PAGE)

static void
on_selection_changed (NumeralRunsPage *self)
{
  numeral_runs_page_show_count (self);
  numeral_runs_page_update_actions (self);
}

static void
on_items_changed (NumeralRunsPage *self)
{
  numeral_runs_page_add_rows (self);
  numeral_runs_page_update_state (self, FALSE);
}

static void
show_run (NumeralRunsPage *self, NumeralRun *run)
{
  numeral_lab_show_run (self->lab, run);
  numeral_page_request_page (NUMERAL_PAGE (self), "train");
}

static void
on_activate (NumeralRunsPage *self, guint position)
{
  g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (numeral_run_is_readable (run))
    show_run (self, run);
}

static void
action_show (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (widget);

  show_run (self, numeral_runs_page_get_one (self));
}

static void
on_used (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;
  g_autoptr (GError) error = NULL;
  const char *name = numeral_lab_use_finish (result, &error);

  if (!self->lab || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (name)
    numeral_runs_page_say (self, g_strdup_printf (_ ("The drawing is read with “%s”"), name));
  else
    numeral_runs_page_say (self,
                           g_strdup_printf (_ ("The run cannot read yet: %s"), error->message));
}

static void
action_use (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (widget);

  numeral_lab_use_run (self->lab, numeral_runs_page_get_one (self), on_used, g_object_ref (self));
}

static void
action_resume (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (widget);
  NumeralRun *run = numeral_runs_page_get_one (self);

  if (numeral_runs_page_refuse (self, run))
    return;
  numeral_lab_resume (self->lab, run);
  numeral_runs_page_update_actions (self);
}

static void
action_rename (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_rename (NUMERAL_RUNS_PAGE (widget));
}

static void
action_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_delete (NUMERAL_RUNS_PAGE (widget));
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_export (NUMERAL_RUNS_PAGE (widget));
}

static void
action_shrink (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_shrink (NUMERAL_RUNS_PAGE (widget));
}

static void
action_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_import (NUMERAL_RUNS_PAGE (widget));
}

static void
action_reveal (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_runs_page_reveal (NUMERAL_RUNS_PAGE (widget));
}

static void
action_reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_run_store_reload (NUMERAL_RUNS_PAGE (widget)->store);
}

static void
action_compare (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (widget);
  g_autoptr (GPtrArray) picked = numeral_runs_page_get_picked (self);

  numeral_runs_table_set_runs (self->table, picked, numeral_lab_get_trainer (self->lab));
  gtk_stack_set_visible_child_name (self->stack, "compare");
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  numeral_runs_page_update_actions (self);
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "compare") != 0)
    return;
  numeral_runs_page_update_state (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Opens the menu of the focused row with the keyboard. */
static void
action_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *item = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = item ? gtk_widget_get_first_child (item) : NULL;

  if (NUMERAL_IS_RUN_ROW (row))
    numeral_run_row_open_menu (NUMERAL_RUN_ROW (row));
}

/* The menu applies to the selected runs if its own run is one of them, otherwise to its own run
 * alone. */
static void
on_row_menu (NumeralRunRow *row, GtkListItem *item)
{
  NumeralRunsPage *self =
      NUMERAL_RUNS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), NUMERAL_TYPE_RUNS_PAGE));

  if (!gtk_list_item_get_selected (item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     gtk_list_item_get_position (item), TRUE);
}

static void
on_row_picked (NumeralRunRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), NUMERAL_TYPE_RUNS_PAGE);
  const guint position = gtk_list_item_get_position (item);
  GtkSelectionModel *model;
  gboolean picked;

  g_object_get (row, "picked", &picked, NULL);
  if (!page || position == GTK_INVALID_LIST_POSITION || picked == gtk_list_item_get_selected (item))
    return;
  model = GTK_SELECTION_MODEL (NUMERAL_RUNS_PAGE (page)->selection);
  if (picked)
    gtk_selection_model_select_item (model, position, FALSE);
  else
    gtk_selection_model_unselect_item (model, position);
}

static void
on_setup (NumeralRunsPage *self, GtkListItem *item)
{
  NumeralRunRow *row = numeral_run_row_new ();

  g_object_bind_property (item, "selected", row, "picked", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (row, "notify::picked", G_CALLBACK (on_row_picked), item, 0);
  g_signal_connect_object (row, "menu", G_CALLBACK (on_row_menu), item, 0);
  gtk_list_item_set_child (item, GTK_WIDGET (row));
}

static void
on_bind (NumeralRunsPage *self, GtkListItem *item)
{
  numeral_run_row_set_run (NUMERAL_RUN_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item), numeral_lab_get_trainer (self->lab));
}

static void
on_unbind (NumeralRunsPage *self, GtkListItem *item)
{
  numeral_run_row_set_run (NUMERAL_RUN_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
numeral_runs_page_set_lab (NumeralPage *page, NumeralLab *lab)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (page);

  self->lab = lab;
  self->store = numeral_lab_get_store (lab);
  numeral_runs_page_begin_rows (self);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  /* The actions follow the selection, which changes after the store. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_trainer (lab), "notify::state",
                           G_CALLBACK (numeral_runs_page_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "notify", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self);
}

static void
numeral_runs_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_runs_page_parent_class)->map (widget);
  numeral_runs_page_begin_checks (NUMERAL_RUNS_PAGE (widget));
}

static void
numeral_runs_page_unmap (GtkWidget *widget)
{
  numeral_runs_page_end_checks (NUMERAL_RUNS_PAGE (widget));
  GTK_WIDGET_CLASS (numeral_runs_page_parent_class)->unmap (widget);
}

static void
numeral_runs_page_dispose (GObject *object)
{
  NumeralRunsPage *self = NUMERAL_RUNS_PAGE (object);

  g_clear_handle_id (&self->waiting_timer, g_source_remove);
  numeral_runs_page_end_checks (self);
  numeral_runs_page_end_rows (self);
  g_clear_object (&self->selection);
  self->lab = NULL;
  self->store = NULL;
  G_OBJECT_CLASS (numeral_runs_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "runs.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "runs.use", NULL, action_use);
  gtk_widget_class_install_action (widget_class, "runs.resume", NULL, action_resume);
  gtk_widget_class_install_action (widget_class, "runs.rename", NULL, action_rename);
  gtk_widget_class_install_action (widget_class, "runs.delete", NULL, action_delete);
  gtk_widget_class_install_action (widget_class, "runs.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "runs.shrink", NULL, action_shrink);
  gtk_widget_class_install_action (widget_class, "runs.import", NULL, action_import);
  gtk_widget_class_install_action (widget_class, "runs.reveal", NULL, action_reveal);
  gtk_widget_class_install_action (widget_class, "runs.reload", NULL, action_reload);
  gtk_widget_class_install_action (widget_class, "runs.compare", NULL, action_compare);
  gtk_widget_class_install_action (widget_class, "runs.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "runs.menu", NULL, action_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "runs.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "runs.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "runs.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "runs.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "runs.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "runs.menu",
                                       NULL);
}

static void
numeral_runs_page_class_init (NumeralRunsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_runs_page_dispose;
  NUMERAL_PAGE_CLASS (klass)->set_lab = numeral_runs_page_set_lab;
  widget_class->map = numeral_runs_page_map;
  widget_class->unmap = numeral_runs_page_unmap;

  install_actions (widget_class);
  g_type_ensure (NUMERAL_TYPE_RUNS_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/runs/numeral-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, count);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, list);
  gtk_widget_class_bind_template_child (widget_class, NumeralRunsPage, table);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
numeral_runs_page_init (NumeralRunsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->enabled = ~0u; /* as GTK has it */
}

NumeralRunsPage *
numeral_runs_page_new (NumeralLab *lab)
{
  return g_object_new (NUMERAL_TYPE_RUNS_PAGE, "lab", lab, NULL);
}
