/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sheet-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-format-sheet.h"
#include "numeral-format.h"

struct _NumeralSheetRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *place;
  GtkLabel *numbers;
  GtkLabel *probability;
  guint first, last, first_filled;
};

G_DEFINE_FINAL_TYPE (NumeralSheetRow, numeral_sheet_row, GTK_TYPE_LIST_BOX_ROW)

static void
numeral_sheet_row_class_init (NumeralSheetRowClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), NUMERAL_RESOURCES
                                               "/ui/reading/numeral-sheet-row.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), NumeralSheetRow, place);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), NumeralSheetRow, numbers);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), NumeralSheetRow, probability);
}

static void
numeral_sheet_row_init (NumeralSheetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralSheetRow *
numeral_sheet_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_SHEET_ROW, NULL);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

/* The chosen number is bold and underlined, a refused one has the line of a misspelt word. */
static void
show_numbers (NumeralSheetRow *self, const NumeralSheet *sheet, const guint *widths, guint chosen)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  for (guint i = self->first; i < self->last; i++)
    {
      const NumeralSheetNumber *number = &sheet->numbers[i];
      g_autofree char *one = numeral_sheet_get_text (sheet, i, i + 1);
      gsize start;

      if (i > self->first)
        g_string_append_c (text, ' ');
      if (sheet->n_columns > 0)
        g_string_append_printf (text, "%*s", (int) (widths[number->column] - strlen (one)), "");
      start = text->len;
      g_string_append (text, one);
      if (numeral_prediction_is_refused (number->prediction))
        add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_ERROR), start, text->len);
      else if (i == chosen)
        add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, text->len);
      if (i == chosen)
        add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, text->len);
    }
  gtk_label_set_text (self->numbers, text->str);
  gtk_label_set_attributes (self->numbers, list);
  /* Columns are in line only if all characters are equally wide. */
  if (sheet->n_columns > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->numbers), "monospace");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->numbers), "monospace");
  gtk_label_set_wrap (self->numbers, sheet->n_columns == 0);
}

static void
show_probability (NumeralSheetRow *self, const NumeralSheet *sheet)
{
  gboolean refused;
  const double probability =
      numeral_sheet_get_probability (sheet, self->first, self->last, &refused);
  g_autofree char *percent = numeral_format_percent (probability);
  gboolean blank = TRUE;

  for (guint i = self->first; i < self->last; i++)
    blank = blank && sheet->numbers[i].prediction->empty;
  if (blank)
    gtk_label_set_text (self->probability, "");
  else
    /* Translators: something in a line of numbers may not be digits; beside the line, as short as
     * "98.2 %" if possible */
    gtk_label_set_text (self->probability, refused ? _ ("not sure") : percent);
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
}

void
numeral_sheet_row_show (NumeralSheetRow *self,
                        const NumeralSheet *sheet,
                        guint first,
                        const guint *widths,
                        guint chosen)
{
  g_autofree char *place = g_strdup_printf ("%u", sheet->numbers[first].line + 1);
  g_autofree char *last_place = g_strdup_printf ("%u", sheet->n_lines);
  g_autofree char *spoken = NULL;

  g_return_if_fail (NUMERAL_IS_SHEET_ROW (self));

  self->first = self->first_filled = first;
  self->last = numeral_sheet_end_of_line (sheet, first);
  for (guint i = self->last; i-- > first;)
    if (!sheet->numbers[i].prediction->empty)
      self->first_filled = i;
  gtk_label_set_text (self->place, place);
  gtk_label_set_width_chars (self->place, (int) strlen (last_place));
  show_numbers (self, sheet, widths, chosen);
  show_probability (self, sheet);
  spoken = numeral_format_sheet_line (sheet, first, self->last);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

guint
numeral_sheet_row_get_first (NumeralSheetRow *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHEET_ROW (self), 0);

  return self->first_filled;
}

gboolean
numeral_sheet_row_has (NumeralSheetRow *self, guint index)
{
  g_return_val_if_fail (NUMERAL_IS_SHEET_ROW (self), FALSE);

  return index >= self->first && index < self->last;
}
