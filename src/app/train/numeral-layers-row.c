/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-layers-row.h"

#include <glib/gi18n.h>

#include "numeral-config-row.h"

#define WIDTH_STEP 16
#define WIDTH_OF_NEW 128

struct _NumeralLayersRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *lines;
  GtkWidget *add;
  const char *hint;  /* translated */
  GtkLabel *problem; /* shows the hint if there is no problem */
  GPtrArray *spins;  /* spin buttons of the layers, from the input side */
  GArray *widths;    /* of guint */
  gboolean showing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralLayersRow, numeral_layers_row, ADW_TYPE_PREFERENCES_ROW)

static void
show (NumeralLayersRow *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->widths->len; i++)
    gtk_spin_button_set_value (g_ptr_array_index (self->spins, i),
                               g_array_index (self->widths, guint, i));
  self->showing = FALSE;
}

static void
on_width (GtkSpinButton *spin, NumeralLayersRow *self)
{
  guint i;

  if (self->showing || !g_ptr_array_find (self->spins, spin, &i))
    return;
  g_array_index (self->widths, guint, i) = (guint) gtk_spin_button_get_value_as_int (spin);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void update_lines (NumeralLayersRow *self);

static void
on_remove (GtkButton *button, NumeralLayersRow *self)
{
  const guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "layer"));

  if (i >= self->widths->len)
    return;
  g_array_remove_index (self->widths, i);
  update_lines (self);
  gtk_widget_grab_focus (self->add);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_add (NumeralLayersRow *self)
{
  const guint n = self->widths->len;
  const guint width = n > 0 ? g_array_index (self->widths, guint, n - 1) : WIDTH_OF_NEW;

  g_array_append_val (self->widths, width);
  update_lines (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->spins, n));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_line (NumeralLayersRow *self, guint i)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label, *spin, *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Layer %u"), i + 1);
  g_autofree char *units = g_strdup_printf (_ ("Units of hidden layer %u"), i + 1);

  label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  spin = numeral_config_spin_new (1, NN_MAX_WIDTH, WIDTH_STEP, TRUE, units);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_width), self);
  g_object_set_data (G_OBJECT (remove), "layer", GUINT_TO_POINTER (i));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove This Layer"));
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), spin);
  gtk_box_append (GTK_BOX (line), remove);
  gtk_box_append (self->lines, line);
  g_ptr_array_add (self->spins, spin);
}

static void
update_lines (NumeralLayersRow *self)
{
  while (self->spins->len > self->widths->len)
    {
      GtkWidget *line = gtk_widget_get_last_child (GTK_WIDGET (self->lines));

      g_ptr_array_remove_index (self->spins, self->spins->len - 1);
      gtk_box_remove (self->lines, line);
    }
  while (self->spins->len < self->widths->len)
    add_line (self, self->spins->len);
  gtk_widget_set_sensitive (self->add, self->widths->len < NN_MAX_HIDDEN);
  show (self);
}

static void
numeral_layers_row_finalize (GObject *object)
{
  NumeralLayersRow *self = NUMERAL_LAYERS_ROW (object);

  g_clear_pointer (&self->spins, g_ptr_array_unref);
  g_clear_pointer (&self->widths, g_array_unref);
  G_OBJECT_CLASS (numeral_layers_row_parent_class)->finalize (object);
}

static void
numeral_layers_row_class_init (NumeralLayersRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_layers_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_LAYERS_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_layers_row_init (NumeralLayersRow *self)
{
  self->spins = g_ptr_array_new ();
  self->widths = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static void
build (NumeralLayersRow *self, const NumeralRunSetting *setting)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_ (setting->setting->title));

  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->add = gtk_button_new_with_mnemonic (_ ("Add _Layer"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  self->hint = _ (setting->setting->hint);
  self->problem = numeral_config_hint_new (self->hint);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->add);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->lines));
  gtk_widget_add_css_class (box, "settings-box");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (setting->setting->title));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

NumeralLayersRow *
numeral_layers_row_new (const NumeralRunSetting *setting)
{
  NumeralLayersRow *self = g_object_new (NUMERAL_TYPE_LAYERS_ROW, NULL);

  build (self, setting);
  return self;
}

void
numeral_layers_row_set_widths (NumeralLayersRow *self, const guint *widths, guint n)
{
  g_return_if_fail (NUMERAL_IS_LAYERS_ROW (self));

  g_array_set_size (self->widths, 0);
  g_array_append_vals (self->widths, widths, n);
  update_lines (self);
}

const guint *
numeral_layers_row_get_widths (NumeralLayersRow *self, guint *n)
{
  g_return_val_if_fail (NUMERAL_IS_LAYERS_ROW (self), NULL);

  *n = self->widths->len;
  return (const guint *) self->widths->data;
}

void
numeral_layers_row_set_problem (NumeralLayersRow *self, const char *problem)
{
  g_return_if_fail (NUMERAL_IS_LAYERS_ROW (self));

  gtk_label_set_text (self->problem, problem ? problem : self->hint);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  for (guint i = 0; i < self->spins->len; i++)
    numeral_config_describe (g_ptr_array_index (self->spins, i), self->hint, problem);
}
