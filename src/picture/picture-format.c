/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The minus sign and the multiplication dot of Unicode. */
#define MINUS "\u2212"
#define TIMES "\u00b7"

/* Numbers from LARGE on and below SMALL are written with powers of ten ... */
#define LARGE 1e7
#define SMALL 1e-4

/* ... unless the mantissa would need more digits than this to distinguish two ticks. */
#define MOST_DIGITS 4

static void
append_power (GString *text, int exponent)
{
  static const char *const digits[] = { "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                        "\u2075", "\u2076", "\u2077", "\u2078", "\u2079" };
  char plain[16];

  g_string_append (text, "10");
  if (exponent < 0)
    g_string_append (text, "\u207b");
  g_snprintf (plain, sizeof plain, "%d", ABS (exponent));
  for (const char *digit = plain; *digit; digit++)
    g_string_append (text, digits[*digit - '0']);
}

/* Removes trailing zeros of a mantissa, and the decimal sign if no decimals are left. */
static void
strip_zeros (GString *text)
{
  gsize end = text->len;

  while (end > 0 && text->str[end - 1] == '0')
    end--;
  if (end == text->len)
    return;
  /* A non-digit here is the decimal sign, which may have several bytes. */
  while (end > 0 && !g_ascii_isdigit (text->str[end - 1]))
    end--;
  g_string_truncate (text, end);
}

/* @value: greater than 0 */
static void
append_scientific (GString *text, double value, guint decimals)
{
  int exponent = (int) floor (log10 (value));
  double mantissa = value / pow (10, exponent);
  g_autoptr (GString) digits = g_string_new (NULL);

  /* 9.999 is written as 10. */
  if (mantissa + 0.5 * pow (10, -(double) decimals) >= 10)
    {
      mantissa /= 10;
      exponent++;
    }
  g_string_printf (digits, "%.*f", (int) decimals, mantissa);
  if (decimals > 0)
    strip_zeros (digits);
  if (strcmp (digits->str, "1") != 0)
    g_string_append_printf (text, "%s" TIMES, digits->str);
  append_power (text, exponent);
}

static GString *
begin (double *value)
{
  GString *text = g_string_new (NULL);

  if (*value < 0)
    {
      g_string_append (text, MINUS);
      *value = -*value;
    }
  return text;
}

static int
decimals_of_step (double step)
{
  /* 0.5, 0.2 and 0.1 have one decimal; the tolerance is for numbers a little below 0.1. */
  return CLAMP ((int) ceil (-log10 (step) - 1e-6), 0, 15);
}

/* The number of decimals for three significant digits. */
static int
decimals_of_value (double value)
{
  return CLAMP (2 - (int) floor (log10 (value)), 0, 15);
}

char *
picture_format_tick (PictureFormat format, double value, double step)
{
  GString *text;
  int decimals, digits;

  if (format == PICTURE_FORMAT_PERCENT)
    {
      value *= 100;
      step *= 100;
    }
  text = begin (&value);
  /* The number of digits after the first one that distinguish two ticks. */
  digits = step > 0 && value > 0 ?
               (int) floor (log10 (value) + 1e-9) - (int) floor (log10 (step) + 1e-9) :
               2;
  if (value > 0 && digits < MOST_DIGITS && (value >= LARGE || value < SMALL * (1 - 1e-9)))
    append_scientific (text, value, (guint) MAX (digits, 0));
  else if (value == 0 && step < SMALL * (1 - 1e-9))
    g_string_append_c (text, '0');
  else
    {
      decimals = step > 0 ? decimals_of_step (step) : value > 0 ? decimals_of_value (value) : 0;
      g_string_append_printf (text, "%'.*f", decimals, value);
      if (!(step > 0) && decimals > 0)
        strip_zeros (text);
    }
  return g_string_free (text, FALSE);
}

char *
picture_format_percent (double share, guint decimals)
{
  double value = 100 * share;
  GString *text = begin (&value);
  g_autofree char *bare = NULL;

  g_string_append_printf (text, "%'.*f", (int) MIN (decimals, 15), value);
  bare = g_string_free (text, FALSE);
  return g_strdup_printf (_ ("%s\u00a0%%"), bare);
}

char *
picture_format_value (PictureFormat format, double value)
{
  GString *text;

  if (!isfinite (value))
    return g_strdup (isnan (value) ? "NaN" : value > 0 ? "\u221e" : MINUS "\u221e");
  if (format == PICTURE_FORMAT_PERCENT)
    return picture_format_percent (value, 2);
  text = begin (&value);
  if (value > 0 && (value >= LARGE || value < SMALL))
    append_scientific (text, value, 2);
  else
    g_string_append_printf (text, "%'.*f", value > 0 ? decimals_of_value (value) : 0, value);
  return g_string_free (text, FALSE);
}

char *
picture_format_decimals (double value, guint decimals)
{
  GString *text = begin (&value);

  g_string_append_printf (text, "%'.*f", (int) MIN (decimals, 15), value);
  if (decimals > 0)
    strip_zeros (text);
  return g_string_free (text, FALSE);
}
