/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encrypted handwriting: the same samples as before, and nothing lost with a wrong key, a damaged
 * record or a damaged slot. */

#include <string.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-schema.h"
#include "protect-test.h"

#define N 40

static GPtrArray *
list (NumeralHandDb *db, const NumeralHandQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *page = numeral_hand_db_list (db, query, &error);

  g_assert_no_error (error);
  return page;
}

static void
assert_same_counts (const NumeralHandCounts *a, const NumeralHandCounts *b)
{
  g_assert_cmpmem (a->labels, sizeof a->labels, b->labels, sizeof b->labels);
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpuint (a->n_corrected, ==, b->n_corrected);
  g_assert_cmpint (a->newest, ==, b->newest);
}

/* Every function of the database gives the same with and without encryption. */
static void
test_same (ProtectTest *f, gconstpointer unused)
{
  static const NumeralHandQuery queries[] = {
    { -1, 0, 0, 7 }, { -1, 20, 3, 5 }, { 4, 0, 0, 100 }, { 10, 30, 1, 2 }, { 4, 0, 100, 5 },
  };
  g_autoptr (NumeralHandDb) other = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) plain = NULL, sealed = NULL, again = NULL;
  GPtrArray *pages[G_N_ELEMENTS (queries)];
  NumeralHandCounts before, during;
  const guint64 generation = numeral_hand_db_get_generation (f->db);

  hand_test_fill (f->db, N);
  g_assert_true (numeral_hand_db_relabel (f->db, 3, 9, NULL, NULL));
  plain = protect_test_read_all (f->db);
  before = protect_test_count (f->db, 5);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    pages[i] = list (f->db, &queries[i]);

  protect_test_switch_on (f);
  g_assert_cmpuint (numeral_hand_db_get_generation (f->db), >, generation);
  g_assert_false (protect_test_look (f->db).unfinished);
  sealed = protect_test_read_all (other);
  protect_test_assert_same (plain, sealed);
  during = protect_test_count (other, 5);
  assert_same_counts (&before, &during);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) page = list (other, &queries[i]);

      protect_test_assert_same (pages[i], page);
      g_ptr_array_unref (pages[i]);
    }
  protect_test_switch_off (f);
  g_assert_cmpint (protect_test_look (other).access, ==, NUMERAL_HAND_PLAIN);
  g_assert_false (protect_test_look (other).unfinished);
  again = protect_test_read_all (other);
  protect_test_assert_same (plain, again);
}

/* Changes while it is on, and numbers that are not used twice across both switches. */
static void
test_changes (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (99, 7, 3);
  g_autoptr (NumeralHandSample) kept = NULL, moved = NULL;
  g_autoptr (GPtrArray) deleted = NULL, before = NULL, after = NULL;
  gint64 id = 0, gone;
  int label;

  hand_test_fill (f->db, 5);
  gone = 5;
  deleted = numeral_hand_db_delete (f->db, &gone, 1, NULL);
  protect_test_switch_on (f);
  g_assert_true (numeral_hand_db_add (f->db, &sample, 1, &id, NULL));
  g_assert_cmpint (id, ==, 6);
  kept = numeral_hand_db_get (f->db, id, NULL);
  hand_test_same_drawing (kept->drawing, sample->drawing);
  g_assert_cmpint (kept->label, ==, 7);
  g_assert_cmpint (kept->read, ==, 3);
  g_assert_true (numeral_hand_db_relabel (f->db, id, 2, &label, NULL));
  g_assert_cmpint (label, ==, 7);
  moved = numeral_hand_db_get (f->db, id, NULL);
  g_assert_cmpint (moved->label, ==, 2);
  g_assert_cmpint (moved->first_label, ==, 7);
  g_assert_cmpuint (protect_test_count (f->db, 0).labels[2], ==, 2);
  g_assert_false (numeral_hand_db_relabel (f->db, 1000, 2, NULL, NULL));
  /* A sample that was deleted before the switch comes back encrypted. */
  g_assert_true (
      numeral_hand_db_restore (f->db, (NumeralHandSample *const *) deleted->pdata, 1, NULL));
  before = protect_test_read_all (f->db);
  g_assert_cmpuint (before->len, ==, 6);
  gone = 6;
  g_ptr_array_unref (numeral_hand_db_delete (f->db, &gone, 1, NULL));
  protect_test_switch_off (f);
  after = protect_test_read_all (f->db);
  g_assert_cmpuint (after->len, ==, 5);
  g_assert_true (numeral_hand_db_add (f->db, &sample, 1, &id, NULL));
  g_assert_cmpint (id, ==, 7);
}

static void
assert_locked (gboolean done, GError **error)
{
  g_assert_false (done);
  engine_test_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED, "locked");
}

static void
test_locked (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) other = numeral_hand_db_new (NULL);
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  const NumeralHandQuery query = { -1, 0, 0, 10 };
  g_autoptr (NumeralKey) wrong = protect_test_passphrase ("wrong horse");
  g_autoptr (NumeralKey) other_recovery = numeral_key_new_recovery (NULL);
  g_autoptr (NumeralKey) keyring = numeral_key_new_keyring (NULL);
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;
  const gint64 id = 1;
  guint64 generation;

  hand_test_fill (f->db, N);
  protect_test_switch_on (f);
  protect_test_lock (f);
  for (guint i = 0; i < 2; i++)
    {
      NumeralHandDb *db = i == 0 ? f->db : other;

      assert_locked (numeral_hand_db_add (db, &sample, 1, NULL, &error), &error);
      assert_locked (numeral_hand_db_relabel (db, 1, 2, NULL, &error), &error);
      assert_locked (numeral_hand_db_delete (db, &id, 1, &error) != NULL, &error);
      assert_locked (numeral_hand_db_list (db, &query, &error) != NULL, &error);
      assert_locked (numeral_hand_db_count (db, 0, &counts, &error), &error);
      assert_locked (numeral_hand_db_get (db, 1, &error) != NULL, &error);
      assert_locked (numeral_hand_db_read_all (db, NULL, &error) != NULL, &error);
    }
  /* To ask again changes nothing that a window would redraw for. */
  generation = numeral_hand_db_look (f->db);
  g_assert_false (numeral_hand_db_count (f->db, 0, &counts, NULL));
  g_assert_cmpuint (numeral_hand_db_look (f->db), ==, generation);

  g_assert_false (numeral_hand_db_unprotect (f->db, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED, "unlock");
  g_assert_false (numeral_hand_db_set_key (f->db, wrong, &numeral_slot_limits_least, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED, "unlock");
  g_assert_false (numeral_hand_db_unlock (f->db, wrong, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_WRONG_KEY, "passphrase");
  g_assert_false (numeral_hand_db_unlock (f->db, other_recovery, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_WRONG_KEY, "recovery");
  g_assert_false (numeral_hand_db_unlock (f->db, keyring, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_NO_KEY, "keyring");
  g_assert_cmpint (protect_test_look (other).access, ==, NUMERAL_HAND_LOCKED);

  /* One key opens it for all of the process. */
  protect_test_unlock (f->db, f->secret);
  g_assert_cmpuint (numeral_hand_db_look (f->db), >, generation);
  g_assert_cmpuint (protect_test_count (other, 0).n, ==, N);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, N);
}

/* The database is made if there is none. */
static void
test_empty (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  NumeralKey *const keys[] = { f->secret };
  g_autoptr (NumeralVault) vault = numeral_vault_new (NULL);

  g_assert_cmpint (protect_test_look (f->db).access, ==, NUMERAL_HAND_PLAIN);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_false (numeral_hand_db_unlock (f->db, f->secret, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_STATE, "not encrypted");
  g_assert_false (numeral_hand_db_unprotect (f->db, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_STATE, "not encrypted");
  protect_test_switch_on (f);
  g_assert_false (
      numeral_hand_db_protect (f->db, vault, keys, 1, &numeral_slot_limits_least, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_STATE, "already");
  hand_test_fill (f->db, 3);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 3);
}

static void
assert_key_refused (gboolean done, GError **error)
{
  g_assert_false (done);
  g_assert_error (*error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_NO_KEY);
  g_clear_error (error);
}

static void
test_keys (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralKey) second = protect_test_passphrase ("another horse");
  g_autoptr (NumeralKey) keyring = numeral_key_new_keyring (NULL);
  g_autoptr (NumeralKey) recovery = numeral_key_new_recovery (NULL);
  NumeralKey *const only_keyring[] = { keyring };
  g_autoptr (NumeralVault) vault = numeral_vault_new (NULL);
  g_autoptr (GError) error = NULL;
  NumeralHandProtection now;

  assert_key_refused (numeral_hand_db_protect (f->db, vault, only_keyring, 1, NULL, &error),
                      &error);
  protect_test_switch_on (f);
  hand_test_fill (f->db, 1);
  g_assert_true (numeral_hand_db_set_key (f->db, keyring, NULL, &error));
  now = protect_test_look (f->db);
  g_assert_true (now.has_passphrase && now.has_recovery && now.has_keyring);
  protect_test_lock (f);
  protect_test_unlock (f->db, keyring);

  /* The old passphrase opens nothing any more, and neither does the old recovery key. */
  g_assert_true (numeral_hand_db_set_key (f->db, second, &numeral_slot_limits_least, &error));
  g_assert_true (numeral_hand_db_set_key (f->db, recovery, NULL, &error));
  protect_test_lock (f);
  g_assert_false (numeral_hand_db_unlock (f->db, f->secret, NULL));
  g_assert_false (numeral_hand_db_unlock (f->db, f->recovery, NULL));
  protect_test_unlock (f->db, recovery);
  protect_test_lock (f);
  protect_test_unlock (f->db, second);

  g_assert_true (numeral_hand_db_remove_key (f->db, NUMERAL_KEY_PASSPHRASE, &error));
  assert_key_refused (numeral_hand_db_remove_key (f->db, NUMERAL_KEY_PASSPHRASE, &error), &error);
  assert_key_refused (numeral_hand_db_remove_key (f->db, NUMERAL_KEY_RECOVERY, &error), &error);
  g_assert_true (numeral_hand_db_remove_key (f->db, NUMERAL_KEY_KEYRING, &error));
  now = protect_test_look (f->db);
  g_assert_false (now.has_passphrase || now.has_keyring);
  g_assert_true (now.has_recovery);
  protect_test_lock (f);
  assert_key_refused (numeral_hand_db_unlock (f->db, second, &error), &error);
  protect_test_unlock (f->db, recovery);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 1);
}

/* Somebody exchanges two records, or changes a byte of one. */
static void
test_damaged_records (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) other = NULL;
  g_autoptr (GPtrArray) all = NULL, deleted = NULL, left = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 ids[] = { 2, 3, 5 };

  hand_test_fill (f->db, 6);
  protect_test_switch_on (f);
  numeral_hand_db_look (f->db);
  hand_test_execute (f->path,
                     "CREATE TABLE t AS SELECT id, record FROM sealed_sample WHERE id IN (2, 3);"
                     "UPDATE sealed_sample SET record = (SELECT record FROM t WHERE id = 3)"
                     " WHERE id = 2;"
                     "UPDATE sealed_sample SET record = (SELECT record FROM t WHERE id = 2)"
                     " WHERE id = 3;"
                     "DROP TABLE t;"
                     "UPDATE sealed_sample SET record = zeroblob (10) WHERE id = 5");
  all = protect_test_read_all (f->db);
  g_assert_cmpuint (all->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (protect_test_at (all, i)->damage != NULL, ==, i == 1 || i == 2 || i == 4);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 6);
  g_assert_false (numeral_hand_db_relabel (f->db, 2, 1, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, "sample 2");

  /* Nothing is lost by switching it off. */
  g_assert_false (numeral_hand_db_unprotect (f->db, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, "sample 2");
  g_assert_cmpint (protect_test_look (f->db).access, ==, NUMERAL_HAND_UNLOCKED);

  deleted = numeral_hand_db_delete (f->db, ids, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, 3);
  g_assert_true (
      numeral_hand_db_restore (f->db, (NumeralHandSample *const *) deleted->pdata, 3, &error));
  left = protect_test_read_all (f->db);
  protect_test_assert_same (all, left);
  g_ptr_array_unref (numeral_hand_db_delete (f->db, ids, 3, NULL));
  protect_test_switch_off (f);
  g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 3);
}

/* Another key opens it when the slot of one is damaged or newer. */
static void
test_damaged_slots (ProtectTest *f, gconstpointer unused)
{
  static const struct
  {
    const char *sql;
    int code;
  } cases[] = {
    { "UPDATE key_slot SET slot = zeroblob (124) WHERE kind = 1", NUMERAL_PROTECT_ERROR_DAMAGED },
    { "UPDATE key_slot SET slot = x'4e756d5302' WHERE kind = 1", NUMERAL_PROTECT_ERROR_NEWER },
    { "UPDATE key_slot SET slot = x'' WHERE kind = 1", NUMERAL_PROTECT_ERROR_DAMAGED },
    { "UPDATE key_slot SET slot = (SELECT slot FROM key_slot WHERE kind = 2) WHERE kind = 1",
      NUMERAL_PROTECT_ERROR_NO_KEY },
    { "DELETE FROM key_slot WHERE kind = 1", NUMERAL_PROTECT_ERROR_NO_KEY },
  };

  hand_test_fill (f->db, 2);
  protect_test_switch_on (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      protect_test_lock (f);
      hand_test_execute (f->path, cases[i].sql);
      g_assert_false (numeral_hand_db_unlock (f->db, f->secret, &error));
      g_assert_error (error, NUMERAL_PROTECT_ERROR, cases[i].code);
      protect_test_unlock (f->db, f->recovery);
      g_assert_cmpuint (protect_test_count (f->db, 0).n, ==, 2);
      g_assert_true (numeral_hand_db_set_key (f->db, f->secret, &numeral_slot_limits_least, NULL));
    }
  protect_test_lock (f);
  hand_test_execute (f->path, "PRAGMA ignore_check_constraints = ON;"
                              "UPDATE protection SET vault = x'00'");
  {
    g_autoptr (GError) error = NULL;
    NumeralHandProtection protection;

    g_assert_false (numeral_hand_db_get_protection (f->db, &protection, &error));
    g_assert_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_DAMAGED);
  }
  hand_test_execute (f->path, "DELETE FROM protection");
}

/* A database of 0.1 is read as it is, brought to this version by the first change, and encrypted.
 */
static void
test_first_version (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) first = NULL;
  g_autoptr (GPtrArray) plain = NULL, sealed = NULL;
  g_autofree char *version = NULL, *later = NULL;

  hand_test_fill (f->db, N);
  numeral_hand_db_unref (f->db);
  hand_test_execute (f->path, "DROP TABLE protection; DROP TABLE key_slot;"
                              "DROP TABLE sealed_sample; PRAGMA user_version = 1");
  f->db = numeral_hand_db_new (NULL);
  g_assert_cmpint (protect_test_look (f->db).access, ==, NUMERAL_HAND_PLAIN);
  plain = protect_test_read_all (f->db);
  g_assert_cmpuint (plain->len, ==, N);
  version = hand_test_query (f->path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "1");
  protect_test_switch_on (f);
  later = hand_test_query (f->path, "PRAGMA user_version");
  g_assert_cmpstr (later, ==, "2");
  sealed = protect_test_read_all (f->db);
  protect_test_assert_same (plain, sealed);
}

int
main (int argc, char **argv)
{
  static const ProtectTestCase cases[] = {
    { "/engine/hand/protect/same", test_same },
    { "/engine/hand/protect/changes", test_changes },
    { "/engine/hand/protect/locked", test_locked },
    { "/engine/hand/protect/empty", test_empty },
    { "/engine/hand/protect/keys", test_keys },
    { "/engine/hand/protect/damaged-records", test_damaged_records },
    { "/engine/hand/protect/damaged-slots", test_damaged_slots },
    { "/engine/hand/protect/first-version", test_first_version },
  };

  return protect_test_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
