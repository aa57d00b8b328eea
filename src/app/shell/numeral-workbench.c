/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-workbench.h"

#include <glib/gi18n.h>

#include "numeral-runs-page.h"
#include "numeral-samples-page.h"
#include "numeral-train-page.h"

/* Between what is made after the first frame, in milliseconds: as long as a frame, in which a
 * stroke that begins at once is followed and what has been made is drawn. */
#define STEP 16

struct _NumeralWorkbench
{
  GtkWidget parent_instance;

  NumeralLab *lab;
  gboolean folded;

  AdwViewStack *stack;
  guint filling;
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
  SAMPLE_ACTIVATED,
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
on_sample_activated (NumeralWorkbench *self, gpointer tensor)
{
  g_signal_emit (self, signals[SAMPLE_ACTIVATED], 0, tensor);
}

static GtkWidget *
make_page (NumeralWorkbench *self, const char *name)
{
  GtkWidget *page;

  if (g_str_equal (name, "train"))
    return g_object_new (NUMERAL_TYPE_TRAIN_PAGE, NULL);
  if (g_str_equal (name, "runs"))
    {
      page = g_object_new (NUMERAL_TYPE_RUNS_PAGE, NULL);
      g_signal_connect_object (page, "shown", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
      return page;
    }
  page = g_object_new (NUMERAL_TYPE_SAMPLES_PAGE, NULL);
  g_signal_connect_object (page, "sample-activated", G_CALLBACK (on_sample_activated), self,
                           G_CONNECT_SWAPPED);
  return page;
}

/* What stands around the pages. Of the several frames that the whole takes it is the first; done
 * here and not when the widget is made, so that the canvas has not to wait for it. */
static void
build (NumeralWorkbench *self)
{
  if (!self->stack)
    gtk_widget_init_template (GTK_WIDGET (self));
}

/* The next step towards the page of @place, which has it for good once it is complete. FALSE: the
 * last. */
static gboolean
advance (NumeralWorkbench *self, GtkWidget *place, const char *name)
{
  GtkWidget *page = g_object_get_data (G_OBJECT (place), "page");
  g_autoptr (NumeralLab) lab = NULL;

  if (adw_bin_get_child (ADW_BIN (place)))
    return FALSE;
  if (!page)
    {
      page = g_object_ref_sink (make_page (self, name));
      g_object_set_data_full (G_OBJECT (place), "page", page, g_object_unref);
      return TRUE;
    }
  g_object_get (page, "lab", &lab, NULL);
  if (lab != self->lab)
    {
      g_object_set (page, "lab", self->lab, NULL);
      return TRUE;
    }
  adw_bin_set_child (ADW_BIN (place), page);
  g_object_set_data (G_OBJECT (place), "page", NULL);
  return FALSE;
}

GtkWidget *
numeral_workbench_get_page (NumeralWorkbench *self, const char *name)
{
  GtkWidget *place;

  g_return_val_if_fail (NUMERAL_IS_WORKBENCH (self), NULL);

  build (self);
  place = adw_view_stack_get_child_by_name (self->stack, name);
  g_return_val_if_fail (place != NULL, NULL);
  while (advance (self, place, name))
    ;
  return adw_bin_get_child (ADW_BIN (place));
}

static void
fill (NumeralWorkbench *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  g_clear_handle_id (&self->filling, g_source_remove);
  if (name)
    numeral_workbench_get_page (self, name);
}

/* Before it is drawn for the first time the page can wait: the canvas cannot. */
static void
on_visible_child (NumeralWorkbench *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->filling)
    fill (self);
}

/* One step at a time: between them what is drawn is seen, and events are answered. */
static gboolean
on_drawn (gpointer data)
{
  NumeralWorkbench *self = data;
  GtkWidget *place;

  if (!self->stack)
    {
      build (self);
      return G_SOURCE_CONTINUE;
    }
  place = adw_view_stack_get_visible_child (self->stack);
  if (place && advance (self, place, adw_view_stack_get_visible_child_name (self->stack)))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (widget);

  self->filling = g_timeout_add_full (G_PRIORITY_LOW, STEP, on_drawn, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
numeral_workbench_map (GtkWidget *widget)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (widget);
  GtkWidget *place = self->stack ? adw_view_stack_get_visible_child (self->stack) : NULL;

  GTK_WIDGET_CLASS (numeral_workbench_parent_class)->map (widget);
  if (!(place && adw_bin_get_child (ADW_BIN (place))) && !self->filling)
    gtk_widget_add_tick_callback (widget, on_first_frame, NULL, NULL);
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
  GtkWidget *place;

  g_return_if_fail (NUMERAL_IS_WORKBENCH (self));
  g_return_if_fail (!self->lab);

  if (!lab)
    return;
  self->lab = g_object_ref (lab);
  place = self->stack ? gtk_widget_get_first_child (GTK_WIDGET (self->stack)) : NULL;
  for (; place; place = gtk_widget_get_next_sibling (place))
    {
      GtkWidget *page = adw_bin_get_child (ADW_BIN (place));

      if (page)
        g_object_set (page, "lab", lab, NULL);
    }
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

  g_clear_handle_id (&self->filling, g_source_remove);
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
  widget_class->map = numeral_workbench_map;

  properties[PROP_LAB] = g_param_spec_object ("lab", NULL, NULL, NUMERAL_TYPE_LAB, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] = g_signal_new ("back", NUMERAL_TYPE_WORKBENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[SAMPLE_ACTIVATED] =
      g_signal_new ("sample-activated", NUMERAL_TYPE_WORKBENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/shell/numeral-workbench.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, NumeralWorkbench, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);
}

static void
numeral_workbench_init (NumeralWorkbench *self)
{
}

NumeralWorkbench *
numeral_workbench_new (void)
{
  return g_object_new (NUMERAL_TYPE_WORKBENCH, NULL);
}
