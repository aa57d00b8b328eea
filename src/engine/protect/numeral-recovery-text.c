/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-recovery-text.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define GROUP 5
#define N_SECRET 32
#define N_CHECK 3
#define N_ALL (N_SECRET + N_CHECK)
#define PURPOSE "numeral/recovery/1"

G_STATIC_ASSERT (N_SECRET * 5 == NUMERAL_RECOVERY_SIZE * 8);
G_STATIC_ASSERT (N_ALL % GROUP == 0);

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* -1: no letter of a key. */
static int
value_of (char letter)
{
  const char upper = g_ascii_toupper (letter);
  const char *found;

  if (upper == 'O')
    return 0;
  if (upper == 'I' || upper == 'L')
    return 1;
  found = upper != '\0' ? strchr (alphabet, upper) : NULL;
  return found != NULL ? (int) (found - alphabet) : -1;
}

/* 5 bits from bit 5 @i on, the highest first. */
static guint
five_bits (const guint8 *bytes, guint i)
{
  guint value = 0;

  for (guint bit = 5 * i; bit < 5 * i + 5; bit++)
    value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
  return value;
}

static void
compute_check (const guint8 *bytes, guint8 check[N_CHECK])
{
  guint8 hash[crypto_generichash_BYTES_MIN];

  crypto_generichash (hash, sizeof hash, bytes, NUMERAL_RECOVERY_SIZE, (const guint8 *) PURPOSE,
                      sizeof PURPOSE - 1);
  for (guint i = 0; i < N_CHECK; i++)
    check[i] = (guint8) five_bits (hash, i);
  sodium_memzero (hash, sizeof hash);
}

char *
numeral_recovery_text_format (const guint8 bytes[NUMERAL_RECOVERY_SIZE])
{
  char *text = g_malloc0 (N_ALL + N_ALL / GROUP);
  guint8 check[N_CHECK];
  gsize at = 0;

  compute_check (bytes, check);
  for (guint i = 0; i < N_ALL; i++)
    {
      if (i > 0 && i % GROUP == 0)
        text[at++] = '-';
      text[at++] = alphabet[i < N_SECRET ? five_bits (bytes, i) : check[i - N_SECRET]];
    }
  return text;
}

void
numeral_recovery_text_free (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

/* The values of the letters, or an error about their number or one of them. */
static gboolean
read_letters (const char *text, guint8 values[N_ALL], GError **error)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      const int value = value_of (*c);

      if (*c == '-' || g_ascii_isspace (*c))
        continue;
      if (value < 0)
        return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_SLIP,
                                     _ ("“%.*s” is in no recovery key; look at group %u again"),
                                     (int) (g_utf8_next_char (c) - c), c, n / GROUP + 1);
      if (n < N_ALL)
        values[n] = (guint8) value;
      n++;
    }
  if (n == N_ALL)
    return TRUE;
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_SLIP,
                               _ ("a recovery key has %d letters and digits, and these are %u; "
                                  "compare them with your copy"),
                               N_ALL, n);
}

gboolean
numeral_recovery_text_parse (const char *text, guint8 bytes[NUMERAL_RECOVERY_SIZE], GError **error)
{
  guint8 values[N_ALL], check[N_CHECK];
  gboolean right;

  if (!g_utf8_validate (text, -1, NULL))
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_SLIP,
                                 _ ("this is no text; a recovery key is letters and digits"));
  if (!read_letters (text, values, error))
    {
      sodium_memzero (values, sizeof values);
      return FALSE;
    }
  memset (bytes, 0, NUMERAL_RECOVERY_SIZE);
  for (guint bit = 0; bit < 5 * N_SECRET; bit++)
    if (values[bit / 5] >> (4 - bit % 5) & 1)
      bytes[bit / 8] |= (guint8) (1 << (7 - bit % 8));
  compute_check (bytes, check);
  right = memcmp (check, values + N_SECRET, N_CHECK) == 0;
  sodium_memzero (values, sizeof values);
  sodium_memzero (check, sizeof check);
  if (right)
    return TRUE;
  sodium_memzero (bytes, NUMERAL_RECOVERY_SIZE);
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_SLIP,
                               _ ("there is a slip in the recovery key; compare each group with "
                                  "your copy"));
}
