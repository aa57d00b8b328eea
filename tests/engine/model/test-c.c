/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Models as files of C: compilers accept them, and they read what the program reads. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "ink-tensor.h"
#include "nn-predictor.h"
#include "nn-quantize.h"
#include "numeral-generate.h"
#include "numeral-model-c.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"

#define N_PIXELS 784
#define N_DIGITS 1000
#define N_ON_BOARD 100
#define TOLERANCE 1e-5
/* The stack that a small machine may have. */
#define MAX_STACK 8192
#define NOT_A_DIGIT (-1)
#define OVERFLOW (-2)

/* Compilers and what tells them how to compile: also slowly, with all that can be checked. */
static const char *const gcc[] = { "gcc", "-O1", "-fsanitize=address,undefined",
                                   "-fno-sanitize-recover=all", NULL };
static const char *const gcc_fast[] = { "gcc", "-O2", "-fstack-usage", NULL };
static const char *const clang[] = { "clang", "-O2", NULL };
static const char *const board[] = { "arm-none-eabi-gcc", "-O2", "-mcpu=cortex-m3", "-mthumb",
                                     "-ffreestanding",    NULL };
static const char *const strict[] = {
  "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", NULL
};

typedef struct
{
  char *folder;
  NnDataset *digits;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = engine_test_folder ();
  fixture->digits =
      numeral_generate_digits (N_DIGITS, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  nn_dataset_unref (fixture->digits);
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
}

/* Runs a program that must succeed; its output is asserted to be empty if @out is %NULL. */
static void
run (const Fixture *fixture, GPtrArray *words, GBytes *input, GBytes **out)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, input != NULL ? input : nothing, NULL, &written, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  if (out != NULL)
    *out = g_steal_pointer (&written);
  else
    g_assert_cmpuint (g_bytes_get_size (written), ==, 0);
}

static GPtrArray *
words_new (const char *const *first, const char *const *more)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (; *first != NULL; first++)
    g_ptr_array_add (words, g_strdup (*first));
  for (; *more != NULL; more++)
    g_ptr_array_add (words, g_strdup (*more));
  return words;
}

/* A program that the test cannot do without. */
static gboolean
have (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

  if (path == NULL)
    g_test_skip (reason);
  return path != NULL;
}

/* Writes digit.c. */
static void
write_model (const Fixture *fixture, const NumeralModel *model, NumeralSaveFlags flags)
{
  g_autofree char *path = g_build_filename (fixture->folder, "digit.c", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  numeral_model_save (model, file, flags, NULL, &error);
  g_assert_no_error (error);
}

/* Compiles digit.c with the driver, as strictly as can be. */
static void
compile (const Fixture *fixture, const char *const *compiler, const char *const *defines)
{
  g_autofree char *driver =
      g_test_build_filename (G_TEST_DIST, "engine", "model", "c-driver.c", NULL);
  const char *const sources[] = { "digit.c", driver, "-o", "digit", NULL };
  g_autoptr (GPtrArray) words = words_new (compiler, strict);

  for (guint i = 0; defines[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (defines[i]));
  for (guint i = 0; sources[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (sources[i]));
  run (fixture, words, NULL, NULL);
}

static GBytes *
run_digit (const Fixture *fixture, GBytes *input)
{
  g_autofree char *program = g_build_filename (fixture->folder, "digit", NULL);
  const char *const words[] = { program, NULL };
  g_autoptr (GPtrArray) argv = words_new (words, words + 1);
  GBytes *out;

  run (fixture, argv, input, &out);
  return out;
}

/* The answer of a file for what the program read. */
static int
answer_of (const NumeralReading *reading)
{
  return reading->overflow ? OVERFLOW : reading->refused ? NOT_A_DIGIT : (int) reading->digit;
}

/* @out: the results for the first images of the fixture */
static void
check_results (const Fixture *fixture, const NumeralModel *model, gconstpointer out, gsize n)
{
  const struct
  {
    gint32 answer;
    float probabilities[NUMERAL_N_DIGITS];
  } *results = out;
  NumeralReader *reader = numeral_reader_new (model);
  guint answers = 0;

  for (gsize i = 0; i < n; i++)
    {
      NumeralReading reading = { 0 };

      for (guint k = 0; k < N_PIXELS; k++)
        reading.tensor[k] = fixture->digits->pixels[i * N_PIXELS + k] / 255.0f;
      numeral_reader_read (reader, &reading);
      g_assert_cmpint (results[i].answer, ==, answer_of (&reading));
      answers |= 1u << (results[i].answer + 2);
      for (guint c = 0; c < NUMERAL_N_DIGITS; c++)
        g_assert_cmpfloat_with_epsilon (results[i].probabilities[c], reading.probabilities[c],
                                        TOLERANCE);
    }
  /* Not always the same. */
  g_assert_cmpuint (answers & (answers - 1), !=, 0);
  numeral_reader_free (reader);
}

/* Compiles digit.c and reads the digits with it. */
static void
check_compiler (const Fixture *fixture, const NumeralModel *model, const char *const *compiler)
{
  static const char *const defines[] = { "-DINPUT=uint8_t", "-DN_INPUTS=784", "-DN_CLASSES=10",
                                         NULL };
  g_autoptr (GBytes) input =
      g_bytes_new_static (fixture->digits->pixels, (gsize) N_DIGITS * N_PIXELS);
  g_autoptr (GBytes) out = NULL;

  compile (fixture, compiler, defines);
  out = run_digit (fixture, input);
  g_assert_cmpuint (g_bytes_get_size (out), ==,
                    N_DIGITS * (sizeof (gint32) + NUMERAL_N_DIGITS * sizeof (float)));
  check_results (fixture, model, g_bytes_get_data (out, NULL), N_DIGITS);
}

/* The bytes of the stack of all functions of digit.c together: more than any calls need at once. */
static guint
read_stack (const Fixture *fixture)
{
  /* Where two files are compiled at once, the name begins with that of the program. */
  g_autofree char *path = g_build_filename (fixture->folder, "digit-digit.su", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint sum = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, 3);
      g_assert_cmpstr (fields[2], ==, "static");
      sum += (guint) g_ascii_strtoull (fields[1], NULL, 10);
    }
  return sum;
}

/* Makes the logits of the first digits vary around 0 by 2: the answers differ, and are not certain.
 */
static void
spread_answers (NnNetwork *network, const NnDataset *digits)
{
  enum
  {
    N = 100
  };
  const NnWeights *last = &network->weights[network->n_weights - 1];
  NnPredictor *predictor = nn_predictor_new (network);
  g_autofree double *sums = g_new0 (double, last->n_out);
  g_autofree double *squares = g_new0 (double, last->n_out);
  float x[N_PIXELS], probabilities[NUMERAL_N_DIGITS];

  for (gsize i = 0; i < N; i++)
    {
      for (guint k = 0; k < N_PIXELS; k++)
        x[k] = digits->pixels[i * N_PIXELS + k] / 255.0f;
      nn_predictor_run (predictor, x, probabilities);
      for (guint o = 0; o < last->n_out; o++)
        {
          const double logit = (double) nn_predictor_logits (predictor)[o];

          sums[o] += logit;
          squares[o] += logit * logit;
        }
    }
  for (guint o = 0; o < last->n_out; o++)
    {
      const double mean = sums[o] / N;
      const double factor = 2 / sqrt (squares[o] / N - mean * mean + 1e-9);

      last->bias[o] = (float) (((double) last->bias[o] - mean) * factor);
      for (guint k = 0; k < last->n_in; k++)
        last->weight[(gsize) o * last->n_in + k] *= (float) factor;
    }
  nn_predictor_free (predictor);
}

/* @text: the architecture; @digits: (nullable): what it reads, if it reads digits */
static NnNetwork *
network_of (
    const char *text, NnActivation activation, NnLoss loss, guint64 seed, const NnDataset *digits)
{
  NnNetwork *network = engine_test_network_from (text, activation, loss, seed);

  if (digits != NULL)
    spread_answers (network, digits);
  return network;
}

static NumeralModel *
model_of (NnNetwork *network)
{
  NumeralModel *model = numeral_model_new (network, NULL, NULL);

  nn_network_unref (network);
  return model;
}

/* The network in 8 bits. (transfer full); takes @network */
static NnNetwork *
in_8_bits (NnNetwork *network, const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  NnNetwork *quantized = nn_quantize (network, fixture->digits, NULL, &error);

  g_assert_no_error (error);
  nn_network_unref (network);
  return quantized;
}

/* The model whose weights are float16. (transfer full) */
static NumeralModel *
model_of_halves (const NumeralModel *model)
{
  g_autoptr (GBytes) bytes = engine_test_model_bytes (model, TRUE);
  g_autoptr (GError) error = NULL;
  NumeralModel *halves = numeral_model_parse (bytes, NULL, &error);

  g_assert_no_error (error);
  return halves;
}

/* All kinds of layers, all activations, all losses, windows with all options. */
static const struct
{
  const char *architecture;
  NnActivation activation;
  NnLoss loss;
  gboolean half, int8;
} kinds[] = {
  { "784-32-16-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, FALSE, FALSE },
  { "784-32-10", NN_ACTIVATION_TANH, NN_LOSS_MSE, TRUE, FALSE },
  { "28x28-conv5x5x4-pool2-dropout0.5-conv3x3x6s2p1-avgpool2-10", NN_ACTIVATION_LEAKY_RELU,
    NN_LOSS_CROSS_ENTROPY, FALSE, FALSE },
  { "28x28-avgpool4s3-conv3x5x6p2-pool3s2-flatten-12-sigmoid-10", NN_ACTIVATION_GELU,
    NN_LOSS_BINARY_CROSS_ENTROPY, TRUE, FALSE },
  { "784-32-16-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, FALSE, TRUE },
  { "28x28-conv5x5x4p1-sigmoid-pool2-avgpool2-tanh-conv3x3x10p1-avgpool6", NN_ACTIVATION_TANH,
    NN_LOSS_MSE, FALSE, TRUE },
};

/* @compiler: one of those above */
static void
test_equal (Fixture *fixture, gconstpointer compiler)
{
  const char *const *words = compiler;

  if (!have (words[0]))
    return;
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      const NumeralSaveFlags flags = kinds[k].half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT;
      NnNetwork *network = network_of (kinds[k].architecture, kinds[k].activation, kinds[k].loss,
                                       11 + k, fixture->digits);
      g_autoptr (NumeralModel) model =
          model_of (kinds[k].int8 ? in_8_bits (network, fixture) : network);
      g_autoptr (NumeralModel) halves = kinds[k].half ? model_of_halves (model) : NULL;

      write_model (fixture, model, flags);
      check_compiler (fixture, halves != NULL ? halves : model, words);
    }
}

/* With what tells non-digits, and a stack that is small enough. */
static void
test_small (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnNetwork) digit =
      network_of ("784-128-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 3, fixture->digits);
  g_autoptr (NnNetwork) other =
      network_of ("784-24-4", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 4, fixture->digits);
  g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (other, 0.9, NULL);
  g_autoptr (NumeralModel) model = numeral_model_new (digit, novelty, NULL);

  if (!have ("gcc"))
    return;
  write_model (fixture, model, NUMERAL_SAVE_CENTRE);
  check_compiler (fixture, model, gcc_fast);
  g_assert_cmpuint (read_stack (fixture), <, MAX_STACK);
}

/* A network whose values are no numbers for some digits gives no answer for these. */
static void
test_overflow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnNetwork) network =
      network_of ("784-32-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 6, fixture->digits);
  g_autoptr (NumeralModel) model = NULL;

  if (!have ("gcc"))
    return;
  /* A digit with ink in the middle overflows. */
  network->weights[0].weight[14 * 28 + 14] = 3e38f;
  network->weights[1].weight[0] = 1e10f;
  model = numeral_model_new (network, NULL, NULL);
  write_model (fixture, model, NUMERAL_SAVE_DEFAULT);
  check_compiler (fixture, model, gcc_fast);
}

/* A network of a table reads numbers, divided as those that it was trained with; the names in its
 * card cannot leave the comment. */
static void
test_table (Fixture *fixture, gconstpointer data)
{
  static const char *const defines[] = { "-DINPUT=float", "-DN_INPUTS=5", "-DN_CLASSES=3", NULL };
  static const float values[2][5] = { { 16, 0, 3, 8, 1 }, { -2, 5, 7.5f, 0, 12 } };
  g_autoptr (NnNetwork) network =
      network_of ("5-7-3", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 8, NULL);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) input = g_bytes_new_static (values, sizeof values);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NnPredictor) predictor = NULL;
  g_autoptr (GBytes) out = NULL;
  const struct
  {
    gint32 answer;
    float probabilities[3];
  } * results;

  g_hash_table_insert (card, (gpointer) NUMERAL_CARD_SCALE, (gpointer) "16");
  g_hash_table_insert (card, (gpointer) NUMERAL_CARD_CLASSES,
                       (gpointer) "a*/ b\n/* c \\\nd?\?/\ne\xe2\x80\xae\xc3\xbc");
  model = numeral_model_new (network, NULL, card);
  if (!have ("gcc"))
    return;
  write_model (fixture, model, NUMERAL_SAVE_DEFAULT);
  compile (fixture, gcc, defines);
  out = run_digit (fixture, input);
  g_assert_cmpuint (g_bytes_get_size (out), ==, sizeof (gint32) * 8);
  results = g_bytes_get_data (out, NULL);
  predictor = nn_predictor_new (network);
  for (guint i = 0; i < 2; i++)
    {
      float x[5], expected[3];

      for (guint k = 0; k < 5; k++)
        x[k] = values[i][k] / 16;
      nn_predictor_run (predictor, x, expected);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (results[i].probabilities[c], expected[c], TOLERANCE);
    }
}

/* A picture of a drawing, whose corner is at (x, y): dark on light paper, or light on dark. */
static void
append_picture (GByteArray *pictures, const InkDrawing *drawing, guint i)
{
  enum
  {
    WIDTH = 230,
    HEIGHT = 170
  };
  const guint32 size[2] = { WIDTH, HEIGHT };
  InkTensorPlace place;
  g_autofree guint8 *grey = g_malloc (WIDTH * HEIGHT);

  /* Five pixels of the picture are one of the tensor. */
  g_assert_true (ink_tensor_find_place (drawing, NULL, &place));
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        const double px = (x + 0.5) / 5 - 3 - i % 8, py = (y + 0.5) / 5 - 1 - i % 3;
        double nearest = G_MAXDOUBLE;
        double ink;

        for (guint s = 0; s < drawing->n_strokes; s++)
          for (guint p = 0; p < drawing->strokes[s]->n_points; p++)
            {
              const InkPoint *b = &drawing->strokes[s]->points[p];
              const InkPoint *a = p > 0 ? b - 1 : b;
              const double ax = (double) a->x * place.scale + place.dx;
              const double ay = (double) a->y * place.scale + place.dy;
              const double dx = (double) b->x * place.scale + place.dx - ax;
              const double dy = (double) b->y * place.scale + place.dy - ay;
              const double square = dx * dx + dy * dy;
              const double t =
                  square > 0 ? CLAMP (((px - ax) * dx + (py - ay) * dy) / square, 0, 1) : 0;

              nearest = MIN (nearest, hypot (px - ax - t * dx, py - ay - t * dy));
            }
        ink = CLAMP (5 * (place.pen / 2 - nearest) + 0.5, 0, 1);
        grey[y * WIDTH + x] = (guint8) (i % 2 == 0 ? 20 + 200 * ink : 240 - 180 * ink);
      }
  g_byte_array_append (pictures, (const guint8 *) size, sizeof size);
  g_byte_array_append (pictures, grey, WIDTH * HEIGHT);
}

/* A picture of a drawing becomes what the program makes of the drawing. */
static void
test_centre (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 12
  };
  static const char *const defines[] = { "-DCENTRE", NULL };
  static const guint32 blank[] = { 2, 2, 0x40404040, 0, 0 };
  g_autoptr (NumeralModel) model = model_of (
      network_of ("784-16-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 9, fixture->digits));
  g_autoptr (GByteArray) pictures = g_byte_array_new ();
  g_autofree float *tensors = g_new (float, N *N_PIXELS);
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) out = NULL;
  const gsize result = sizeof (gint32) + N_PIXELS;
  const guint8 *results;

  if (!have ("gcc"))
    return;
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (InkDrawing) drawing = NULL;
      InkGenerator generator;

      ink_generator_init (&generator, 4, i);
      drawing = ink_generator_digit (&generator, i % NUMERAL_N_DIGITS, NULL);
      ink_tensor_from_drawing (drawing, NULL, tensors + (gsize) i * N_PIXELS);
      append_picture (pictures, drawing, i);
    }
  /* No ink, and no pixels. */
  g_byte_array_append (pictures, (const guint8 *) blank, sizeof blank);
  input = g_byte_array_free_to_bytes (g_steal_pointer (&pictures));
  write_model (fixture, model, NUMERAL_SAVE_CENTRE);
  compile (fixture, gcc, defines);
  out = run_digit (fixture, input);
  g_assert_cmpuint (g_bytes_get_size (out), ==, (N + 2) * result);
  results = g_bytes_get_data (out, NULL);
  for (guint i = 0; i < N + 2; i++, results += result)
    {
      gint32 found;
      double sum = 0;

      memcpy (&found, results, sizeof found);
      g_assert_cmpint (found, ==, i < N);
      for (guint k = 0; k < N_PIXELS; k++)
        sum += fabs (results[sizeof found + k] / 255.0 -
                     (i < N ? (double) tensors[i * N_PIXELS + k] : 0));
      g_test_message ("picture %u: mean difference %g", i, sum / N_PIXELS);
      g_assert_cmpfloat (sum / N_PIXELS, <, i < N ? 0.005 : 1e-9);
    }
}

/* images.h for the board */
static void
write_images (const Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "static const uint8_t images[%d][%d] = {", N_ON_BOARD, N_PIXELS);
  for (guint i = 0; i < N_ON_BOARD; i++)
    {
      g_string_append (text, "\n{");
      for (guint k = 0; k < N_PIXELS; k++)
        g_string_append_printf (text, "%u,", fixture->digits->pixels[i * N_PIXELS + k]);
      g_string_append (text, "},");
    }
  g_string_append (text, "};\n");
  g_free (engine_test_write (fixture->folder, "images.h", text->str, text->len));
}

/* Compiles digit.c and the program of the board into digit.elf. */
static void
compile_for_board (const Fixture *fixture)
{
  g_autofree char *source =
      g_test_build_filename (G_TEST_DIST, "engine", "model", "c-board.c", NULL);
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "engine", "model", "c-board.ld", NULL);
  const char *const linked[] = { "-I.",  "-nostdlib", "-T", script,      "digit.c",
                                 source, "-lgcc",     "-o", "digit.elf", NULL };
  g_autoptr (GPtrArray) words = words_new (board, linked);

  run (fixture, words, NULL, NULL);
}

/* Numbers of eight hexadecimal digits, ten probabilities after each answer. */
static void
check_board (const Fixture *fixture, const NumeralModel *model, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree guint32 *words = g_new (guint32, N_ON_BOARD * (1 + NUMERAL_N_DIGITS));
  guint n = 0;

  g_assert_cmpuint (g_strv_length (lines), ==, N_ON_BOARD + 2);
  for (guint i = 0; i < N_ON_BOARD; i++)
    for (guint k = 0; k < 1 + NUMERAL_N_DIGITS; k++)
      {
        char word[9] = "";

        g_assert_cmpuint (strlen (lines[i]), ==, 8 * (1 + NUMERAL_N_DIGITS));
        memcpy (word, lines[i] + (gsize) 8 * k, 8);
        words[n++] = (guint32) g_ascii_strtoull (word, NULL, 16);
      }
  check_results (fixture, model, words, N_ON_BOARD);
  g_test_message ("stack: %s bytes, hexadecimal", lines[N_ON_BOARD]);
  g_assert_cmpuint (g_ascii_strtoull (lines[N_ON_BOARD], NULL, 16), <, MAX_STACK);
}

/* On a Cortex-M3 without a C library; with @int8 the digits are read in 8 bits. */
static void
test_board (Fixture *fixture, gconstpointer int8)
{
  static const char *const machine[] = { "qemu-system-arm",
                                         "-machine",
                                         "mps2-an385",
                                         "-display",
                                         "none",
                                         "-monitor",
                                         "none",
                                         "-chardev",
                                         "stdio,id=out",
                                         "-serial",
                                         "none",
                                         "-semihosting-config",
                                         "enable=on,target=native,chardev=out",
                                         "-kernel",
                                         "digit.elf",
                                         NULL };
  static const char *const none[] = { NULL };
  NnNetwork *network =
      network_of ("784-64-10", NN_ACTIVATION_GELU, NN_LOSS_CROSS_ENTROPY, 3, fixture->digits);
  g_autoptr (NnNetwork) digit = int8 != NULL ? in_8_bits (network, fixture) : network;
  g_autoptr (NnNetwork) other =
      network_of ("784-16-4", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 4, fixture->digits);
  g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (other, 0.9, NULL);
  g_autoptr (NumeralModel) model = numeral_model_new (digit, novelty, NULL);
  g_autoptr (GPtrArray) words = words_new (machine, none);
  g_autoptr (GBytes) out = NULL;
  g_autofree char *text = NULL;

  if (!have (board[0]) || !have (machine[0]))
    return;
  write_model (fixture, model, NUMERAL_SAVE_DEFAULT);
  write_images (fixture);
  compile_for_board (fixture);
  run (fixture, words, NULL, &out);
  text = g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
  check_board (fixture, model, text);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NumeralModel) model =
      model_of (network_of ("5-7-3", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, 8, NULL));
  g_autofree char *path = g_build_filename (fixture->folder, "digit.c", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (numeral_model_save (model, file, NUMERAL_SAVE_CENTRE, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "the network reads 5 values");
  g_assert_false (g_file_query_exists (file, NULL));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
    gconstpointer data;
  } tests[] = {
    { "/engine/c/gcc", test_equal, gcc },          { "/engine/c/clang", test_equal, clang },
    { "/engine/c/small", test_small, NULL },       { "/engine/c/overflow", test_overflow, NULL },
    { "/engine/c/table", test_table, NULL },       { "/engine/c/centre", test_centre, NULL },
    { "/engine/c/board/float", test_board, NULL }, { "/engine/c/board/int8", test_board, "int8" },
    { "/engine/c/errors", test_errors, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].data, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
