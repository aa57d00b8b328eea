/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run on one's own handwriting in the list of runs, while that is locked and unlocked. */

#include <adwaita.h>

#include "desk.h"
#include "numeral-protection.h"
#include "numeral-runs-page.h"
#include "shown.h"
#include "wait.h"

#define PASSPHRASE "correct horse"

static void
act (NumeralLab *lab, const NumeralProtectionRequest *request)
{
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  numeral_protection_run (numeral_hand_store_get_db (numeral_lab_get_hand (lab)), request, &outcome,
                          NULL, &error);
  g_assert_no_error (error);
  numeral_hand_store_look (numeral_lab_get_hand (lab));
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static gboolean
is_known (gpointer lab)
{
  return numeral_protector_get (numeral_lab_get_protector (lab)) != NULL;
}

static gboolean
is_made (gpointer run)
{
  return numeral_run_get_folder (run) != NULL;
}

static void
add_run (NumeralLab *lab)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;

  config->source = NUMERAL_SOURCE_HANDWRITING;
  run = numeral_run_store_create (numeral_lab_get_store (lab), config, &error);
  g_assert_no_error (error);
  assert_soon (is_made, run);
}

/* Its name and figures are hidden while it is locked, and come back. */
static void
test_locked (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  const NumeralSlotLimits limits = numeral_slot_limits_least;
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  NumeralRunsPage *page = numeral_runs_page_new (lab);

  gtk_window_set_child (window, GTK_WIDGET (page));
  gtk_window_set_default_size (window, 720, 400);
  gtk_window_present (window);
  assert_soon (is_mapped, page);
  numeral_protector_start (numeral_lab_get_protector (lab));
  assert_soon (is_known, lab);
  add_run (lab);
  shown_wait (GTK_WIDGET (page), "Run 1");
  act (lab, &(NumeralProtectionRequest){
                .action = NUMERAL_PROTECTION_ON, .passphrase = PASSPHRASE, .limits = &limits });
  act (lab, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_LOCK });
  shown_wait (GTK_WIDGET (page), "Protected Run");
  shown_wait (GTK_WIDGET (page), "Locked");
  shown_wait (GTK_WIDGET (page), "Unlock your handwriting to see it");
  g_assert_false (shown_is (GTK_WIDGET (page), "Run 1"));
  g_assert_false (shown_is (GTK_WIDGET (page), "784-"));

  act (lab, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_UNLOCK,
                                         .passphrase = PASSPHRASE });
  shown_wait (GTK_WIDGET (page), "Run 1");
  g_assert_false (shown_is (GTK_WIDGET (page), "Protected Run"));
  act (lab, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_OFF });
  gtk_window_destroy (window);
  numeral_lab_close (lab);
  wait_for (0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/protected-runs/locked", test_locked);
  return g_test_run ();
}
