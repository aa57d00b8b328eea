/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-augment-row.h"

#include <glib/gi18n.h>

#include "ink-generator.h"
#include "numeral-augment.h"
#include "numeral-origin.h"
#include "picture-tensor.h"

#define N_LOOKS 6
#define SIDE 56 /* whole pixels of the sample */
#define GAP 6
#define MARGIN 12
/* A 3 has curves, ends and a junction, so it shows every kind of distortion. */
#define DIGIT 3
#define SEED 2

/* Pictures are distorted as pixels, pen strokes before they are drawn: a setting may change one
 * of them much and the other not at all. */
typedef struct
{
  GtkWidget *area;
  float tensors[N_LOOKS * INK_TENSOR_SIZE];
} Strip;

struct _NumeralAugmentRow
{
  AdwPreferencesRow parent_instance;

  NnAugment augment;
  NnOrigin *ink; /* NULL before the row is visible for the first time */
  guint8 picture[INK_TENSOR_SIZE];
  Strip strips[NUMERAL_N_AUGMENT_STRIPS];
};

G_DEFINE_FINAL_TYPE (NumeralAugmentRow, numeral_augment_row, ADW_TYPE_PREFERENCES_ROW)

/* Takes one or two milliseconds. */
static void
make_looks (NumeralAugmentRow *self)
{
  if (!self->ink)
    return;
  numeral_augment_show (&self->augment, self->picture, N_LOOKS,
                        self->strips[NUMERAL_AUGMENT_PICTURE].tensors);
  numeral_augment_show_ink (&self->augment, self->ink, N_LOOKS,
                            self->strips[NUMERAL_AUGMENT_INK].tensors);
  for (guint i = 0; i < NUMERAL_N_AUGMENT_STRIPS; i++)
    gtk_widget_queue_draw (self->strips[i].area);
}

static void
numeral_augment_row_map (GtkWidget *widget)
{
  NumeralAugmentRow *self = NUMERAL_AUGMENT_ROW (widget);
  const NnAugment none = { 0 };
  g_autoptr (InkDrawing) drawing = NULL;
  InkGenerator generator;

  GTK_WIDGET_CLASS (numeral_augment_row_parent_class)->map (widget);
  if (self->ink)
    return;
  ink_generator_init (&generator, SEED, DIGIT);
  drawing = ink_generator_digit (&generator, DIGIT, NULL);
  self->ink = numeral_origin_new_for_ink (drawing);
  self->ink->klass->draw (self->ink, &none, 0, self->picture);
  make_looks (self);
}

/* Shows as many views as there is room for. */
static void
on_draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Strip *strip = data;
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  const int n = MIN (N_LOOKS, (width + GAP) / (SIDE + GAP));

  for (int i = 0; i < n; i++)
    {
      const int place = rtl ? width - SIDE - i * (SIDE + GAP) : i * (SIDE + GAP);

      cairo_save (cr);
      cairo_translate (cr, place, (height - SIDE) / 2.0);
      picture_tensor (cr, SIDE, SIDE, strip->tensors + i * INK_TENSOR_SIZE);
      cairo_restore (cr);
    }
}

static void
numeral_augment_row_dispose (GObject *object)
{
  g_clear_pointer (&NUMERAL_AUGMENT_ROW (object)->ink, nn_origin_unref);
  G_OBJECT_CLASS (numeral_augment_row_parent_class)->dispose (object);
}

static void
numeral_augment_row_class_init (NumeralAugmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_augment_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = numeral_augment_row_map;
}

static void
add_strip (GtkWidget *box, Strip *strip, const char *title, const char *description)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (gtk_widget_get_first_child (box))
    gtk_widget_set_margin_top (label, GAP);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  strip->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (strip->area), SIDE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (strip->area), on_draw, strip, NULL);
  gtk_widget_set_tooltip_text (strip->area, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (strip->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description, -1);
  gtk_box_append (GTK_BOX (box), strip->area);
}

static void
numeral_augment_row_init (NumeralAugmentRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);

  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  add_strip (box, &self->strips[NUMERAL_AUGMENT_PICTURE], _ ("Pictures"),
             _ ("A picture as it is, and as the network would see it"));
  add_strip (box, &self->strips[NUMERAL_AUGMENT_INK], _ ("Pen Strokes"),
             _ ("A digit in pen strokes as it is, and as the network would see it"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

NumeralAugmentRow *
numeral_augment_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_AUGMENT_ROW, NULL);
}

void
numeral_augment_row_set_augment (NumeralAugmentRow *self, const NnAugment *augment)
{
  g_return_if_fail (NUMERAL_IS_AUGMENT_ROW (self));

  /* The values may be invalid while a person types. */
  if (nn_augment_equal (&self->augment, augment) || !nn_augment_validate (augment, NULL))
    return;
  self->augment = *augment;
  make_looks (self);
}

const float *
numeral_augment_row_get_look (NumeralAugmentRow *self, NumeralAugmentStrip strip, guint i)
{
  g_return_val_if_fail (NUMERAL_IS_AUGMENT_ROW (self), NULL);
  g_return_val_if_fail (strip < NUMERAL_N_AUGMENT_STRIPS, NULL);
  g_return_val_if_fail (i < N_LOOKS, NULL);

  return self->ink ? self->strips[strip].tensors + i * INK_TENSOR_SIZE : NULL;
}
