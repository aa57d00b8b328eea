/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-page.h"

#include "numeral-explain-drawing.h"
#include "numeral-explain-network.h"

struct _NumeralExplainPage
{
  NumeralPage parent_instance;

  GtkStack *parts;
  NumeralExplainDrawing *drawing;
  NumeralExplainNetwork *network;
};

G_DEFINE_FINAL_TYPE (NumeralExplainPage, numeral_explain_page, NUMERAL_TYPE_PAGE)

static void
update_shown (NumeralExplainPage *self)
{
  const gboolean shown = numeral_page_get_shown (NUMERAL_PAGE (self));
  GtkWidget *part = gtk_stack_get_visible_child (self->parts);

  g_object_set (self->drawing, "shown", shown && part == GTK_WIDGET (self->drawing), NULL);
  g_object_set (self->network, "shown", shown && part == GTK_WIDGET (self->network), NULL);
}

static void
numeral_explain_page_set_lab_of_page (NumeralPage *page, NumeralLab *lab)
{
  NumeralExplainPage *self = NUMERAL_EXPLAIN_PAGE (page);

  g_object_set (self->drawing, "lab", lab, NULL);
  g_object_set (self->network, "lab", lab, NULL);
}

static void
numeral_explain_page_class_init (NumeralExplainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  NUMERAL_PAGE_CLASS (klass)->set_lab = numeral_explain_page_set_lab_of_page;

  g_type_ensure (NUMERAL_TYPE_EXPLAIN_DRAWING);
  g_type_ensure (NUMERAL_TYPE_EXPLAIN_NETWORK);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-explain-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainPage, parts);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainPage, drawing);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainPage, network);
  gtk_widget_class_bind_template_callback (widget_class, update_shown);
}

static void
numeral_explain_page_init (NumeralExplainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_shown (self);
}

NumeralExplainPage *
numeral_explain_page_new (NumeralLab *lab)
{
  return g_object_new (NUMERAL_TYPE_EXPLAIN_PAGE, "lab", lab, NULL);
}
