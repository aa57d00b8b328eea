/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-tensor.h"
#include "numeral-format.h"
#include "numeral-hand-tile.h"
#include "numeral-hand-view-private.h"
#include "numeral-relabel.h"
#include "numeral-wrap-layout.h"

G_DEFINE_FINAL_TYPE (NumeralHandView, numeral_hand_view, ADW_TYPE_BIN)

enum
{
  COUNTED,
  SAMPLE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* @text: (transfer full) */
static void
set_text (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text);
  g_free (text);
}

static void
show_counts (NumeralHandView *self)
{
  const gsize n_new = MIN (self->fresh.n, self->counts.n);
  const gsize n_old = self->counts.n - n_new;

  numeral_hand_bars_set_counts (self->bars, &self->counts, &self->fresh);
  /* Translators: how many samples the model knows that learned one's own hand */
  set_text (self->old_legend, g_strdup_printf (_ ("%'zu learned"), n_old));
  gtk_widget_set_visible (self->old_legend_box, n_old > 0);
  /* Translators: how many samples it does not know */
  set_text (self->new_count, g_strdup_printf (_ ("%'zu new"), n_new));
  gtk_widget_set_visible (self->new_legend, n_new > 0);
  set_text (self->corrected_count,
            g_strdup_printf (_ ("%'zu corrected by hand"), self->counts.n_corrected));
  gtk_widget_set_visible (self->corrected, self->counts.n_corrected > 0);
}

/* A count that a callback belongs to. */
typedef struct
{
  NumeralHandView *self;
  GCancellable *cancellable;
  gboolean fresh;
} Count;

static void
count_free (Count *count)
{
  g_object_unref (count->self);
  g_object_unref (count->cancellable);
  g_free (count);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static void on_counted (GObject *store, GAsyncResult *result, gpointer data);

/* Counts all samples, or the new ones alone. */
static void
count (NumeralHandView *self, gboolean fresh)
{
  Count *job = g_new (Count, 1);

  *job = (Count){ g_object_ref (self), g_object_ref (self->counting), fresh };
  numeral_hand_store_count_async (self->store, fresh ? self->after : 0, self->counting, on_counted,
                                  job);
}

static void
on_counted (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (Count) job = data;
  NumeralHandView *self = job->self;
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts = { 0 };

  numeral_hand_store_count_finish (NUMERAL_HAND_STORE (store), result, &counts, &error);
  if (self->counting != job->cancellable)
    return;
  /* The list says why the database cannot be read. */
  if (job->fresh)
    self->fresh = counts;
  else
    self->counts = counts;
  if (!job->fresh)
    count (self, TRUE);
  else
    show_counts (self);
  if (!job->fresh)
    g_signal_emit (self, signals[COUNTED], 0);
}

static void
begin_count (NumeralHandView *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  count (self, FALSE);
}

/* Another model was kept, or forgotten. */
static void
on_learner (NumeralHandView *self)
{
  const gint64 newest = numeral_hand_learner_get_newest (self->learner);

  if (newest == self->after)
    return;
  self->after = newest;
  begin_count (self);
}

static void
on_loaded (NumeralHandView *self, const GError *error)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (error)
    numeral_hand_view_stop_selecting (self);
  if (self->selecting)
    numeral_hand_view_select_all (self);
  if (error)
    {
      g_autofree char *reason = numeral_format_sentence (error->message);
      g_autofree char *escaped = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->problem, escaped);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  adw_status_page_set_title (self->empty,
                             self->label < 0 ? _ ("No Handwriting Yet") : _ ("None of These Yet"));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "grid" : "empty");
}

static void
on_activate (NumeralHandView *self, guint position)
{
  g_autoptr (NumeralHandItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  float tensor[INK_TENSOR_SIZE];

  if (item && numeral_hand_item_get_tensor (item, tensor))
    g_signal_emit (self, signals[SAMPLE_ACTIVATED], 0, tensor,
                   numeral_hand_item_get_sample (item)->drawing);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralHandView *self = NUMERAL_HAND_VIEW (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  if (self->list && !gtk_bitset_is_empty (selected))
    on_activate (self, gtk_bitset_get_minimum (selected));
}

static void
action_select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (NUMERAL_HAND_VIEW (widget)->list)
    numeral_hand_view_select_all (NUMERAL_HAND_VIEW (widget));
}

static void
action_retry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_hand_view_refresh (NUMERAL_HAND_VIEW (widget), TRUE);
}

static void
on_setup (NumeralHandView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, numeral_hand_tile_new ());
}

static void
on_bind (NumeralHandView *self, GtkListItem *item)
{
  numeral_hand_tile_set_item (NUMERAL_HAND_TILE (gtk_list_item_get_child (item)),
                              gtk_list_item_get_item (item));
}

static void
on_unbind (NumeralHandView *self, GtkListItem *item)
{
  numeral_hand_tile_set_item (NUMERAL_HAND_TILE (gtk_list_item_get_child (item)), NULL);
}

static guint
find_position (NumeralHandView *self, NumeralHandItem *wanted)
{
  GListModel *list = G_LIST_MODEL (self->list);
  const guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralHandItem) item = g_list_model_get_item (list, i);

      if (item == wanted)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The menu is for the selected samples, and for the one below the pointer at least. */
static void
open_menu (NumeralHandView *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->grid), x, y, GTK_PICK_DEFAULT);
  GtkWidget *tile = picked ? gtk_widget_get_ancestor (picked, NUMERAL_TYPE_HAND_TILE) : NULL;
  double left, top;
  guint position;

  if (!tile)
    return;
  position = find_position (self, numeral_hand_tile_get_item (NUMERAL_HAND_TILE (tile)));
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->grid), GTK_WIDGET (self), x, y, &left, &top);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) left, (int) top, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary (NumeralHandView *self, int n_press, double x, double y)
{
  open_menu (self, x, y);
}

static void
on_long_press (NumeralHandView *self, double x, double y)
{
  open_menu (self, x, y);
}

static void
numeral_hand_view_dispose (GObject *object)
{
  NumeralHandView *self = NUMERAL_HAND_VIEW (object);

  numeral_hand_view_stop_selecting (self);
  numeral_hand_view_transfer_stop (self);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  if (self->learner)
    g_signal_handlers_disconnect_by_data (self->learner, self);
  g_clear_object (&self->learner);
  if (self->protector)
    g_signal_handlers_disconnect_by_data (self->protector, self);
  g_clear_object (&self->protector);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (numeral_hand_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, pages);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, locked);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, keyring);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, protect);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, protection);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, learn);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, bars);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, old_legend_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, old_legend);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, new_legend);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, new_count);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, corrected);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, corrected_count);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, grid);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, empty);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, busy);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandView, busy_text);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary);
  gtk_widget_class_bind_template_callback (widget_class, on_long_press);
}

static void
numeral_hand_view_class_init (NumeralHandViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_hand_view_dispose;

  g_type_ensure (NUMERAL_TYPE_HAND_BARS);
  g_type_ensure (NUMERAL_TYPE_LEARN_ROW);
  g_type_ensure (NUMERAL_TYPE_WRAP_LAYOUT);
  signals[COUNTED] = g_signal_new ("counted", NUMERAL_TYPE_HAND_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SAMPLE_ACTIVATED] =
      g_signal_new ("sample-activated", NUMERAL_TYPE_HAND_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "hand.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "hand.retry", NULL, action_retry);
  gtk_widget_class_install_action (widget_class, "hand.select-all", NULL, action_select_all);
  numeral_hand_view_change_class_init (widget_class);
  numeral_hand_view_transfer_class_init (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/data/numeral-hand-view.ui");
  bind_children (widget_class);
}

/* (transfer full) */
static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) labels = numeral_relabel_create_menu ("hand.label");

  g_menu_append (menu, _ ("_Open on the Canvas"), "hand.open");
  g_menu_append_submenu (menu, _ ("_Label As"), labels);
  g_menu_append (menu, _ ("_Delete"), "hand.delete");
  return G_MENU_MODEL (menu);
}

/* Before the grid, which would select the loaded pages alone. */
static void
take_select_all (NumeralHandView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                              "<Control>a|<Control>slash"),
                                                          gtk_named_action_new (
                                                              "hand.select-all")));
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
}

static void
numeral_hand_view_init (NumeralHandView *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  self->label = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  take_select_all (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hand.cancel", FALSE);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

void
numeral_hand_view_set_lab (NumeralHandView *self, NumeralLab *lab)
{
  NumeralHandStore *store;

  g_return_if_fail (NUMERAL_IS_HAND_VIEW (self));
  g_return_if_fail (!self->store && lab);

  store = numeral_lab_get_hand (lab);
  self->learner = g_object_ref (numeral_lab_get_learner (lab));
  self->after = numeral_hand_learner_get_newest (self->learner);
  numeral_learn_row_set_lab (self->learn, lab);
  numeral_hand_view_protect_init (self, lab);

  self->store = g_object_ref (store);
  self->list = numeral_hand_list_new (store);
  self->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  gtk_grid_view_set_model (self->grid, self->selection);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->learner, "changed", G_CALLBACK (on_learner), self,
                           G_CONNECT_SWAPPED);
}

void
numeral_hand_view_set_label (NumeralHandView *self, int label)
{
  g_return_if_fail (NUMERAL_IS_HAND_VIEW (self) && self->store);

  self->label = label;
  numeral_hand_view_stop_selecting (self);
  numeral_hand_list_set_label (self->list, label);
}

void
numeral_hand_view_refresh (NumeralHandView *self, gboolean list)
{
  g_return_if_fail (NUMERAL_IS_HAND_VIEW (self) && self->store);

  begin_count (self);
  if (list)
    numeral_hand_list_reload (self->list);
}

const NumeralHandCounts *
numeral_hand_view_get_counts (NumeralHandView *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_VIEW (self), NULL);

  return &self->counts;
}
