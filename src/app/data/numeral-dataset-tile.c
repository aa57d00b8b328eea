/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-dataset-tile.h"

#include <glib/gi18n.h>

/* Size of a sample's pixel in a tile, multiplied by the scale of the screen. */
#define CELL 2
#define SIDE (28 * CELL)

struct _NumeralDatasetTile
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkPicture *picture;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NumeralDatasetTile, numeral_dataset_tile, GTK_TYPE_WIDGET)

static void
numeral_dataset_tile_dispose (GObject *object)
{
  g_clear_pointer (&NUMERAL_DATASET_TILE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (numeral_dataset_tile_parent_class)->dispose (object);
}

static void
numeral_dataset_tile_class_init (NumeralDatasetTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_dataset_tile_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_dataset_tile_init (NumeralDatasetTile *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), SIDE, SIDE);
  gtk_widget_set_halign (GTK_WIDGET (self->picture), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

NumeralDatasetTile *
numeral_dataset_tile_new (void)
{
  return g_object_new (NUMERAL_TYPE_DATASET_TILE, NULL);
}

void
numeral_dataset_tile_set_item (NumeralDatasetTile *self, NumeralDatasetItem *item)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (NUMERAL_IS_DATASET_TILE (self));

  if (item)
    {
      const guint label = numeral_dataset_item_get_label (item);
      const guint cell = CELL * (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self));

      texture = numeral_dataset_item_create_texture (item, cell);
      text = g_strdup_printf ("%u", label);
      /* Translators: a sample of a data set: which digit it is, and the how manieth */
      name = g_strdup_printf (_ ("Digit %u, sample %zu"), label,
                              numeral_dataset_item_get_index (item) + 1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_label_set_text (self->label, text ? text : "");
}
