/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core-test.h"
#include "fuzz.h"
#include "ink-generator.h"
#include "ink-blob.h"
#include "ink-inkml.h"
#include "nn-idx.h"
#include "nn-prune.h"
#include "nn-quantize.h"
#include "numeral-document.h"
#include "numeral-hand-record.h"
#include "numeral-json.h"
#include "numeral-model-format.h"
#include "numeral-npz.h"
#include "numeral-history-text.h"
#include "numeral-recovery-text.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"
#include "numeral-safetensors.h"
#include "numeral-sealed-file.h"
#include "numeral-slot.h"
#include "trainer.h"

/* Writes the first inputs of every target, with the writers of the program itself:
 *
 *   fuzz-seed tests/fuzz/corpus
 */

static const char *corpus;

static void
save (const char *target, const char *name, gconstpointer data, gsize size)
{
  g_autofree char *folder = g_build_filename (corpus, target, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
save_bytes (const char *target, const char *name, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  save (target, name, data, size);
}

static void
save_text (const char *target, const char *name, const char *text)
{
  save (target, name, text, strlen (text));
}

static void
save_joined (const char *target, const char *name, GBytes *first, GBytes *second)
{
  g_autoptr (GByteArray) array = fuzz_join (first, second);

  save (target, name, array->data, array->len);
}

static NnNetwork *
make_network (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;
  NnNetwork *network;
  NnRandom random;

  nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_XAVIER, &random);
  return network;
}

static void
seed_model (const char *name, const char *network, gboolean half)
{
  g_autoptr (NumeralModel) model = numeral_model_new (make_network (network), NULL, NULL);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  numeral_model_formats ()[0]->save (model, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT,
                                     nn_write_to_array, array, &error);
  g_assert_no_error (error);
  save ("model", name, array->data, array->len);
  save ("safetensors", name, array->data, array->len);
  g_byte_array_set_size (array, 0);
  numeral_model_format_for_name ("model.onnx")
      ->save (model, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, nn_write_to_array, array,
              &error);
  g_assert_no_error (error);
  save ("onnx", name, array->data, array->len);
}

/* A network in 8 bits with convolutions, most of whose weights are zero if @sparse. */
static void
seed_quantized_model (const char *name, gboolean sparse)
{
  g_autoptr (NnNetwork) network = make_network ("1x6x6-conv3x3x2-pool2-3");
  g_autofree guint8 *keep = sparse ? nn_prune_weights (network, 0.7) : NULL;
  g_autoptr (NnDataset) samples = core_test_pixels (20, 6, 6, 3, 0.5, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) quantized = nn_quantize (network, samples, NULL, &error);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GByteArray) array = g_byte_array_new ();

  g_assert_no_error (error);
  model = numeral_model_new (quantized, NULL, NULL);
  numeral_model_formats ()[0]->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  save ("model", name, array->data, array->len);
  save ("safetensors", name, array->data, array->len);
}

/* A generator of images of 2 x 2 pixels in 3 classes, with its discriminator. */
static void
seed_generator (void)
{
  static const float values[32] = { 0.5f, -1, 2 };
  static const char *const card[][2] = {
    { "format", "numeral-generator-1" },
    { "architecture", "5-4-sigmoid" },
    { "image", "2x2" },
    { "noise", "2" },
    { "discriminator.architecture", "4-3" },
    { "discriminator.activation", "leaky-relu" },
  };
  const NumeralTensorValues tensors[] = {
    { .name = "layers.0.weight", .n_dims = 2, .dims = { 4, 5 }, .values = values },
    { .name = "layers.0.bias", .n_dims = 1, .dims = { 4 }, .values = values },
    { .name = "discriminator.layers.0.weight", .n_dims = 2, .dims = { 3, 4 }, .values = values },
    { .name = "discriminator.layers.0.bias", .n_dims = 1, .dims = { 3 }, .values = values },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (card); i++)
    g_hash_table_insert (metadata, (gpointer) card[i][0], (gpointer) card[i][1]);
  numeral_safetensors_write (tensors, G_N_ELEMENTS (tensors), metadata, FALSE, nn_write_to_array,
                             array, &error);
  g_assert_no_error (error);
  save ("safetensors", "generator", array->data, array->len);
  save ("model", "generator", array->data, array->len);
}

/* The same with convolutions and a batch normalization. */
static void
seed_foreign_images (void)
{
  static const float values[1000] = { 0.5f, -1, 2 };
  static const float ones[4] = { 1, 1, 1, 1 };
  const NumeralTensorValues tensors[] = {
    { .name = "conv1.weight", .n_dims = 4, .dims = { 2, 1, 5, 5 }, .values = values },
    { .name = "bn1.weight", .n_dims = 1, .dims = { 2 }, .values = ones },
    { .name = "bn1.bias", .n_dims = 1, .dims = { 2 }, .values = values },
    { .name = "bn1.running_mean", .n_dims = 1, .dims = { 2 }, .values = values },
    { .name = "bn1.running_var", .n_dims = 1, .dims = { 2 }, .values = ones },
    { .name = "conv2.weight", .n_dims = 4, .dims = { 2, 2, 5, 5 }, .values = values },
    { .name = "fc.weight", .n_dims = 2, .dims = { 10, 32 }, .values = values },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  numeral_safetensors_write (tensors, G_N_ELEMENTS (tensors), metadata, TRUE, nn_write_to_array,
                             array, &error);
  g_assert_no_error (error);
  save ("model", "foreign-images", array->data, array->len);
}

/* Archives of a model and of a data set, and one array, without what libarchive makes of them. */
static void
seed_npz (void)
{
  static const float values[4 * 16] = { 0, 1, 0.5f }, labels[4] = { 0, 1, 2, 3 };
  const NumeralTensorValues tensors[] = {
    { .name = "x", .n_dims = 3, .dims = { 4, 4, 4 }, .values = values },
    { .name = "y", .n_dims = 1, .dims = { 4 }, .values = labels },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralModel) model = numeral_model_new (make_network ("6-5-4"), NULL, NULL);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) header =
      numeral_npy_header_format (NUMERAL_NPY_FLOAT, 4, tensors[0].dims, tensors[0].n_dims);
  g_autoptr (GBytes) data = g_bytes_new_static (values, sizeof values);
  g_autoptr (GError) error = NULL;

  numeral_npz_write (tensors, 2, metadata, FALSE, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  save ("npz", "data", array->data, array->len);
  g_byte_array_set_size (array, 0);
  numeral_model_format_for_name ("model.npz")
      ->save (model, NUMERAL_SAVE_HALF, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  save ("npz", "model", array->data, array->len);
  save_joined ("npz", "array", header, data);
}

/* A file as other programs write it, with the names of PyTorch. */
static void
seed_foreign_model (void)
{
  static const float values[12] = { 0.5f, -1, 2 };
  const NumeralTensorValues tensors[] = {
    { .name = "net.0.weight", .n_dims = 2, .dims = { 4, 3 }, .values = values },
    { .name = "net.0.bias", .n_dims = 1, .dims = { 4 }, .values = values },
    { .name = "net.2.weight", .n_dims = 2, .dims = { 2, 4 }, .values = values },
    { .name = "net.2.bias", .n_dims = 1, .dims = { 2 }, .values = values },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  numeral_safetensors_write (tensors, G_N_ELEMENTS (tensors), metadata, FALSE, nn_write_to_array,
                             array, &error);
  g_assert_no_error (error);
  save ("model", "foreign", array->data, array->len);
  save ("safetensors", "foreign", array->data, array->len);
}

/* A digit of the generator with every sixth point, which keeps the input small. */
static InkDrawing *
make_digit (guint digit)
{
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) thin = ink_drawing_new_empty ();
  InkGenerator generator;

  ink_generator_init (&generator, 1, digit);
  drawing = ink_generator_digit (&generator, digit, NULL);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];
      g_autoptr (InkStroke) copy = ink_stroke_new (stroke->width);
      InkDrawing *longer;

      for (guint i = 0; i < stroke->n_points; i += 6)
        ink_stroke_append (copy, stroke->points[i]);
      longer = ink_drawing_with_stroke (thin, copy);
      ink_drawing_unref (thin);
      thin = longer;
    }
  return g_steal_pointer (&thin);
}

static void
add_segment (GString *text, guint digit)
{
  g_autoptr (InkDrawing) drawing = make_digit (digit);

  g_string_append_printf (text, ".SEGMENT DIGIT 0-%u OK \"%u\"\n.COMMENT %u 7 %u\n",
                          drawing->n_strokes - 1, digit, digit, digit);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      g_string_append (text, ".PEN_DOWN\n");
      for (guint i = 0; i < drawing->strokes[s]->n_points; i++)
        g_string_append_printf (text, "%d %d\n", (int) drawing->strokes[s]->points[i].x,
                                (int) -drawing->strokes[s]->points[i].y);
      g_string_append (text, ".PEN_UP\n.DT 100\n");
    }
}

static void
seed_ink (void)
{
  g_autoptr (GString) unipen = g_string_new (".VERSION 1.0\n.COORD X Y\n.POINTS_PER_SECOND 100\n");

  for (guint digit = 4; digit < 6; digit++)
    {
      g_autoptr (InkDrawing) drawing = make_digit (digit);
      g_autoptr (GBytes) bytes = ink_inkml_format (drawing);
      g_autoptr (GBytes) blob = ink_blob_format (drawing);

      save_bytes ("blob", digit == 4 ? "four" : "five", blob);
      save_bytes ("inkml", digit == 4 ? "four" : "five", bytes);
      if (digit == 4)
        save_bytes ("document", "inkml", bytes);
      add_segment (unipen, digit);
    }
  save_text ("unipen", "digits", unipen->str);
  save_text ("document", "unipen", unipen->str);
  save_text ("inkml", "truth",
             "<ink xmlns=\"http://www.w3.org/2003/InkML\"><annotation type=\"truth\">$3$"
             "</annotation><trace>1 2, 3 4, 5 1</trace><traceGroup><annotation type=\"truth\">3"
             "</annotation></traceGroup></ink>\n");
  save_text ("inkml", "differences",
             "<ink xmlns='http://www.w3.org/2003/InkML'><definitions><context xml:id='c'>"
             "<inkSource xml:id='s'><traceFormat><channel name='X' units='cm' min='0' max='9'/>"
             "<channel name='Y' orientation='-ve'/><intermittentChannels><channel name='F' "
             "max='9'/>"
             "</intermittentChannels></traceFormat></inkSource></context></definitions>"
             "<traceGroup contextRef='#c'><trace>1 2,'3'4,\"1-1,!5?,*T</trace>"
             "<trace continuation='end'>#a f,9 9 9</trace></traceGroup></ink>");
}

/* 7 x 7 pixels, which become an image. */
static void
save_image (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint row = 0; row < 3; row++)
    {
      for (guint i = 0; i < 49; i++)
        g_string_append_printf (text, "%u,", i * (row + 1) * 5 % 256);
      g_string_append_printf (text, "%u\n", row);
    }
  save_text ("csv", "image", text->str);
}

static void
seed_tables (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (4, 5, 6, 10, 0.5, 1);
  g_autoptr (GBytes) images = nn_idx_format_images (dataset);
  g_autoptr (GBytes) labels = nn_idx_format_labels (dataset);
  /* An image of a row of 0.5 and 1, and a label with two columns. */
  g_autoptr (GBytes) floats =
      g_bytes_new_static ("\0\0\15\3\0\0\0\1\0\0\0\1\0\0\0\2\77\0\0\0\77\200\0\0", 24);
  g_autoptr (GBytes) columns = g_bytes_new_static ("\0\0\14\2\0\0\0\1\0\0\0\2\0\0\0\7\0\0\0\1", 20);

  save_joined ("idx", "four", images, labels);
  save_joined ("idx", "floats", floats, columns);
  save_text ("csv", "header", "a,b,label\n1,2.5,0\n-3e-2,4,1\n\n5,6,x\n");
  save_text ("csv", "semicolons", "0.5;1;0\r\n1.5;2;1\r\n");
  save_text ("csv", "decimal-commas", "\xef\xbb\xbf\"a\";b;y\r\n0,5;1;0\r\n1,5;2e1;1\r\n");
  save_text ("csv", "label-first", "3,0,255,0\n1,7,12,0\n3,9,200,0\n");
  save_text ("csv", "names", ",a\tclass\n0\t1\t\"ox, \"\"old\"\"\"\n1\t2\tnine\n2\t3\tcat\n");
  save_text ("csv", "quoted-lines",
             "\"a\nb\",c,class\r\n1,2,\"x\n\"\"y\"\"\"\r\n3,4,\"z\r\n\"\n\"5,6,7\n");
  save_image ();
  save_text ("csv", "arff",
             "% x\n@relation 'r s'\n@attribute \"a\" numeric\n@attribute b real\n"
             "@attribute class {'cat',7,nine}\n@data\n1,2,cat\n%\n?,3,7\n4,-5e2,'nine'\n");
  save_text ("csv", "arff-sparse", "@attribute a {x,y}\n@data\n{0 x}\n");
}

static void
seed_run (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fuzz_folder (), NUMERAL_RECORD_FILE, NULL);
  g_autofree char *text = NULL;

  config->source = NUMERAL_SOURCE_GENERATED;
  node = numeral_run_config_to_json (config);
  json = numeral_json_format (node);
  save_bytes ("run-config", "default", json);
  save_text ("run-config", "network",
             "{\"network\": \"28x28-conv3x3x4-pool2-10\", \"augment\": \"strong\", \"hidden\": [],"
             " \"seed\": 18446744073709551615, \"path\": \"a\\\\u00e9\"}");
  save_text ("json", "values",
             "{\"a\": [1, -2.5e-08, true, null, \"\\\\ud83d\\\\ude00\\\\n\"], \"b\": {\"a\": {}}}");
  record = numeral_run_record_new (fuzz_folder (), config, "name");
  record->created = 0;
  numeral_run_record_begin (record, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  save_text ("run-record", "new", text);
}

static void
seed_curve (void)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  g_autoptr (NumeralHistory) none = numeral_history_new (2);
  g_autoptr (GString) epochs = g_string_new (NULL);
  g_autoptr (NumeralCurve) curve = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = g_strconcat (fuzz_folder (), G_DIR_SEPARATOR_S, NULL);
  const char *const names[] = { NUMERAL_CURVE_FILE, NUMERAL_EPOCHS_FILE };
  GBytes *bytes[2];
  NumeralStepPoint points[5] = { { .loss = 2, .learning_rate = 0.5f } };

  g_array_append_vals (steps, points, G_N_ELEMENTS (points));
  for (guint i = 0; i < 2; i++)
    {
      const NumeralEpochPoint point = { .epoch = i, .step = 2 * (i + 1), .train_accuracy = 0.5 };

      numeral_epoch_point_append_json (epochs, &point, 0.5f);
    }
  curve = numeral_curve_open (prefix, none, &error);
  g_assert_no_error (error);
  numeral_curve_append (curve, steps, epochs, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (fuzz_folder (), names[i], NULL);
      char *data;
      gsize size;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      bytes[i] = g_bytes_new_take (data, size);
    }
  save_joined ("curve", "two-epochs", bytes[0], bytes[1]);
  g_bytes_unref (bytes[0]);
  g_bytes_unref (bytes[1]);
}

static void
seed_trainer (void)
{
  g_autoptr (NnTrainer) trainer = fuzz_trainer_new ();
  g_autoptr (GBytes) state = NULL;
  NnStep step;

  for (guint i = 0; i < 3; i++)
    g_assert_true (nn_trainer_step (trainer, &step, NULL));
  state = core_test_save_state (trainer);
  save_bytes ("trainer-state", "step-3", state);
}

static void
seed_reduction (void)
{
  g_autoptr (NnDataset) samples = fuzz_samples_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnReduction) reduction = nn_reduction_new (samples, FUZZ_N_COMPONENTS, NULL, &error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_no_error (error);
  g_assert_true (nn_reduction_write (reduction, nn_write_to_array, bytes, NULL));
  save ("reduction", "two-components", bytes->data, bytes->len);
}

/* Digit 4 and 7 beside each other, black on white. */
static GdkPixbuf *
make_picture (gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, 48, 40);
  const int channels = alpha ? 4 : 3, stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (int y = 8; y < 32; y++)
    for (int x = 0; x < 48; x++)
      if (ABS (x - 14) < 2 || ABS (x - 46 + y / 2) < 2 || (ABS (y - 10) < 2 && x > 26 && x < 42))
        memset (pixels + y * stride + x * channels, 0, 3);
  return pixbuf;
}

static void
seed_pictures (void)
{
  static const char *const types[] = { "png", "jpeg", "bmp", "tiff" };
  guint8 gray[2 + 48 * 40] = { 47, 39 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = make_picture (i == 0);
      g_autofree char *data = NULL;
      gsize size;

      if (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, types[i], NULL, NULL))
        save ("document", types[i], data, size);
      for (gsize p = 0; p < 48 * 40; p++)
        gray[2 + p] =
            gdk_pixbuf_read_pixels (pixbuf)[p / 48 * (gsize) gdk_pixbuf_get_rowstride (pixbuf) +
                                            p % 48 * (gsize) gdk_pixbuf_get_n_channels (pixbuf)];
    }
  save ("image", "two-digits", gray, sizeof gray);
  for (gsize p = 2; p < sizeof gray; p++)
    gray[p] = (guint8) (200 - gray[p] / 2 + p % 5);
  save ("image", "light-on-dark", gray, sizeof gray);
}

static void
seed_texts (void)
{
  save_text ("network", "mlp", "784-128-tanh-dropout0.2-64-10");
  save_text ("network", "cnn", "2x28x28-conv5x5x8s2p1-gelu-avgpool2s1-conv3x3x4-pool3-flatten-10");
  save_text ("augment", "preset", "light,shift=2");
  save_text ("augment", "fields", "rotation=15,scale=0.1,shear=5,elastic=1.2,smoothness=4,ink=1");
  for (guint i = 0; i < 32; i += 4)
    {
      g_autofree char *name = g_strdup_printf ("row-%u", i);
      g_autofree char *text = g_strdup_printf ("%c%s", (char) i, i % 8 ? "0.5" : "64,32");

      save ("settings", name, text, strlen (text + 1) + 1);
    }
  save_text ("download-tag", "strong", "https://example.org/file\n\"abc-123\"\n");
  save_text ("download-tag", "header", "\"abc-123\"");
}

/* With the vault of fuzz-sealed.c, whose number and key are zeros. */
static void
seed_sealed (void)
{
  const guint8 id[NUMERAL_VAULT_ID_SIZE] = { 0 }, key[NUMERAL_VAULT_KEY_SIZE] = { 0 };
  g_autoptr (NumeralVault) vault = numeral_vault_new_from_key (id, key, NULL);
  g_autoptr (NumeralKey) recovery = numeral_key_new_recovery (NULL);
  g_autoptr (NumeralKey) secret = numeral_key_new_passphrase ("correct horse", NULL);
  g_autoptr (GBytes) by_recovery = numeral_slot_new (vault, recovery, NULL, NULL);
  g_autoptr (GBytes) by_secret = numeral_slot_new (vault, secret, &numeral_slot_limits_least, NULL);
  g_autoptr (InkDrawing) drawing = make_digit (4);
  g_autoptr (GBytes) ink = ink_blob_format (drawing);
  g_autoptr (NumeralHandSample) sample = numeral_hand_sample_new (drawing, 4);
  g_autoptr (GBytes) record = numeral_hand_record_format (sample, ink);
  g_autoptr (GBytes) file = numeral_sealed_file_seal (vault, ink);
  gsize size;
  gconstpointer data = g_bytes_get_data (record, &size);
  g_autoptr (GBytes) sealed = numeral_vault_seal (vault, "sample/1", 1, data, size);
  char *text = numeral_key_dup_recovery_text (recovery);

  save_bytes ("sealed", "slot-recovery", by_recovery);
  save_bytes ("sealed", "slot-passphrase", by_secret);
  save_bytes ("sealed", "record", record);
  save_bytes ("sealed", "sealed-record", sealed);
  save_bytes ("sealed", "file", file);
  save_text ("sealed", "recovery-key", text);
  numeral_recovery_text_free (text);
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 2);
  corpus = argv[1];
  seed_model ("mlp", "6-5-4", FALSE);
  seed_model ("half", "6-5-tanh-4", TRUE);
  seed_model ("cnn", "1x6x6-conv3x3x2-pool2-3", FALSE);
  seed_model ("gelu", "6-5-gelu-4-dropout0.5-sigmoid-4", FALSE);
  seed_quantized_model ("int8", FALSE);
  seed_quantized_model ("sparse", TRUE);
  seed_foreign_model ();
  seed_generator ();
  seed_foreign_images ();
  seed_npz ();
  seed_ink ();
  seed_tables ();
  seed_run ();
  seed_curve ();
  seed_trainer ();
  seed_reduction ();
  seed_pictures ();
  seed_texts ();
  seed_sealed ();
  return 0;
}
