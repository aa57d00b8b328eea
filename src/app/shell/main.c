/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "numeral-application.h"
#include "numeral-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (NumeralApplication) application = NULL;

  /* GTK does it too late for the options of the command line. */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (APPLICATION_ID);

  application = numeral_application_new (G_APPLICATION_DEFAULT_FLAGS);
  g_set_application_name (_ ("Numeral"));
  return g_application_run (G_APPLICATION (application), argc, argv);
}
