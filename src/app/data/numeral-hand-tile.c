/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-tile.h"

#include <glib/gi18n.h>

#include "numeral-dataset-item.h"
#include "numeral-format.h"

/* Size of a sample's pixel in a tile, multiplied by the scale of the screen. */
#define CELL 2

struct _NumeralHandTile
{
  GtkWidget parent_instance;

  NumeralHandItem *item; /* (nullable) */
  GtkPicture *picture;
  GtkImage *damaged;
  GtkLabel *old;
  GtkLabel *label;
  GtkWidget *pencil;
};

G_DEFINE_FINAL_TYPE (NumeralHandTile, numeral_hand_tile, GTK_TYPE_WIDGET)

static void
numeral_hand_tile_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  numeral_hand_tile_set_item (NUMERAL_HAND_TILE (object), NULL);
  G_OBJECT_CLASS (numeral_hand_tile_parent_class)->dispose (object);
}

static void
numeral_hand_tile_class_init (NumeralHandTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_hand_tile_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/data/numeral-hand-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralHandTile, picture);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandTile, damaged);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandTile, old);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandTile, label);
  gtk_widget_class_bind_template_child (widget_class, NumeralHandTile, pencil);
}

static void
numeral_hand_tile_init (NumeralHandTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
numeral_hand_tile_new (void)
{
  return g_object_new (NUMERAL_TYPE_HAND_TILE, NULL);
}

NumeralHandItem *
numeral_hand_tile_get_item (NumeralHandTile *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_TILE (self), NULL);

  return self->item;
}

/* (transfer full) */
static char *
format_label (int label)
{
  /* As in the answer: what is not a digit. */
  return label >= 0 && label < NUMERAL_HAND_NOT_A_DIGIT ? g_strdup_printf ("%d", label) :
                                                          g_strdup ("?");
}

/* (transfer full): for assistive technology, and as a tooltip. */
static char *
describe (const NumeralHandSample *sample, int before)
{
  g_autofree char *old = format_label (before);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sample->id);
  g_autofree char *what = NULL;

  if (sample->damage)
    {
      g_autofree char *reason = numeral_format_sentence (sample->damage);

      /* Translators: the number of a sample, and why it cannot be used */
      return g_strdup_printf (_ ("Damaged sample %s: %s"), number, reason);
    }
  what = sample->label == NUMERAL_HAND_NOT_A_DIGIT ?
             g_strdup (_ ("Not a digit")) :
             g_strdup_printf (_ ("Digit %d"), sample->label);
  if (numeral_hand_sample_is_corrected (sample))
    /* Translators: "Digit 4, read as 9, sample 137" */
    return g_strdup_printf (_ ("%s, read as %s, sample %s"), what, old, number);
  /* Translators: "Digit 4, sample 137" */
  return g_strdup_printf (_ ("%s, sample %s"), what, number);
}

static void
show (NumeralHandTile *self)
{
  const NumeralHandSample *sample = numeral_hand_item_get_sample (self->item);
  const gboolean corrected = !sample->damage && numeral_hand_sample_is_corrected (sample);
  const int before = sample->read != NUMERAL_HAND_UNREAD ? sample->read : sample->first_label;
  const guint cell = CELL * (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *label = sample->damage ? g_strdup ("") : format_label (sample->label);
  g_autofree char *old = format_label (before);
  g_autofree char *struck = g_markup_printf_escaped ("<s>%s</s>", old);
  g_autofree char *text = describe (sample, before);
  float tensor[28 * 28];
  g_autoptr (GdkTexture) texture = numeral_hand_item_get_tensor (self->item, tensor) ?
                                       numeral_dataset_texture_new (tensor, cell) :
                                       NULL;

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->damaged), sample->damage != NULL);
  gtk_label_set_text (self->label, label);
  gtk_label_set_markup (self->old, struck);
  gtk_widget_set_visible (GTK_WIDGET (self->old), corrected);
  gtk_widget_set_visible (self->pencil, corrected);
  if (corrected)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "corrected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "corrected");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sample->damage || corrected ? text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
numeral_hand_tile_set_item (NumeralHandTile *self, NumeralHandItem *item)
{
  g_return_if_fail (NUMERAL_IS_HAND_TILE (self));

  if (self->item == item)
    return;
  if (self->item)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (!item)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
