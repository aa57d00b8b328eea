/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explanation.h"

#include <glib/gi18n-lib.h>

static const char *const method_names[] = { "integrated-gradients", "shapley", "expected-gradients",
                                            "lime", "occlusion" };
static const char *const titles[] = {
  N_ ("Integrated Gradients"),
  N_ ("Shapley Values of the Pieces"),
  N_ ("Expected Gradients"),
  N_ ("LIME"),
  N_ ("Occlusion"),
};
static const char *const baseline_names[] = { "blank", "mean" };

G_STATIC_ASSERT (G_N_ELEMENTS (method_names) == NUMERAL_N_EXPLANATION_METHODS);
G_STATIC_ASSERT (G_N_ELEMENTS (titles) == NUMERAL_N_EXPLANATION_METHODS);
G_STATIC_ASSERT (G_N_ELEMENTS (baseline_names) == NUMERAL_N_BASELINES);

NN_DEFINE_NAMES (NumeralExplanationMethod, numeral_explanation_method, method_names, "method")
NN_DEFINE_NAMES (NumeralExplanationBaseline,
                 numeral_explanation_baseline,
                 baseline_names,
                 "baseline")

G_DEFINE_BOXED_TYPE (NumeralExplanation,
                     numeral_explanation,
                     numeral_explanation_ref,
                     numeral_explanation_unref)

const NumeralExplanationConfig numeral_explanation_config_default = {
  .method = NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS,
  .target = NUMERAL_TARGET_ANSWER,
  .against = NUMERAL_AGAINST_RUNNER_UP,
  .baseline = NUMERAL_BASELINE_BLANK,
  .patch = 3,
  .faithfulness = TRUE,
  .seed = 1,
};

const char *
numeral_explanation_method_title (NumeralExplanationMethod method)
{
  return _ (titles[method]);
}

NumeralExplanation *
numeral_explanation_new (void)
{
  NumeralExplanation *explanation = g_new0 (NumeralExplanation, 1);

  explanation->ref_count = 1;
  return explanation;
}

NumeralExplanation *
numeral_explanation_ref (NumeralExplanation *explanation)
{
  g_atomic_int_inc (&explanation->ref_count);
  return explanation;
}

void
numeral_explanation_unref (NumeralExplanation *explanation)
{
  if (!g_atomic_int_dec_and_test (&explanation->ref_count))
    return;
  g_clear_pointer (&explanation->path, g_array_unref);
  g_free (explanation);
}
