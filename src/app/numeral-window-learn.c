/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-window-private.h"

/* What stands beside the reading pane: the pages about learning. */

static void
on_network (NumeralLab *lab, NnNetwork *network, NumeralWindow *self)
{
  NumeralRecogniser *recogniser = numeral_reading_pane_get_recogniser (self->pane);
  g_autoptr (GError) error = NULL;

  if (recogniser && !numeral_recogniser_set_network (recogniser, network, &error))
    numeral_window_show_error (self, _ ("The drawing cannot be read with this network"), error);
}

static void
on_back (NumeralWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

void
numeral_window_learn (NumeralWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->workbench));
}

void
numeral_window_learn_init (NumeralWindow *self)
{
  self->lab = numeral_lab_new ();
  g_signal_connect_object (self->lab, "network", G_CALLBACK (on_network), self, 0);
  g_signal_connect_object (self->workbench, "back", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  numeral_workbench_set_lab (self->workbench, self->lab);
}

void
numeral_window_learn_close (NumeralWindow *self)
{
  if (self->lab)
    numeral_lab_close (self->lab);
}
