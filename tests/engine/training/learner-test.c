/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learner-test.h"

#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "nn-trainer.h"
#include "numeral-data.h"
#include "numeral-generate.h"

#define N_DIGITS 600
#define N_MNIST 1000

#ifdef __SANITIZE_THREAD__
/* In the place of GIO's: ThreadSanitizer does not see what orders GLib's thread that watches files.
 * Nobody else changes the files of these tests. */
GFileMonitor *
g_file_monitor_directory (GFile *file,
                          GFileMonitorFlags flags,
                          GCancellable *cancellable,
                          GError **error)
{
  return NULL;
}
#endif

static NnDataset *
generate (gsize n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return digits;
}

NumeralModel *
learner_test_model (void)
{
  g_autoptr (NnDataset) digits = generate (N_DIGITS, 1);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) network = NULL;
  NnTrainConfig config;
  NnStep step;

  nn_train_config_init (&config);
  config.hidden[0] = 32;
  config.epochs = 10;
  trainer = nn_trainer_new (&config, digits, &error);
  g_assert_no_error (error);
  do
    g_assert_true (nn_trainer_step (trainer, &step, &error));
  while (!step.run_done);
  network = nn_trainer_snapshot (trainer);
  g_hash_table_insert (card, (gpointer) "name", (gpointer) "Before");
  return numeral_model_new (network, NULL, card);
}

static void
put_be32 (GByteArray *array, guint32 value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (array, (const guint8 *) &value, sizeof value);
}

/* The images or the labels, in IDX. */
static void
write_idx (const char *folder, const char *split, const NnDataset *digits, gboolean images)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s-ubyte", split, images ? "images-idx3" : "labels-idx1");
  g_autoptr (GByteArray) array = g_byte_array_new ();

  put_be32 (array, images ? 0x803 : 0x801);
  put_be32 (array, (guint32) digits->n);
  if (images)
    {
      put_be32 (array, digits->height);
      put_be32 (array, digits->width);
      g_byte_array_append (array, digits->pixels, (guint) digits->n * digits->n_features);
    }
  else
    g_byte_array_append (array, digits->labels, (guint) digits->n);
  g_free (engine_test_write (folder, name, array->data, array->len));
}

char *
learner_test_mnist (void)
{
  g_autoptr (NnDataset) digits = generate (N_MNIST, 2);
  char *folder = engine_test_folder ();
  g_autofree char *found = NULL;
  g_autoptr (NnDataset) read = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    write_idx (folder, i < 2 ? "train" : "t10k", digits, i % 2 == 0);
  g_assert_true (g_setenv ("NUMERAL_DATA_DIR", folder, TRUE));
  /* What GLib and GIO keep from the first time on, under locks that ThreadSanitizer does not see:
   * no thread is there yet. */
  found = numeral_data_find_mnist ();
  g_assert_cmpstr (found, ==, folder);
  read = numeral_data_load (found, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  return folder;
}

NumeralHandSample *
learner_test_sample (guint number, int label)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  g_autoptr (InkDrawing) upright = NULL, leaning = NULL;
  InkGenerator generator;

  ink_generator_init (&generator, 3, number);
  upright = ink_generator_digit (&generator, number % 10, NULL);
  for (guint s = 0; s < upright->n_strokes; s++)
    {
      InkStroke *stroke = ink_stroke_new (upright->strokes[s]->width);

      for (guint p = 0; p < upright->strokes[s]->n_points; p++)
        {
          InkPoint point = upright->strokes[s]->points[p];

          point.x += 0.7f * point.y;
          ink_stroke_append (stroke, point);
        }
      g_ptr_array_add (strokes, stroke);
    }
  leaning = ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
  return numeral_hand_sample_new (leaning, label);
}
