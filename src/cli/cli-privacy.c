/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-json.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-accountant.h"

#define VERB "privacy"

/* Numbers that were not given are NaN. */
typedef struct
{
  double samples, batch, noise, epochs, delta, budget;
  gboolean json;
} Options;

/* The settings of the training that is accounted for, and epsilon. */
typedef struct
{
  double rate, steps, noise;
  NnSpent classical, tight;
} Answer;

static int
check (const Options *o)
{
  if (isnan (o->samples) || isnan (o->batch) || isnan (o->epochs))
    return cli_usage_error (VERB, _ ("--samples, --batch and --epochs are required"));
  if (isnan (o->noise) == isnan (o->budget))
    return cli_usage_error (VERB, _ ("one of --noise and --epsilon is required"));
  if (!(o->samples >= 1 && o->samples <= 1e12))
    return cli_usage_error (VERB, _ ("--samples must be from 1 to 1000000000000"));
  if (!(o->batch >= 1 && o->batch <= o->samples))
    return cli_usage_error (VERB, _ ("--batch must be from 1 to the number of samples"));
  if (!(o->epochs > 0 && o->epochs <= 1e6))
    return cli_usage_error (VERB, _ ("--epochs must be above 0 and at most 1000000"));
  if (!isnan (o->noise) && !(o->noise > 0 && o->noise <= 1e6))
    return cli_usage_error (VERB, _ ("--noise must be above 0 and at most 1000000"));
  if (!isnan (o->budget) && !(o->budget > 0 && o->budget <= 1e6))
    return cli_usage_error (VERB, _ ("--epsilon must be above 0 and at most 1000000"));
  if (!(o->delta > 0 && o->delta < 1))
    return cli_usage_error (VERB, _ ("--delta must be between 0 and 1"));
  return CLI_OK;
}

static gboolean
run (const Options *o, Answer *answer)
{
  answer->rate = o->batch / o->samples;
  answer->steps = ceil (o->epochs * o->samples / o->batch);
  answer->noise = isnan (o->noise) ?
                      nn_accountant_find_noise (answer->rate, answer->steps, o->delta, o->budget) :
                      o->noise;
  if (isinf (answer->noise))
    {
      cli_error (_ ("no amount of noise keeps epsilon at %g: take fewer epochs, a smaller share of "
                    "the samples in each minibatch, or a larger epsilon"),
                 o->budget);
      return FALSE;
    }
  answer->classical = nn_accountant_spent (answer->rate, answer->noise, answer->steps, o->delta,
                                           NN_CONVERSION_CLASSICAL);
  answer->tight = nn_accountant_spent (answer->rate, answer->noise, answer->steps, o->delta,
                                       NN_CONVERSION_TIGHT);
  return TRUE;
}

static void
print_json (const Options *o, const Answer *answer)
{
  const struct
  {
    const char *key;
    double value;
  } members[] = { { "epsilon", answer->classical.epsilon },
                  { "epsilon_tight", answer->tight.epsilon },
                  { "delta", o->delta },
                  { "order", answer->classical.order },
                  { "order_tight", answer->tight.order },
                  { "noise", answer->noise },
                  { "sampling_rate", answer->rate },
                  { "steps", answer->steps } };
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      cli_json_key (&json, members[i].key);
      cli_json_double (&json, members[i].value);
    }
  cli_json_end_object (&json);
  cli_print ("%s\n", json.text->str);
}

static void
print_text (const Options *o, const Answer *answer)
{
  cli_print (_ ("epsilon    %.4f at delta %g\n"), answer->classical.epsilon, o->delta);
  cli_print (_ ("tighter    %.4f, by the conversion of Canonne, Kamath and Steinke\n"),
             answer->tight.epsilon);
  cli_print (_ ("order      %g of the Rényi divergence\n"), answer->classical.order);
  cli_print (_ ("noise      %g times the clipping norm\n"), answer->noise);
  cli_print (_ ("sampling   %.4g %% of the samples in each of %.0f steps\n"), 100 * answer->rate,
             answer->steps);
}

int
cli_privacy (int argc, char **argv)
{
  Options o = { NAN, NAN, NAN, NAN, 1e-5, NAN, FALSE };
  Answer answer;
  const GOptionEntry entries[] = {
    { "samples", 0, 0, G_OPTION_ARG_DOUBLE, &o.samples, N_ ("Number of training samples"),
      N_ ("N") },
    { "batch", 0, 0, G_OPTION_ARG_DOUBLE, &o.batch,
      N_ ("Number of samples in each minibatch on average"), N_ ("N") },
    { "noise", 0, 0, G_OPTION_ARG_DOUBLE, &o.noise,
      N_ ("Standard deviation of the noise, in units of the clipping norm"), N_ ("NUMBER") },
    { "epochs", 0, 0, G_OPTION_ARG_DOUBLE, &o.epochs, N_ ("Number of epochs"), N_ ("NUMBER") },
    { "delta", 0, 0, G_OPTION_ARG_DOUBLE, &o.delta,
      N_ ("Probability with which epsilon may not hold (default 1e-05)"), N_ ("NUMBER") },
    { "epsilon", 0, 0, G_OPTION_ARG_DOUBLE, &o.budget,
      N_ ("In place of --noise: find the noise for this epsilon"), N_ ("NUMBER") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print one JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Prints how much a network that was trained with clipped and noisy gradients (DP-SGD) can\n"
       "tell about any one of its samples: epsilon of differential privacy."),
    NULL,
    entries,
    NULL,
  };
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  status = check (&o);
  if (status != CLI_OK)
    return status;
  if (!run (&o, &answer))
    return CLI_FAILED;
  if (o.json)
    print_json (&o, &answer);
  else
    print_text (&o, &answer);
  return CLI_OK;
}
