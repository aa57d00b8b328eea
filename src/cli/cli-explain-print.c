/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-explain-print.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-json.h"
#include "cli-output.h"
#include "nn-integrated-gradients.h"

/* Signs of the map stand where the attribution is at least this part of the largest. */
#define SIGN_FROM 0.2

/* The tensor in characters: + speaks for the target, - against it, . is ink that says little. */
static void
print_map (const NumeralExplanation *explanation)
{
  float most = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    most = MAX (most, fabsf (explanation->attribution[i]));
  for (guint row = 0; row < INK_TENSOR_SIDE; row++)
    {
      char line[INK_TENSOR_SIDE + 1] = { 0 };
      gboolean blank = TRUE;

      for (guint column = 0; column < INK_TENSOR_SIDE; column++)
        {
          const guint i = row * INK_TENSOR_SIDE + column;
          const float value = explanation->attribution[i];

          line[column] = explanation->tensor[i] > 0.1f ? '.' : ' ';
          if (most > 0 && fabsf (value) >= (float) SIGN_FROM * most)
            line[column] = value > 0 ? '+' : '-';
          blank = blank && line[column] == ' ';
        }
      if (!blank)
        cli_print ("  %s\n", g_strchomp (line));
    }
}

static void
print_pieces (const NumeralExplanation *explanation)
{
  for (guint i = 0; i < explanation->map.n; i++)
    {
      const InkPiece *piece = &explanation->map.pieces[i];

      cli_print (_ ("  stroke %u, points %u to %u: %+.3f\n"), piece->stroke, piece->first,
                 piece->last, explanation->pieces[i]);
    }
}

void
cli_explanation_text (const NumeralExplanation *explanation)
{
  if (explanation->contrast.against < 0)
    cli_print (_ ("Why %u: %s\n"), explanation->contrast.target,
               numeral_explanation_method_title (explanation->method));
  else
    cli_print (_ ("Why %u and not %d: %s\n"), explanation->contrast.target,
               explanation->contrast.against,
               numeral_explanation_method_title (explanation->method));
  if (explanation->additive)
    cli_print (_ ("attributions add up to %.3f; the difference from the baseline is %.3f\n"),
               explanation->sum, explanation->difference);
  if (explanation->method == NUMERAL_EXPLANATION_LIME)
    cli_print (_ ("R² of the linear model: %.3f\n"), explanation->r2);
  if (explanation->measured)
    cli_print (_ ("faithfulness: %.2f (1 is the best, 0 is random)\n"),
               explanation->faithfulness.figure);
  print_pieces (explanation);
  print_map (explanation);
}

static void
number (CliJson *json, const char *key, double value)
{
  cli_json_key (json, key);
  cli_json_double (json, value);
}

static void
whole (CliJson *json, const char *key, guint value)
{
  cli_json_key (json, key);
  cli_json_uint (json, value);
}

static void
numbers (CliJson *json, const char *key, const double *values, guint n)
{
  cli_json_key (json, key);
  cli_json_begin_array (json);
  for (guint i = 0; i < n; i++)
    cli_json_double (json, values[i]);
  cli_json_end_array (json);
}

static void
put_floats (CliJson *json, const char *key, const float *values, guint n)
{
  cli_json_key (json, key);
  cli_json_begin_array (json);
  for (guint i = 0; i < n; i++)
    cli_json_float (json, values[i]);
  cli_json_end_array (json);
}

static void
put_pieces (CliJson *json, const NumeralExplanation *explanation)
{
  cli_json_key (json, "pieces");
  cli_json_begin_array (json);
  for (guint i = 0; i < explanation->map.n; i++)
    {
      const InkPiece *piece = &explanation->map.pieces[i];

      cli_json_begin_object (json);
      whole (json, "stroke", piece->stroke);
      whole (json, "strokes", piece->n_strokes);
      whole (json, "first", piece->first);
      whole (json, "last", piece->last);
      number (json, "value", explanation->pieces[i]);
      cli_json_end_object (json);
    }
  cli_json_end_array (json);
}

/* The points of integrated gradients, so that others can repeat the sum. */
static void
put_path (CliJson *json, const NumeralExplanation *explanation)
{
  cli_json_key (json, "path");
  cli_json_begin_array (json);
  for (guint i = 0; i < explanation->path->len; i++)
    {
      const NnPathNode *node = &g_array_index (explanation->path, NnPathNode, i);

      cli_json_begin_array (json);
      cli_json_double (json, node->position);
      cli_json_double (json, node->weight);
      cli_json_end_array (json);
    }
  cli_json_end_array (json);
}

static void
put_curves (CliJson *json, const NnFaithfulness *faithfulness)
{
  cli_json_key (json, "curves");
  cli_json_begin_object (json);
  numbers (json, "insertion", faithfulness->insertion, NN_FAITHFULNESS_POINTS);
  numbers (json, "deletion", faithfulness->deletion, NN_FAITHFULNESS_POINTS);
  numbers (json, "random", faithfulness->random, NN_FAITHFULNESS_POINTS);
  cli_json_end_object (json);
}

void
cli_explanation_json (const NumeralExplanation *explanation)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  whole (&json, "answer", explanation->answer);
  whole (&json, "target", explanation->contrast.target);
  cli_json_key (&json, "against");
  if (explanation->contrast.against < 0)
    cli_json_null (&json);
  else
    cli_json_uint (&json, (guint) explanation->contrast.against);
  cli_json_key (&json, "method");
  cli_json_string (&json, numeral_explanation_method_name (explanation->method));
  cli_json_key (&json, "baseline");
  cli_json_string (&json, numeral_explanation_baseline_name (explanation->baseline));
  number (&json, "value", explanation->value);
  put_floats (&json, "input", explanation->tensor, INK_TENSOR_SIZE);
  put_floats (&json, "attribution", explanation->attribution, INK_TENSOR_SIZE);
  number (&json, "sum", explanation->sum);
  number (&json, "difference", explanation->difference);
  put_pieces (&json, explanation);
  if (explanation->path != NULL)
    put_path (&json, explanation);
  if (explanation->method == NUMERAL_EXPLANATION_LIME)
    number (&json, "r2", explanation->r2);
  if (explanation->measured)
    {
      number (&json, "faithfulness", explanation->faithfulness.figure);
      put_curves (&json, &explanation->faithfulness);
    }
  number (&json, "seconds", explanation->seconds);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}
