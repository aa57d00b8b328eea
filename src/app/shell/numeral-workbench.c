/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-workbench.h"

#include <glib/gi18n.h>

#include "numeral-page-kind.h"
#include "numeral-page-slot.h"

/* Pause between two steps of making a page, in milliseconds: one frame, so that GTK can follow a
 * stroke and draw what has been made. */
#define STEP 16

struct _NumeralWorkbench
{
  GtkWidget parent_instance;

  NumeralLab *lab;
  gboolean folded;

  AdwViewStack *stack;
  AdwViewSwitcherTitle *switcher;
  GtkWidget *switcher_bar;
  guint filling;   /* source of the next step of making a page */
  guint switching; /* source that shows or hides the switcher bar */
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

static void
on_page_requested (NumeralWorkbench *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->stack, name);
}

static void
on_sample_activated (NumeralWorkbench *self, gpointer tensor, gpointer drawing)
{
  g_signal_emit (self, signals[SAMPLE_ACTIVATED], 0, tensor, drawing);
}

static void
on_page_created (NumeralWorkbench *self, NumeralPage *page)
{
  g_signal_connect_object (page, "page-requested", G_CALLBACK (on_page_requested), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "sample-activated", G_CALLBACK (on_sample_activated), self,
                           G_CONNECT_SWAPPED);
}

static void
add_slot (NumeralWorkbench *self, const NumeralPageKind *kind)
{
  NumeralPageSlot *slot = numeral_page_slot_new (kind);

  g_signal_connect_object (slot, "page-created", G_CALLBACK (on_page_created), self,
                           G_CONNECT_SWAPPED);
  adw_view_stack_add_titled_with_icon (self->stack, GTK_WIDGET (slot), kind->name, _ (kind->title),
                                       kind->icon);
}

/* The header bar, the switcher and a slot for each page. This is the first of the steps, and not
 * part of init(), so that the canvas does not wait for it. */
static void
build (NumeralWorkbench *self)
{
  const NumeralPageKind *kinds;
  guint n_kinds;

  if (self->stack)
    return;
  gtk_widget_init_template (GTK_WIDGET (self));
  kinds = numeral_page_kinds_get (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    add_slot (self, &kinds[i]);
}

GtkWidget *
numeral_workbench_get_page (NumeralWorkbench *self, const char *name)
{
  NumeralPageSlot *slot;
  GtkWidget *child;

  g_return_val_if_fail (NUMERAL_IS_WORKBENCH (self), NULL);

  build (self);
  child = adw_view_stack_get_child_by_name (self->stack, name);
  g_return_val_if_fail (child != NULL, NULL);
  slot = NUMERAL_PAGE_SLOT (child);
  while (numeral_page_slot_advance (slot, self->lab))
    ;
  return GTK_WIDGET (numeral_page_slot_get_page (slot));
}

void
numeral_workbench_show_page (NumeralWorkbench *self, const char *name)
{
  g_return_if_fail (NUMERAL_IS_WORKBENCH (self));

  build (self);
  on_page_requested (self, name);
}

gboolean
numeral_workbench_shows_page (NumeralWorkbench *self, const char *name)
{
  g_return_val_if_fail (NUMERAL_IS_WORKBENCH (self), FALSE);

  return self->stack && g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), name) == 0;
}

/* (nullable) */
static NumeralPageSlot *
get_visible_slot (NumeralWorkbench *self)
{
  GtkWidget *child = self->stack ? adw_view_stack_get_visible_child (self->stack) : NULL;

  return child ? NUMERAL_PAGE_SLOT (child) : NULL;
}

static void
fill (NumeralWorkbench *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  g_clear_handle_id (&self->filling, g_source_remove);
  if (name)
    numeral_workbench_get_page (self, name);
}

static gboolean
show_switcher_bar (gpointer data)
{
  NumeralWorkbench *self = data;

  self->switching = 0;
  /* A hidden bar is not restyled either, so it is hidden and not only closed. */
  gtk_widget_set_visible (self->switcher_bar,
                          adw_view_switcher_title_get_title_visible (self->switcher));
  return G_SOURCE_REMOVE;
}

/* The title changes while the window is being laid out, when GTK drops a request for a new layout:
 * the page would keep the height that it had with the bar. Show or hide the bar after the layout
 * and before the next one. */
static void
on_title_visible (NumeralWorkbench *self)
{
  if (!self->switching)
    self->switching = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_switcher_bar, self, NULL);
}

/* The name of the page stands in the header bar where there is no room for those of all. Until the
 * workbench is drawn for the first time, its page waits for the canvas. */
static void
on_visible_child (NumeralWorkbench *self)
{
  GtkWidget *child = adw_view_stack_get_visible_child (self->stack);

  if (child)
    adw_view_switcher_title_set_title (self->switcher,
                                       adw_view_stack_page_get_title (
                                           adw_view_stack_get_page (self->stack, child)));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->filling)
    fill (self);
}

static gboolean
on_step (gpointer data)
{
  NumeralWorkbench *self = data;
  NumeralPageSlot *slot;

  if (!self->stack)
    {
      build (self);
      return G_SOURCE_CONTINUE;
    }
  slot = get_visible_slot (self);
  if (slot && numeral_page_slot_advance (slot, self->lab))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (widget);

  self->filling = g_timeout_add_full (G_PRIORITY_LOW, STEP, on_step, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
numeral_workbench_map (GtkWidget *widget)
{
  NumeralWorkbench *self = NUMERAL_WORKBENCH (widget);
  NumeralPageSlot *slot = get_visible_slot (self);

  GTK_WIDGET_CLASS (numeral_workbench_parent_class)->map (widget);
  if (!(slot && numeral_page_slot_get_page (slot)) && !self->filling)
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
  GtkWidget *child;

  g_return_if_fail (NUMERAL_IS_WORKBENCH (self));
  g_return_if_fail (!self->lab);

  if (!lab)
    return;
  self->lab = g_object_ref (lab);
  child = self->stack ? gtk_widget_get_first_child (GTK_WIDGET (self->stack)) : NULL;
  for (; child; child = gtk_widget_get_next_sibling (child))
    {
      NumeralPage *page = numeral_page_slot_get_page (NUMERAL_PAGE_SLOT (child));

      if (page)
        numeral_page_set_lab (page, lab);
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
  g_clear_handle_id (&self->switching, g_source_remove);
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
                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/shell/numeral-workbench.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, NumeralWorkbench, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralWorkbench, switcher);
  gtk_widget_class_bind_template_child (widget_class, NumeralWorkbench, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);
}

static void
numeral_workbench_init (NumeralWorkbench *self)
{
}
