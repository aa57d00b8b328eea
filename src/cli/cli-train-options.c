/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-options.h"

#include <glib/gi18n.h>

#include "cli-options.h"
#include "cli-output.h"
#include "cli-train-config.h"
#include "cli-verbs.h"

#define VERB "train"
/* Of a number that is not on the command line. */
#define NOT_GIVEN G_MININT

/* What GOption reads as text or as a signed number and still has to be checked. */
typedef struct
{
  char *hidden, *activation, *init, *loss, *optimizer, *schedule, *balance, *augment, *seed;
  int step_epochs, batch_size, epochs, patience, threads;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->hidden);
  g_free (raw->activation);
  g_free (raw->init);
  g_free (raw->loss);
  g_free (raw->optimizer);
  g_free (raw->schedule);
  g_free (raw->balance);
  g_free (raw->augment);
  g_free (raw->seed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static gboolean
take_hidden (NnTrainConfig *config, const char *text, GError **error)
{
  g_autoptr (GArray) widths = NULL;

  config->n_hidden = 0;
  if (g_str_equal (text, "none"))
    return TRUE;
  widths = cli_parse_list (text, NN_MAX_WIDTH, error);
  if (widths == NULL)
    return FALSE;
  if (widths->len > NN_MAX_HIDDEN)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%u hidden layers; there may be at most %d"), widths->len, NN_MAX_HIDDEN);
      return FALSE;
    }
  config->n_hidden = widths->len;
  for (guint i = 0; i < widths->len; i++)
    config->hidden[i] = g_array_index (widths, guint32, i);
  return TRUE;
}

static gboolean
take_count (int value, const char *option, guint *out, GError **error)
{
  if (value == NOT_GIVEN)
    return TRUE;
  if (value < 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s cannot be negative"),
                   option);
      return FALSE;
    }
  *out = (guint) value;
  return TRUE;
}

/* Puts what was given into the config, which already holds the defaults or those of --config. */
static gboolean
take_raw (NnTrainConfig *config, const Raw *raw, GError **error)
{
  if (raw->seed != NULL &&
      !g_ascii_string_to_unsigned (raw->seed, 10, 0, G_MAXUINT64, &config->seed, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("the seed \"%s\" is not a whole number from 0 to 2^64 - 1"), raw->seed);
      return FALSE;
    }
  return (raw->hidden == NULL || take_hidden (config, raw->hidden, error)) &&
         (raw->activation == NULL ||
          nn_activation_from_name (raw->activation, &config->activation, error)) &&
         (raw->init == NULL || nn_init_from_name (raw->init, &config->init, error)) &&
         (raw->loss == NULL || nn_loss_from_name (raw->loss, &config->loss, error)) &&
         (raw->optimizer == NULL ||
          nn_optimizer_from_name (raw->optimizer, &config->optimizer, error)) &&
         (raw->schedule == NULL ||
          nn_schedule_from_name (raw->schedule, &config->schedule, error)) &&
         (raw->balance == NULL || nn_balance_from_name (raw->balance, &config->balance, error)) &&
         (raw->augment == NULL || nn_augment_from_string (raw->augment, &config->augment, error)) &&
         take_count (raw->step_epochs, "--step-epochs", &config->step_epochs, error) &&
         take_count (raw->batch_size, "--batch-size", &config->batch_size, error) &&
         take_count (raw->epochs, "--epochs", &config->epochs, error) &&
         take_count (raw->patience, "--patience", &config->patience, error) &&
         take_count (raw->threads, "--threads", &config->threads, error) &&
         nn_train_config_validate (config, error);
}

static gboolean
check (CliTrainOptions *o, const Raw *raw, int *status)
{
  g_autoptr (GError) error = NULL;

  *status = 0;
  if (o->run != NULL && o->data != NULL)
    *status = cli_usage_error (VERB, _ ("--config says what to train on, so no data set is given"));
  else if (o->run != NULL && o->writers_text != NULL)
    *status = cli_usage_error (VERB, _ ("--config leaves no choice of --validation-writers"));
  else if (o->run == NULL && o->data == NULL)
    *status = cli_usage_error (VERB, _ ("no data set to train on was given"));
  else if (o->out == NULL || *o->out == '\0')
    *status = cli_usage_error (VERB, _ ("where should the model go? --out FILE is missing"));
  else if (!take_raw (&o->config, raw, &error))
    *status = cli_usage_error (VERB, "%s", error->message);
  else if (o->writers_text != NULL &&
           (o->writers = cli_parse_list (o->writers_text, G_MAXUINT32, &error)) == NULL)
    *status = cli_usage_error (VERB, "--validation-writers: %s", error->message);
  return *status == 0;
}

/* The textbook, or the run of --config. */
static gboolean
take_defaults (CliTrainOptions *o, int argc, char **argv, int *status)
{
  g_autoptr (GError) error = NULL;

  o->run = cli_train_config_find (argc, argv, &error);
  if (error != NULL)
    {
      cli_error ("%s", error->message);
      *status = CLI_FAILED;
      return FALSE;
    }
  if (o->run != NULL)
    o->config = o->run->train;
  else
    nn_train_config_init (&o->config);
  return TRUE;
}

gboolean
cli_train_options_parse (CliTrainOptions *o, int argc, char **argv, int *status)
{
  NnTrainConfig *c = &o->config;
  g_auto (Raw) raw = { NULL };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o->out, N_ ("Write the model here (required)"),
      N_ ("FILE") },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &o->config_path,
      N_ ("Train this run of the window; other options change it"), N_ ("RUN.json") },
    { "hidden", 0, 0, G_OPTION_ARG_STRING, &raw.hidden,
      N_ ("Widths of the hidden layers, or none (default 128)"), N_ ("N,N,...") },
    { "activation", 0, 0, G_OPTION_ARG_STRING, &raw.activation,
      N_ ("relu, leaky-relu, gelu, sigmoid or tanh (default relu)"), N_ ("NAME") },
    { "init", 0, 0, G_OPTION_ARG_STRING, &raw.init,
      N_ ("First weights: zero, gaussian, xavier or he (default he)"), N_ ("NAME") },
    { "loss", 0, 0, G_OPTION_ARG_STRING, &raw.loss,
      N_ ("cross-entropy, binary-cross-entropy or mse (default cross-entropy)"), N_ ("NAME") },
    { "optimizer", 0, 0, G_OPTION_ARG_STRING, &raw.optimizer,
      N_ ("sgd, momentum, rmsprop, adam or adamw (default adam)"), N_ ("NAME") },
    { "learning-rate", 0, 0, G_OPTION_ARG_DOUBLE, &c->learning_rate,
      N_ ("Size of a step (default 0.001)"), N_ ("RATE") },
    { "momentum", 0, 0, G_OPTION_ARG_DOUBLE, &c->momentum, N_ ("Of momentum (default 0.9)"),
      N_ ("SHARE") },
    { "beta1", 0, 0, G_OPTION_ARG_DOUBLE, &c->beta1,
      N_ ("Decay of the first moment, adam and adamw (default 0.9)"), N_ ("SHARE") },
    { "beta2", 0, 0, G_OPTION_ARG_DOUBLE, &c->beta2,
      N_ ("Decay of the second moment, also rmsprop's (default 0.999)"), N_ ("SHARE") },
    { "epsilon", 0, 0, G_OPTION_ARG_DOUBLE, &c->epsilon,
      N_ ("Keeps adam, adamw and rmsprop from dividing by 0 (default 1e-8)"), N_ ("NUMBER") },
    { "weight-decay", 0, 0, G_OPTION_ARG_DOUBLE, &c->weight_decay,
      N_ ("L2 decay of the weights (default 0)"), N_ ("NUMBER") },
    { "dropout", 0, 0, G_OPTION_ARG_DOUBLE, &c->dropout,
      N_ ("Share of hidden units dropped while training (default 0)"), N_ ("SHARE") },
    { "label-smoothing", 0, 0, G_OPTION_ARG_DOUBLE, &c->label_smoothing,
      N_ ("Share of the target spread over all classes (default 0)"), N_ ("SHARE") },
    { "schedule", 0, 0, G_OPTION_ARG_STRING, &raw.schedule,
      N_ ("Learning rate: constant, cosine or step (default constant)"), N_ ("NAME") },
    { "step-epochs", 0, 0, G_OPTION_ARG_INT, &raw.step_epochs,
      N_ ("Epochs of a step of the step schedule (default 10)"), N_ ("N") },
    { "step-factor", 0, 0, G_OPTION_ARG_DOUBLE, &c->step_factor,
      N_ ("Factor of the rate at each of these steps (default 0.1)"), N_ ("FACTOR") },
    { "warmup", 0, 0, G_OPTION_ARG_DOUBLE, &c->warmup_epochs,
      N_ ("Epochs of linear warm-up, fractions too (default 0)"), N_ ("EPOCHS") },
    { "balance", 0, 0, G_OPTION_ARG_STRING, &raw.balance,
      N_ ("Classes: none, weights, oversample or undersample (default none)"), N_ ("NAME") },
    { "augment", 0, 0, G_OPTION_ARG_STRING, &raw.augment,
      N_ ("New looks of the images each time: none, light, strong, or what of it (default none)"),
      N_ ("NAME,FIELD=N,...") },
    { "batch-size", 0, 0, G_OPTION_ARG_INT, &raw.batch_size,
      N_ ("Samples of a minibatch (default 32)"), N_ ("N") },
    { "epochs", 0, 0, G_OPTION_ARG_INT, &raw.epochs, N_ ("Passes over the data (default 5)"),
      N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &raw.seed, N_ ("Of all chance in the run (default 1)"),
      N_ ("N") },
    { "threads", 0, 0, G_OPTION_ARG_INT, &raw.threads,
      N_ ("Workers; never changes the result (default 0: one a processor)"), N_ ("N") },
    { "validation", 0, 0, G_OPTION_ARG_DOUBLE, &c->validation,
      N_ ("Share of each data set kept for validation (default 0.1)"), N_ ("SHARE") },
    { "validation-writers", 0, 0, G_OPTION_ARG_STRING, &o->writers_text,
      N_ ("Keep these writers of UNIPEN files for validation"), N_ ("N,N,...") },
    { "patience", 0, 0, G_OPTION_ARG_INT, &raw.patience,
      N_ ("Stop after so many epochs without a better one (default 0: never)"), N_ ("N") },
    { "keep-last", 0, 0, G_OPTION_ARG_NONE, &o->keep_last,
      N_ ("Write the last model, not the one with the best validation loss"), NULL },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o->half, N_ ("Store the weights as float16"), NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &o->name, N_ ("Name of the model, kept in its file"),
      N_ ("NAME") },
    { "licence", 0, 0, G_OPTION_ARG_STRING, &o->licence,
      N_ ("Licence of the model, kept in its file"), N_ ("TEXT") },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &o->log, N_ ("Record the run here as JSON lines"),
      N_ ("FILE") },
    { "checkpoint", 0, 0, G_OPTION_ARG_FILENAME, &o->checkpoint,
      N_ ("Keep the run here, and take it up again where it is there already"), N_ ("FILE") },
    { "initial", 0, 0, G_OPTION_ARG_FILENAME, &o->initial,
      N_ ("Begin with the weights of this model rather than with random ones"), N_ ("FILE") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, N_ ("Show no progress and no summary"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, N_ ("Print the summary as one JSON object"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->data, NULL,
      N_ ("DATASET[:REPEAT]...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Trains a model on directories of IDX files, UNIPEN files or CSV files, and writes the\n"
       "one with the best validation loss. The data set generated:N is N digits written by the\n"
       "built-in generator of handwriting."),
    _ ("DATASET:4 goes through a data set four times in each epoch. --augment names fields of\n"
       "rotation and shear (degrees), scale (share), shift, elastic and smoothness (pixels),\n"
       "stroke and ink (0 to 1, to 3): \"strong,rotation=10\". Ctrl+C stops and keeps the best\n"
       "model so far; a second one ends the program at once."),
    entries,
    NULL,
  };

  if (!take_defaults (o, argc, argv, status))
    return FALSE;
  raw.step_epochs = raw.batch_size = raw.epochs = raw.patience = raw.threads = NOT_GIVEN;
  return cli_options_parse (&options, argc, argv, status) && check (o, &raw, status);
}

void
cli_train_options_clear (CliTrainOptions *options)
{
  g_clear_pointer (&options->run, numeral_run_config_free);
  g_strfreev (options->data);
  g_free (options->config_path);
  g_free (options->out);
  g_free (options->log);
  g_free (options->checkpoint);
  g_free (options->initial);
  g_free (options->name);
  g_free (options->licence);
  g_free (options->writers_text);
  g_clear_pointer (&options->writers, g_array_unref);
}

char *
cli_train_options_more (const CliTrainOptions *options)
{
  GString *text = g_string_new (NULL);

  if (options->writers_text != NULL)
    g_string_append_printf (text, " --validation-writers %s", options->writers_text);
  if (options->initial != NULL)
    {
      g_autofree char *name = g_path_get_basename (options->initial);

      g_string_append_printf (text, " --initial %s", name);
    }
  g_string_append_printf (text, "%s%s", options->keep_last ? " --keep-last" : "",
                          options->half ? " --half" : "");
  return g_string_free (text, FALSE);
}
