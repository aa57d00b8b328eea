/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-format.h"

#include <glib/gi18n.h>
#include <string.h>
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
numeral_format_number (const NumeralPrediction *prediction)
{
  char *number = numeral_prediction_get_number (prediction);

  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].refused && prediction->digits[i].sign == INK_SIGN_NONE)
      number[i] = '?';
  return number;
}

char *
numeral_format_doubt (const NumeralPrediction *prediction)
{
  guint n_refused = 0;

  for (guint i = 0; i < prediction->n_digits; i++)
    n_refused += prediction->digits[i].refused && prediction->digits[i].sign == INK_SIGN_NONE;
  if (n_refused == 0)
    return NULL;
  if (numeral_prediction_overflows (prediction))
    return g_strdup (_ ("This model cannot read this"));
  if (prediction->n_digits == 1)
    return g_strdup (_ ("Not sure this is a digit"));
  return g_strdup (n_refused == prediction->n_digits ? _ ("Not sure these are digits") :
                                                       _ ("Not sure all of these are digits"));
}

char *
numeral_format_guess (const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);
  g_autofree char *percent =
      numeral_format_percent (numeral_prediction_get_probability (prediction));

  if (numeral_prediction_overflows (prediction))
    return g_strdup (_ ("its weights are too large; open or train another"));
  /* Translators: the digit or number that something would be if it were one, and the probability
   * of that, such as "98.2 %" */
  return g_strdup_printf (_ ("best guess %s, %s"), number, percent);
}

char *
numeral_format_runner_up (const NumeralPrediction *prediction)
{
  double probability;
  const guint other = numeral_prediction_get_runner_up (prediction, &probability);
  /* "0.0 %" would mean that nothing else is possible. */
  const gboolean tiny = probability < 0.0005;
  g_autofree char *percent = numeral_format_percent (tiny ? 0.001 : probability);
  g_autofree char *number = numeral_prediction_get_number (prediction);

  number[other] = (char) ('0' + prediction->digits[other].runner_up);
  if (tiny)
    /* Translators: the second most probable digit or number, and what its probability is less than
     */
    return g_strdup_printf (_ ("or %s, with < %s"), number, percent);
  /* Translators: the second most probable digit or number, and its probability such as "1.1 %" */
  return g_strdup_printf (_ ("or %s, with %s"), number, percent);
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
  g_autofree char *number = NULL, *doubt = NULL;
  int percent;

  if (!prediction || prediction->empty)
    return g_strdup (_ ("Nothing to read yet"));
  number = numeral_prediction_get_number (prediction);
  doubt = numeral_format_doubt (prediction);
  percent = whole_percent (numeral_prediction_get_probability (prediction));
  if (numeral_prediction_overflows (prediction))
    return g_steal_pointer (&doubt);
  if (doubt)
    /* Translators: "Not sure this is a digit", what it would be if it were one, and the probability
     * of that in percent */
    return g_strdup_printf (_ ("%s: best guess %s, %d %%"), doubt, number, percent);
  if (prediction->n_digits > 1)
    /* Translators: a number of several digits and its probability in percent */
    return g_strdup_printf (_ ("Recognised number: %s, %d %%"), number, percent);
  /* Translators: a digit and its probability in percent */
  return g_strdup_printf (_ ("Recognised digit: %s, %d %%"), number, percent);
}

char *
numeral_format_place (const NumeralPrediction *prediction, guint place)
{
  const NumeralReading *reading = &prediction->digits[place];
  const int percent = whole_percent ((double) reading->probabilities[reading->digit]);

  if (reading->overflow)
    return g_strdup_printf (_ ("Digit %u of %u: this model cannot read it"), place + 1,
                            prediction->n_digits);
  if (reading->sign != INK_SIGN_NONE)
    /* Translators: which part of a number, of how many; a sign such as a comma */
    return g_strdup_printf (_ ("Part %u of %u: the sign “%c”"), place + 1, prediction->n_digits,
                            ink_sign_character (reading->sign));
  if (reading->refused)
    /* Translators: which digit of a number, of how many; what it would be if it were a digit, and
     * the probability of that in percent */
    return g_strdup_printf (_ ("Digit %u of %u: not sure, best guess %u, %d %%"), place + 1,
                            prediction->n_digits, reading->digit, percent);
  /* Translators: which digit of a number, of how many; what it is, and its probability in percent
   */
  return g_strdup_printf (_ ("Digit %u of %u: %u, %d %%"), place + 1, prediction->n_digits,
                          reading->digit, percent);
}

static int
by_probability (gconstpointer a, gconstpointer b, gpointer data)
{
  const float *probabilities = data;
  const float pa = probabilities[*(const guint *) a];
  const float pb = probabilities[*(const guint *) b];

  return (pa < pb) - (pa > pb);
}

char *
numeral_format_probabilities (const NumeralReading *reading)
{
  g_autoptr (GString) list = NULL;
  guint digits[NUMERAL_N_DIGITS];

  if (!reading)
    return g_strdup (_ ("Probabilities: none"));

  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    digits[i] = i;
  g_qsort_with_data (digits, NUMERAL_N_DIGITS, sizeof digits[0], by_probability,
                     (gpointer) reading->probabilities);
  list = g_string_new (NULL);
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    {
      const int percent = whole_percent ((double) reading->probabilities[digits[i]]);

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

char *
numeral_format_sentence (const char *message)
{
  g_autofree char *first = g_utf8_substring (message, 0, MIN (g_utf8_strlen (message, -1), 1));
  g_autofree char *large = g_utf8_strup (first, -1);

  return g_strconcat (large, message + strlen (first), NULL);
}
