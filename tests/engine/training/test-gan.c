/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-evaluate.h"
#include "numeral-gan-trainer.h"
#include "numeral-generate.h"
#include "numeral-generator-file.h"
#include "numeral-model-file.h"
#include "numeral-source.h"

#define N_DIGITS 10

/* Small networks, which learn in a second what a digit looks like. */
static NnGanConfig
small_config (void)
{
  NnGanConfig config;

  nn_gan_config_init (&config);
  memset (config.generator, 0, sizeof config.generator);
  memset (config.discriminator, 0, sizeof config.discriminator);
  strcpy (config.generator, "26-64-784-sigmoid");
  strcpy (config.discriminator, "784-48-10");
  config.batch_size = 32;
  config.epochs = 1;
  config.threads = 2;
  return config;
}

static NumeralRunData *
load_digits (guint n, guint64 seed)
{
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_run_part_free);
  NumeralRunPart *part = numeral_run_part_new (g_strdup ("generated digits"));
  g_autoptr (GError) error = NULL;
  NumeralRunData *data;

  part->train =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (parts, part);
  data = numeral_run_data_new (parts, &error);
  g_assert_no_error (error);
  return data;
}

/* The share of a generator's digits that the model that ships reads as their class. */
static double
share_read (const NumeralGenerator *generator)
{
  guint counts[N_DIGITS];
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (&error);
  g_autoptr (NnDataset) digits = NULL;
  g_autoptr (NnEvaluation) evaluation = NULL;

  for (guint c = 0; c < N_DIGITS; c++)
    counts[c] = 20;
  digits = numeral_generator_make (generator, counts, 7, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  evaluation = nn_evaluate (model->network, digits, &error);
  g_assert_no_error (error);
  return evaluation->accuracy;
}

static NumeralGenerator *
make_generator (const NumeralGanSession *session)
{
  g_autoptr (GError) error = NULL;
  NumeralGenerator *generator = numeral_gan_session_make_generator (session, "finished", &error);

  g_assert_no_error (error);
  return generator;
}

static NumeralGanSession *
new_session (const NnGanConfig *config, const NumeralRunData *data)
{
  const NumeralGanSetup setup = { .config = config, .data = data, .name = "Zehn" };
  g_autoptr (GError) error = NULL;
  NumeralGanSession *session = numeral_gan_session_new (&setup, &error);

  g_assert_no_error (error);
  return session;
}

/* Trains to the end; the last epoch. */
static NumeralGanEpoch
train (NumeralGanSession *session)
{
  NumeralGanEpoch last = { 0 };
  const NumeralGanEpoch *epoch;
  g_autoptr (GError) error = NULL;
  NnGanStep step;

  do
    {
      g_assert_true (numeral_gan_session_step (session, &step, &epoch, &error));
      if (epoch != NULL)
        last = *epoch;
    }
  while (!step.run_done);
  return last;
}

/* More and more of the digits are read as the class that they were made of. */
static void
test_quality (void)
{
  g_autoptr (NumeralRunData) data = load_digits (1500, 1);
  NnGanConfig config = small_config ();
  g_autoptr (NumeralGanSession) session = NULL;
  g_autoptr (NumeralGenerator) before = NULL;
  g_autoptr (NumeralGenerator) after = NULL;
  NumeralGanEpoch epoch;
  double first, last;

  config.epochs = 30;
  config.learning_rate = config.discriminator_rate = 0.002;
  session = new_session (&config, data);
  before = make_generator (session);
  epoch = train (session);
  after = make_generator (session);
  first = share_read (before);
  last = share_read (after);
  g_test_message ("%.3f of the digits are read before, %.3f after; diversity of %u: %.2f", first,
                  last, epoch.collapsed, epoch.diversity[epoch.collapsed]);
  g_assert_cmpfloat (first, <, 0.2);
  g_assert_cmpfloat (last, >, 0.4);
  g_assert_cmpuint (epoch.n_classes, ==, N_DIGITS);
  g_assert_cmpfloat (epoch.real, >, 0);
  g_assert_cmpfloat (epoch.real, <, 1);
}

static GBytes *
generator_bytes (const NumeralGenerator *generator, const char *name)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  g_assert_true (numeral_generator_save (generator, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  engine_test_remove (folder);
  return bytes;
}

/* A generator that has learned nothing. */
static NumeralGenerator *
untrained (const char *discriminator)
{
  g_autoptr (NumeralRunData) data = load_digits (100, 1);
  NnGanConfig config = small_config ();
  g_autoptr (NumeralGanSession) session = NULL;

  memset (config.discriminator, 0, sizeof config.discriminator);
  strcpy (config.discriminator, discriminator);
  session = new_session (&config, data);
  return make_generator (session);
}

/* The same file with any number of threads. */
static void
test_determinism (void)
{
  g_autoptr (NumeralRunData) data = load_digits (200, 1);
  g_autoptr (GBytes) first = NULL;

  for (guint threads = 1; threads <= 3; threads++)
    {
      NnGanConfig config = small_config ();
      g_autoptr (NumeralGanSession) session = NULL;
      g_autoptr (NumeralGenerator) generator = NULL;
      g_autoptr (GBytes) bytes = NULL;

      config.threads = threads;
      session = new_session (&config, data);
      train (session);
      generator = make_generator (session);
      bytes = generator_bytes (generator, "gan.safetensors");
      if (first == NULL)
        first = g_bytes_ref (bytes);
      g_assert_true (g_bytes_equal (first, bytes));
    }
}

static void
test_file (gconstpointer data)
{
  g_autoptr (NumeralGenerator) generator = untrained (data);
  g_autoptr (GBytes) bytes = generator_bytes (generator, "gan.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralGenerator) back = numeral_generator_parse (bytes, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (back->n_noise, ==, 16);
  g_assert_cmpuint (back->n_classes, ==, N_DIGITS);
  g_assert_cmpuint (back->width, ==, 28);
  g_assert_true (nn_architecture_equal (&back->network->arch, &generator->network->arch));
  g_assert_true (
      nn_architecture_equal (&back->discriminator->arch, &generator->discriminator->arch));
  g_assert_cmpstr (g_hash_table_lookup (back->metadata, "name"), ==, "Zehn");
  again = generator_bytes (back, "gan.safetensors");
  g_assert_true (g_bytes_equal (bytes, again));
  /* It is no model, and the message says what it is. */
  g_assert_null (numeral_model_parse (bytes, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "gan:FILE:N");
}

/* Any file is a generator or an error. */
static void
test_hostile (void)
{
  g_autoptr (NumeralGenerator) generator = untrained ("784-4-10");
  g_autoptr (GBytes) bytes = generator_bytes (generator, "gan.safetensors");
  guint n_errors = 0;
  NnRandom random;

  nn_random_init (&random, 5);
  for (guint i = 0; i < 150; i++)
    {
      /* The header is about a kilobyte; of the weights a part is enough. */
      g_autoptr (GBytes) part =
          g_bytes_new_from_bytes (bytes, 0,
                                  i % 2 == 0 ? g_bytes_get_size (bytes) :
                                               MIN (g_bytes_get_size (bytes), 3000));
      g_autoptr (GBytes) damaged = engine_test_mutate (part, "{}[]\",:0123456789-x", &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralGenerator) back = numeral_generator_parse (damaged, &error);

      g_assert_true ((back == NULL) == (error != NULL));
      n_errors += error != NULL;
    }
  g_assert_cmpuint (n_errors, >, 70);
}

/* Each error in the metadata of a file is found and named. */
static void
test_wrong_metadata (void)
{
  static const struct
  {
    const char *image, *noise, *architecture, *says;
  } wrong[] = {
    { "2x2", "3", "5-4-sigmoid", NULL },
    { "2x2", "5", "5-4-sigmoid", "reads no class" },
    { "2x3", "3", "5-4-sigmoid", "an image has 6" },
    { "65535x65535", "3", "5-4-sigmoid", "" },
    { "0x0", "3", "5-4-sigmoid", "" },
    { "2", "3", "5-4-sigmoid", "size" },
    { "2x2", "3", "5-4", "sigmoid" },
    { "2x2", "3", "5-4-9-sigmoid", "missing" },
    { "2x2", "3", "nonsense", "architecture" },
  };
  static const float weight[20] = { 0 }, bias[4] = { 0 };
  static const NumeralTensorValues tensors[] = {
    { .name = "layers.0.weight", .n_dims = 2, .dims = { 4, 5 }, .values = weight },
    { .name = "layers.0.bias", .n_dims = 1, .dims = { 4 }, .values = bias },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralGenerator) generator = NULL;

      g_hash_table_insert (metadata, (gpointer) "format", (gpointer) "numeral-generator-1");
      g_hash_table_insert (metadata, (gpointer) "image", (gpointer) wrong[i].image);
      g_hash_table_insert (metadata, (gpointer) "noise", (gpointer) wrong[i].noise);
      g_hash_table_insert (metadata, (gpointer) "architecture", (gpointer) wrong[i].architecture);
      bytes = engine_test_tensor_bytes (tensors, G_N_ELEMENTS (tensors), metadata, FALSE);
      generator = numeral_generator_parse (bytes, &error);
      g_assert_true ((generator == NULL) == (error != NULL));
      if (wrong[i].says == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, wrong[i].says));
        }
    }
}

/* The source gives as many of each class as asked for, with the class as the label, and mixes with
 * others. */
static void
test_source (void)
{
  g_autoptr (NumeralGenerator) generator = untrained ("784-4-10");
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "gan.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (NUMERAL_SOURCE_GAN);
  g_autoptr (NumeralRunConfig) back = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (NumeralSource) source = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (NumeralRunData) again = NULL;
  const NumeralSourceRequest request = { 0 };
  g_autoptr (GError) error = NULL;
  gsize counts[N_DIGITS] = { 0 };

  g_assert_true (numeral_generator_save (generator, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  config->path = g_strdup (path);
  config->samples = g_strdup ("3=30,7=12");
  config->train.validation = 0;
  json = numeral_run_config_to_json (config);
  back = numeral_run_config_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->samples, ==, "3=30,7=12");
  source = numeral_run_config_create_source (back);
  g_assert_true (numeral_source_find (source, &error));
  data = numeral_run_data_load (back, &request, &error);
  g_assert_no_error (error);
  again = numeral_run_data_load (back, &request, &error);
  g_assert_cmpuint (data->train->n, ==, 42);
  nn_dataset_count_classes (data->train, counts);
  g_assert_cmpuint (counts[3], ==, 30);
  g_assert_cmpuint (counts[7], ==, 12);
  g_assert_cmpmem (data->train->pixels, 42 * 784, again->train->pixels, 42 * 784);
  back->train.seed = 2;
  g_clear_pointer (&again, numeral_run_data_free);
  again = numeral_run_data_load (back, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (data->train->pixels, again->train->pixels, 42 * 784), !=, 0);
  engine_test_remove (folder);
}

static void
test_source_errors (void)
{
  static const char *const counts[] = { "",     "0",   "x",         "3",
                                        "3=",   "=5",  "300=5",     "3=5,,",
                                        "3=-1", "3=0", "3=1000001", "3=600000,4=600000" };
  NumeralSourceOptions options = { .path = "/nowhere/gan.safetensors" };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (NumeralSource) source = NULL;
      g_autoptr (GError) error = NULL;

      options.counts = counts[i];
      source = numeral_source_new (NUMERAL_SOURCE_GAN, &options);
      if (g_str_equal (counts[i], "3"))
        {
          g_assert_true (numeral_source_check (source, &error));
          g_assert_false (numeral_source_find (source, &error));
          engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "/nowhere");
        }
      else
        {
          g_assert_false (numeral_source_check (source, &error));
          engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "");
        }
    }
}

/* A generator that pays no attention to its noise is told of, once. */
static void
test_collapse (void)
{
  g_autoptr (NumeralRunData) data = load_digits (100, 1);
  NnGanConfig config = small_config ();
  g_autoptr (NumeralGenerator) start = untrained (config.discriminator);
  g_autoptr (NumeralGanSession) session = NULL;
  NumeralGanSetup setup = { .config = &config, .data = data };
  g_autoptr (GError) error = NULL;
  guint n_warnings = 0;
  NnGanStep step;

  /* Weights of the noise are zero, and steps are too small to change that. */
  for (guint u = 0; u < start->network->weights[0].n_out; u++)
    memset (start->network->weights[0].weight + u * 26, 0, 16 * sizeof (float));
  config.learning_rate = 1e-9;
  config.discriminator_rate = 1e-9;
  config.average = 0;
  config.epochs = 200;
  setup.initial = start;
  session = numeral_gan_session_new (&setup, &error);
  g_assert_no_error (error);
  do
    {
      const NumeralGanEpoch *epoch;
      g_autofree char *warning = NULL;

      g_assert_true (numeral_gan_session_step (session, &step, &epoch, &error));
      if (epoch == NULL)
        continue;
      warning = numeral_gan_session_take_warning (session);
      n_warnings += warning != NULL;
      if (warning != NULL)
        {
          g_assert_nonnull (strstr (warning, "collapsed"));
          g_assert_cmpuint (epoch->trouble, ==, NUMERAL_GAN_COLLAPSE);
          g_assert_cmpfloat (epoch->diversity[epoch->collapsed], <, 0.01);
        }
    }
  while (!step.run_done);
  g_assert_cmpuint (n_warnings, ==, 1);
}

/* A discriminator that is given the answers wins. */
static void
test_won (void)
{
  g_autoptr (NumeralRunData) data = load_digits (100, 1);
  NnGanConfig config = small_config ();
  g_autoptr (NumeralGanSession) session = NULL;
  gboolean told = FALSE;
  g_autoptr (GError) error = NULL;
  NnGanStep step;

  config.learning_rate = 1e-9;
  config.discriminator_rate = 0.01;
  config.noise = config.penalty = 0;
  config.epochs = 200;
  session = new_session (&config, data);
  do
    {
      const NumeralGanEpoch *epoch;

      g_assert_true (numeral_gan_session_step (session, &step, &epoch, &error));
      if (epoch != NULL && epoch->trouble & NUMERAL_GAN_WON)
        told = TRUE;
    }
  while (!step.run_done);
  g_assert_true (told);
}

typedef struct
{
  GMainLoop *loop;
  guint n_points, n_snapshots, n_epochs;
  GError *error;
} Watch;

static void
on_points (Watch *watch)
{
  watch->n_points++;
}

static void
on_snapshot (Watch *watch)
{
  watch->n_snapshots++;
}

static void
on_epoch (NumeralGanTrainer *trainer, const NumeralGanEpoch *epoch, Watch *watch)
{
  watch->n_epochs++;
  g_assert_nonnull (numeral_gan_trainer_get_generator (trainer));
}

static void
on_ended (NumeralGanTrainer *trainer, const GError *error, Watch *watch)
{
  watch->error = error != NULL ? g_error_copy (error) : NULL;
  g_main_loop_quit (watch->loop);
}

static void
watch_init (Watch *watch, NumeralGanTrainer *trainer)
{
  *watch = (Watch){ .loop = g_main_loop_new (NULL, FALSE) };
  g_signal_connect_swapped (trainer, "points", G_CALLBACK (on_points), watch);
  g_signal_connect_swapped (trainer, "snapshot", G_CALLBACK (on_snapshot), watch);
  g_signal_connect (trainer, "epoch", G_CALLBACK (on_epoch), watch);
  g_signal_connect (trainer, "ended", G_CALLBACK (on_ended), watch);
}

/* The thread trains to the end, and the main thread gets all of it. */
static void
test_trainer (void)
{
  g_autoptr (NumeralGanTrainer) trainer = numeral_gan_trainer_new ();
  g_autoptr (NumeralRunConfig) data = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  NnGanConfig config = small_config ();
  const GArray *points, *snapshots;
  Watch watch;

  config.epochs = 3;
  data->generated = 200;
  watch_init (&watch, trainer);
  numeral_gan_trainer_start (trainer, &config, data);
  g_main_loop_run (watch.loop);
  g_assert_no_error (watch.error);
  points = numeral_gan_trainer_get_points (trainer);
  snapshots = numeral_gan_trainer_get_snapshots (trainer);
  g_assert_cmpuint (points->len, ==, 3 * (200 / 32));
  for (guint i = 0; i < points->len; i++)
    g_assert_cmpuint (g_array_index (points, NnGanStep, i).step, ==, i);
  g_assert_cmpuint (snapshots->len, >=, 2);
  g_assert_cmpuint (g_array_index (snapshots, NumeralGanSnapshot, 0).step, ==, 0);
  g_assert_cmpuint (g_array_index (snapshots, NumeralGanSnapshot, snapshots->len - 1).step, ==,
                    points->len);
  g_assert_cmpuint (g_array_index (snapshots, NumeralGanSnapshot, 0).samples->n, ==,
                    N_DIGITS * NUMERAL_GAN_SAMPLES);
  g_assert_cmpuint (watch.n_epochs, ==, 3);
  g_assert_cmpuint (watch.n_points, >, 0);
  g_assert_cmpuint (watch.n_snapshots, >, 0);
  g_assert_nonnull (numeral_gan_trainer_get_generator (trainer));
  g_main_loop_unref (watch.loop);
}

static void
stop_after_points (NumeralGanTrainer *trainer, guint *n)
{
  gboolean paused;

  g_object_get (trainer, "paused", &paused, NULL);
  if (++*n == 1)
    numeral_gan_trainer_set_paused (trainer, TRUE);
  else if (paused)
    return;
  else
    numeral_gan_trainer_stop (trainer);
}

static gboolean
go_on (gpointer trainer)
{
  numeral_gan_trainer_set_paused (trainer, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_paused (NumeralGanTrainer *trainer, GParamSpec *pspec, gpointer data)
{
  gboolean paused;

  g_object_get (trainer, "paused", &paused, NULL);
  if (paused)
    g_idle_add (go_on, trainer);
}

/* A run that is paused goes on, and one that is stopped ends and keeps its generator. */
static void
test_pause_and_stop (void)
{
  g_autoptr (NumeralGanTrainer) trainer = numeral_gan_trainer_new ();
  g_autoptr (NumeralRunConfig) data = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  NnGanConfig config = small_config ();
  guint n = 0;
  gboolean running;
  Watch watch;

  config.epochs = 100000;
  data->generated = 100;
  watch_init (&watch, trainer);
  g_signal_connect (trainer, "points", G_CALLBACK (stop_after_points), &n);
  g_signal_connect (trainer, "notify::paused", G_CALLBACK (on_paused), NULL);
  numeral_gan_trainer_start (trainer, &config, data);
  g_main_loop_run (watch.loop);
  g_assert_no_error (watch.error);
  g_object_get (trainer, "running", &running, NULL);
  g_assert_false (running);
  g_assert_nonnull (numeral_gan_trainer_get_generator (trainer));
  g_main_loop_unref (watch.loop);
}

/* Data that are not there are an error; and a trainer may go while its thread is at work. */
static void
test_trainer_errors (void)
{
  NumeralGanTrainer *trainer = numeral_gan_trainer_new ();
  g_autoptr (NumeralRunConfig) data = numeral_run_config_new_for_source (NUMERAL_SOURCE_PATH);
  NnGanConfig config = small_config ();
  Watch watch;

  data->path = g_strdup ("/nowhere/digits");
  watch_init (&watch, trainer);
  numeral_gan_trainer_start (trainer, &config, data);
  g_main_loop_run (watch.loop);
  engine_test_error (&watch.error, NN_ERROR, NN_ERROR_CONFIG, "/nowhere/digits");
  data->source = NUMERAL_SOURCE_GENERATED;
  data->generated = 100;
  config.epochs = 100000;
  numeral_gan_trainer_start (trainer, &config, data);
  while (numeral_gan_trainer_get_points (trainer)->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (trainer);
  /* The thread has ended; its last news come to nobody. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (watch.loop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/gan/quality", test_quality);
  g_test_add_func ("/engine/gan/determinism", test_determinism);
  g_test_add_data_func ("/engine/gan/file/projected", "784-4-10", test_file);
  g_test_add_data_func ("/engine/gan/file/beside", "794-4-1", test_file);
  g_test_add_data_func ("/engine/gan/file/convolution", "28x28-conv5x5x2s3-10", test_file);
  g_test_add_func ("/engine/gan/hostile", test_hostile);
  g_test_add_func ("/engine/gan/wrong-metadata", test_wrong_metadata);
  g_test_add_func ("/engine/gan/source", test_source);
  g_test_add_func ("/engine/gan/source-errors", test_source_errors);
  g_test_add_func ("/engine/gan/collapse", test_collapse);
  g_test_add_func ("/engine/gan/won", test_won);
  g_test_add_func ("/engine/gan/trainer/whole", test_trainer);
  g_test_add_func ("/engine/gan/trainer/pause-and-stop", test_pause_and_stop);
  g_test_add_func ("/engine/gan/trainer/errors", test_trainer_errors);
  return g_test_run ();
}
