/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-workbench.h"

#include <glib/gi18n.h>

#include "numeral-runs-page.h"
#include "numeral-samples-page.h"
#include "numeral-train-page.h"

struct _NumeralWorkbench
{
  GtkWidget parent_instance;

  NumeralLab *lab;
  gboolean folded;

  AdwViewStack *stack;
};

enum
{
  PROP_LAB = 1,
  PROP_FOLDED,
  N_PROPS
};

enum
{
  BACK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralWorkbench, numeral_workbench, GTK_TYPE_WIDGET)

static void
on_back (NumeralWorkbench *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* The curves of a run were asked for. */
static void
on_shown (NumeralWorkbench *self)
{
  adw_view_stack_set_visible_child_name (self->stack, "train");
}

static void
set_folded (NumeralWorkbench *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

void
numeral_workbench_set_lab (NumeralWorkbench *self, NumeralLab *lab)
{
  GtkWidget *child;

  g_return_if_fail (NUMERAL_IS_WORKBENCH (self));
  g_return_if_fail (!self->lab);

  if (!lab)
    return;
  self->lab = g_object_ref (lab);
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child;
       child = gtk_widget_get_next_sibling (child))
    g_object_set (child, "lab", lab, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAB]);
}

static void
numeral_workbench_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (object);

  if (id == PROP_LAB)
    g_value_set_object (value, self->lab);
  else if (id == PROP_FOLDED)
    g_value_set_boolean (value, self->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_workbench_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (object);

  if (id == PROP_LAB)
    numeral_workbench_set_lab (self, g_value_get_object (value));
  else if (id == PROP_FOLDED)
    set_folded (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_workbench_dispose (GObject *object)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->lab);
  G_OBJECT_CLASS (numeral_workbench_parent_class)->dispose (object);
}

static void
numeral_workbench_class_init (NumeralWorkbenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_workbench_get_property;
  object_class->set_property = numeral_workbench_set_property;
  object_class->dispose = numeral_workbench_dispose;

  properties[PROP_LAB] = g_param_spec_object ("lab", NULL, NULL, NUMERAL_TYPE_LAB, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] = g_signal_new ("back", NUMERAL_TYPE_WORKBENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (NUMERAL_TYPE_RUNS_PAGE);
  g_type_ensure (NUMERAL_TYPE_SAMPLES_PAGE);
  g_type_ensure (NUMERAL_TYPE_TRAIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/numeral-workbench.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, NumeralWorkbench, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
}

static void
numeral_workbench_init (NumeralWorkbench *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralWorkbench *
numeral_workbench_new (void)
{
  return g_object_new (NUMERAL_TYPE_WORKBENCH, NULL);
}

GtkWidget *
numeral_workbench_get_page (NumeralWorkbench *self, const char *name)
{
  g_return_val_if_fail (NUMERAL_IS_WORKBENCH (self), NULL);

  return adw_view_stack_get_child_by_name (self->stack, name);
}
