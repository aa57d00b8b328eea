/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-augment-row.h"

#include <glib/gi18n.h>

#include "numeral-augment.h"
#include "numeral-generate.h"
#include "picture-tensor.h"

#define N_LOOKS 6
#define SIDE 56 /* whole pixels of the sample */
#define GAP 6
#define MARGIN 12
/* A 3 has curves, ends and a middle: all that can be distorted. */
#define DIGIT 3
#define SEED 2

struct _NumeralAugmentRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *area;
  NnAugment augment;
  GCancellable *writing; /* the sample */
  guint8 *sample;        /* NULL: not there yet */
  float *tensors;        /* [N_LOOKS, 784] */
};

G_DEFINE_FINAL_TYPE (NumeralAugmentRow, numeral_augment_row, ADW_TYPE_PREFERENCES_ROW)

static void
make_looks (NumeralAugmentRow *self)
{
  if (!self->sample)
    return;
  if (!self->tensors)
    self->tensors = g_new (float, N_LOOKS *INK_TENSOR_SIZE);
  numeral_augment_show (&self->augment, self->sample, N_LOOKS, self->tensors);
  gtk_widget_queue_draw (self->area);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (NnDataset) dataset =
      numeral_generate_digits (DIGIT + 1, SEED, 1, cancellable, NULL, NULL, &error);

  if (dataset)
    g_task_return_pointer (task,
                           g_memdup2 (dataset->pixels + DIGIT * INK_TENSOR_SIZE, INK_TENSOR_SIZE),
                           g_free);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralAugmentRow) self = data;
  g_autofree guint8 *sample = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!sample || self->writing != g_task_get_cancellable (G_TASK (result)))
    return;
  self->sample = g_steal_pointer (&sample);
  make_looks (self);
}

static void
numeral_augment_row_map (GtkWidget *widget)
{
  NumeralAugmentRow *self = NUMERAL_AUGMENT_ROW (widget);
  g_autoptr (GTask) task = NULL;

  GTK_WIDGET_CLASS (numeral_augment_row_parent_class)->map (widget);
  if (self->writing)
    return;
  self->writing = g_cancellable_new ();
  task = g_task_new (NULL, self->writing, on_written, g_object_ref (self));
  g_task_run_in_thread (task, write_in_thread);
}

/* As many as there is room for. */
static void
on_draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  NumeralAugmentRow *self = data;
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  const int n = MIN (N_LOOKS, (width + GAP) / (SIDE + GAP));

  for (int i = 0; self->tensors && i < n; i++)
    {
      const int place = rtl ? width - SIDE - i * (SIDE + GAP) : i * (SIDE + GAP);

      cairo_save (cr);
      cairo_translate (cr, place, (height - SIDE) / 2.0);
      picture_tensor (cr, SIDE, SIDE, self->tensors + i * INK_TENSOR_SIZE);
      cairo_restore (cr);
    }
}

static void
numeral_augment_row_dispose (GObject *object)
{
  NumeralAugmentRow *self = NUMERAL_AUGMENT_ROW (object);

  g_cancellable_cancel (self->writing);
  g_clear_object (&self->writing);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->tensors, g_free);
  G_OBJECT_CLASS (numeral_augment_row_parent_class)->dispose (object);
}

static void
numeral_augment_row_class_init (NumeralAugmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_augment_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = numeral_augment_row_map;
}

static void
numeral_augment_row_init (NumeralAugmentRow *self)
{
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), SIDE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), on_draw, self, NULL);
  gtk_widget_set_margin_top (self->area, MARGIN);
  gtk_widget_set_margin_bottom (self->area, MARGIN);
  gtk_widget_set_margin_start (self->area, MARGIN);
  gtk_widget_set_margin_end (self->area, MARGIN);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->area);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A sample as it is, and as the network would see it"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _ ("A sample as it is, and as the network would see it"));
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

  /* What is being typed may not be valid yet. */
  if (nn_augment_equal (&self->augment, augment) || !nn_augment_validate (augment, NULL))
    return;
  self->augment = *augment;
  make_looks (self);
}

const float *
numeral_augment_row_get_look (NumeralAugmentRow *self, guint i)
{
  g_return_val_if_fail (NUMERAL_IS_AUGMENT_ROW (self), NULL);
  g_return_val_if_fail (i < N_LOOKS, NULL);

  return self->tensors ? self->tensors + i * INK_TENSOR_SIZE : NULL;
}
