/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-unsaved-bar.h"

#include <glib/gi18n.h>

#include "numeral-toast.h"

/* The bar of a window, as the window's data; and what a row shows, as the row's. */
#define BAR "numeral-unsaved-bar"
#define ROW "numeral-unsaved-row"
/* In seconds: from one automatic try to the next. */
#define RETRY 10
/* Rows that are shown at once: more would leave no room for the rest of a small window. */
#define MAX_SHOWN 2

struct _NumeralUnsavedBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkBox *rows;
  GHashTable *dismissed; /* keys that a person has seen, until they are saved */
  gboolean narrow;
  guint retrying;
};

typedef struct
{
  char *key;
  GWeakRef owner;
  gboolean automatic;
  NumeralUnsavedFunc act;
  gpointer data;
  GDestroyNotify destroy;
  NumeralUnsavedActions actions;
  GtkLabel *title, *reason;
  GtkWidget *buttons;
  gboolean busy; /* trying again, until it is shown again or hidden */
} Row;

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralUnsavedBar, numeral_unsaved_bar, GTK_TYPE_WIDGET)

static void
row_free (gpointer data)
{
  Row *row = data;

  if (row->destroy)
    row->destroy (row->data);
  g_weak_ref_clear (&row->owner);
  g_free (row->key);
  g_free (row);
}

/* (transfer none) (nullable) */
static NumeralUnsavedBar *
find_bar (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root ? g_object_get_data (G_OBJECT (root), BAR) : NULL;
}

static GtkWidget *
find_row (NumeralUnsavedBar *self, const char *key)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (child && !g_str_equal (((Row *) g_object_get_data (G_OBJECT (child), ROW))->key, key))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static gboolean
has_automatic (NumeralUnsavedBar *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (child && !((Row *) g_object_get_data (G_OBJECT (child), ROW))->automatic)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL;
}

static void
act (Row *row, NumeralUnsavedActions action)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&row->owner);

  if (owner)
    row->act (owner, action, row->data);
}

static gboolean
on_retry (gpointer data)
{
  NumeralUnsavedBar *self = data;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  while (child)
    {
      g_autoptr (GtkWidget) held = g_object_ref (child);
      Row *row = g_object_get_data (G_OBJECT (child), ROW);

      child = gtk_widget_get_next_sibling (child);
      if (row->automatic)
        act (row, NUMERAL_UNSAVED_AGAIN);
    }
  return G_SOURCE_CONTINUE;
}

static void
update (NumeralUnsavedBar *self)
{
  const gboolean automatic = has_automatic (self);
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); child;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, n++ < MAX_SHOWN);
  gtk_revealer_set_reveal_child (self->revealer,
                                 gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL);
  if (automatic && !self->retrying)
    self->retrying = g_timeout_add_seconds (RETRY, on_retry, self);
  else if (!automatic)
    g_clear_handle_id (&self->retrying, g_source_remove);
}

static void
remove_row (NumeralUnsavedBar *self, GtkWidget *child)
{
  gtk_box_remove (self->rows, child);
  update (self);
}

static void
on_again (GtkWidget *child)
{
  Row *row = g_object_get_data (G_OBJECT (child), ROW);

  if (row->busy)
    return;
  row->busy = TRUE;
  act (row, NUMERAL_UNSAVED_AGAIN);
}

static void
on_elsewhere (GtkWidget *child)
{
  act (g_object_get_data (G_OBJECT (child), ROW), NUMERAL_UNSAVED_ELSEWHERE);
}

static void
on_resume (GtkWidget *child)
{
  act (g_object_get_data (G_OBJECT (child), ROW), NUMERAL_UNSAVED_RESUME);
}

static void
on_unlock (GtkWidget *child)
{
  act (g_object_get_data (G_OBJECT (child), ROW), NUMERAL_UNSAVED_UNLOCK);
}

static void
on_dismiss (GtkWidget *child)
{
  NumeralUnsavedBar *self =
      NUMERAL_UNSAVED_BAR (gtk_widget_get_ancestor (child, NUMERAL_TYPE_UNSAVED_BAR));

  g_hash_table_add (self->dismissed,
                    g_strdup (((Row *) g_object_get_data (G_OBJECT (child), ROW))->key));
  remove_row (self, child);
}

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  /* A path has no spaces. */
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_button (GtkWidget *child, GtkWidget *button, GCallback callback)
{
  Row *row = g_object_get_data (G_OBJECT (child), ROW);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* What it is for, to a screen reader. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  row->title, NULL, -1);
  g_signal_connect_object (button, "clicked", callback, child, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row->buttons), button);
}

static void
add_buttons (GtkWidget *child, NumeralUnsavedActions actions)
{
  GtkWidget *dismiss;

  if (actions & NUMERAL_UNSAVED_AGAIN)
    add_button (child, gtk_button_new_with_mnemonic (_ ("_Try Again")), G_CALLBACK (on_again));
  if (actions & NUMERAL_UNSAVED_ELSEWHERE)
    add_button (child, gtk_button_new_with_mnemonic (_ ("Save _Elsewhere…")),
                G_CALLBACK (on_elsewhere));
  if (actions & NUMERAL_UNSAVED_RESUME)
    add_button (child, gtk_button_new_with_mnemonic (_ ("_Resume")), G_CALLBACK (on_resume));
  if (actions & NUMERAL_UNSAVED_UNLOCK)
    add_button (child, gtk_button_new_with_mnemonic (_ ("_Unlock…")), G_CALLBACK (on_unlock));
  if (!(actions & NUMERAL_UNSAVED_DISMISS))
    return;
  dismiss = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (dismiss, "flat");
  gtk_widget_set_tooltip_text (dismiss, _ ("Dismiss"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dismiss), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Dismiss"), -1);
  add_button (child, dismiss, G_CALLBACK (on_dismiss));
}

static void
orient (NumeralUnsavedBar *self, GtkWidget *child)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (child), self->narrow ?
                                                              GTK_ORIENTATION_VERTICAL :
                                                              GTK_ORIENTATION_HORIZONTAL);
}

/* Gives a row what it shows; takes ownership of the data. */
static void
fill (Row *row, const NumeralUnsaved *unsaved)
{
  if (row->destroy)
    row->destroy (row->data);
  g_weak_ref_set (&row->owner, unsaved->owner);
  row->automatic = unsaved->automatic;
  row->act = unsaved->act;
  row->data = unsaved->data;
  row->destroy = unsaved->destroy;
  row->busy = FALSE;
  gtk_label_set_text (row->title, unsaved->title);
  gtk_label_set_text (row->reason, unsaved->reason);
}

static GtkWidget *
make_row (NumeralUnsavedBar *self, const NumeralUnsaved *unsaved)
{
  GtkWidget *child =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "spacing", 6, NULL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Row *row = g_new0 (Row, 1);

  row->key = g_strdup (unsaved->key);
  g_weak_ref_init (&row->owner, NULL);
  row->actions = unsaved->actions;
  row->title = add_label (texts, "heading");
  row->reason = add_label (texts, NULL);
  row->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_object_set_data_full (G_OBJECT (child), ROW, row, row_free);
  fill (row, unsaved);
  orient (self, child);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  row->title, NULL, -1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (child), texts);
  gtk_widget_set_halign (row->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (child), row->buttons);
  add_buttons (child, unsaved->actions);
  return child;
}

void
numeral_unsaved_bar_show (GtkWidget *widget, const NumeralUnsaved *unsaved)
{
  NumeralUnsavedBar *self;
  GtkWidget *child;
  Row *row;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  self = find_bar (widget);
  if (!self || g_hash_table_contains (self->dismissed, unsaved->key))
    {
      if (!self)
        numeral_toast_show (widget, unsaved->reason);
      if (unsaved->destroy)
        unsaved->destroy (unsaved->data);
      return;
    }
  child = find_row (self, unsaved->key);
  row = child ? g_object_get_data (G_OBJECT (child), ROW) : NULL;
  /* A button that has the focus keeps it. */
  if (row && row->actions == unsaved->actions)
    {
      fill (row, unsaved);
      update (self);
      return;
    }
  if (child)
    gtk_box_remove (self->rows, child);
  if (unsaved->urgent)
    gtk_box_prepend (self->rows, make_row (self, unsaved));
  else
    gtk_box_append (self->rows, make_row (self, unsaved));
  update (self);
}

void
numeral_unsaved_bar_hide (GtkWidget *widget, const char *key)
{
  NumeralUnsavedBar *self;
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  self = find_bar (widget);
  child = self ? find_row (self, key) : NULL;
  if (self)
    g_hash_table_remove (self->dismissed, key);
  if (child)
    remove_row (self, child);
}

static void
numeral_unsaved_bar_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_unsaved_bar_parent_class)->root (widget);
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), BAR, widget);
}

static void
numeral_unsaved_bar_unroot (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), BAR, NULL);
  GTK_WIDGET_CLASS (numeral_unsaved_bar_parent_class)->unroot (widget);
}

static void
numeral_unsaved_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, NUMERAL_UNSAVED_BAR (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_unsaved_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralUnsavedBar *self = NUMERAL_UNSAVED_BAR (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->narrow == g_value_get_boolean (value))
    return;
  self->narrow = g_value_get_boolean (value);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); child;
       child = gtk_widget_get_next_sibling (child))
    orient (self, child);
  g_object_notify_by_pspec (object, pspec);
}

static void
numeral_unsaved_bar_dispose (GObject *object)
{
  NumeralUnsavedBar *self = NUMERAL_UNSAVED_BAR (object);

  g_clear_handle_id (&self->retrying, g_source_remove);
  if (self->revealer)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (numeral_unsaved_bar_parent_class)->dispose (object);
}

static void
numeral_unsaved_bar_finalize (GObject *object)
{
  g_hash_table_unref (NUMERAL_UNSAVED_BAR (object)->dismissed);
  G_OBJECT_CLASS (numeral_unsaved_bar_parent_class)->finalize (object);
}

static void
numeral_unsaved_bar_class_init (NumeralUnsavedBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_unsaved_bar_get_property;
  object_class->set_property = numeral_unsaved_bar_set_property;
  object_class->dispose = numeral_unsaved_bar_dispose;
  object_class->finalize = numeral_unsaved_bar_finalize;
  widget_class->root = numeral_unsaved_bar_root;
  widget_class->unroot = numeral_unsaved_bar_unroot;

  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "unsavedbar");
}

static void
numeral_unsaved_bar_init (NumeralUnsavedBar *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->revealer = GTK_REVEALER (revealer);
  self->rows = GTK_BOX (rows);
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, rows);
  gtk_widget_set_parent (revealer, GTK_WIDGET (self));
}
