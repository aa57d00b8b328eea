/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-hand-record.h"
#include "numeral-key.h"
#include "numeral-recovery-text.h"
#include "numeral-sealed-file.h"
#include "numeral-slot.h"

/* What encryption reads from outside: slots, sealed files and records, recovery keys; and the
 * record that a sealed one holds. */

static const guint8 id[NUMERAL_VAULT_ID_SIZE] = { 0 };
static const guint8 key[NUMERAL_VAULT_KEY_SIZE] = { 0 };
static NumeralVault *vault;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  vault = numeral_vault_new_from_key (id, key, NULL);
  g_assert_nonnull (vault);
  numeral_vault_keep (vault);
  return 0;
}

static void
open_slot (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralKey) recovery = numeral_key_new_recovery (NULL);
  g_autoptr (NumeralVault) opened = NULL;
  NumeralKeyKind kind;

  if (!fuzz_check (numeral_slot_check (bytes, &kind, &error), &error))
    return;
  g_assert_true (kind >= NUMERAL_KEY_PASSPHRASE && kind <= NUMERAL_KEY_KEYRING);
  /* Not with a passphrase, which takes its time. */
  opened = numeral_slot_open (bytes, id, recovery, &error);
  fuzz_check (opened != NULL, &error);
}

static void
open_file (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = numeral_sealed_file_open (bytes, &error);

  if (fuzz_check (plain != NULL, &error))
    g_assert_cmpuint (g_bytes_get_size (plain), <, g_bytes_get_size (bytes));
}

static void
open_record (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = numeral_vault_open (vault, "sample/1", 1, data, size, &error);

  fuzz_check (plain != NULL, &error);
}

static void
parse_record (GBytes *bytes)
{
  g_autoptr (NumeralHandSample) sample = numeral_hand_record_parse (7, bytes);
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpint (sample->id, ==, 7);
  g_assert_true (sample->drawing != NULL || sample->damage != NULL);
  if (sample->damage != NULL)
    return;
  again = numeral_hand_record_format (sample, sample->ink);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
parse_recovery (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralKey) parsed = numeral_key_parse_recovery (text, &error);

  if (fuzz_check (parsed != NULL, &error))
    numeral_recovery_text_free (numeral_key_dup_recovery_text (parsed));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);

  open_slot (bytes);
  open_file (bytes);
  open_record (data, size);
  parse_record (bytes);
  parse_recovery (data, size);
  return 0;
}
