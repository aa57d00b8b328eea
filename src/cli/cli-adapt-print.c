/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-adapt-print.h"

#include <glib/gi18n.h>

#include "cli-output.h"

/* The three kinds of samples. */
enum
{
  OWN,
  EVERYBODY,
  TESTED,
  N_KINDS,
};

static const char *const names[] = { "own", "everybody", "tested" };

/* @time: 0 before, 1 after */
static const NumeralAdaptFigures *
figures_of (const CliAdaptCase *self, guint kind, guint time)
{
  switch (kind)
    {
    case OWN:
      return &self->adaptation->own[time];
    case EVERYBODY:
      return &self->adaptation->others[time];
    default:
      return &self->tested[time];
    }
}

/* Adds up the samples of several writers, and takes the means of their figures. A writer of whom
 * there is nothing left to test does not count. */
static NumeralAdaptFigures
mean_of (const GPtrArray *cases, guint kind, guint time)
{
  NumeralAdaptFigures mean = { 0 };
  guint n = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      const NumeralAdaptFigures *figures = figures_of (g_ptr_array_index (cases, i), kind, time);

      n += figures->n > 0;
      mean.n += figures->n;
      mean.accuracy += figures->accuracy;
      mean.loss += figures->loss;
    }
  mean.accuracy /= MAX (n, 1);
  mean.loss /= MAX (n, 1);
  return mean;
}

/* The lowest accuracy of the tested samples. */
static double
lowest (const GPtrArray *cases, guint time)
{
  double accuracy = 1;

  for (guint i = 0; i < cases->len; i++)
    {
      const CliAdaptCase *self = g_ptr_array_index (cases, i);

      if (self->tested[time].n > 0)
        accuracy = MIN (accuracy, self->tested[time].accuracy);
    }
  return accuracy;
}

static const char *
verdict_text (const CliAdaptCase *self)
{
  switch (self->adaptation->verdict)
    {
    case NUMERAL_ADAPT_NO_GAIN:
      return _ ("not kept: one's own digits are not read better");
    case NUMERAL_ADAPT_FORGETTING:
      return _ ("not kept: everybody's digits are read worse");
    default:
      return _ ("kept");
    }
}

static void
write_figures (CliJson *json, const NumeralAdaptFigures *figures)
{
  cli_json_begin_object (json);
  cli_json_key (json, "samples");
  cli_json_uint (json, figures->n);
  cli_json_key (json, "accuracy");
  cli_json_double (json, figures->accuracy);
  cli_json_key (json, "loss");
  cli_json_double (json, figures->loss);
  cli_json_end_object (json);
}

/* The members "before" and "after"; of means, with the lowest accuracy. */
static void
write_both (CliJson *json, const GPtrArray *cases, gboolean is_mean)
{
  static const char *const times[] = { "before", "after" };

  for (guint time = 0; time < 2; time++)
    {
      cli_json_key (json, times[time]);
      cli_json_begin_object (json);
      for (guint kind = 0; kind < N_KINDS; kind++)
        {
          const NumeralAdaptFigures mean = mean_of (cases, kind, time);

          if (mean.n == 0)
            continue;
          cli_json_key (json, names[kind]);
          write_figures (json, &mean);
        }
      if (is_mean)
        {
          cli_json_key (json, "lowest");
          cli_json_double (json, lowest (cases, time));
        }
      cli_json_end_object (json);
    }
}

/* (transfer full) (element-type CliAdaptCase) */
static GPtrArray *
only (const CliAdaptCase *self)
{
  GPtrArray *cases = g_ptr_array_new ();

  g_ptr_array_add (cases, (gpointer) self);
  return cases;
}

static void
write_case (CliJson *json, const CliAdaptCase *self)
{
  g_autoptr (GPtrArray) cases = only (self);

  cli_json_key (json, "samples");
  cli_json_uint (json, self->n_samples);
  write_both (json, cases, FALSE);
  cli_json_key (json, "keep");
  cli_json_boolean (json, self->adaptation->keep);
  cli_json_key (json, "verdict");
  cli_json_string (json, numeral_adapt_verdict_name (self->adaptation->verdict));
  cli_json_key (json, "amount");
  cli_json_double (json, self->adaptation->amount);
}

static void
print_table (const GPtrArray *cases, const char *everybody)
{
  const char *const titles[] = { _ ("own, cross-validated"), everybody, _ ("own, tested") };

  cli_print ("%-22s %8s %10s %10s\n", "", _ ("samples"), _ ("before"), _ ("after"));
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      const NumeralAdaptFigures before = mean_of (cases, kind, 0), after = mean_of (cases, kind, 1);

      if (before.n > 0)
        cli_print ("%-22s %8zu %8.2f %% %8.2f %%\n", titles[kind], before.n, 100 * before.accuracy,
                   100 * after.accuracy);
    }
}

static void
print_json (const CliAdaptCase *self, const char *everybody)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  write_case (&json, self);
  cli_json_key (&json, "everybody");
  cli_json_string (&json, everybody);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

void
cli_adapt_print (const CliAdaptCase *self, const char *everybody, gboolean as_json)
{
  g_autoptr (GPtrArray) cases = only (self);

  if (as_json)
    {
      print_json (self, everybody);
      return;
    }
  print_table (cases, everybody);
  cli_print ("%s\n", verdict_text (self));
}

static void
print_json_writers (const GPtrArray *cases, const char *everybody)
{
  g_auto (CliJson) json = { NULL, FALSE };
  guint n_kept = 0;

  cli_json_init (&json);
  cli_json_begin_object (&json);
  write_both (&json, cases, TRUE);
  cli_json_key (&json, "writers");
  cli_json_begin_array (&json);
  for (guint i = 0; i < cases->len; i++)
    {
      const CliAdaptCase *self = g_ptr_array_index (cases, i);

      cli_json_begin_object (&json);
      cli_json_key (&json, "writer");
      cli_json_uint (&json, self->writer);
      write_case (&json, self);
      cli_json_end_object (&json);
      n_kept += self->adaptation->keep;
    }
  cli_json_end_array (&json);
  cli_json_key (&json, "kept");
  cli_json_uint (&json, n_kept);
  cli_json_key (&json, "everybody");
  cli_json_string (&json, everybody);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

void
cli_adapt_print_writers (const GPtrArray *cases, const char *everybody, gboolean as_json)
{
  if (as_json)
    {
      print_json_writers (cases, everybody);
      return;
    }
  cli_print (_ ("writer  samples   tested     before      after\n"));
  for (guint i = 0; i < cases->len; i++)
    {
      const CliAdaptCase *self = g_ptr_array_index (cases, i);

      cli_print ("%6u %8zu %8zu %8.2f %% %8.2f %%  %s\n", self->writer, self->n_samples,
                 self->tested[0].n, 100 * self->tested[0].accuracy, 100 * self->tested[1].accuracy,
                 verdict_text (self));
    }
  cli_print ("\n");
  print_table (cases, everybody);
  cli_print (_ ("lowest of the writers           %8.2f %% %8.2f %%\n"), 100 * lowest (cases, 0),
             100 * lowest (cases, 1));
}
