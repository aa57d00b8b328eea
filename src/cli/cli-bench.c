/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-bench-data.h"
#include "cli-bench-measure.h"
#include "cli-json.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-blas.h"
#include "nn-train-config.h"

#define DEFAULT_IMAGES 60000
#define MAX_IMAGES 1000000
#define MAX_SECONDS 600

/* An epoch with some number of threads, the same with augmentation, and sgemm's rate with as many
 * threads. */
typedef struct
{
  guint threads;
  double seconds;
  double augmented; /* seconds, 0 without augmentation */
  double sgemm;     /* operations a second */
} Epoch;

typedef struct
{
  const CliBenchData *data;
  NnTrainConfig config;
  NnArchitecture arch;
  double forward_flops, training_flops; /* of one image */
  double sgemm;                         /* operations a second on one core */
  CliTimes forward, ink;
  double bulk; /* images a second */
  Epoch epochs[2];
  guint n_epochs;
} Figures;

/* Operations of the forward pass of one image: a multiplication and an addition for each use of a
 * weight, biases left out. @first: only of the first layer with weights */
static double
forward_flops (const NnNetwork *network, gboolean first)
{
  double n_products = 0;

  for (guint w = 0; w < (first ? 1 : network->n_weights); w++)
    {
      const NnWeights *weights = &network->weights[w];
      const NnShape *out = &network->shapes[weights->layer + 1];

      n_products += (double) weights->n_in * (double) nn_shape_size (out);
    }
  return 2 * n_products;
}

/* Operations of training on one image: forward, the gradient of the weights, and the gradient of
 * the inputs of every layer but the first. */
static double
training_flops (const NnNetwork *network)
{
  return 3 * forward_flops (network, FALSE) - forward_flops (network, TRUE);
}

static NnNetwork *
make_network (const Figures *figures, GError **error)
{
  NnNetwork *network = nn_network_new (&figures->arch, error);
  NnRandom random;

  if (network == NULL)
    return NULL;
  nn_random_init (&random, figures->config.seed);
  nn_network_init (network, figures->config.init, &random);
  return network;
}

static gboolean
measure_epoch (Figures *figures, Epoch *epoch, double seconds, GError **error)
{
  NnDataset *images = figures->data->images;
  NnTrainConfig plain = figures->config;

  nn_augment_preset (0, &plain.augment);
  epoch->seconds = cli_bench_epoch (&plain, images, epoch->threads, seconds, error);
  if (epoch->seconds == 0)
    return FALSE;
  if (!nn_augment_is_on (&figures->config.augment))
    return TRUE;
  epoch->augmented = cli_bench_epoch (&figures->config, images, epoch->threads, seconds, error);
  return epoch->augmented > 0;
}

static gboolean
measure (Figures *figures, const CliBenchData *data, double seconds, GError **error)
{
  g_autoptr (NnNetwork) network = NULL;

  figures->data = data;
  if (!nn_train_config_architecture (&figures->config, (NnShape){ data->images->n_features, 1, 1 },
                                     data->images->n_classes, &figures->arch, error))
    return FALSE;
  network = make_network (figures, error);
  if (network == NULL)
    return FALSE;
  figures->forward_flops = forward_flops (network, FALSE);
  figures->training_flops = training_flops (network);
  figures->sgemm = cli_bench_sgemm (seconds, 1);
  figures->forward = cli_bench_forward (network, data->images, seconds);
  figures->bulk = cli_bench_bulk (network, data->images, seconds, error);
  if (figures->bulk == 0)
    return FALSE;
  figures->epochs[0].threads = 1;
  figures->epochs[1].threads = g_get_num_processors ();
  figures->n_epochs = figures->epochs[1].threads > 1 ? 2 : 1;
  for (guint i = 0; i < figures->n_epochs; i++)
    {
      Epoch *epoch = &figures->epochs[i];

      epoch->sgemm = i == 0 ? figures->sgemm : cli_bench_sgemm (seconds, epoch->threads);
      if (!measure_epoch (figures, epoch, seconds, error))
        return FALSE;
    }
  figures->ink = cli_bench_ink (data->drawings, seconds);
  return TRUE;
}

/* The time as a multiple of sgemm's time for the arithmetic of a dense network. */
static double
ratio (const Figures *figures, double seconds, double flops)
{
  return seconds * figures->sgemm / flops;
}

static void
json_number (CliJson *json, const char *key, double value)
{
  cli_json_key (json, key);
  cli_json_double (json, value);
}

static void
json_times (CliJson *json, const Figures *figures, const char *key, CliTimes times)
{
  cli_json_key (json, key);
  cli_json_begin_object (json);
  cli_json_key (json, "runs");
  cli_json_uint (json, times.runs);
  json_number (json, "p50_us", (double) times.p50 / 1000);
  json_number (json, "p99_us", (double) times.p99 / 1000);
  json_number (json, "sgemm_ratio",
               ratio (figures, 1e-9 * (double) times.p50, figures->forward_flops));
  cli_json_end_object (json);
}

static void
json_epoch (CliJson *json, const Figures *figures, Epoch epoch)
{
  double flops = figures->training_flops * (double) figures->data->images->n;

  cli_json_begin_object (json);
  cli_json_key (json, "threads");
  cli_json_uint (json, epoch.threads);
  json_number (json, "seconds", epoch.seconds);
  json_number (json, "images_per_second", (double) figures->data->images->n / epoch.seconds);
  json_number (json, "gflops", 1e-9 * flops / epoch.seconds);
  json_number (json, "sgemm_gflops", 1e-9 * epoch.sgemm);
  json_number (json, "sgemm_ratio", epoch.seconds * epoch.sgemm / flops);
  if (epoch.augmented > 0)
    {
      json_number (json, "augmented_seconds", epoch.augmented);
      json_number (json, "augmented_ratio", epoch.augmented / epoch.seconds);
    }
  cli_json_end_object (json);
}

static void
print_json (const Figures *figures)
{
  g_auto (CliJson) json = { NULL, FALSE };
  g_autofree char *network = nn_architecture_to_string (&figures->arch);
  double flops = figures->forward_flops;

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "network");
  cli_json_string (&json, network);
  cli_json_key (&json, "optimizer");
  cli_json_string (&json, nn_optimizer_name (figures->config.optimizer));
  cli_json_key (&json, "batch_size");
  cli_json_uint (&json, figures->config.batch_size);
  cli_json_key (&json, "processors");
  cli_json_uint (&json, g_get_num_processors ());
  cli_json_key (&json, "kernels");
  cli_json_string (&json, nn_blas_core_name ());
  cli_json_key (&json, "kernels_of_library");
  if (nn_blas_choice ()->own != NULL)
    cli_json_string (&json, nn_blas_choice ()->own);
  else
    cli_json_null (&json);
  cli_json_key (&json, "kernels_reason");
  cli_json_string (&json, nn_blas_reason_name (nn_blas_choice ()->reason));
  cli_json_key (&json, "data");
  cli_json_string (&json, figures->data->mnist ? "mnist" : "synthetic");
  cli_json_key (&json, "images");
  cli_json_uint (&json, figures->data->images->n);
  json_number (&json, "ink_share", figures->data->ink_share);
  json_number (&json, "sgemm_gflops", 1e-9 * figures->sgemm);
  json_times (&json, figures, "forward", figures->forward);
  cli_json_key (&json, "bulk");
  cli_json_begin_object (&json);
  json_number (&json, "images_per_second", figures->bulk);
  json_number (&json, "gflops", 1e-9 * figures->bulk * flops);
  json_number (&json, "sgemm_ratio", ratio (figures, 1 / figures->bulk, flops));
  cli_json_end_object (&json);
  cli_json_key (&json, "epoch");
  cli_json_begin_array (&json);
  for (guint i = 0; i < figures->n_epochs; i++)
    json_epoch (&json, figures, figures->epochs[i]);
  cli_json_end_array (&json);
  json_times (&json, figures, "ink", figures->ink);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

/* Why OpenBLAS uses these kernels. */
static void
print_kernels (const NnBlasChoice *choice)
{
  switch (choice->reason)
    {
    case NN_BLAS_FEATURES:
      cli_print (_ ("kernels        %s, by the processor's features; OpenBLAS itself chose %s\n"),
                 choice->used, choice->own);
      break;
    case NN_BLAS_USER:
      cli_print (_ ("kernels        %s, with OPENBLAS_CORETYPE set\n"), choice->used);
      break;
    case NN_BLAS_WANTED_REFUSED:
      cli_print (_ ("kernels        %s, OpenBLAS's own choice; it has none for %s\n"), choice->used,
                 choice->wanted);
      break;
    case NN_BLAS_WANTED_WRONG:
      cli_print (_ ("kernels        %s, OpenBLAS's own choice; those for %s calculate wrong\n"),
                 choice->used, choice->wanted);
      break;
    case NN_BLAS_WRONG:
      cli_print (_ ("kernels        none, a plain loop; OpenBLAS's own for %s calculate wrong\n"),
                 choice->own);
      break;
    case NN_BLAS_MISSING:
      cli_print (_ ("kernels        none, a plain loop; OpenBLAS was not found\n"));
      break;
    case NN_BLAS_OWN:
    default:
      cli_print (_ ("kernels        %s, OpenBLAS's own choice\n"), choice->used);
      break;
    }
}

static void
print_text (const Figures *figures)
{
  const CliBenchData *data = figures->data;
  gsize n = data->images->n;
  g_autofree char *network = nn_architecture_to_string (&figures->arch);
  double flops = figures->forward_flops;

  cli_print (_ ("network        %s, %s, minibatches of %u\n"), network,
             nn_optimizer_name (figures->config.optimizer), figures->config.batch_size);
  cli_print (_ ("data           %s, %zu images, %.1f %% of the pixels inked\n"),
             data->mnist ? "MNIST" : _ ("synthetic (MNIST was not found)"), n,
             100 * data->ink_share);
  print_kernels (nn_blas_choice ());
  cli_print (_ ("sgemm          %.1f GFLOP/s on one of %u processors\n"), 1e-9 * figures->sgemm,
             g_get_num_processors ());
  cli_print (_ ("forward pass   %.2f us (p99 %.2f us); %.2f x sgemm's time\n"),
             1e-3 * (double) figures->forward.p50, 1e-3 * (double) figures->forward.p99,
             ratio (figures, 1e-9 * (double) figures->forward.p50, flops));
  cli_print (_ ("in bulk        %.0f images/s, %.1f GFLOP/s; %.2f x sgemm's time\n"), figures->bulk,
             1e-9 * figures->bulk * flops, ratio (figures, 1 / figures->bulk, flops));
  for (guint i = 0; i < figures->n_epochs; i++)
    {
      Epoch epoch = figures->epochs[i];
      double work = figures->training_flops * (double) n;

      cli_print (_ ("epoch, %2u thr.  %.3f s, %.0f images/s, %.1f GFLOP/s; %.2f x the time of "
                    "sgemm in as many threads (%.1f GFLOP/s)\n"),
                 epoch.threads, epoch.seconds, (double) n / epoch.seconds,
                 1e-9 * work / epoch.seconds, epoch.seconds * epoch.sgemm / work,
                 1e-9 * epoch.sgemm);
      if (epoch.augmented > 0)
        cli_print (_ ("  augmented    %.3f s, %.0f images/s; %.2f x the time without\n"),
                   epoch.augmented, (double) n / epoch.augmented, epoch.augmented / epoch.seconds);
    }
  cli_print (_ ("ink to tensor  %.1f us (p99 %.1f us); %.2f x sgemm's time for a forward pass\n"),
             1e-3 * (double) figures->ink.p50, 1e-3 * (double) figures->ink.p99,
             ratio (figures, 1e-9 * (double) figures->ink.p50, flops));
}

/* The options; a text that is %NULL keeps the default. */
typedef struct
{
  char *hidden, *network, *optimizer, *augment;
  int batch_size, n_images;
  double seconds;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->hidden);
  g_free (wanted->network);
  g_free (wanted->optimizer);
  g_free (wanted->augment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static gboolean
set_network (NnTrainConfig *config, const Wanted *wanted, GError **error)
{
  if (!cli_check_one_network (wanted->hidden, wanted->network, error))
    return FALSE;
  if (wanted->hidden != NULL)
    {
      g_autoptr (GArray) widths = cli_parse_list (wanted->hidden, NN_MAX_WIDTH, error);

      if (widths == NULL)
        return FALSE;
      config->n_hidden = widths->len;
      for (guint l = 0; l < MIN (widths->len, NN_MAX_HIDDEN); l++)
        config->hidden[l] = g_array_index (widths, guint32, l);
    }
  if (wanted->network != NULL &&
      !nn_setting_set_text (nn_train_setting ("network"), config, wanted->network, error))
    return FALSE;
  if (wanted->optimizer != NULL &&
      !nn_optimizer_from_name (wanted->optimizer, &config->optimizer, error))
    return FALSE;
  if (wanted->augment != NULL && !nn_augment_from_string (wanted->augment, &config->augment, error))
    return FALSE;
  config->batch_size = wanted->batch_size > 0 ? (guint) wanted->batch_size : 0;
  return nn_train_config_validate (config, error);
}

/* Sets what the options ask for; returns the exit status if they are wrong, otherwise CLI_OK. */
static int
take_options (NnTrainConfig *config, const Wanted *wanted, const char *verb)
{
  g_autoptr (GError) error = NULL;

  if (!(wanted->seconds >= 0 && wanted->seconds <= MAX_SECONDS))
    return cli_usage_error (verb, _ ("--seconds must be from 0 to %d"), MAX_SECONDS);
  if (wanted->n_images < 1 || wanted->n_images > MAX_IMAGES)
    return cli_usage_error (verb, _ ("--images must be from 1 to %d"), MAX_IMAGES);
  nn_train_config_init (config);
  if (!set_network (config, wanted, &error))
    return cli_usage_error (verb, "%s", error->message);
  return CLI_OK;
}

int
cli_bench (int argc, char **argv)
{
  g_auto (GStrv) rest = NULL;
  gboolean json = FALSE;
  g_auto (Wanted) wanted = { .batch_size = 32, .n_images = DEFAULT_IMAGES, .seconds = 1 };
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &wanted.seconds,
      N_ ("Duration of each measurement (default 1)"), N_ ("SECONDS") },
    { "images", 0, 0, G_OPTION_ARG_INT, &wanted.n_images, N_ ("Images of an epoch (default 60000)"),
      N_ ("N") },
    { "hidden", 0, 0, G_OPTION_ARG_STRING, &wanted.hidden,
      N_ ("Widths of the hidden layers (default 128)"), N_ ("N,N,...") },
    { "network", 0, 0, G_OPTION_ARG_STRING, &wanted.network,
      N_ ("All layers from input to output, in place of the hidden layers"), N_ ("TEXT") },
    { "optimizer", 0, 0, G_OPTION_ARG_STRING, &wanted.optimizer,
      N_ ("sgd, momentum, rmsprop, adam or adamw (default adam)"), N_ ("NAME") },
    { "batch-size", 0, 0, G_OPTION_ARG_INT, &wanted.batch_size,
      N_ ("Samples of a minibatch (default 32)"), N_ ("N") },
    { "augment", 0, 0, G_OPTION_ARG_STRING, &wanted.augment,
      N_ ("Also measure an epoch with augmentation, as train does it"), N_ ("NAME,FIELD=N,...") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "bench",
    _ ("Measures how fast a network reads and learns on this machine, and relates it\n"
       "to the machine's own matrix multiplication, measured in the same run."),
    _ ("MNIST is used if it is found in NUMERAL_DATA_DIR or in numeral/mnist of the data\n"
       "directories, otherwise synthetic digits."),
    entries,
    NULL,
  };
  g_auto (CliBenchData) data = { NULL };
  g_autoptr (GError) error = NULL;
  Figures figures = { NULL };
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (rest != NULL)
    return cli_usage_error (options.verb, _ ("no argument is expected, but \"%s\" was given"),
                            rest[0]);
  status = take_options (&figures.config, &wanted, options.verb);
  if (status != CLI_OK)
    return status;

  if (!cli_bench_data_init (&data, (guint) wanted.n_images, &error) ||
      !measure (&figures, &data, wanted.seconds, &error))
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }
  if (json)
    print_json (&figures);
  else
    print_text (&figures);
  return CLI_OK;
}
