/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-prune.h"
#include "nn-quantized.h"
#include "nn-trainer.h"
#include "numeral-compress.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "numeral-safetensors.h"
#include "repeat.h"

static NnDataset *
make_digits (gsize n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return digits;
}

static NumeralModel *
make_small (void)
{
  static const guint widths[] = { 784, 12, 11, 10 };
  g_autoptr (NnNetwork) network =
      engine_test_network_of (widths, G_N_ELEMENTS (widths), NN_ACTIVATION_RELU, 1);
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);
  g_autoptr (NnDataset) digits = make_digits (50, 1);
  const NumeralCompressRequest request = { .model = model, .samples = digits };
  g_autoptr (GError) error = NULL;
  NumeralModel *small = numeral_compress_int8 (&request, &error);

  g_assert_no_error (error);
  return small;
}

static void
count (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  *last = share;
}

/* The model that ships loses next to nothing, and its file is about half of that in float16. */
static void
test_shipped (void)
{
  const guint n = REPEAT (400, 100);
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NnDataset) samples = make_digits (n / 2, 1);
  g_autoptr (NnDataset) digits = make_digits (n, 2);
  double share = 0;
  const NumeralCompressRequest request = {
    .model = model, .samples = samples, .progress = count, .user_data = &share
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) small = numeral_compress_int8 (&request, &error);
  g_autoptr (GBytes) before = engine_test_model_bytes (model, TRUE);
  g_autoptr (GBytes) after = NULL;
  NumeralCompressFigures was, is;

  g_assert_no_error (error);
  g_assert_cmpfloat (share, ==, 1);
  g_assert_true (numeral_compress_measure (model, digits, &was, &error));
  g_assert_true (numeral_compress_measure (small, digits, &is, &error));
  g_assert_cmpuint (is.n, ==, n);
  g_assert_cmpfloat (is.accuracy, >=, was.accuracy - 0.005);
  g_assert_cmpfloat (is.seconds, >, 0);
  after = engine_test_model_bytes (small, TRUE);
  g_assert_cmpuint (g_bytes_get_size (after), <, g_bytes_get_size (before) * 54 / 100);
  g_assert_true (small->novelty == model->novelty);
  g_assert_nonnull (numeral_model_get_metadata (model, "validation_accuracy"));
  g_assert_null (numeral_model_get_metadata (small, "validation_accuracy"));
  g_assert_nonnull (strstr (numeral_model_get_metadata (small, NUMERAL_CARD_COMPRESSED), "int8"));
}

/* A file gives the same network, bit for bit. */
static void
test_round_trip (void)
{
  g_autoptr (NumeralModel) model = make_small ();
  const NnQuantized *was = model->network->quantized;

  for (guint half = 0; half < 2; half++)
    {
      g_autoptr (GBytes) bytes = engine_test_model_bytes (model, half);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);
      g_autoptr (GBytes) again = NULL;
      const NnQuantized *is;

      g_assert_no_error (error);
      is = back->network->quantized;
      g_assert_nonnull (is);
      g_assert_cmpmem (is->scale, sizeof is->scale, was->scale, sizeof was->scale);
      g_assert_cmpmem (is->zero, sizeof is->zero, was->zero, sizeof was->zero);
      for (guint i = 0; i < was->n_weights; i++)
        {
          const NnQuantizedWeights *a = &is->weights[i], *b = &was->weights[i];
          const gsize n_out = b->n_out;

          g_assert_cmpmem (a->weight, n_out * a->n_in, b->weight, n_out * b->n_in);
          g_assert_cmpmem (a->scale, n_out * sizeof (float), b->scale, n_out * sizeof (float));
          g_assert_cmpmem (a->bias, n_out * sizeof (float), b->bias, n_out * sizeof (float));
        }
      again = engine_test_model_bytes (back, half);
      g_assert_true (g_bytes_equal (bytes, again));
      g_assert_null (numeral_model_get_metadata (back, "quantization"));
    }
}

/* Half of the weights of every layer, and 80 % of those of the first, are zero. */
static NumeralModel *
make_sparse (gboolean int8)
{
  static const guint widths[] = { 784, 12, 11, 10 };
  g_autoptr (NnNetwork) network =
      engine_test_network_of (widths, G_N_ELEMENTS (widths), NN_ACTIVATION_RELU, 1);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NnDataset) digits = make_digits (50, 1);
  NumeralCompressRequest request = { .samples = digits };

  g_free (nn_prune_weights (network, 0.5));
  for (gsize i = 0; i < 784 * 12; i++)
    if (i % 10 < 6)
      network->weights[0].weight[i] = 0;
  model = numeral_model_new (network, NULL, NULL);
  request.model = model;
  return int8 ? numeral_compress_int8 (&request, NULL) : numeral_model_ref (model);
}

/* A layer with many zeros takes less of a file, and is read back exactly. */
static void
test_sparse (void)
{
  for (guint which = 0; which < 3; which++)
    {
      const gboolean int8 = which == 2, half = which == 1;
      const gsize width = int8 ? 1 : half ? 2 : 4;
      g_autoptr (NumeralModel) model = make_sparse (int8);
      g_autoptr (GBytes) bytes = engine_test_model_bytes (model, half);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);
      g_autoptr (GBytes) again = NULL;
      gsize n_zero = 0;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), <, 784 * 12 * width / 2 + 784 * 12 / 8 + 3000);
      for (gsize i = 0; i < model->network->n_params && !half; i++)
        {
          g_assert_cmpfloat (back->network->params[i], ==, model->network->params[i]);
          n_zero += back->network->params[i] == 0;
        }
      if (!half)
        g_assert_cmpuint (n_zero, >, 784 * 6);
      again = engine_test_model_bytes (back, half);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

/* Small labelled digits, a teacher that was trained on them, and what they are asked. */
typedef struct
{
  NumeralModel *teacher;
  NnDataset *digits;
  NumeralCompressRequest request;
} Training;

static void
training_init (Training *t, guint epochs)
{
  static const guint widths[] = { 784, 24, 10 };
  g_autoptr (NnNetwork) start =
      engine_test_network_of (widths, G_N_ELEMENTS (widths), NN_ACTIVATION_RELU, 1);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  NnTrainConfig config;
  NnStep step = { 0 };

  nn_train_config_init (&config);
  nn_train_config_take_architecture (&config, &start->arch);
  config.epochs = 6;
  t->digits = make_digits (400, 1);
  trainer = nn_trainer_new (&config, t->digits, NULL);
  while (!step.run_done)
    g_assert_true (nn_trainer_step (trainer, &step, NULL));
  network = nn_trainer_snapshot (trainer);
  g_hash_table_insert (card, "name", "Teacher");
  g_hash_table_insert (card, "epochs", "4");
  t->teacher = numeral_model_new (network, NULL, card);
  t->request = (NumeralCompressRequest){
    .model = t->teacher, .samples = t->digits, .epochs = epochs, .seed = 1
  };
}

static void
training_clear (Training *t)
{
  numeral_model_unref (t->teacher);
  nn_dataset_unref (t->digits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Training, training_clear)

static double
accuracy_of (const NumeralModel *model, const NnDataset *digits)
{
  NumeralCompressFigures figures;

  g_assert_true (numeral_compress_measure (model, digits, &figures, NULL));
  return figures.accuracy;
}

/* Weights that were pruned stay zero, and training makes up for the loss. */
static void
test_prune (void)
{
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) tuned = NULL, blunt = NULL, same = NULL;
  double share = 0;
  gsize n_zero = 0;

  training_init (&t, 0);
  blunt = numeral_compress_weights (&t.request, 0.9, &error);
  g_assert_no_error (error);
  t.request.epochs = 6;
  t.request.progress = count;
  t.request.user_data = &share;
  tuned = numeral_compress_weights (&t.request, 0.9, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (share, ==, 1);
  t.request.progress = NULL;
  same = numeral_compress_weights (&t.request, 0.9, &error);
  for (gsize i = 0; i < 784 * 24; i++)
    n_zero += tuned->network->params[i] == 0;
  g_assert_cmpuint (n_zero, >=, 784 * 24 * 9 / 10);
  g_assert_cmpmem (tuned->network->params, tuned->network->n_params * sizeof (float),
                   same->network->params, same->network->n_params * sizeof (float));
  g_assert_cmpfloat (accuracy_of (tuned, t.digits), >, accuracy_of (blunt, t.digits));
  g_assert_cmpstr (numeral_model_get_metadata (tuned, "name"), ==, "Teacher");
  g_assert_nonnull (strstr (numeral_model_get_metadata (tuned, NUMERAL_CARD_COMPRESSED), "90 %"));
}

static void
test_units (void)
{
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) tuned = NULL, blunt = NULL;

  training_init (&t, 0);
  blunt = numeral_compress_units (&t.request, 0.5, &error);
  g_assert_no_error (error);
  t.request.epochs = 6;
  tuned = numeral_compress_units (&t.request, 0.5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tuned->network->weights[0].n_out, ==, 12);
  g_assert_cmpfloat (accuracy_of (tuned, t.digits), >, accuracy_of (blunt, t.digits));
}

static NnArchitecture
student_of (const char *text)
{
  NnArchitecture arch;
  g_autoptr (GError) error = NULL;

  nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, &error);
  g_assert_no_error (error);
  return arch;
}

/* A student answers as two teachers do, without their weights. */
static void
test_distil (void)
{
  const NnArchitecture arch = student_of ("784-24-10");
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) student = NULL;
  NumeralModel *teachers[2];

  training_init (&t, REPEAT (20, 6));
  teachers[0] = teachers[1] = t.teacher;
  t.request.teachers = teachers;
  t.request.n_teachers = 2;
  student = numeral_compress_distil (&t.request, &arch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (student->network->weights[0].n_out, ==, 24);
  g_assert_cmpfloat (accuracy_of (student, t.digits), >, REPEAT (0.4, 0.1));
  g_assert_cmpstr (numeral_model_get_metadata (student, "name"), ==, "Teacher");
  g_assert_null (numeral_model_get_metadata (student, "epochs"));
  g_assert_nonnull (
      strstr (numeral_model_get_metadata (student, NUMERAL_CARD_COMPRESSED), "2 models"));
}

/* A multilayer perceptron teaches a network with convolutions, which is then computed in 8 bits. */
static void
test_distil_convolutions (void)
{
  const NnArchitecture arch = student_of ("28x28-conv5x5x6s2-dropout0.1-10");
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) student = NULL, small = NULL, back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  training_init (&t, REPEAT (20, 6));
  student = numeral_compress_distil (&t.request, &arch, &error);
  g_assert_no_error (error);
  text = nn_architecture_to_string (&student->network->arch);
  g_assert_cmpstr (text, ==, "28x28-conv5x5x6s2-10");
  g_assert_cmpfloat (accuracy_of (student, t.digits), >, REPEAT (0.4, 0.1));
  t.request.model = student;
  small = numeral_compress_int8 (&t.request, &error);
  g_assert_no_error (error);
  g_assert_nonnull (small->network->quantized);
  g_assert_cmpfloat_with_epsilon (accuracy_of (small, t.digits), accuracy_of (student, t.digits),
                                  0.05);
  bytes = engine_test_model_bytes (small, TRUE);
  back = numeral_model_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (accuracy_of (back, t.digits), ==, accuracy_of (small, t.digits));
}

/* The dropout of a student is that of its text, whatever its layers are. */
static void
test_distil_dropout (void)
{
  const NnArchitecture plain = student_of ("784-24-10"),
                       drops = student_of ("784-24-dropout0.5-10");
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) a = NULL, b = NULL;

  training_init (&t, 1);
  a = numeral_compress_distil (&t.request, &plain, &error);
  g_assert_no_error (error);
  b = numeral_compress_distil (&t.request, &drops, &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&a->network->arch, &b->network->arch));
  g_assert_true (
      memcmp (a->network->params, b->network->params, a->network->n_params * sizeof (float)) != 0);
}

/* A student has to read what the model reads. */
static void
test_distil_errors (void)
{
  static const struct
  {
    const char *text, *message;
    NnError code;
  } cases[] = {
    { "783-24-10", "reads 783 values", NN_ERROR_SHAPE },
    { "784-24-9", "gives 9 classes", NN_ERROR_SHAPE },
    { "14x56-conv5x5x4-10", "1 x 28 x 28", NN_ERROR_SHAPE },
    { "4x14x14-conv5x5x4-10", "1 x 28 x 28", NN_ERROR_SHAPE },
  };
  GString *longest = g_string_new ("784");
  g_auto (Training) t = { 0 };
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;

  training_init (&t, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      arch = student_of (cases[i].text);
      g_assert_null (numeral_compress_distil (&t.request, &arch, &error));
      engine_test_error (&error, NN_ERROR, cases[i].code, cases[i].message);
    }
  for (guint l = 0; l < 40; l++)
    g_string_append (longest, "-dropout0.125");
  arch = student_of (g_string_append (longest, "-10")->str);
  g_string_free (longest, TRUE);
  g_assert_null (numeral_compress_distil (&t.request, &arch, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "longer than");
}

static void
test_training_errors (void)
{
  static const guint other[] = { 784, 5, 3 };
  const NnArchitecture arch = student_of ("784-24-10");
  g_auto (Training) t = { 0 };
  g_autoptr (NnNetwork) network =
      engine_test_network_of (other, G_N_ELEMENTS (other), NN_ACTIVATION_RELU, 1);
  g_autoptr (NumeralModel) stranger = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  NumeralModel *teachers[1];

  training_init (&t, 1);
  stranger = numeral_model_new (network, NULL, NULL);
  teachers[0] = stranger;
  t.request.teachers = teachers;
  t.request.n_teachers = 1;
  g_assert_null (numeral_compress_distil (&t.request, &arch, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "classes");
  t.request.n_teachers = 0;
  g_assert_null (numeral_compress_units (&t.request, 1, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "share");
  g_cancellable_cancel (cancellable);
  t.request.cancellable = cancellable;
  g_assert_null (numeral_compress_weights (&t.request, 0.5, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  t.teacher->network->arch.loss = NN_LOSS_MSE;
  g_assert_null (numeral_compress_distil (&t.request, &arch, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "cross-entropy");
}

/* ONNX gets the same weights in float32. */
static void
test_onnx (void)
{
  g_autoptr (NumeralModel) model = make_small ();
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (NumeralModel) back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  numeral_model_format_for_name ("a.onnx")->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array,
                                                  array, &error);
  g_assert_no_error (error);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  back = numeral_model_parse (bytes, "a.onnx", &error);
  g_assert_no_error (error);
  g_assert_null (back->network->quantized);
  g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                   model->network->params, model->network->n_params * sizeof (float));
}

/* Replaces @old by @new, which is as long, at its first place in the header. */
static void
replace (guint8 *data, gsize size, const char *old, const char *new)
{
  guint8 *at = memmem (data, size, old, strlen (old));

  g_assert_nonnull (at);
  g_assert_cmpuint (strlen (old), ==, strlen (new));
  memcpy (at, new, strlen (new));
}

/* Where the data of a tensor begins in the file. */
static gsize
find_data (GBytes *bytes, const char *name)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, NULL);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  return (gsize) (numeral_safetensors_find (file, name)->data - data);
}

/* What Numeral writes with one thing changed: an error that says what. */
static void
test_hostile (void)
{
  static const float zero = 0, nan = NAN, huge = 1e30f;
  static const gint8 least = G_MININT8;
  static const guint8 other = 7;
  static const struct
  {
    const char *old, *new; /* (nullable): in the header, or */
    const char *tensor;    /* the data of this one */
    gconstpointer value;
    gsize size;
    NnError code;
    const char *word;
  } rows[] = {
    { "\"int8\"", "\"int4\"", NULL, NULL, 0, NN_ERROR_FORMAT, "int4" },
    { "\"I8\"", "\"U8\"", NULL, NULL, 0, NN_ERROR_SHAPE, "layers.0.weight" },
    { "[12,784]", "[784,12]", NULL, NULL, 0, NN_ERROR_SHAPE, "layers.0.weight" },
    { "layers.1.weight_scale", "layers.1.weight_scalf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "layers.1.weight_scale" },
    { "layers.2.bias", "layers.7.bias", NULL, NULL, 0, NN_ERROR_FORMAT, "layers.2.bias" },
    { "activations.scale", "activations.scalf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "activations.scale" },
    { "activations.zero_point", "activations.zero_poinf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "activations.zero_point" },
    { "784-12-11-10", "784-12-11-1a", NULL, NULL, 0, NN_ERROR_FORMAT, "architecture" },
    { NULL, NULL, "layers.1.weight", &least, 1, NN_ERROR_VALUE, "-128" },
    { NULL, NULL, "layers.1.weight_scale", &zero, 4, NN_ERROR_VALUE, "scale" },
    { NULL, NULL, "layers.1.weight_scale", &nan, 4, NN_ERROR_VALUE, "not a number" },
    { NULL, NULL, "layers.0.bias", &huge, 4, NN_ERROR_VALUE, "bias" },
    { NULL, NULL, "activations.scale", &huge, 4, NN_ERROR_VALUE, "scale" },
    { NULL, NULL, "activations.zero_point", &other, 1, -1, NULL },
  };
  g_autoptr (NumeralModel) model = make_small ();
  g_autoptr (GBytes) bytes = engine_test_model_bytes (model, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size;
      guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (NumeralModel) back = NULL;
      g_autoptr (GError) error = NULL;

      if (rows[i].old != NULL)
        replace (data, size, rows[i].old, rows[i].new);
      else
        memcpy (data + find_data (bytes, rows[i].tensor), rows[i].value, rows[i].size);
      changed = g_bytes_new_take (data, size);
      back = numeral_model_parse (changed, NULL, &error);
      g_test_message ("row %u: %s", i, error != NULL ? error->message : "no error");
      if (rows[i].word == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, NN_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].word));
    }
}

/* A sparse file with one thing changed. */
static void
test_hostile_sparse (void)
{
  static const struct
  {
    const char *old, *new; /* (nullable): in the header, or the first byte of the mask changes */
    NnError code;
    const char *word;
  } rows[] = {
    { "layers.0.weight_values", "layers.0.weight_valuef", NN_ERROR_FORMAT, "weight_values" },
    { "layers.0.weight_mask", "layers.7.weight_mask", NN_ERROR_FORMAT, "layers.0.weight" },
    { NULL, NULL, NN_ERROR_SHAPE, "mask" },
  };
  g_autoptr (NumeralModel) model = make_sparse (FALSE);
  g_autoptr (GBytes) bytes = engine_test_model_bytes (model, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size;
      guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (NumeralModel) back = NULL;
      g_autoptr (GError) error = NULL;

      if (rows[i].old == NULL)
        data[find_data (bytes, "layers.0.weight_mask")] ^= 1;
      else
        replace (data, size, rows[i].old, rows[i].new);
      changed = g_bytes_new_take (data, size);
      back = numeral_model_parse (changed, NULL, &error);
      g_test_message ("row %u: %s", i, error != NULL ? error->message : "no error");
      g_assert_error (error, NN_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].word));
    }
}

static void
test_errors (void)
{
  g_autoptr (NumeralModel) small = make_small ();
  g_autoptr (NumeralModel) shipped = numeral_model_load_shipped (NULL);
  g_autoptr (NnDataset) digits = make_digits (20, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  NumeralCompressRequest request = { .model = small,
                                     .samples = digits,
                                     .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_compress_int8 (&request, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_clear_error (&error);
  request.model = shipped;
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_compress_int8 (&request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/compress/shipped", test_shipped);
  g_test_add_func ("/engine/compress/round-trip", test_round_trip);
  g_test_add_func ("/engine/compress/onnx", test_onnx);
  g_test_add_func ("/engine/compress/hostile", test_hostile);
  g_test_add_func ("/engine/compress/sparse", test_sparse);
  g_test_add_func ("/engine/compress/hostile-sparse", test_hostile_sparse);
  g_test_add_func ("/engine/compress/prune", test_prune);
  g_test_add_func ("/engine/compress/units", test_units);
  g_test_add_func ("/engine/compress/distil", test_distil);
  g_test_add_func ("/engine/compress/distil-convolutions", test_distil_convolutions);
  g_test_add_func ("/engine/compress/distil-dropout", test_distil_dropout);
  g_test_add_func ("/engine/compress/distil-errors", test_distil_errors);
  g_test_add_func ("/engine/compress/training-errors", test_training_errors);
  g_test_add_func ("/engine/compress/errors", test_errors);
  return g_test_run ();
}
