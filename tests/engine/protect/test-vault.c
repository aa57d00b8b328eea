/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encrypted records and files, the keys that open them, and recovery keys: what is right opens, and
 * each change is told. */

#include <sodium.h>
#include <string.h>

#include "engine-test.h"
#include "numeral-file.h"
#include "numeral-recovery-text.h"
#include "numeral-sealed-file.h"
#include "numeral-slot.h"

static NumeralVault *
new_vault (void)
{
  g_autoptr (GError) error = NULL;
  NumeralVault *vault = numeral_vault_new (&error);

  g_assert_no_error (error);
  return vault;
}

static NumeralKey *
passphrase (const char *text)
{
  g_autoptr (GError) error = NULL;
  NumeralKey *key = numeral_key_new_passphrase (text, &error);

  g_assert_no_error (error);
  return key;
}

static GBytes *
copy_with (GBytes *bytes, gsize at, guint8 flip)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  copy[at] ^= flip;
  return g_bytes_new_take (copy, size);
}

static GBytes *
open_record (NumeralVault *vault, const char *kind, gint64 number, GBytes *sealed, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (sealed, &size);

  return numeral_vault_open (vault, kind, number, data, size, error);
}

static void
assert_damaged (NumeralVault *vault, const char *kind, gint64 number, GBytes *sealed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_record (vault, kind, number, sealed, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_DAMAGED, "damaged");
}

static void
test_record (void)
{
  static const gsize sizes[] = { 0, 1, 17, 2046, 2047, 2048, 5000, 70000 };
  g_autoptr (NumeralVault) vault = new_vault ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *data = g_malloc (sizes[i] + 1);
      g_autoptr (GBytes) sealed = NULL, again = NULL, opened = NULL;
      g_autoptr (GError) error = NULL;

      randombytes_buf (data, sizes[i]);
      sealed = numeral_vault_seal (vault, "k", -7, data, sizes[i]);
      again = numeral_vault_seal (vault, "k", -7, data, sizes[i]);
      g_assert_false (g_bytes_equal (sealed, again));
      g_assert_cmpuint (g_bytes_get_size (sealed), ==,
                        numeral_vault_padded_size (sizes[i]) + 24 + 16);
      opened = open_record (vault, "k", -7, sealed, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (data, sizes[i], g_bytes_get_data (opened, NULL), g_bytes_get_size (opened));
    }
}

static void
test_record_changed (void)
{
  g_autoptr (NumeralVault) vault = new_vault ();
  g_autoptr (NumeralVault) other = new_vault ();
  g_autoptr (GBytes) sealed = numeral_vault_seal (vault, "sample", 5, "seven", 5);
  const gsize size = g_bytes_get_size (sealed);

  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (GBytes) changed = copy_with (sealed, at, (guint8) (1 << at % 8));

      assert_damaged (vault, "sample", 5, changed);
    }
  for (gsize n = 0; n < size; n += 97)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, n);

      assert_damaged (vault, "sample", 5, cut);
    }
  /* In the place of another record, as another kind, in another database. */
  assert_damaged (vault, "sample", 6, sealed);
  assert_damaged (vault, "simple", 5, sealed);
  assert_damaged (other, "sample", 5, sealed);
}

/* Bytes written down by hand: later versions must open them. */
static void
test_vector (void)
{
  static const guint8 id[NUMERAL_VAULT_ID_SIZE] = { 1, 2, 3 };
  static const guint8 key[NUMERAL_VAULT_KEY_SIZE] = { 9, 8, 7 };
  static const char place[] = "numeral/record/1\0\1\2\3\0\0\0\0\0\0\0\0\0\0\0\0\0"
                              "\x2a\0\0\0\0\0\0\0sample/1";
  guint8 derived[NUMERAL_VAULT_KEY_SIZE], nonce[24] = { 5 }, sealed[24 + 2048 + 16];
  guint8 plain[2048] = "ink";
  unsigned long long n;
  g_autoptr (NumeralVault) vault = numeral_vault_new_from_key (id, key, NULL);
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;

  plain[3] = 0x80;
  crypto_kdf_derive_from_key (derived, sizeof derived, 1, "NumVault", key);
  memcpy (sealed, nonce, sizeof nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + 24, &n, plain, sizeof plain,
                                              (const guint8 *) place, sizeof place - 1, NULL, nonce,
                                              derived);
  g_assert_cmpuint (n, ==, 2048 + 16);
  opened = numeral_vault_open (vault, "sample/1", 42, sealed, sizeof sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpmem ("ink", 3, g_bytes_get_data (opened, NULL), g_bytes_get_size (opened));
}

static void
test_kept (void)
{
  g_autoptr (NumeralVault) vault = new_vault ();
  const guint64 before = numeral_vault_get_generation ();
  NumeralVault *found;

  g_assert_null (numeral_vault_find (numeral_vault_get_id (vault)));
  numeral_vault_keep (vault);
  numeral_vault_keep (vault);
  g_assert_cmpuint (numeral_vault_get_generation (), ==, before + 1);
  found = numeral_vault_find (numeral_vault_get_id (vault));
  g_assert_true (found == vault);
  numeral_vault_unref (found);
  numeral_vault_forget (numeral_vault_get_id (vault));
  numeral_vault_forget (numeral_vault_get_id (vault));
  g_assert_cmpuint (numeral_vault_get_generation (), ==, before + 2);
  g_assert_null (numeral_vault_find (numeral_vault_get_id (vault)));
}

static GBytes *
new_slot (NumeralVault *vault, NumeralKey *key)
{
  g_autoptr (GError) error = NULL;
  GBytes *slot = numeral_slot_new (vault, key, &numeral_slot_limits_least, &error);

  g_assert_no_error (error);
  return slot;
}

static void
assert_opens (NumeralVault *vault, GBytes *slot, NumeralKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralVault) opened =
      numeral_slot_open (slot, numeral_vault_get_id (vault), key, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (numeral_vault_get_key (opened), NUMERAL_VAULT_KEY_SIZE,
                   numeral_vault_get_key (vault), NUMERAL_VAULT_KEY_SIZE);
}

static void
assert_refused (GBytes *slot, const guint8 *id, NumeralKey *key, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_slot_open (slot, id, key, &error));
  g_assert_error (error, NUMERAL_PROTECT_ERROR, code);
}

static void
test_slots (void)
{
  g_autoptr (NumeralVault) vault = new_vault ();
  g_autoptr (NumeralVault) other = new_vault ();
  g_autoptr (NumeralKey) secret = passphrase ("correct horse");
  g_autoptr (NumeralKey) wrong = passphrase ("correct horsf");
  /* Composed and decomposed letters are one passphrase. */
  g_autoptr (NumeralKey) composed = passphrase ("Z\xc3\xbcrich 1234");
  g_autoptr (NumeralKey) decomposed = passphrase ("Zu\xcc\x88rich 1234");
  g_autoptr (NumeralKey) recovery = numeral_key_new_recovery (NULL);
  g_autoptr (NumeralKey) keyring = numeral_key_new_keyring (NULL);
  g_autoptr (NumeralKey) keyring_2 = numeral_key_new_keyring (NULL);
  g_autoptr (GBytes) by_secret = new_slot (vault, secret), by_text = new_slot (vault, composed);
  g_autoptr (GBytes) by_recovery = new_slot (vault, recovery);
  g_autoptr (GBytes) by_keyring = new_slot (vault, keyring);
  const guint8 *id = numeral_vault_get_id (vault);

  assert_opens (vault, by_secret, secret);
  assert_opens (vault, by_text, decomposed);
  assert_opens (vault, by_recovery, recovery);
  assert_opens (vault, by_keyring, keyring);
  assert_refused (by_secret, id, wrong, NUMERAL_PROTECT_ERROR_WRONG_KEY);
  assert_refused (by_keyring, id, keyring_2, NUMERAL_PROTECT_ERROR_WRONG_KEY);
  assert_refused (by_secret, id, recovery, NUMERAL_PROTECT_ERROR_NO_KEY);
  assert_refused (by_secret, numeral_vault_get_id (other), secret, NUMERAL_PROTECT_ERROR_WRONG_KEY);
}

static void
test_slots_damaged (void)
{
  g_autoptr (NumeralVault) vault = new_vault ();
  g_autoptr (NumeralKey) secret = passphrase ("correct horse");
  g_autoptr (GBytes) slot = new_slot (vault, secret);
  const gsize size = g_bytes_get_size (slot);

  g_assert_cmpuint (size, ==, 124);
  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (GBytes) changed = copy_with (slot, at, 0x10);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (slot, 0, at);

      assert_refused (changed, numeral_vault_get_id (vault), secret,
                      at == 4 ? NUMERAL_PROTECT_ERROR_NEWER : NUMERAL_PROTECT_ERROR_DAMAGED);
      assert_refused (cut, numeral_vault_get_id (vault), secret, NUMERAL_PROTECT_ERROR_DAMAGED);
    }
}

static void
test_passphrases (void)
{
  g_autofree char *longest = g_strnfill (NUMERAL_PASSPHRASE_MAX, 'a');
  g_autofree char *longer = g_strnfill (NUMERAL_PASSPHRASE_MAX + 1, 'a');
  const char *const wrong[] = { "", "1234567", "\xe4\xba\xba\xe4\xba\xba",
                                "\xff\xff\xff\xff\xff\xff\xff\xff\xff", longer };
  g_autoptr (NumeralKey) key = passphrase (longest);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_key_new_passphrase (wrong[i], &error));
      engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_WRONG_KEY, "8");
    }
}

static void
assert_slip (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_key_parse_recovery (text, &error));
  g_assert_error (error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_SLIP);
}

static void
assert_same_key (NumeralKey *a, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralKey) b = numeral_key_parse_recovery (text, &error);
  const guint8 *data_a, *data_b;
  gsize size_a, size_b;

  g_assert_no_error (error);
  data_a = numeral_key_get_data (a, &size_a);
  data_b = numeral_key_get_data (b, &size_b);
  g_assert_cmpmem (data_a, size_a, data_b, size_b);
}

static void
test_recovery_text (void)
{
  g_autoptr (NumeralKey) key = numeral_key_new_recovery (NULL);
  char *text = numeral_key_dup_recovery_text (key);
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) groups = g_strsplit (text, "-", -1);
  g_autofree char *spaced = g_strjoinv (" ", groups);
  g_autofree char *padded = g_strconcat ("  ", spaced, "\n", NULL);
  g_autofree char *confused = g_strdelimit (g_strdelimit (g_strdup (text), "0", 'o'), "1", 'l');

  g_test_message ("%s", text);
  g_assert_cmpuint (strlen (text), ==, 41);
  g_assert_cmpuint (g_strv_length (groups), ==, 7);
  assert_same_key (key, text);
  assert_same_key (key, lower);
  assert_same_key (key, padded);
  assert_same_key (key, confused);
  numeral_recovery_text_free (text);
}

/* A wrong letter, two that change places, one too few or too many. One slip in 32768 is not told,
 * so that the keys here are fixed. */
static void
test_recovery_slips (void)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const guint8 bytes[NUMERAL_RECOVERY_SIZE] = "Numeral's own test";
  char *text;
  guint n_told = 0, n = 0;

  g_assert_true (numeral_protect_init (NULL));
  text = numeral_recovery_text_format (bytes);
  for (gsize at = 0; at < strlen (text); at++)
    {
      g_autofree char *slip = g_strdup (text);

      if (text[at] == '-')
        continue;
      for (guint i = 0; i < 32; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (NumeralKey) key = NULL;

          slip[at] = letters[i];
          if (slip[at] == text[at])
            continue;
          key = numeral_key_parse_recovery (slip, &error);
          n++;
          n_told += g_error_matches (error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_SLIP);
        }
      slip[at] = '*';
      assert_slip (slip);
      slip[at] = '-';
      assert_slip (slip);
    }
  g_assert_cmpuint (n, ==, 35 * 31);
  g_assert_cmpuint (n_told, ==, n);
  for (gsize at = 0; at + 1 < strlen (text); at++)
    {
      g_autofree char *swapped = g_strdup (text);

      if (text[at] == text[at + 1] || text[at] == '-' || text[at + 1] == '-')
        continue;
      swapped[at] = text[at + 1];
      swapped[at + 1] = text[at];
      assert_slip (swapped);
    }
  assert_slip ("");
  assert_slip ("7K2QH");
  assert_slip ("\xff\xfe");
  numeral_recovery_text_free (text);
}

static void
assert_file_refused (GBytes *sealed, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_sealed_file_open (sealed, &error));
  g_assert_error (error, NUMERAL_PROTECT_ERROR, code);
}

static void
test_file (void)
{
  static const gsize sizes[] = { 0, 1, 2047, 2048, 65535, 65536, 100000, 300000 };
  g_autoptr (NumeralVault) vault = new_vault ();

  numeral_vault_keep (vault);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *data = g_malloc (sizes[i] + 1);
      g_autoptr (GBytes) plain = NULL, sealed = NULL, opened = NULL;
      g_autoptr (GError) error = NULL;

      randombytes_buf (data, sizes[i]);
      plain = g_bytes_new (data, sizes[i]);
      sealed = numeral_sealed_file_seal (vault, plain);
      g_assert_true (numeral_sealed_file_is (sealed));
      opened = numeral_sealed_file_open (sealed, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, opened));
    }
  numeral_vault_forget (numeral_vault_get_id (vault));
}

static void
test_file_changed (void)
{
  g_autoptr (NumeralVault) vault = new_vault ();
  g_autofree guint8 *data = g_malloc0 (200000);
  g_autoptr (GBytes) plain = g_bytes_new (data, 200000);
  g_autoptr (GBytes) sealed = numeral_sealed_file_seal (vault, plain);
  const gsize size = g_bytes_get_size (sealed), piece = 65536 + 17, head = 8 + 16 + 24;
  const guint8 *data_sealed = g_bytes_get_data (sealed, NULL);
  g_autofree guint8 *moved = g_memdup2 (data_sealed, size);
  g_autoptr (GBytes) swapped = NULL;

  assert_file_refused (sealed, NUMERAL_PROTECT_ERROR_LOCKED);
  numeral_vault_keep (vault);
  for (gsize at = 0; at < size; at += at < 100 ? 1 : 3301)
    {
      g_autoptr (GBytes) changed = copy_with (sealed, at, 0x40);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, at);

      /* Another version, or another vault. */
      assert_file_refused (changed, at == 7           ? NUMERAL_PROTECT_ERROR_NEWER :
                                    at > 7 && at < 24 ? NUMERAL_PROTECT_ERROR_LOCKED :
                                                        NUMERAL_PROTECT_ERROR_DAMAGED);
      assert_file_refused (cut, NUMERAL_PROTECT_ERROR_DAMAGED);
    }
  /* Whole pieces that are left out, or change places. */
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, head + i * piece);

      assert_file_refused (cut, NUMERAL_PROTECT_ERROR_DAMAGED);
    }
  memmove (moved + head, data_sealed + head + piece, piece);
  memmove (moved + head + piece, data_sealed + head, piece);
  swapped = g_bytes_new_static (moved, size);
  assert_file_refused (swapped, NUMERAL_PROTECT_ERROR_DAMAGED);
  numeral_vault_forget (numeral_vault_get_id (vault));
}

/* Every reader of files gets the contents, or is told that they are locked. */
static void
test_file_read (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralVault) vault = new_vault ();
  g_autoptr (GBytes) plain = g_bytes_new_static ("a drawing", 9);
  g_autoptr (GBytes) zipped = engine_test_gzip ("a drawing", 9);
  GBytes *const contents[] = { plain, zipped };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GBytes) sealed = numeral_sealed_file_seal (vault, contents[i]);
      g_autofree char *path = engine_test_write (folder, "file", g_bytes_get_data (sealed, NULL),
                                                 g_bytes_get_size (sealed));
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GBytes) stored = numeral_file_read_stored (file, 1 << 20, NULL, NULL);
      g_autoptr (GBytes) opened = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_bytes_equal (stored, sealed));
      g_assert_null (numeral_file_read (file, 1 << 20, NULL, &error));
      engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_LOCKED, path);
      numeral_vault_keep (vault);
      opened = numeral_file_read (file, 1 << 20, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened, plain));
      numeral_vault_forget (numeral_vault_get_id (vault));
    }
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/vault/record", test_record);
  g_test_add_func ("/engine/vault/record-changed", test_record_changed);
  g_test_add_func ("/engine/vault/vector", test_vector);
  g_test_add_func ("/engine/vault/kept", test_kept);
  g_test_add_func ("/engine/vault/slots", test_slots);
  g_test_add_func ("/engine/vault/slots-damaged", test_slots_damaged);
  g_test_add_func ("/engine/vault/passphrases", test_passphrases);
  g_test_add_func ("/engine/vault/recovery-text", test_recovery_text);
  g_test_add_func ("/engine/vault/recovery-slips", test_recovery_slips);
  g_test_add_func ("/engine/vault/file", test_file);
  g_test_add_func ("/engine/vault/file-changed", test_file_changed);
  g_test_add_func ("/engine/vault/file-read", test_file_read);
  return g_test_run ();
}
