/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-compare.h"

#include <glib/gi18n.h>

#include "cli-output.h"

void
cli_comparison_print (const NnComparison *comparison, const NumeralEvaluation *other)
{
  const NnEvaluation *figures = other->figures;
  const gsize *n = comparison->n;

  cli_print (_ ("\ncompared with the other model, which reads %.2f %% (%.2f to %.2f %%)\n"),
             100 * figures->accuracy, 100 * figures->interval.low, 100 * figures->interval.high);
  cli_print (_ ("mended      %zu\n"), n[NN_CHANGE_MENDED]);
  cli_print (_ ("broken      %zu\n"), n[NN_CHANGE_BROKEN]);
  cli_print (_ ("both wrong  %zu\n"), n[NN_CHANGE_BOTH_WRONG]);
  cli_print (_ ("McNemar p   %.3g\n"), comparison->p);
}
