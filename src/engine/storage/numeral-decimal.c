/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-decimal.h"

#include <math.h>

/* Digits that a float may need. */
#define MIN_DIGITS 7
#define MAX_DIGITS 9
/* Decimal exponents of append_quickly(). A power of ten up to 10^22 is exact as a double. */
#define MIN_EXPONENT (-12)
#define MAX_EXPONENT 5

/* The digits of the largest 64-bit number. */
#define MAX_UINT_DIGITS 20

/* Writes decimal digits to the end of @buffer; returns where they begin. */
static guint
write_uint (char buffer[MAX_UINT_DIGITS], guint64 value)
{
  guint at = MAX_UINT_DIGITS;

  do
    buffer[--at] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  return at;
}

void
numeral_decimal_append_uint (GString *text, guint64 value)
{
  char buffer[MAX_UINT_DIGITS];
  const guint at = write_uint (buffer, value);

  g_string_append_len (text, buffer + at, MAX_UINT_DIGITS - at);
}

/* Appends @digits * 10^(@exponent + 1 - n), where n is the number of @digits, as "%g" does. */
static void
append_digits (GString *text, guint64 digits, int exponent)
{
  char buffer[MAX_UINT_DIGITS];
  const char *first;
  int n;

  while (digits % 10 == 0)
    digits /= 10;
  first = buffer + write_uint (buffer, digits);
  n = (int) (buffer + MAX_UINT_DIGITS - first);
  if (exponent < -4)
    {
      g_string_append_c (text, *first);
      if (n > 1)
        g_string_append_c (text, '.');
      g_string_append_len (text, first + 1, n - 1);
      g_string_append (text, exponent > -10 ? "e-0" : "e-");
      numeral_decimal_append_uint (text, (guint64) -exponent);
    }
  else if (exponent < 0)
    {
      g_string_append_len (text, "0.0000", 1 - exponent);
      g_string_append_len (text, first, n);
    }
  else
    {
      g_string_append_len (text, first, MIN (n, exponent + 1));
      for (int i = n; i < exponent + 1; i++)
        g_string_append_c (text, '0');
      if (n > exponent + 1)
        g_string_append_c (text, '.');
      if (n > exponent + 1)
        g_string_append_len (text, first + exponent + 1, n - exponent - 1);
    }
}

/* The same text as that of "%g", without printf() and strtod(), for most values. %FALSE if it might
 * differ. */
static gboolean
append_quickly (GString *text, float value)
{
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  const double exact = (double) value;
  int exponent = 0;

  if (!(exact >= 1e-12 && exact < 1e6))
    return FALSE;
  while (exponent < MAX_EXPONENT && exact >= powers[exponent + 1])
    exponent++;
  while (exponent > MIN_EXPONENT && exact * powers[-MIN (exponent, 0)] < 1)
    exponent--;
  for (int n = MIN_DIGITS; n <= MAX_DIGITS; n++)
    {
      const double power = powers[n - 1 - exponent];
      const double scaled = exact * power, whole = floor (scaled), part = scaled - whole;
      const double rounded = whole + (part > 0.5 ? 1 : 0);

      /* Near the middle of two decimal numbers, or of two exponents. */
      if (fabs (part - 0.5) < 1e-4 || !(rounded >= powers[n - 1] && rounded < powers[n]))
        return FALSE;
      /* One rounding of two exact numbers, as in strtod(). */
      if ((float) (rounded / power) == value)
        {
          append_digits (text, (guint64) rounded, exponent);
          return TRUE;
        }
    }
  return FALSE;
}

void
numeral_decimal_append_float (GString *text, float value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (append_quickly (text, value))
    return;
  for (int precision = MIN_DIGITS; precision <= MAX_DIGITS; precision++)
    {
      char format[] = { '%', '.', (char) ('0' + precision), 'g', '\0' };

      g_ascii_formatd (digits, sizeof digits, format, (double) value);
      if ((float) g_ascii_strtod (digits, NULL) == value)
        break;
    }
  g_string_append (text, digits);
}

static const char *
skip_digits (const char *at, const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;
  return at;
}

/* The end of the number at @at as JSON has it; %NULL if there is none. */
static const char *
find_end (const char *at, const char *end)
{
  const char *first;

  if (at < end && *at == '-')
    at++;
  first = at;
  at = skip_digits (at, end);
  if (at == first || (*first == '0' && at > first + 1))
    return NULL;
  if (at < end && *at == '.')
    {
      first = at + 1;
      at = skip_digits (first, end);
      if (at == first)
        return NULL;
    }
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      first = at + 1;
      if (first < end && (*first == '+' || *first == '-'))
        first++;
      at = skip_digits (first, end);
      if (at == first)
        return NULL;
    }
  return at;
}

gboolean
numeral_decimal_read_double (const char **at, const char *end, double *value)
{
  const char *after = find_end (*at, end);

  if (after == NULL)
    return FALSE;
  *value = g_ascii_strtod (*at, NULL);
  *at = after;
  return TRUE;
}
