/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of encrypted handwriting. */

#include "numeral-hand-protect.h"

G_BEGIN_DECLS

#define PROTECT_TEST_SECRET "correct horse"

typedef struct
{
  char *home; /* numeral in the data folder of the user, emptied by each test */
  char *path;
  NumeralHandDb *db;
  NumeralKey *secret, *recovery;
} ProtectTest;

/* (transfer full) */
NumeralKey *protect_test_passphrase (const char *text);
/* In the data folder of the user, which main() has set. */
void protect_test_set_up (ProtectTest *f, gconstpointer unused);
void protect_test_tear_down (ProtectTest *f, gconstpointer unused);
/* Encrypts a database with these keys, the passphrase with the least work. */
void protect_test_protect (NumeralHandDb *db, NumeralKey *const *keys, guint n);
/* With both keys of the fixture. */
void protect_test_switch_on (ProtectTest *f);
void protect_test_switch_off (ProtectTest *f);
NumeralHandProtection protect_test_look (NumeralHandDb *db);
void protect_test_lock (ProtectTest *f);
void protect_test_unlock (NumeralHandDb *db, NumeralKey *key);
/* (transfer full): all samples, oldest first. */
GPtrArray *protect_test_read_all (NumeralHandDb *db);
NumeralHandSample *protect_test_at (GPtrArray *samples, guint i);
void protect_test_assert_same (GPtrArray *a, GPtrArray *b);
NumeralHandCounts protect_test_count (NumeralHandDb *db, gint64 after);

/* Runs the cases in a data folder of their own. */
typedef struct
{
  const char *path;
  void (*func) (ProtectTest *f, gconstpointer unused);
} ProtectTestCase;
int protect_test_run (int argc, char **argv, const ProtectTestCase *cases, guint n);

G_END_DECLS
