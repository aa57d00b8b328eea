/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-network-row.h"

#include <glib/gi18n.h>

#include "numeral-config-row.h"

struct _NumeralNetworkRow
{
  AdwPreferencesRow parent_instance;

  const NumeralRunSetting *setting;
  GtkEditable *entry;
  GtkLabel *hint;
  char *text;      /* the text that was set last */
  char *problem;   /* (nullable): of @text */
  char *rejected;  /* (nullable): why the text in the entry was rejected */
  gboolean edited; /* whether a person changed the entry since @text was set */
  gboolean setting_text;
};

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralNetworkRow, numeral_network_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_problem (NumeralNetworkRow *self)
{
  const char *problem = self->rejected ? self->rejected : self->edited ? NULL : self->problem;
  const char *hint = _ (self->setting->setting->hint);

  gtk_label_set_text (self->hint, problem ? problem : hint);
  numeral_config_describe (self->entry, hint, problem);
  if (problem)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
    }
}

static void
apply (NumeralNetworkRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (!self->edited || self->rejected)
    return;
  self->edited = FALSE;
  g_signal_emit (self, signals[APPLIED], 0, text);
}

static void
on_changed (NumeralNetworkRow *self)
{
  if (self->setting_text)
    return;
  self->edited = TRUE;
  g_clear_pointer (&self->rejected, g_free);
  show_problem (self);
}

static void
numeral_network_row_finalize (GObject *object)
{
  NumeralNetworkRow *self = NUMERAL_NETWORK_ROW (object);

  g_free (self->text);
  g_free (self->problem);
  g_free (self->rejected);
  G_OBJECT_CLASS (numeral_network_row_parent_class)->finalize (object);
}

static void
numeral_network_row_class_init (NumeralNetworkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_network_row_finalize;
  signals[APPLIED] = g_signal_new ("applied", NUMERAL_TYPE_NETWORK_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
numeral_network_row_init (NumeralNetworkRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static void
add_entry (NumeralNetworkRow *self, GtkBox *box)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), self->setting->setting->allowed);
  gtk_entry_set_input_hints (GTK_ENTRY (entry),
                             GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_LOWERCASE);
  /* A long example must not make the page wider. */
  gtk_editable_set_width_chars (self->entry, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (self->setting->setting->title), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (apply), self);
  gtk_widget_add_controller (entry, focus);
  gtk_box_append (box, entry);
}

NumeralNetworkRow *
numeral_network_row_new (const NumeralRunSetting *setting)
{
  NumeralNetworkRow *self = g_object_new (NUMERAL_TYPE_NETWORK_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_ (setting->setting->title));

  self->setting = setting;
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  self->hint = numeral_config_hint_new (_ (setting->setting->hint));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  add_entry (self, GTK_BOX (box));
  gtk_widget_add_css_class (box, "settings-box");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (setting->setting->title));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return self;
}

void
numeral_network_row_set_text (NumeralNetworkRow *self, const char *text)
{
  g_return_if_fail (NUMERAL_IS_NETWORK_ROW (self));

  if (self->edited && g_strcmp0 (text, self->text) == 0)
    return;
  self->edited = FALSE;
  g_clear_pointer (&self->rejected, g_free);
  g_free (self->text);
  self->text = g_strdup (text);
  self->setting_text = TRUE;
  if (!g_str_equal (gtk_editable_get_text (self->entry), text))
    gtk_editable_set_text (self->entry, text);
  self->setting_text = FALSE;
  show_problem (self);
}

void
numeral_network_row_reject (NumeralNetworkRow *self, const char *problem)
{
  g_return_if_fail (NUMERAL_IS_NETWORK_ROW (self));

  self->edited = TRUE;
  g_free (self->rejected);
  self->rejected = g_strdup (problem);
  show_problem (self);
}

void
numeral_network_row_set_problem (NumeralNetworkRow *self, const char *problem)
{
  g_return_if_fail (NUMERAL_IS_NETWORK_ROW (self));

  g_free (self->problem);
  self->problem = g_strdup (problem);
  show_problem (self);
}
