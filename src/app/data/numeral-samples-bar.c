/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-samples-bar.h"

#include <glib/gi18n.h>

struct _NumeralSamplesBar
{
  GtkWidget parent_instance;

  GPtrArray *samples;
  guint index;

  GtkRevealer *revealer;
  GtkLabel *position;
  GtkWidget *previous;
  GtkWidget *next;
};

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralSamplesBar, numeral_samples_bar, GTK_TYPE_WIDGET)

static void
show (NumeralSamplesBar *self)
{
  const InkSample *sample = numeral_samples_bar_get_sample (self);
  const guint n = self->samples ? self->samples->len : 0;
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->revealer, n > 1);
  /* Keep the text while the bar folds away. */
  if (!sample)
    return;
  if (sample->label >= 0)
    /* Translators: position in a file of samples, and the digit that the file says it is */
    text = g_strdup_printf (_ ("Sample %u of %u, labelled %d"), self->index + 1, n, sample->label);
  else
    text = g_strdup_printf (_ ("Sample %u of %u"), self->index + 1, n);
  gtk_label_set_text (self->position, text);
  gtk_widget_set_sensitive (self->previous, self->index > 0);
  gtk_widget_set_sensitive (self->next, self->index + 1 < n);
}

static void
on_previous (NumeralSamplesBar *self)
{
  numeral_samples_bar_move (self, -1);
}

static void
on_next (NumeralSamplesBar *self)
{
  numeral_samples_bar_move (self, 1);
}

static void
on_close (NumeralSamplesBar *self)
{
  numeral_samples_bar_set_samples (self, NULL);
}

static void
numeral_samples_bar_dispose (GObject *object)
{
  NumeralSamplesBar *self = NUMERAL_SAMPLES_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  G_OBJECT_CLASS (numeral_samples_bar_parent_class)->dispose (object);
}

static void
numeral_samples_bar_class_init (NumeralSamplesBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_samples_bar_dispose;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "samplesbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/data/numeral-samples-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesBar, position);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesBar, previous);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesBar, next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
numeral_samples_bar_init (NumeralSamplesBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralSamplesBar *
numeral_samples_bar_new (void)
{
  return g_object_new (NUMERAL_TYPE_SAMPLES_BAR, NULL);
}

void
numeral_samples_bar_set_samples (NumeralSamplesBar *self, GPtrArray *samples)
{
  g_return_if_fail (NUMERAL_IS_SAMPLES_BAR (self));

  if (samples)
    g_ptr_array_ref (samples);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  self->samples = samples;
  self->index = 0;
  show (self);
}

const InkSample *
numeral_samples_bar_get_sample (NumeralSamplesBar *self)
{
  g_return_val_if_fail (NUMERAL_IS_SAMPLES_BAR (self), NULL);

  return self->samples && self->samples->len ? g_ptr_array_index (self->samples, self->index) :
                                               NULL;
}

guint
numeral_samples_bar_get_index (NumeralSamplesBar *self)
{
  g_return_val_if_fail (NUMERAL_IS_SAMPLES_BAR (self), 0);

  return self->index;
}

gboolean
numeral_samples_bar_move (NumeralSamplesBar *self, int step)
{
  gint64 index;

  g_return_val_if_fail (NUMERAL_IS_SAMPLES_BAR (self), FALSE);

  if (!self->samples || !self->samples->len)
    return FALSE;
  index = CLAMP ((gint64) self->index + step, 0, (gint64) self->samples->len - 1);
  if (index == self->index)
    return FALSE;
  self->index = (guint) index;
  show (self);
  g_signal_emit (self, signals[SELECTED], 0, self->index);
  return TRUE;
}
