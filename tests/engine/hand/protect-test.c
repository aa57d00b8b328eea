/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protect-test.h"

#include "engine-test.h"
#include "hand-test.h"

NumeralKey *
protect_test_passphrase (const char *text)
{
  g_autoptr (GError) error = NULL;
  NumeralKey *key = numeral_key_new_passphrase (text, &error);

  g_assert_no_error (error);
  return key;
}

void
protect_test_set_up (ProtectTest *f, gconstpointer unused)
{
  f->home = g_build_filename (g_get_user_data_dir (), "numeral", NULL);
  f->path = numeral_hand_default_path ();
  f->db = numeral_hand_db_new (NULL);
  f->secret = protect_test_passphrase (PROTECT_TEST_SECRET);
  f->recovery = numeral_key_new_recovery (NULL);
}

void
protect_test_tear_down (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  numeral_hand_db_lock (f->db, NULL);
  numeral_hand_db_unref (f->db);
  if (g_file_test (f->home, G_FILE_TEST_EXISTS))
    engine_test_remove (f->home);
  numeral_key_unref (f->secret);
  numeral_key_unref (f->recovery);
  g_free (f->home);
  g_free (f->path);
}

void
protect_test_protect (NumeralHandDb *db, NumeralKey *const *keys, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralVault) vault = numeral_vault_new (&error);

  g_assert_no_error (error);
  numeral_hand_db_protect (db, vault, keys, n, &numeral_slot_limits_least, &error);
  g_assert_no_error (error);
}

void
protect_test_switch_on (ProtectTest *f)
{
  NumeralKey *const keys[] = { f->secret, f->recovery };

  protect_test_protect (f->db, keys, 2);
}

void
protect_test_switch_off (ProtectTest *f)
{
  g_autoptr (GError) error = NULL;

  numeral_hand_db_unprotect (f->db, &error);
  g_assert_no_error (error);
}

NumeralHandProtection
protect_test_look (NumeralHandDb *db)
{
  g_autoptr (GError) error = NULL;
  NumeralHandProtection protection;

  numeral_hand_db_get_protection (db, &protection, &error);
  g_assert_no_error (error);
  return protection;
}

void
protect_test_lock (ProtectTest *f)
{
  g_autoptr (GError) error = NULL;

  numeral_hand_db_lock (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (protect_test_look (f->db).access, ==, NUMERAL_HAND_LOCKED);
}

void
protect_test_unlock (NumeralHandDb *db, NumeralKey *key)
{
  g_autoptr (GError) error = NULL;

  numeral_hand_db_unlock (db, key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (protect_test_look (db).access, ==, NUMERAL_HAND_UNLOCKED);
}

GPtrArray *
protect_test_read_all (NumeralHandDb *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = numeral_hand_db_read_all (db, NULL, &error);

  g_assert_no_error (error);
  return all;
}

NumeralHandSample *
protect_test_at (GPtrArray *samples, guint i)
{
  return g_ptr_array_index (samples, i);
}

void
protect_test_assert_same (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    hand_test_same (protect_test_at (a, i), protect_test_at (b, i));
}

NumeralHandCounts
protect_test_count (NumeralHandDb *db, gint64 after)
{
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  numeral_hand_db_count (db, after, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

int
protect_test_run (int argc, char **argv, const ProtectTestCase *cases, guint n)
{
  g_autofree char *home = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  home = engine_test_folder ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  for (guint i = 0; i < n; i++)
    g_test_add (cases[i].path, ProtectTest, NULL, protect_test_set_up, cases[i].func,
                protect_test_tear_down);
  status = g_test_run ();
  engine_test_remove (home);
  return status;
}
