/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-steps-card.h"

#include <glib/gi18n.h>

#include "numeral-explain-figures.h"
#include "numeral-format.h"

#define N_STEPS 3

struct _NumeralStepsCard
{
  AdwBin parent_instance;

  GArray *readings; /* (nullable) (element-type NumeralReading) */

  GtkWidget *content;
  GtkWidget *none;
  NumeralFigure *before;           /* as it is drawn */
  NumeralFigure *figures[N_STEPS]; /* after this step and those before it */
  GtkSwitch *switches[N_STEPS];
  NumeralFigure *result;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (NumeralStepsCard, numeral_steps_card, ADW_TYPE_BIN)

static const NumeralReading *
get_reading (NumeralStepsCard *self, guint steps)
{
  return &g_array_index (self->readings, NumeralReading, steps);
}

/* (transfer full): "7, 98.2 %" */
static char *
format_reading (const NumeralReading *reading)
{
  g_autofree char *percent =
      numeral_format_percent ((double) reading->probabilities[reading->digit]);

  if (reading->overflow)
    return g_strdup (_ ("no answer"));
  if (reading->refused)
    /* Translators: a digit and its probability */
    return g_strdup_printf (_ ("refused; best guess %u, %s"), reading->digit, percent);
  /* Translators: a digit and its probability */
  return g_strdup_printf (_ ("read as %u, %s"), reading->digit, percent);
}

static void
show_result (NumeralStepsCard *self)
{
  const NumeralReading *reading;
  g_autofree char *text = NULL;
  guint steps = 0;

  if (!self->readings)
    return;
  for (guint i = 0; i < N_STEPS; i++)
    if (gtk_switch_get_active (self->switches[i]))
      steps |= 1u << i;
  reading = get_reading (self, steps);
  text = format_reading (reading);
  numeral_explain_figure_tensor (self->result, reading->tensor);
  numeral_figure_describe (self->result, text);
  gtk_label_set_text (self->text, text);
}

static void
numeral_steps_card_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_STEPS_CARD (object)->readings, g_array_unref);
  G_OBJECT_CLASS (numeral_steps_card_parent_class)->finalize (object);
}

static void
numeral_steps_card_class_init (NumeralStepsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_steps_card_finalize;
  g_type_ensure (NUMERAL_TYPE_FIGURE);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-steps-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralStepsCard, content);
  gtk_widget_class_bind_template_child (widget_class, NumeralStepsCard, none);
  gtk_widget_class_bind_template_child (widget_class, NumeralStepsCard, before);
  gtk_widget_class_bind_template_child (widget_class, NumeralStepsCard, result);
  gtk_widget_class_bind_template_child (widget_class, NumeralStepsCard, text);
  for (guint i = 0; i < N_STEPS; i++)
    {
      const gssize at = (gssize) (i * sizeof (gpointer));
      g_autofree char *figure = g_strdup_printf ("figure_%u", i);
      g_autofree char *toggle = g_strdup_printf ("switch_%u", i);

      gtk_widget_class_bind_template_child_full (widget_class, figure, FALSE,
                                                 G_STRUCT_OFFSET (NumeralStepsCard, figures) + at);
      gtk_widget_class_bind_template_child_full (widget_class, toggle, FALSE,
                                                 G_STRUCT_OFFSET (NumeralStepsCard, switches) + at);
    }
  gtk_widget_class_bind_template_callback (widget_class, show_result);
}

static void
numeral_steps_card_init (NumeralStepsCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
numeral_steps_card_set_insight (NumeralStepsCard *self, const NumeralInsight *insight)
{
  GArray *readings = insight ? insight->steps : NULL;

  g_return_if_fail (NUMERAL_IS_STEPS_CARD (self));

  /* A stroke keeps what was known before it. */
  if (readings == self->readings || (insight && insight->question->unfinished))
    return;
  g_clear_pointer (&self->readings, g_array_unref);
  self->readings = readings ? g_array_ref (readings) : NULL;
  gtk_widget_set_visible (self->content, readings != NULL);
  gtk_widget_set_visible (self->none, insight && !insight->drawing);
  if (!readings)
    return;
  numeral_explain_figure_tensor (self->before, get_reading (self, 0)->tensor);
  for (guint i = 0; i < N_STEPS; i++)
    numeral_explain_figure_tensor (self->figures[i], get_reading (self, (2u << i) - 1)->tensor);
  show_result (self);
}
