/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-disturbed.h"

#include <glib/gi18n.h>

#include "cli-json.h"
#include "cli-output.h"
#include "nn-evaluate.h"
#include "numeral-disturb.h"

/* accuracies: [NUMERAL_N_DISTURBANCES] */
static gboolean
measure (const NnNetwork *network, const NnDataset *dataset, double *accuracies, GError **error)
{
  for (guint d = 0; d < NUMERAL_N_DISTURBANCES; d++)
    {
      g_autoptr (NnDataset) disturbed =
          numeral_disturb_dataset (dataset, (NumeralDisturbance) d, error);
      g_autoptr (NnEvaluation) evaluation = NULL;

      if (disturbed == NULL)
        return FALSE;
      evaluation = nn_evaluate (network, disturbed, error);
      if (evaluation == NULL)
        return FALSE;
      accuracies[d] = evaluation->accuracy;
    }
  return TRUE;
}

static void
print_json (const double *accuracies, gsize count)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, count);
  cli_json_key (&json, "accuracy");
  cli_json_begin_object (&json);
  for (guint d = 0; d < NUMERAL_N_DISTURBANCES; d++)
    {
      cli_json_key (&json, numeral_disturbance_name ((NumeralDisturbance) d));
      cli_json_double (&json, accuracies[d]);
    }
  cli_json_end_object (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const double *accuracies, gsize count)
{
  const char *const titles[NUMERAL_N_DISTURBANCES] = {
    _ ("large, in the middle"),       _ ("a quarter of the size"),
    _ ("half the size, in a corner"), _ ("a pen three times as thick"),
    _ ("a pen a third as thick"),     _ ("turned by up to 15 degrees"),
  };

  cli_print (_ ("samples   %zu, drawn on a canvas of 400 pixels\n"), count);
  cli_print (_ ("accuracy  change\n"));
  for (guint d = 0; d < NUMERAL_N_DISTURBANCES; d++)
    cli_print ("%6.2f %%  %+6.2f  %s\n", 100 * accuracies[d], 100 * (accuracies[d] - accuracies[0]),
               titles[d]);
}

gboolean
cli_evaluate_disturbed (const NnNetwork *network,
                        const NnDataset *dataset,
                        gboolean json,
                        GError **error)
{
  double accuracies[NUMERAL_N_DISTURBANCES];

  if (!measure (network, dataset, accuracies, error))
    return FALSE;
  if (json)
    print_json (accuracies, dataset->n);
  else
    print_text (accuracies, dataset->n);
  return TRUE;
}
