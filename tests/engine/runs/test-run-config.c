/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configurations of runs: to JSON and back, what is refused, presets. */

#include <string.h>

#include "engine-test.h"
#include "numeral-json.h"
#include "numeral-run-settings.h"

static void
assert_same (const NumeralRunConfig *a, const NumeralRunConfig *b)
{
  NnTrainConfig x = a->train, y = b->train;

  g_assert_cmpint (a->source, ==, b->source);
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpuint (a->generated, ==, b->generated);
  g_assert_cmpuint (x.n_hidden, ==, y.n_hidden);
  for (guint l = 0; l < x.n_hidden; l++)
    g_assert_cmpuint (x.hidden[l], ==, y.hidden[l]);
  g_assert_cmpint (x.activation, ==, y.activation);
  g_assert_cmpint (x.init, ==, y.init);
  g_assert_cmpint (x.loss, ==, y.loss);
  g_assert_cmpint (x.optimizer, ==, y.optimizer);
  g_assert_cmpint (x.schedule, ==, y.schedule);
  g_assert_cmpint (x.balance, ==, y.balance);
  g_assert_true (nn_augment_equal (&x.augment, &y.augment));
  g_assert_true (x.learning_rate == y.learning_rate && x.momentum == y.momentum &&
                 x.beta1 == y.beta1 && x.beta2 == y.beta2 && x.epsilon == y.epsilon &&
                 x.weight_decay == y.weight_decay && x.dropout == y.dropout &&
                 x.label_smoothing == y.label_smoothing && x.step_factor == y.step_factor &&
                 x.warmup_epochs == y.warmup_epochs && x.validation == y.validation);
  g_assert_true (x.step_epochs == y.step_epochs && x.batch_size == y.batch_size &&
                 x.epochs == y.epochs && x.patience == y.patience && x.threads == y.threads &&
                 x.seed == y.seed);
}

static NumeralRunConfig *
through_json (const NumeralRunConfig *config)
{
  g_autoptr (JsonNode) node = numeral_run_config_to_json (config);
  g_autoptr (GBytes) text = numeral_json_format (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) read = numeral_json_parse (text, &error);
  NumeralRunConfig *back;

  g_assert_no_error (error);
  back = numeral_run_config_from_json (read, &error);
  g_assert_no_error (error);
  return back;
}

static double
share (NnRandom *random)
{
  /* Of all sizes, and with all their digits. */
  return (double) (nn_random_next (random) >> 11) * 0x1p-53 /
         (double) (1 << nn_random_below (random, 30));
}

static void
test_round_trip (void)
{
  NnRandom random;

  nn_random_init (&random, 5);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
      g_autoptr (NumeralRunConfig) back = NULL;
      NnTrainConfig *train = &config->train;

      config->source = (NumeralSourceKind) nn_random_below (&random, 3);
      config->path = i % 2 ? g_strdup ("/a \"path\"\\with\tall/ä € 中") : NULL;
      config->generated = (guint) nn_random_below (&random, 1000000);
      train->n_hidden = nn_random_below (&random, NN_MAX_HIDDEN + 1);
      for (guint l = 0; l < train->n_hidden; l++)
        train->hidden[l] = 1 + nn_random_below (&random, NN_MAX_WIDTH);
      train->activation = (NnActivation) nn_random_below (&random, NN_N_ACTIVATIONS);
      train->init = (NnInit) nn_random_below (&random, NN_N_INITS);
      train->loss = (NnLoss) nn_random_below (&random, NN_N_LOSSES);
      train->optimizer = (NnOptimizerKind) nn_random_below (&random, NN_N_OPTIMIZERS);
      train->schedule = (NnSchedule) nn_random_below (&random, NN_N_SCHEDULES);
      train->balance = (NnBalance) nn_random_below (&random, NN_N_BALANCES);
      for (guint f = 0; f < NN_N_AUGMENT_FIELDS; f++)
        *nn_augment_field (&train->augment, f) =
            nn_random_range (&random, (float) nn_augment_settings[f].low,
                             (float) nn_augment_settings[f].high);
      train->learning_rate = 1e-12 + share (&random);
      train->momentum = share (&random);
      train->beta1 = share (&random);
      train->beta2 = share (&random);
      train->epsilon = 1e-12 + share (&random) / 2;
      train->weight_decay = share (&random);
      train->dropout = share (&random);
      train->label_smoothing = share (&random);
      train->step_factor = 1e-12 + share (&random) / 2;
      train->warmup_epochs = 1000 * share (&random);
      train->validation = share (&random);
      train->step_epochs = 1 + nn_random_below (&random, G_MAXUINT32);
      train->batch_size = 1 + nn_random_below (&random, 65535);
      train->epochs = 1 + nn_random_below (&random, 1000000);
      train->patience = nn_random_below (&random, G_MAXUINT32);
      train->threads = nn_random_below (&random, 257);
      train->seed = nn_random_next (&random) >> nn_random_below (&random, 64);
      back = through_json (config);
      assert_same (config, back);
    }
}

/* Every setting is a member of the JSON, and a seed keeps all of its digits. */
static void
test_members (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);
  g_autoptr (JsonNode) node = NULL;

  config->path = g_strdup ("x");
  config->left_out = g_strdup ("0123456789abcdef:1");
  config->samples = g_strdup ("3=600");
  g_assert_true (
      nn_setting_set_text (nn_train_setting ("network"), &config->train, "784-12-10", NULL));
  node = numeral_run_config_to_json (config);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (json_object_has_member (json_node_get_object (node),
                                             settings[i].setting->name),
                     ==, settings[i].top);
  for (guint64 seed = ((guint64) 1 << 53) - 2; seed < ((guint64) 1 << 53) + 3; seed++)
    {
      g_autoptr (NumeralRunConfig) back = NULL;

      config->train.seed = seed;
      back = through_json (config);
      g_assert_true (back->train.seed == seed);
    }
}

/* What is not said is as in the textbook. */
static void
test_defaults (void)
{
  g_autoptr (NumeralRunConfig) defaults = numeral_run_config_new ();
  g_autoptr (JsonNode) node = json_from_string ("{}", NULL);
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRunConfig) copy = NULL;
  g_autoptr (GError) error = NULL;

  config = numeral_run_config_from_json (node, &error);
  g_assert_no_error (error);
  assert_same (config, defaults);
  config->path = g_strdup ("x");
  copy = numeral_run_config_copy (config);
  assert_same (config, copy);
  g_assert_true (config->path != copy->path);
  g_assert_cmpuint (defaults->train.n_hidden, ==, 1);
  g_assert_cmpuint (defaults->train.hidden[0], ==, 128);
  g_assert_cmpuint (defaults->generated, ==, 20000);
}

static const struct
{
  const char *json;
  NnError code;
  const char *says;
} bad[] = {
  { "", NN_ERROR_FORMAT, "JSON" },
  { "[]", NN_ERROR_FORMAT, "object" },
  { "1", NN_ERROR_FORMAT, "JSON" },
  { "null", NN_ERROR_FORMAT, "JSON" },
  { "{", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": }", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": 5", NN_ERROR_FORMAT, "JSON" },
  { "\xff{}", NN_ERROR_FORMAT, "UTF-8" },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NN_ERROR_FORMAT, "nested" },
  /* json-glib accepts what follows. */
  { "{/**/}", NN_ERROR_FORMAT, "JSON" },
  { "{\"a\":/*\"*/[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NN_ERROR_FORMAT, "JSON" },
  { "{} // done", NN_ERROR_FORMAT, "JSON" },
  { "{}{}", NN_ERROR_FORMAT, "JSON" },
  { "{} x", NN_ERROR_FORMAT, "JSON" },
  { "var a = {}", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": 05}", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": 0x5}", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": .5}", NN_ERROR_FORMAT, "JSON" },
  { "{\"epochs\": 5,}", NN_ERROR_FORMAT, "JSON" },
  { "{epochs: 5}", NN_ERROR_FORMAT, "JSON" },
  { "{'epochs': 5}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"\\ud800\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"\\ud800\\u0041\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"\\udc00\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"a\\u0000b\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"a\nb\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"\\x\"}", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"", NN_ERROR_FORMAT, "JSON" },
  { "{\"path\": \"file://%\"}", NN_ERROR_CONFIG, "path" },
  { "{\"epoch\": 5}", NN_ERROR_CONFIG, "“epoch”" },
  { "{\"learning_rate\": 5}", NN_ERROR_CONFIG, "“learning_rate”" },
  { "{\"epochs\": \"5\"}", NN_ERROR_CONFIG, "“epochs”" },
  { "{\"epochs\": 5.5}", NN_ERROR_CONFIG, "“epochs”" },
  { "{\"epochs\": null}", NN_ERROR_CONFIG, "“epochs”" },
  { "{\"epochs\": -1}", NN_ERROR_CONFIG, "“epochs”" },
  { "{\"epochs\": 0}", NN_ERROR_CONFIG, "Epochs" },
  { "{\"epochs\": 4294967296}", NN_ERROR_CONFIG, "“epochs”" },
  { "{\"batch-size\": 70000}", NN_ERROR_CONFIG, "Minibatch Size" },
  { "{\"learning-rate\": 0}", NN_ERROR_CONFIG, "Learning Rate" },
  { "{\"learning-rate\": \"fast\"}", NN_ERROR_CONFIG, "“learning-rate”" },
  { "{\"learning-rate\": 1e400}", NN_ERROR_CONFIG, "“learning-rate”" },
  { "{\"learning-rate\": true}", NN_ERROR_CONFIG, "“learning-rate”" },
  { "{\"dropout\": 1}", NN_ERROR_CONFIG, "Dropout" },
  { "{\"validation\": -0.5}", NN_ERROR_CONFIG, "Validation" },
  { "{\"optimizer\": \"adma\"}", NN_ERROR_CONFIG, "“adma”" },
  { "{\"optimizer\": 3}", NN_ERROR_CONFIG, "“optimizer”" },
  { "{\"activation\": \"step\"}", NN_ERROR_CONFIG, "“activation”" },
  { "{\"loss\": [\"mse\"]}", NN_ERROR_CONFIG, "“loss”" },
  { "{\"hidden\": 128}", NN_ERROR_CONFIG, "“hidden”" },
  { "{\"hidden\": [128, \"10\"]}", NN_ERROR_CONFIG, "“hidden”" },
  { "{\"hidden\": [0]}", NN_ERROR_CONFIG, "Hidden Layers" },
  { "{\"hidden\": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}", NN_ERROR_CONFIG, "16" },
  { "{\"seed\": -1}", NN_ERROR_CONFIG, "“seed”" },
  { "{\"seed\": \"18446744073709551616\"}", NN_ERROR_CONFIG, "“seed”" },
  { "{\"seed\": 1.5}", NN_ERROR_CONFIG, "“seed”" },
  { "{\"source\": \"cifar\"}", NN_ERROR_CONFIG, "“cifar”" },
  { "{\"source\": 1}", NN_ERROR_CONFIG, "“source”" },
  { "{\"path\": 1}", NN_ERROR_CONFIG, "“path”" },
  { "{\"generated\": {}}", NN_ERROR_CONFIG, "“generated”" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i].json, strlen (bad[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = numeral_json_parse (bytes, &error);

      g_autofree char *shown = g_strescape (bad[i].json, NULL);

      g_test_message ("%s", shown);
      if (node != NULL)
        g_assert_null (numeral_run_config_from_json (node, &error));
      engine_test_error (&error, NN_ERROR, (int) bad[i].code, bad[i].says);
    }
}

static void
test_good (void)
{
  static const char *const good[] = {
    "{}",
    " \t\r\n{ } \n",
    "{\"epochs\": 5, \"learning-rate\": 1e-3, \"dropout\": 0.5E+0, \"validation\": 0}",
    "{\"hidden\": [ 3 , 4 ], \"path\": \"\\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (good[i], strlen (good[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = numeral_json_parse (bytes, &error);
      g_autoptr (NumeralRunConfig) config = NULL;

      g_assert_no_error (error);
      config = numeral_run_config_from_json (node, &error);
      g_assert_no_error (error);
    }
}

/* Eighty thousand brackets behind a comment overflowed the parser's stack. */
static void
test_comment (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":/*\"*/");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 80000; i++)
    g_string_append_c (text, '[');
  bytes = g_bytes_new (text->str, text->len);
  g_assert_null (numeral_json_parse (bytes, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "JSON");
}

/* File names are bytes, and JSON is UTF-8. */
static void
test_names (void)
{
  static const char *const names[] = { "/data/\xe4\xf6", "/data/ä", "/a b", "file:x",
                                       "/data/\xff%41" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NumeralRunConfig) config = numeral_run_config_new (), back = NULL;
      g_autofree char *wanted = g_canonicalize_filename (names[i], NULL);

      config->source = NUMERAL_SOURCE_PATH;
      config->path = g_strdup (names[i]);
      back = through_json (config);
      g_assert_cmpstr (back->path, ==, g_str_has_prefix (names[i], "file:") ? wanted : names[i]);
    }
}

static void
test_validate (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GError) error = NULL;

  config->source = NUMERAL_SOURCE_GENERATED;
  g_assert_true (numeral_run_config_validate (config, &error));
  config->generated = 1;
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "Generated Digits");
  config->source = NUMERAL_SOURCE_PATH;
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "choose");
  config->path = g_strdup ("/nowhere/at/all");
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "/nowhere/at/all");
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 100;
  config->train.patience = 2;
  config->train.validation = 0;
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "early stopping");
  config->train.validation = 0.1;
  config->train.dropout = 2;
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "Dropout");
}

static void
test_presets (void)
{
  guint n = 0;
  const NumeralPreset *presets = numeral_run_config_presets (&n);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  gboolean textbook = FALSE;

  g_assert_cmpuint (n, >=, 4);
  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 12345;
  config->train.seed = 99;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (*presets[i].title != '\0' && *presets[i].description != '\0');
      g_assert_true (numeral_run_config_apply_preset (config, presets[i].name));
      g_assert_true (numeral_run_config_validate (config, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (config->generated, ==, 12345);
      g_assert_cmpuint (config->train.seed, ==, 99);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (presets[i].name, !=, presets[j].name);
      if (g_str_equal (presets[i].name, "textbook"))
        {
          const NnTrainConfig *train = &config->train;

          textbook = TRUE;
          g_assert_true (train->n_hidden == 1 && train->hidden[0] == 128 &&
                         train->activation == NN_ACTIVATION_RELU && train->init == NN_INIT_HE &&
                         train->loss == NN_LOSS_CROSS_ENTROPY &&
                         train->optimizer == NN_OPTIMIZER_ADAM && train->learning_rate == 0.001 &&
                         train->batch_size == 32 && train->epochs == 5);
        }
    }
  g_assert_true (textbook);
  g_assert_false (numeral_run_config_apply_preset (config, "nonsense"));
}

/* Settings by themselves, and as they stand in a run's folder. */
static void
test_load (void)
{
  g_autofree char *folder = engine_test_folder ();
  static const char alone[] = "{\"epochs\": 7, \"seed\": \"18446744073709551615\"}";
  static const char inside[] = "{\"name\": \"Run 1\", \"settings\": {\"epochs\": 8}}";
  static const char wrong[] = "{\"settings\": {\"epochs\": 0}}";
  g_autofree char *a = engine_test_write (folder, "a.json", alone, strlen (alone));
  g_autofree char *b = engine_test_write (folder, "b.json", inside, strlen (inside));
  g_autofree char *c = engine_test_write (folder, "c.json", wrong, strlen (wrong));
  g_autoptr (GFile) file_a = g_file_new_for_path (a);
  g_autoptr (GFile) file_b = g_file_new_for_path (b);
  g_autoptr (GFile) file_c = g_file_new_for_path (c);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunConfig) config = numeral_run_config_load (file_a, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (config->train.epochs, ==, 7);
  g_assert_true (config->train.seed == G_MAXUINT64);
  g_clear_pointer (&config, numeral_run_config_free);
  config = numeral_run_config_load (file_b, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (config->train.epochs, ==, 8);
  g_assert_null (numeral_run_config_load (file_c, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, c);
  g_assert_null (numeral_run_config_load (nowhere, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "/nowhere.json");
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-config/round-trip", test_round_trip);
  g_test_add_func ("/run-config/members", test_members);
  g_test_add_func ("/run-config/defaults", test_defaults);
  g_test_add_func ("/run-config/bad", test_bad);
  g_test_add_func ("/run-config/validate", test_validate);
  g_test_add_func ("/run-config/presets", test_presets);
  g_test_add_func ("/run-config/good", test_good);
  g_test_add_func ("/run-config/comment", test_comment);
  g_test_add_func ("/run-config/names", test_names);
  g_test_add_func ("/run-config/load", test_load);
  return g_test_run ();
}
