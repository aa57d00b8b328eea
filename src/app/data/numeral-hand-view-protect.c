/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-hand-view-private.h"

/* Shows whether the samples are encrypted, and what opens them. The actions are those of the
 * window. */

static const char *
describe (const NumeralHandProtection *now)
{
  if (now->has_keyring && now->has_passphrase)
    return _ ("Protected by the Keyring and a Passphrase");
  if (now->has_keyring)
    return _ ("Protected by the Keyring");
  return now->has_passphrase ? _ ("Protected by a Passphrase") : _ ("Protected by a Recovery Key");
}

/* (transfer full) */
static GMenuModel *
make_menu (const NumeralHandProtection *now)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) keys = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();

  g_menu_append (keys,
                 now->has_passphrase ? _ ("Change the _Passphrase…") : _ ("Set a _Passphrase…"),
                 "win.set-passphrase");
  if (now->has_keyring && now->has_passphrase)
    g_menu_append (keys, _ ("R_emove the Passphrase"), "win.remove-passphrase");
  if (!now->has_keyring)
    g_menu_append (keys, _ ("Use the _Keyring, Too"), "win.add-keyring");
  else if (now->has_passphrase)
    g_menu_append (keys, _ ("Do Not Use the _Keyring"), "win.remove-keyring");
  g_menu_append (keys, _ ("New _Recovery Key…"), "win.new-recovery-key");
  g_menu_append (all, _ ("_Lock Now"), "win.lock");
  g_menu_append (all, _ ("_Switch Off…"), "win.unprotect");
  g_menu_append_section (menu, describe (now), G_MENU_MODEL (keys));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return G_MENU_MODEL (menu);
}

static void
show_locked (NumeralHandView *self)
{
  const NumeralHandProtection *now = numeral_protector_get (self->protector);
  const char *problem = numeral_protector_get_problem (self->protector);
  const gboolean waiting = numeral_protector_is_waiting (self->protector);
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;

  if (waiting)
    text = g_strdup (_ ("Waiting for the keyring…"));
  else if (problem)
    {
      reason = numeral_format_sentence (problem);
      text = g_markup_escape_text (reason, -1);
    }
  else
    text = g_strdup (_ ("It is encrypted. Drawing and reading go on."));
  adw_status_page_set_description (self->locked, text);
  gtk_widget_set_visible (self->keyring, now->has_keyring && !waiting);
}

static void
on_protector (NumeralHandView *self)
{
  const NumeralHandProtection *now = numeral_protector_get (self->protector);
  const gboolean locked = numeral_protector_is_locked (self->protector);
  const gboolean on = now && now->access == NUMERAL_HAND_UNLOCKED;

  if (locked)
    show_locked (self);
  gtk_stack_set_visible_child_name (self->pages, locked ? "locked" : "samples");
  gtk_widget_set_visible (self->protect, !on);
  gtk_widget_set_visible (GTK_WIDGET (self->protection), on);
  if (on)
    {
      g_autoptr (GMenuModel) menu = make_menu (now);

      gtk_menu_button_set_menu_model (self->protection, menu);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->protection), describe (now));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->protection),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, describe (now), -1);
    }
}

void
numeral_hand_view_protect_init (NumeralHandView *self, NumeralLab *lab)
{
  self->protector = g_object_ref (numeral_lab_get_protector (lab));
  g_signal_connect_object (self->protector, "changed", G_CALLBACK (on_protector), self,
                           G_CONNECT_SWAPPED);
  on_protector (self);
}
