/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-result-tile.h"

#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-relabel.h"

/* Size of a sample's pixel, multiplied by the scale of the screen. */
#define CELL 2

struct _NumeralResultTile
{
  GtkFlowBoxChild parent_instance;

  NumeralResultItem *item;
  int label; /* since it was measured; -1 for none */
  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *note;
  GtkWidget *pencil;
};

G_DEFINE_FINAL_TYPE (NumeralResultTile, numeral_result_tile, GTK_TYPE_FLOW_BOX_CHILD)

static void
numeral_result_tile_dispose (GObject *object)
{
  g_clear_object (&NUMERAL_RESULT_TILE (object)->item);
  G_OBJECT_CLASS (numeral_result_tile_parent_class)->dispose (object);
}

static void
numeral_result_tile_class_init (NumeralResultTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_result_tile_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/results/numeral-result-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralResultTile, picture);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultTile, title);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultTile, note);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultTile, pencil);
  numeral_relabel_add_keys (widget_class, "results.label");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "results.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "results.menu", NULL);
}

static void
numeral_result_tile_init (NumeralResultTile *self)
{
  self->label = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
format_title (const NumeralResult *result)
{
  if (result->kind == NUMERAL_RESULT_SUSPECT)
    /* Translators: a sample's label, and the digit that it probably is */
    return g_strdup_printf (_ ("%u, really %u?"), result->label, result->answer);
  /* Translators: a sample's label, and the digit that a network reads it as */
  return g_strdup_printf (_ ("%u read as %u"), result->label, result->answer);
}

/* @label: that it has got since it was measured; -1 for none */
static char *
format_note (const NumeralResult *result, int label)
{
  /* As in the answer: what is not a digit. */
  if (label == NUMERAL_HAND_NOT_A_DIGIT)
    return g_strdup (_ ("now ?"));
  if (label >= 0)
    /* Translators: the label that a sample has been given */
    return g_strdup_printf (_ ("now %d"), label);
  switch (result->kind)
    {
    case NUMERAL_RESULT_MENDED:
      return g_strdup (_ ("now right"));
    case NUMERAL_RESULT_BROKEN:
      return g_strdup (_ ("was right"));
    case NUMERAL_RESULT_BOTH_WRONG:
      /* Translators: the digit that another network read before */
      return g_strdup_printf (_ ("was %u"), result->other);
    case NUMERAL_RESULT_MISTAKE:
    case NUMERAL_RESULT_SUSPECT:
    default:
      return numeral_format_percent (result->probability);
    }
}

static void
show_texts (NumeralResultTile *self)
{
  const NumeralResult *result = numeral_result_item_get_result (self->item);
  const gboolean relabelled = self->label >= 0;
  g_autofree char *title = format_title (result), *note = format_note (result, self->label);
  const char *detail = self->label == NUMERAL_HAND_NOT_A_DIGIT ? _ ("now not a digit") : note;
  /* Translators: what is said of a sample, the number of the sample, a detail */
  g_autofree char *name =
      g_strdup_printf (_ ("%s, sample %zu, %s"), title, result->index + 1, detail);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (self->pencil, relabelled);
  gtk_widget_remove_css_class (GTK_WIDGET (self->note), relabelled ? "dim-label" : "accent");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), relabelled ? "accent" : "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show (NumeralResultTile *self)
{
  NumeralDatasetItem *sample = numeral_result_item_get_sample (self->item);
  const guint cell = CELL * (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GdkTexture) texture = numeral_dataset_item_create_texture (sample, cell);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  if (numeral_dataset_item_get_number (sample) > 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Press 0 to 9 to Label It Anew"));
  show_texts (self);
}

GtkWidget *
numeral_result_tile_new (NumeralResultItem *item)
{
  NumeralResultTile *self = g_object_new (NUMERAL_TYPE_RESULT_TILE, NULL);

  self->item = g_object_ref (item);
  show (self);
  return GTK_WIDGET (self);
}

NumeralResultItem *
numeral_result_tile_get_item (NumeralResultTile *self)
{
  g_return_val_if_fail (NUMERAL_IS_RESULT_TILE (self), NULL);

  return self->item;
}

void
numeral_result_tile_set_new_label (NumeralResultTile *self, int label)
{
  g_return_if_fail (NUMERAL_IS_RESULT_TILE (self));

  if (self->label == label)
    return;
  self->label = label;
  show_texts (self);
}
