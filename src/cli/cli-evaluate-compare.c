/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-compare.h"

#include <glib/gi18n.h>

#include "cli-output.h"
#include "nn-evaluate.h"

gboolean
cli_compare (CliComparison *result,
             const NnDataset *dataset,
             const float *logits,
             guint n_classes,
             const NumeralModel *other,
             const NnDataset *its_data,
             GError **error)
{
  const guint its_classes = nn_architecture_n_classes (&other->network->arch);
  g_autofree float *its_logits = nn_bulk_logits (other->network, its_data, NULL, error);
  g_autofree guint8 *answers = NULL, *its_answers = NULL;
  g_autoptr (NnEvaluation) evaluation = NULL;

  if (its_logits == NULL)
    return FALSE;
  evaluation = nn_evaluate_logits (other->network, its_data, its_logits, error);
  if (evaluation == NULL)
    return FALSE;
  answers = nn_answers (logits, dataset->n, n_classes);
  its_answers = nn_answers (its_logits, dataset->n, its_classes);
  result->accuracy = evaluation->accuracy;
  result->interval = evaluation->interval;
  result->comparison = nn_compare_answers (dataset, its_answers, answers);
  return TRUE;
}

void
cli_comparison_clear (CliComparison *result)
{
  g_clear_pointer (&result->comparison, nn_comparison_free);
}

void
cli_interval_json (NnInterval interval, CliJson *json)
{
  cli_json_begin_array (json);
  cli_json_double (json, interval.low);
  cli_json_double (json, interval.high);
  cli_json_end_array (json);
}

void
cli_comparison_json (const CliComparison *result, CliJson *json)
{
  static const char *const names[NN_N_CHANGES] = { "both_right", "mended", "broken", "both_wrong" };

  cli_json_begin_object (json);
  cli_json_key (json, "accuracy");
  cli_json_double (json, result->accuracy);
  cli_json_key (json, "interval");
  cli_interval_json (result->interval, json);
  for (guint c = 0; c < NN_N_CHANGES; c++)
    {
      cli_json_key (json, names[c]);
      cli_json_uint (json, result->comparison->n[c]);
    }
  cli_json_key (json, "p");
  cli_json_double (json, result->comparison->p);
  cli_json_end_object (json);
}

void
cli_comparison_print (const CliComparison *result)
{
  const gsize *n = result->comparison->n;

  cli_print (_ ("\ncompared with the other model, which reads %.2f %% (%.2f to %.2f %%)\n"),
             100 * result->accuracy, 100 * result->interval.low, 100 * result->interval.high);
  cli_print (_ ("mended      %zu\n"), n[NN_CHANGE_MENDED]);
  cli_print (_ ("broken      %zu\n"), n[NN_CHANGE_BROKEN]);
  cli_print (_ ("both wrong  %zu\n"), n[NN_CHANGE_BOTH_WRONG]);
  cli_print (_ ("McNemar p   %.3g\n"), result->comparison->p);
}
