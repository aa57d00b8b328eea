/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-page.h"

#include "numeral-explain-drawing.h"
#include "numeral-explain-network.h"

struct _NumeralExplainPage
{
  NumeralPage parent_instance;

  NumeralExplainDrawing *drawing;
  NumeralExplainNetwork *network;
};

G_DEFINE_FINAL_TYPE (NumeralExplainPage, numeral_explain_page, NUMERAL_TYPE_PAGE)

static void
numeral_explain_page_set_lab_of_page (NumeralPage *page, NumeralLab *lab)
{
  NumeralExplainPage *self = NUMERAL_EXPLAIN_PAGE (page);

  numeral_page_set_lab (NUMERAL_PAGE (self->drawing), lab);
  numeral_page_set_lab (NUMERAL_PAGE (self->network), lab);
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
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainPage, drawing);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainPage, network);
  gtk_widget_class_bind_template_callback (widget_class, numeral_page_activate_sample);
  gtk_widget_class_bind_template_callback (widget_class, numeral_page_request_page);
}

static void
numeral_explain_page_init (NumeralExplainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralExplainPage *
numeral_explain_page_new (NumeralLab *lab)
{
  return g_object_new (NUMERAL_TYPE_EXPLAIN_PAGE, "lab", lab, NULL);
}
