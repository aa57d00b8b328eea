/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-settings.h"

G_BEGIN_DECLS

/* Called by a row when a person has changed its value, which is in the unit of
 * numeral_config_get(). */
typedef void (*NumeralConfigChanged) (const NumeralRunSetting *setting,
                                      double value,
                                      gpointer user_data);

/* (transfer floating): a row of a list that shows and sets @setting, a number or a choice. Its
 * title, unit, explanation and bounds are those of the setting's table. */
GtkWidget *numeral_config_row_new (const NumeralRunSetting *setting,
                                   NumeralConfigChanged changed,
                                   gpointer user_data);
/* Shows the value in @config; hides the row if its setting has no effect. Does not call
 * NumeralConfigChanged. */
void numeral_config_row_show (GtkWidget *row, const NumeralRunConfig *config);

/* Tells assistive technology whether the value is valid. */
void numeral_config_set_invalid (gpointer widget, gboolean invalid);
/* The same, and makes the problem, or without one the hint, the widget's description.
 * @problem: (nullable) */
void numeral_config_describe (gpointer widget, const char *hint, const char *problem);
/* Shows under the row's title why its value is not valid, in the colour of errors, in place of its
 * hint; @problem: (nullable): %NULL for a valid value. */
void numeral_config_row_set_problem (GtkWidget *row, const char *problem);
/* The same for a row that shows a subtitle of its own if its value is valid. */
void numeral_action_row_set_problem (AdwActionRow *row, const char *subtitle, const char *problem);
const NumeralRunSetting *numeral_config_row_get_setting (GtkWidget *row);

/* (transfer floating): a label that looks like the subtitle of a row, for a row that has none. */
GtkLabel *numeral_config_hint_new (const char *hint);

/* A number or choice in the unit that people see: shares in percent. */
double numeral_config_get (const NumeralRunSetting *setting, const NumeralRunConfig *config);
/* Returns whether @value differs from the old value. */
gboolean
numeral_config_set (const NumeralRunSetting *setting, NumeralRunConfig *config, double value);
/* Whether the setting has an effect, given the others. */
gboolean numeral_config_matters (const NumeralRunSetting *setting, const NumeralRunConfig *config);

/* (transfer floating): a combo row with these choices, which it shows even if its subtitle is long.
 */
GtkWidget *numeral_config_combo_new (GListModel *titles);

/* (transfer floating): a spin button that shows as many digits as its value needs. */
GtkWidget *
numeral_config_spin_new (double min, double max, double step, gboolean whole, const char *name);

G_END_DECLS
