/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-generative.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-interrupt.h"
#include "cli-json.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "cli-train-data.h"
#include "cli-train-generative-options.h"
#include "cli-train-save.h"
#include "cli-verbs.h"
#include "numeral-gan-session.h"
#include "numeral-generator-file.h"
#include "numeral-run-log.h"
#include "numeral-session.h"

#define OPTION "--generative"

/* A run, and its last figures. */
typedef struct
{
  const CliGenerativeOptions *options;
  NumeralGanSession *session;
  NumeralRunLog *log; /* (nullable) */
  CliProgress progress;
  NumeralGanEpoch last;
  double seconds;
  guint n_epochs;
  guint trouble; /* NumeralGanTrouble flags of any epoch */
} Run;

gboolean
cli_train_generative_is_wanted (int argc, char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], OPTION) || g_str_has_prefix (argv[i], OPTION "="))
      return TRUE;
  return FALSE;
}

/* "epoch 3/30: losses 1.31 (D) 0.78 (G), D says 0.52 to real and 0.47 to generated digits" */
static GString *
format_line (const Run *run, const NumeralGanEpoch *epoch, double share)
{
  const NnGanConfig *config = &run->options->config;
  const double pace = (double) epoch->n_images / MAX (epoch->seconds, 1e-6);
  const double left = share > 0 ? epoch->seconds / share : 0;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("epoch %u/%u"), epoch->epoch + 1, config->epochs);
  if (share < 1)
    g_string_append_printf (text, " %2.0f %%", 100 * share);
  /* Translators: the discriminator (D) and the generator (G) of a GAN; %3$.2f is what D answers to
   * real digits, %4$.2f to generated ones: 1 is real */
  g_string_append_printf (text,
                          _ (": D loss %1$.3f, G loss %2$.3f; D on real %3$.2f, generated %4$.2f"),
                          epoch->discriminator_loss, epoch->generator_loss, epoch->real,
                          epoch->generated);
  cli_progress_append_pace (text, pace, left * (config->epochs - epoch->epoch - share));
  return text;
}

static void
show_epoch (Run *run, const NumeralGanEpoch *epoch)
{
  g_autoptr (GString) text = format_line (run, epoch, 1);
  g_autofree char *warning = numeral_gan_session_take_warning (run->session);

  cli_progress_epoch_text (&run->progress, text->str);
  if (warning != NULL)
    cli_error ("%s", warning);
}

static void
show_minibatch (Run *run, const NnGanStep *step)
{
  const guint64 n = nn_gan_get_steps_per_epoch (numeral_gan_session_get_gan (run->session));
  g_autoptr (GString) text = NULL;
  NumeralGanEpoch means;

  numeral_gan_session_get_means (run->session, &means);
  text = format_line (run, &means, (double) (step->step % n + 1) / (double) n);
  cli_progress_update_text (&run->progress, text->str);
}

static void
record (Run *run, const NnGanStep *step, const NumeralGanEpoch *epoch)
{
  g_autofree char *line = numeral_gan_step_to_json (step);
  g_autofree char *end = epoch != NULL ? numeral_gan_epoch_to_json (epoch) : NULL;

  numeral_run_log_add_line (run->log, line, FALSE);
  if (end != NULL)
    numeral_run_log_add_line (run->log, end, TRUE);
}

/* Trains to the end, or until cli_interrupted(). @stopped: (out): why it ended */
static gboolean
train (Run *run, const char **stopped, GError **error)
{
  NnGanStep step = { 0 };

  cli_interrupt_catch ();
  cli_progress_init (&run->progress, run->options->config.epochs, run->options->quiet);
  while (!step.run_done && !cli_interrupted ())
    {
      const NumeralGanEpoch *epoch;

      if (!numeral_gan_session_step (run->session, &step, &epoch, error))
        {
          cli_progress_end (&run->progress);
          return FALSE;
        }
      if (run->log != NULL)
        record (run, &step, epoch);
      if (epoch != NULL)
        {
          run->last = *epoch;
          run->seconds += epoch->seconds;
          run->trouble |= epoch->trouble;
          run->n_epochs++;
          show_epoch (run, epoch);
        }
      else if (cli_progress_is_due (&run->progress, g_get_monotonic_time ()))
        show_minibatch (run, &step);
    }
  cli_progress_end (&run->progress);
  *stopped = numeral_session_end_name (step.run_done ? NUMERAL_SESSION_FINISHED :
                                                       NUMERAL_SESSION_INTERRUPTED);
  return TRUE;
}

static double
lowest_diversity (const NumeralGanEpoch *epoch)
{
  return epoch->n_classes > 0 ? epoch->diversity[epoch->collapsed] : 0;
}

static void
print_json (const Run *run, const NumeralGenerator *generator, const char *stopped)
{
  g_autofree char *text = nn_architecture_to_string (&generator->network->arch);
  g_autofree char *discriminator = nn_architecture_to_string (&generator->discriminator->arch);
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "model");
  cli_json_string (&json, run->options->out);
  cli_json_key (&json, "generator");
  cli_json_string (&json, text);
  cli_json_key (&json, "discriminator");
  cli_json_string (&json, discriminator);
  cli_json_key (&json, "parameters");
  cli_json_uint (&json, generator->network->n_params);
  cli_json_key (&json, "stopped");
  cli_json_string (&json, stopped);
  cli_json_key (&json, "epochs");
  cli_json_uint (&json, run->n_epochs);
  cli_json_key (&json, "steps");
  cli_json_uint (&json, nn_gan_get_step (numeral_gan_session_get_gan (run->session)));
  cli_json_key (&json, "seconds");
  cli_json_double (&json, run->seconds);
  cli_json_key (&json, "discriminator_loss");
  cli_json_double (&json, run->last.discriminator_loss);
  cli_json_key (&json, "generator_loss");
  cli_json_double (&json, run->last.generator_loss);
  cli_json_key (&json, "real");
  cli_json_double (&json, run->last.real);
  cli_json_key (&json, "generated");
  cli_json_double (&json, run->last.generated);
  cli_json_key (&json, "diversity");
  cli_json_begin_array (&json);
  for (guint c = 0; c < run->last.n_classes; c++)
    cli_json_double (&json, run->last.diversity[c]);
  cli_json_end_array (&json);
  cli_json_key (&json, "collapsed");
  cli_json_boolean (&json, (run->last.trouble & NUMERAL_GAN_COLLAPSE) != 0);
  cli_json_key (&json, "discriminator_won");
  cli_json_boolean (&json, (run->last.trouble & NUMERAL_GAN_WON) != 0);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const Run *run)
{
  cli_print (_ ("%s: %u epochs, trained for %.1f s\n"), run->options->out, run->n_epochs,
             run->seconds);
  if (run->n_epochs > 0)
    cli_print (_ ("lowest diversity of a class: %.0f %% of that of the data (class %u)\n"),
               100 * lowest_diversity (&run->last), run->last.collapsed);
}

static gboolean
finish (Run *run, const char *stopped, GError **error)
{
  const CliGenerativeOptions *options = run->options;
  g_autoptr (NumeralGenerator) generator =
      numeral_gan_session_make_generator (run->session, stopped, error);

  if (generator == NULL ||
      !cli_train_save_generator (generator, options->out, options->half, error))
    return FALSE;
  if (options->json)
    print_json (run, generator, stopped);
  else if (!options->quiet)
    print_text (run);
  return run->log == NULL || numeral_run_log_finish (run->log, error);
}

static gboolean
load_and_train (const CliGenerativeOptions *options, GError **error)
{
  const NumeralRunSplit split = { .seed = options->config.seed };
  Run run = { .options = options };
  g_autoptr (GFile) file = NULL;
  g_autoptr (NumeralGenerator) initial = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (NumeralGanSession) session = NULL;
  g_autoptr (NumeralRunLog) log = NULL;
  const char *stopped;
  NumeralGanSetup setup = { .config = &options->config,
                            .name = options->name,
                            .licence = options->licence };

  if (!cli_train_check_out (options->out, error))
    return FALSE;
  if (options->initial != NULL)
    {
      file = g_file_new_for_commandline_arg (options->initial);
      setup.initial = initial = numeral_generator_load (file, NULL, error);
      if (initial == NULL)
        return FALSE;
    }
  setup.data = data =
      cli_train_data_load ((const char *const *) options->data, &split, NULL, error);
  if (data == NULL)
    return FALSE;
  run.session = session = numeral_gan_session_new (&setup, error);
  if (session == NULL)
    return FALSE;
  if (options->log != NULL)
    {
      run.log = log = numeral_run_log_open (options->log, 0, error);
      if (log == NULL)
        return FALSE;
    }
  return train (&run, &stopped, error) && finish (&run, stopped, error);
}

int
cli_train_generative (int argc, char **argv)
{
  g_auto (CliGenerativeOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (!cli_generative_options_parse (&options, argc, argv, &status))
    return status;
  if (load_and_train (&options, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
