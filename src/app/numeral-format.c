/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-format.h"

#include <glib/gi18n.h>
#include <math.h>

static int
whole_percent (double probability)
{
  return (int) lround (100 * probability);
}

char *
numeral_format_percent (double probability)
{
  /* Translators: a probability in percent, such as "98.2 %" */
  return g_strdup_printf (_ ("%.1f %%"), 100 * probability);
}

char *
numeral_format_runner_up (const NumeralPrediction *prediction)
{
  const double probability = (double) prediction->probabilities[prediction->runner_up];
  /* "0.0 %" would say that nothing else is possible. */
  const gboolean tiny = probability < 0.0005;
  g_autofree char *percent = numeral_format_percent (tiny ? 0.001 : probability);

  if (tiny)
    /* Translators: the second most probable digit, and what its probability is less than */
    return g_strdup_printf (_ ("or %u, with < %s"), prediction->runner_up, percent);
  /* Translators: the second most probable digit, and its probability such as "1.1 %" */
  return g_strdup_printf (_ ("or %u, with %s"), prediction->runner_up, percent);
}

char *
numeral_format_duration (double seconds)
{
  const double micro = seconds * 1e6;

  if (micro < 999.5)
    {
      const int n = MAX ((int) lround (micro), 1);

      /* Translators: how many microseconds the network took */
      return g_strdup_printf (ngettext ("read in %d µs", "read in %d µs", (gulong) n), n);
    }
  /* Translators: how many milliseconds the network took */
  return g_strdup_printf (_ ("read in %.1f ms"), micro / 1000);
}

char *
numeral_format_answer (const NumeralPrediction *prediction)
{
  if (!prediction || prediction->empty)
    return g_strdup (_ ("Recognised digit: none"));
  /* Translators: a digit and its probability in percent */
  return g_strdup_printf (_ ("Recognised digit: %u, %d %%"), prediction->digit,
                          whole_percent ((double) prediction->probabilities[prediction->digit]));
}

static int
by_probability (gconstpointer a, gconstpointer b, gpointer data)
{
  const NumeralPrediction *prediction = data;
  const float pa = prediction->probabilities[*(const guint *) a];
  const float pb = prediction->probabilities[*(const guint *) b];

  return (pa < pb) - (pa > pb);
}

char *
numeral_format_probabilities (const NumeralPrediction *prediction)
{
  g_autoptr (GString) list = NULL;
  guint digits[NUMERAL_N_DIGITS];

  if (!prediction || prediction->empty)
    return g_strdup (_ ("Probabilities: none"));

  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    digits[i] = i;
  g_qsort_with_data (digits, NUMERAL_N_DIGITS, sizeof digits[0], by_probability,
                     (gpointer) prediction);
  list = g_string_new (NULL);
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    {
      const int percent = whole_percent ((double) prediction->probabilities[digits[i]]);

      if (percent < 1)
        break;
      if (list->len)
        /* Translators: between the parts of a list */
        g_string_append (list, _ (", "));
      /* Translators: a digit and its probability in percent, part of a list */
      g_string_append_printf (list, _ ("%u %d %%"), digits[i], percent);
    }
  /* Translators: a list such as "7 98 %, 1 1 %" */
  return g_strdup_printf (_ ("Probabilities: %s"), list->str);
}
