/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-samples-page-private.h"

/* One's own handwriting among the data of the page: an entry with its number of samples, and a view
 * of its own instead of the grid. */

static void
replace_text (GtkStringList *list, guint position, const char *text)
{
  const char *const texts[] = { text, NULL };

  gtk_string_list_splice (list, position, 1, texts);
}

static void
show_entry (NumeralSamplesPage *self, const NumeralHandCounts *counts)
{
  g_autofree char *text = counts->n > 0 ?
                              /* Translators: the number of samples */
                              g_strdup_printf (_ ("My Handwriting (%'zu)"), counts->n) :
                              g_strdup (_ ("My Handwriting"));
  const guint selected = gtk_drop_down_get_selected (self->source);

  if (g_strcmp0 (gtk_string_list_get_string (self->sources, NUMERAL_SAMPLES_HAND_PLACE), text) == 0)
    return;
  replace_text (self->sources, NUMERAL_SAMPLES_HAND_PLACE, text);
  gtk_drop_down_set_selected (self->source, selected);
}

/* The labels to choose from, with their numbers. The chosen one stays. */
static void
show_labels (NumeralSamplesPage *self, const NumeralHandCounts *counts)
{
  const guint selected = gtk_drop_down_get_selected (self->filter);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  g_autofree char *all = g_strdup_printf (_ ("All (%'zu)"), counts->n);

  g_strv_builder_add (builder, all);
  for (guint label = 0; label < NUMERAL_HAND_N_LABELS; label++)
    {
      g_autofree char *text =
          label == NUMERAL_HAND_NOT_A_DIGIT ?
              /* Translators: how many samples are not a digit */
              g_strdup_printf (_ ("Not a digit (%'zu)"), counts->labels[label]) :
              /* Translators: a digit, and how many samples of it there are */
              g_strdup_printf (_ ("%u (%'zu)"), label, counts->labels[label]);

      g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);
  gtk_string_list_splice (self->classes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->classes)),
                          (const char *const *) texts);
  gtk_drop_down_set_selected (self->filter, selected == GTK_INVALID_LIST_POSITION ? 0 : selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter), TRUE);
}

static void
on_counted (NumeralSamplesPage *self)
{
  const NumeralHandCounts *counts = numeral_hand_view_get_counts (self->hand);

  self->showing = TRUE;
  show_entry (self, counts);
  if (self->what == NUMERAL_BROWSE_HANDWRITING)
    show_labels (self, counts);
  self->showing = FALSE;
}

static void
on_sample (NumeralSamplesPage *self, const float *tensor, InkDrawing *drawing)
{
  numeral_page_activate_sample (NUMERAL_PAGE (self), tensor, drawing);
}

/* Nobody sees a page that is not shown; it is counted again when it is. */
static void
on_generation (NumeralSamplesPage *self)
{
  if (self->lab && numeral_page_get_shown (NUMERAL_PAGE (self)))
    numeral_samples_page_count_hand (self);
}

void
numeral_samples_page_init_hand (NumeralSamplesPage *self)
{
  NumeralHandStore *store = numeral_lab_get_hand (self->lab);

  numeral_hand_view_set_lab (self->hand, self->lab);
  g_signal_connect_object (self->hand, "counted", G_CALLBACK (on_counted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hand, "sample-activated", G_CALLBACK (on_sample), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::generation", G_CALLBACK (on_generation), self,
                           G_CONNECT_SWAPPED);
}

void
numeral_samples_page_count_hand (NumeralSamplesPage *self)
{
  numeral_hand_view_refresh (self->hand, self->what == NUMERAL_BROWSE_HANDWRITING);
}

void
numeral_samples_page_show_hand (NumeralSamplesPage *self)
{
  self->showing = TRUE;
  show_labels (self, numeral_hand_view_get_counts (self->hand));
  gtk_drop_down_set_selected (self->filter, 0);
  self->showing = FALSE;
  numeral_hand_view_set_label (self->hand, -1);
  numeral_samples_page_count_hand (self);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "hand");
}
