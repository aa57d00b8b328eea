/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sheet-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-format-sheet.h"
#include "numeral-sheet-row.h"

struct _NumeralSheetList
{
  GtkWidget parent_instance;

  NumeralSheetChoice *choice;

  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *outside;
  GtkLabel *message;
  gboolean updating;
};

enum
{
  PROP_CHOICE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralSheetList, numeral_sheet_list, GTK_TYPE_WIDGET)

/* (transfer full): [n_columns] the number of characters of each column of a table */
static guint *
measure_columns (const NumeralSheet *sheet)
{
  guint *widths = g_new0 (guint, sheet->n_columns + 1);

  for (guint i = 0; i < sheet->n_numbers && sheet->n_columns > 0; i++)
    {
      g_autofree char *text = numeral_sheet_get_text (sheet, i, i + 1);

      widths[sheet->numbers[i].column] =
          MAX (widths[sheet->numbers[i].column], (guint) strlen (text));
    }
  return widths;
}

/* Scrolls to a row that was selected by other means than the list. */
static void
reveal (NumeralSheetList *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_rect_t bounds;

  if (adjustment && gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double) bounds.origin.y,
                               (double) (bounds.origin.y + bounds.size.height));
}

/* Keeps the rows that exist, so that a network that learns does not move what is selected. */
static void
update (NumeralSheetList *self)
{
  NumeralSheet *sheet = self->choice ? numeral_sheet_choice_get_sheet (self->choice) : NULL;
  const guint chosen = self->choice ? numeral_sheet_choice_get_chosen (self->choice) : 0;
  g_autofree guint *widths = sheet ? measure_columns (sheet) : NULL;
  g_autofree char *outside = sheet ? numeral_format_sheet_outside (sheet) : NULL;
  GtkListBoxRow *row;
  int n = 0;

  self->updating = TRUE;
  for (guint first = 0; sheet && first < sheet->n_numbers;
       first = numeral_sheet_end_of_line (sheet, first), n++)
    {
      if (!gtk_list_box_get_row_at_index (self->list, n))
        gtk_list_box_append (self->list, GTK_WIDGET (numeral_sheet_row_new ()));
      row = gtk_list_box_get_row_at_index (self->list, n);
      numeral_sheet_row_show (NUMERAL_SHEET_ROW (row), sheet, first, widths, chosen);
      if (numeral_sheet_row_has (NUMERAL_SHEET_ROW (row), chosen) &&
          gtk_list_box_get_selected_row (self->list) != row)
        {
          gtk_list_box_select_row (self->list, row);
          reveal (self, GTK_WIDGET (row));
        }
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, n)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->updating = FALSE;
  gtk_label_set_text (self->outside, outside ? outside : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outside), outside != NULL);
  gtk_stack_set_visible_child_name (self->stack, sheet ? "lines" : "message");
}

static void
on_row_selected (NumeralSheetList *self, NumeralSheetRow *row)
{
  if (row && !self->updating &&
      !numeral_sheet_row_has (row, numeral_sheet_choice_get_chosen (self->choice)))
    numeral_sheet_choice_set_chosen (self->choice, numeral_sheet_row_get_first (row));
}

/* The left and right arrow keys go through the numbers, across lines. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        NumeralSheetList *self)
{
  const gboolean left = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;
  const gboolean right = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;
  NumeralSheet *sheet = numeral_sheet_choice_get_sheet (self->choice);
  guint index = numeral_sheet_choice_get_chosen (self->choice);

  if (!sheet || !(left || right) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  do
    index += left ? -1u : 1u;
  while (index < sheet->n_numbers && sheet->numbers[index].prediction->empty);
  numeral_sheet_choice_set_chosen (self->choice, index);
  if (gtk_list_box_get_selected_row (self->list))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
  return TRUE;
}

static void
numeral_sheet_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOICE)
    g_value_set_object (value, NUMERAL_SHEET_LIST (object)->choice);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_sheet_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralSheetList *self = NUMERAL_SHEET_LIST (object);

  if (id != PROP_CHOICE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->choice = g_value_dup_object (value);
  if (self->choice)
    g_signal_connect_object (self->choice, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
numeral_sheet_list_dispose (GObject *object)
{
  NumeralSheetList *self = NUMERAL_SHEET_LIST (object);
  GtkWidget *child;

  if (self->choice)
    g_signal_handlers_disconnect_by_data (self->choice, self);
  /* The list unselects its rows while it goes. */
  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->choice);
  G_OBJECT_CLASS (numeral_sheet_list_parent_class)->dispose (object);
}

static void
numeral_sheet_list_class_init (NumeralSheetListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_sheet_list_get_property;
  object_class->set_property = numeral_sheet_list_set_property;
  object_class->dispose = numeral_sheet_list_dispose;

  properties[PROP_CHOICE] =
      g_param_spec_object ("choice", NULL, NULL, NUMERAL_TYPE_SHEET_CHOICE,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NUMERAL_TYPE_SHEET_ROW);
  gtk_widget_class_set_css_name (widget_class, "sheetlist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/reading/numeral-sheet-list.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralSheetList, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralSheetList, list);
  gtk_widget_class_bind_template_child (widget_class, NumeralSheetList, outside);
  gtk_widget_class_bind_template_child (widget_class, NumeralSheetList, message);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
numeral_sheet_list_init (NumeralSheetList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralSheetList *
numeral_sheet_list_new (NumeralSheetChoice *choice)
{
  NumeralSheetList *self = g_object_new (NUMERAL_TYPE_SHEET_LIST, "choice", choice, NULL);

  update (self);
  return self;
}

void
numeral_sheet_list_set_message (NumeralSheetList *self, const char *message)
{
  g_return_if_fail (NUMERAL_IS_SHEET_LIST (self));

  gtk_label_set_text (self->message, message ? message : "");
}
