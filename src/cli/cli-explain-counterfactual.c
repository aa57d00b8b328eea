/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-explain-counterfactual.h"

#include <glib/gi18n.h>

#include "cli-json.h"
#include "cli-output.h"
#include "numeral-counterfactual.h"
#include "numeral-omission.h"
#include "numeral-reader.h"

/* On the way from the digit to the other one it is read so many times. */
#define N_STEPS 11

static void
print_floats (CliJson *json, const char *key, const float *values, gsize n)
{
  cli_json_key (json, key);
  cli_json_begin_array (json);
  for (gsize i = 0; i < n; i++)
    cli_json_float (json, values[i]);
  cli_json_end_array (json);
}

static void
print_step (CliJson *json, double share, const NumeralReading *reading)
{
  cli_json_begin_object (json);
  cli_json_key (json, "share");
  cli_json_double (json, share);
  cli_json_key (json, "digit");
  cli_json_uint (json, reading->digit);
  cli_json_key (json, "probability");
  cli_json_float (json, reading->probabilities[reading->digit]);
  cli_json_key (json, "novelty");
  cli_json_float (json, reading->novelty);
  cli_json_end_object (json);
}

/* The pieces that are left out. */
static void
print_omission (CliJson *json, const NumeralOmission *omission)
{
  cli_json_begin_object (json);
  cli_json_key (json, "pieces");
  cli_json_uint (json, omission->n_pieces);
  cli_json_key (json, "left_out");
  cli_json_begin_array (json);
  for (guint i = 0; i < omission->n_pieces; i++)
    if ((omission->kept >> i & 1) == 0)
      {
        cli_json_begin_object (json);
        cli_json_key (json, "stroke");
        cli_json_uint (json, omission->pieces[i].stroke);
        cli_json_key (json, "first");
        cli_json_uint (json, omission->pieces[i].first);
        cli_json_key (json, "last");
        cli_json_uint (json, omission->pieces[i].last);
        cli_json_end_object (json);
      }
  cli_json_end_array (json);
  cli_json_key (json, "ink");
  cli_json_double (json, omission->ink);
  cli_json_key (json, "probability");
  cli_json_float (json, omission->reading.probabilities[omission->target]);
  cli_json_end_object (json);
}

/* @omission: (nullable) */
static void
print_json (const NumeralCounterfactual *found,
            const NumeralReading *steps,
            const NumeralOmission *omission)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "answer");
  cli_json_uint (&json, steps[0].digit);
  cli_json_key (&json, "target");
  cli_json_uint (&json, found->target);
  cli_json_key (&json, "displacement");
  cli_json_double (&json, found->displacement);
  cli_json_key (&json, "bending");
  cli_json_double (&json, found->bending);
  cli_json_key (&json, "steps");
  cli_json_begin_array (&json);
  for (guint i = 0; i < N_STEPS; i++)
    print_step (&json, (double) i / (N_STEPS - 1), &steps[i]);
  cli_json_end_array (&json);
  print_floats (&json, "tensor", found->reading.tensor, INK_TENSOR_SIZE);
  cli_json_key (&json, "omission");
  if (omission != NULL)
    print_omission (&json, omission);
  else
    cli_json_null (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const NumeralCounterfactual *found,
            const NumeralReading *steps,
            const NumeralOmission *omission)
{
  cli_print (_ ("read as %u; a %u if the ink moves by %.2f pixels of 28 on average\n"),
             steps[0].digit, found->target, found->displacement);
  if (omission != NULL)
    cli_print (_ ("a %u too without %u of its %u pieces of stroke, %.0f %% of the ink\n"),
               found->target, omission->n_left_out, omission->n_pieces, 100 * omission->ink);
  cli_print (_ ("\nshare  answer  probability\n"));
  for (guint i = 0; i < N_STEPS; i++)
    cli_print ("%5.1f  %6u  %9.1f %%\n", (double) i / (N_STEPS - 1), steps[i].digit,
               100 * (double) steps[i].probabilities[steps[i].digit]);
}

/* @omission: (out) (nullable): %NULL without ink, or if there are no such pieces. */
static gboolean
find_omission (const NumeralModel *model,
               const InkDrawing *drawing,
               guint target,
               NumeralOmission **omission,
               GError **error)
{
  g_autoptr (GError) local = NULL;

  if (drawing == NULL)
    return TRUE;
  *omission = numeral_omission_find (model, drawing, target, NULL, &local);
  if (*omission != NULL || g_error_matches (local, NN_ERROR, NN_ERROR_VALUE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
cli_explain_counterfactual (const NumeralModel *model,
                            const InkDrawing *drawing,
                            const float *tensor,
                            guint target,
                            gboolean json,
                            GError **error)
{
  g_autoptr (NumeralCounterfactual) found =
      numeral_counterfactual_find (model, tensor, target, NULL, NULL, NULL, error);
  g_autoptr (NumeralOmission) omission = NULL;
  g_autoptr (NumeralReader) reader = NULL;
  NumeralReading steps[N_STEPS];

  if (found == NULL || !find_omission (model, drawing, target, &omission, error))
    return FALSE;
  reader = numeral_reader_new (model);
  for (guint i = 0; i < N_STEPS; i++)
    {
      numeral_counterfactual_between (found, (double) i / (N_STEPS - 1), steps[i].tensor);
      numeral_reader_read (reader, &steps[i]);
    }
  if (json)
    print_json (found, steps, omission);
  else
    print_text (found, steps, omission);
  return TRUE;
}
