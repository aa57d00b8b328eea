/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "ink-tensor.h"
#include "nn-trainer.h"
#include "numeral-data.h"
#include "numeral-generate.h"
#include "repeat.h"

static NnDataset *
make (gsize n, guint64 seed, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, n_threads, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);
  g_assert_cmpuint (dataset->n, ==, n);
  return dataset;
}

/* Equally many of each digit, each with its ink in the middle of the image. */
static void
test_sound (void)
{
  g_autoptr (NnDataset) dataset = make (500, 1, 2);
  gsize counts[10];

  g_assert_cmpuint (dataset->width, ==, INK_TENSOR_SIDE);
  g_assert_cmpuint (dataset->height, ==, INK_TENSOR_SIDE);
  g_assert_cmpuint (dataset->n_classes, ==, 10);
  nn_dataset_count_classes (dataset, counts);
  for (guint digit = 0; digit < 10; digit++)
    g_assert_cmpuint (counts[digit], ==, 50);
  for (gsize i = 0; i < dataset->n; i++)
    {
      const guint8 *pixels = dataset->pixels + i * INK_TENSOR_SIZE;
      double sum = 0, x = 0, y = 0;

      for (guint k = 0; k < INK_TENSOR_SIZE; k++)
        {
          sum += pixels[k];
          x += (double) pixels[k] * (k % INK_TENSOR_SIDE);
          y += (double) pixels[k] * (k / INK_TENSOR_SIDE);
        }
      g_assert_cmpfloat (sum, >, 20 * 255);
      g_assert_cmpfloat_with_epsilon (x / sum, INK_TENSOR_CENTRE, 1.5);
      g_assert_cmpfloat_with_epsilon (y / sum, INK_TENSOR_CENTRE, 1.5);
    }
}

static void
test_threads (void)
{
  static const guint threads[] = { 0, 2, 3, 7, 1000 };
  /* Not a multiple of any batch size. */
  const gsize n = 1003;
  g_autoptr (NnDataset) one = make (n, 77, 1);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (NnDataset) many = make (n, 77, threads[i]);

      g_assert_cmpmem (one->pixels, n * INK_TENSOR_SIZE, many->pixels, n * INK_TENSOR_SIZE);
      g_assert_cmpmem (one->labels, n, many->labels, n);
    }
}

/* More digits of the same seed begin with the same ones; another seed gives different ones. */
static void
test_seeds (void)
{
  g_autoptr (NnDataset) few = make (10, 5, 1);
  g_autoptr (NnDataset) more = make (200, 5, 2);
  g_autoptr (NnDataset) other = make (200, 6, 2);

  g_assert_cmpmem (few->pixels, 10 * INK_TENSOR_SIZE, more->pixels, 10 * INK_TENSOR_SIZE);
  for (gsize i = 0; i < 200; i++)
    for (gsize j = 0; j < 200; j++)
      g_assert_cmpint (memcmp (more->pixels + i * INK_TENSOR_SIZE,
                               other->pixels + j * INK_TENSOR_SIZE, INK_TENSOR_SIZE),
                       !=, 0);
}

typedef struct
{
  GThread *thread;
  GCancellable *cancellable; /* (nullable): cancelled at the first call */
  gsize done, total;
  guint n_calls;
} Told;

static void
on_progress (gsize done, gsize total, gpointer user_data)
{
  Told *told = user_data;

  g_assert_true (g_thread_self () == told->thread);
  g_assert_cmpuint (done, >=, told->done);
  g_assert_true (told->n_calls == 0 || told->done < told->total);
  told->done = done;
  told->total = total;
  told->n_calls++;
  if (told->cancellable != NULL)
    g_cancellable_cancel (told->cancellable);
}

static void
test_progress (void)
{
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      Told told = { .thread = g_thread_self () };
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDataset) dataset =
          numeral_generate_digits (500, INK_GENERATOR_VERSION, 1, n_threads, NULL, on_progress,
                                   &told, &error);

      g_assert_no_error (error);
      g_assert_nonnull (dataset);
      g_assert_cmpuint (told.done, ==, 500);
      g_assert_cmpuint (told.total, ==, 500);
      g_assert_cmpuint (told.n_calls, >, 0);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told told = { .thread = g_thread_self (), .cancellable = cancellable };

  /* Cancel in the middle of work that would take minutes. */
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_cancellable_reset (cancellable);
      told.done = told.n_calls = 0;
      g_assert_null (numeral_generate_digits (1000000, INK_GENERATOR_VERSION, 1, n_threads,
                                              cancellable, on_progress, &told, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (told.n_calls, ==, 1);
      g_assert_cmpuint (told.done, <, 100000);
      g_clear_error (&error);
    }

  /* Before it began. */
  told.n_calls = 0;
  g_assert_null (numeral_generate_digits (10, INK_GENERATOR_VERSION, 1, 1, cancellable, on_progress,
                                          &told, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (told.n_calls, ==, 0);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      numeral_generate_digits (0, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "at least 1");
  g_assert_null (
      numeral_generate_digits (G_MAXSIZE, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "");
}

/* A small network that was trained on generated digits alone reads other generated digits, and
 * handwriting. */
static void
test_teaches (void)
{
  const char *place = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *path = g_build_filename (place != NULL ? place : "", "pendigits",
                                            "pendigits-orig.tra.unipen.gz", NULL);
  g_autoptr (NnDataset) lessons = make (6000, 1, 0);
  g_autoptr (NnDataset) others = make (1000, 2, 0);
  g_autoptr (NnDataset) people = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  NnTrainConfig config;
  NnStep step = { 0 };
  double loss, accuracy;

  nn_train_config_init (&config);
  config.hidden[0] = 64;
  config.epochs = 4;
  config.threads = 2;
  trainer = nn_trainer_new (&config, lessons, &error);
  g_assert_no_error (error);
  while (!step.run_done)
    g_assert_true (nn_trainer_step (trainer, &step, &error));

  nn_trainer_measure (trainer, others, &loss, &accuracy);
  g_test_message ("generated digits: %.1f %%", 100 * accuracy);
  g_assert_cmpfloat (accuracy, >, 0.85);
  if (place == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  people = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  nn_trainer_measure (trainer, people, &loss, &accuracy);
  g_test_message ("people's digits: %.1f %%", 100 * accuracy);
  g_assert_cmpfloat (accuracy, >, 0.85);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/generate/sound", test_sound);
  g_test_add_func ("/engine/generate/threads", test_threads);
  g_test_add_func ("/engine/generate/seeds", test_seeds);
  g_test_add_func ("/engine/generate/progress", test_progress);
  g_test_add_func ("/engine/generate/cancel", test_cancel);
  g_test_add_func ("/engine/generate/refused", test_refused);
  /* How well a network learns is the same with a sanitizer. */
  if (REPEAT (TRUE, FALSE))
    g_test_add_func ("/engine/generate/teaches", test_teaches);
  return g_test_run ();
}
