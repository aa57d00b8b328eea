/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-left-out-row.h"

#include <glib/gi18n.h>

#include "numeral-left-out.h"

struct _NumeralLeftOutRow
{
  AdwActionRow parent_instance;
};

enum
{
  CLEARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralLeftOutRow, numeral_left_out_row, ADW_TYPE_ACTION_ROW)

static void
on_clicked (NumeralLeftOutRow *self)
{
  g_signal_emit (self, signals[CLEARED], 0);
}

static void
numeral_left_out_row_class_init (NumeralLeftOutRowClass *klass)
{
  signals[CLEARED] = g_signal_new ("cleared", NUMERAL_TYPE_LEFT_OUT_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_left_out_row_init (NumeralLeftOutRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  const char *tooltip = _ ("Learn From All Samples Again");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

NumeralLeftOutRow *
numeral_left_out_row_new (const NumeralRunSetting *setting)
{
  NumeralLeftOutRow *self = g_object_new (NUMERAL_TYPE_LEFT_OUT_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (setting->setting->title));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (setting->setting->hint));
  return self;
}

void
numeral_left_out_row_set (NumeralLeftOutRow *self, const char *text)
{
  g_autofree char *subtitle = NULL;
  guint n = 0;

  g_return_if_fail (NUMERAL_IS_LEFT_OUT_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (text)
    numeral_left_out_check (text, &n, NULL);
  subtitle = g_strdup_printf (ngettext ("%u sample is left out", "%u samples are left out", n), n);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}
