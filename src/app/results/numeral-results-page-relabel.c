/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-origin.h"
#include "numeral-relabel.h"
#include "numeral-result-tile.h"
#include "numeral-results-page-private.h"

/* Gives samples of one's own handwriting another label. The figures stay as they were measured,
 * and the page says so, because new ones would take the tiles away while a person goes through
 * them. */

static void
show_outdated (NumeralResultsPage *self)
{
  const guint n = g_hash_table_size (self->relabelled);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u label was changed. The figures are from before.",
                                 "%u labels were changed. The figures are from before.", n),
                       n);

  gtk_label_set_text (self->outdated_text, text);
  gtk_widget_set_visible (self->outdated, n > 0);
}

/* The label that a sample of one's own has got since it was measured; -1 for none. */
static int
get_new_label (NumeralResultsPage *self, gint64 number)
{
  gpointer label;

  return g_hash_table_lookup_extended (self->relabelled, &number, NULL, &label) ?
             GPOINTER_TO_INT (label) :
             -1;
}

static gint64
get_number (NumeralResultTile *tile)
{
  return numeral_dataset_item_get_number (
      numeral_result_item_get_sample (numeral_result_tile_get_item (tile)));
}

GtkWidget *
numeral_results_page_create_tile (gpointer item, gpointer page)
{
  NumeralResultTile *tile = NUMERAL_RESULT_TILE (numeral_result_tile_new (item));

  numeral_result_tile_set_new_label (tile, get_new_label (page, get_number (tile)));
  return GTK_WIDGET (tile);
}

void
numeral_results_page_forget_labels (NumeralResultsPage *self)
{
  g_hash_table_remove_all (self->relabelled);
  show_outdated (self);
}

/* (nullable): any tile of the sample */
static NumeralResultTile *
find_tile (NumeralResultsPage *self, gint64 number)
{
  GtkFlowBoxChild *child;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->tiles, i)); i++)
    if (get_number (NUMERAL_RESULT_TILE (child)) == number)
      return NUMERAL_RESULT_TILE (child);
  return NULL;
}

/* The label with which the sample was measured; -1 if it is not among these samples. */
static int
find_measured_label (NumeralResultsPage *self, gint64 number)
{
  for (gsize i = 0; self->dataset && i < self->dataset->n; i++)
    if (numeral_origin_find_number (self->dataset, i) == number)
      return self->dataset->labels[i];
  return -1;
}

static void
on_relabelled (GtkWidget *widget, gint64 number, int label)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (widget);
  const int measured = find_measured_label (self, number);
  NumeralResultTile *tile;

  /* The page was closed, or other samples were measured meanwhile. */
  if (!self->lab || measured < 0)
    return;
  if (measured == label)
    g_hash_table_remove (self->relabelled, &number);
  else
    g_hash_table_insert (self->relabelled, g_memdup2 (&number, sizeof number),
                         GINT_TO_POINTER (label));
  tile = find_tile (self, number);
  if (tile)
    numeral_result_tile_set_new_label (tile, get_new_label (self, number));
  show_outdated (self);
}

/* (nullable): the tile that a key is for, or else the one whose menu was opened: the menu has the
 * focus when it calls an action. */
static NumeralResultTile *
get_chosen_tile (NumeralResultsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && NUMERAL_IS_RESULT_TILE (focus) ? NUMERAL_RESULT_TILE (focus) : self->menu_tile;
}

static void
action_label (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (widget);
  NumeralResultTile *tile = get_chosen_tile (self);
  const gint64 number = tile ? get_number (tile) : 0;
  const NumeralRelabel change = { number, g_variant_get_int32 (parameter) };
  int label = get_new_label (self, number);

  if (label < 0)
    label = find_measured_label (self, number);
  if (!self->lab || number == 0 || !numeral_hand_is_label (change.label) || label == change.label)
    return;
  numeral_relabel (widget, numeral_lab_get_hand (self->lab), &change, 1, on_relabelled);
}

static void
action_open_sample (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralResultTile *tile = get_chosen_tile (NUMERAL_RESULTS_PAGE (widget));

  if (tile)
    gtk_widget_activate (GTK_WIDGET (tile));
}

static void
open_menu (NumeralResultsPage *self, NumeralResultTile *tile, int x, int y)
{
  if (get_number (tile) == 0)
    return;
  g_set_object (&self->menu_tile, tile);
  gtk_widget_grab_focus (GTK_WIDGET (tile));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* With the keyboard, in the middle of the tile. */
static void
action_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (widget);
  NumeralResultTile *tile = get_chosen_tile (self);
  double x, y;

  if (tile &&
      gtk_widget_translate_coordinates (GTK_WIDGET (tile), widget,
                                        gtk_widget_get_width (GTK_WIDGET (tile)) / 2.0,
                                        gtk_widget_get_height (GTK_WIDGET (tile)) / 2.0, &x, &y))
    open_menu (self, tile, (int) x, (int) y);
}

static void
open_menu_at (NumeralResultsPage *self, double x, double y)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_pos (self->tiles, (int) x, (int) y);
  double left, top;

  if (child && gtk_widget_translate_coordinates (GTK_WIDGET (self->tiles), GTK_WIDGET (self), x, y,
                                                 &left, &top))
    open_menu (self, NUMERAL_RESULT_TILE (child), (int) left, (int) top);
}

static void
on_secondary (NumeralResultsPage *self, int n_press, double x, double y)
{
  open_menu_at (self, x, y);
}

static void
on_long_press (NumeralResultsPage *self, double x, double y)
{
  open_menu_at (self, x, y);
}

void
numeral_results_page_relabel_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "results.label", "i", action_label);
  gtk_widget_class_install_action (widget_class, "results.open-sample", NULL, action_open_sample);
  gtk_widget_class_install_action (widget_class, "results.menu", NULL, action_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary);
  gtk_widget_class_bind_template_callback (widget_class, on_long_press);
}

void
numeral_results_page_relabel_init (NumeralResultsPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) labels = numeral_relabel_create_menu ("results.label");

  self->relabelled = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_menu_append (menu, _ ("_Open on the Canvas"), "results.open-sample");
  g_menu_append_submenu (menu, _ ("_Label As"), labels);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

void
numeral_results_page_relabel_dispose (NumeralResultsPage *self)
{
  g_clear_object (&self->menu_tile);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
