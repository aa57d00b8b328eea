/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"
#include "nn-lazy.h"

/* A data set that computes its samples when they are needed is the same as one that has them. */

#define SIDE 12
#define N_FEATURES (SIDE * SIDE)
#define N_CLASSES 5

/* @n_writes: [n]: how often each sample was computed */
typedef struct
{
  NnDataset *model;
  guint *n_writes;
} Source;

static void
write_sample (gconstpointer data, guint32 number, guint8 *pixels)
{
  const Source *source = data;

  __atomic_add_fetch (&source->n_writes[number], 1, __ATOMIC_RELAXED);
  memcpy (pixels, source->model->pixels + (gsize) number * N_FEATURES, N_FEATURES);
}

static void
source_free (gpointer data)
{
  Source *source = data;

  nn_dataset_unref (source->model);
  g_free (source->n_writes);
  g_free (source);
}

static const NnWriterClass writer = { write_sample, source_free };

/* A lazy data set with the samples of @model. @n_writes: (out): belongs to the data set */
static NnDataset *
make_lazy (NnDataset *model, const guint **n_writes)
{
  g_autoptr (GError) error = NULL;
  NnDataset *lazy = nn_dataset_new_pixels (model->n, SIDE, SIDE, N_CLASSES, &error);
  Source *source = g_new0 (Source, 1);

  g_assert_no_error (error);
  memcpy (lazy->labels, model->labels, model->n);
  source->model = nn_dataset_ref (model);
  source->n_writes = g_new0 (guint, model->n);
  if (n_writes != NULL)
    *n_writes = source->n_writes;
  nn_lazy_init (lazy, &writer, source);
  return lazy;
}

static void
assert_same (const NnDataset *a, const NnDataset *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpmem (a->labels, a->n, b->labels, b->n);
  g_assert_cmpmem (a->pixels, a->n * N_FEATURES, b->pixels, b->n * N_FEATURES);
}

static void
test_once (void)
{
  static const guint32 some[] = { 7, 3, 7, 99, 3 };

  for (guint n_workers = 0; n_workers <= 4; n_workers++)
    {
      g_autoptr (NnDataset) model = core_test_pixels (100, SIDE, SIDE, N_CLASSES, 0.2, 1);
      g_autoptr (NnPool) pool = n_workers > 0 ? nn_pool_new (n_workers) : NULL;
      const guint *n_writes;
      g_autoptr (NnDataset) lazy = make_lazy (model, &n_writes);
      guint total = 0;

      g_assert_true (nn_lazy_is_complete (model));
      g_assert_false (nn_lazy_is_complete (lazy));
      nn_lazy_write (lazy, some, G_N_ELEMENTS (some), pool);
      for (guint i = 0; i < 100; i++)
        total += n_writes[i];
      g_assert_cmpuint (total, ==, 3);
      g_assert_cmpmem (lazy->pixels + 7 * N_FEATURES, N_FEATURES, model->pixels + 7 * N_FEATURES,
                       N_FEATURES);
      nn_lazy_complete (lazy, pool);
      g_assert_true (nn_lazy_is_complete (lazy));
      for (guint i = 0; i < 100; i++)
        g_assert_cmpuint (n_writes[i], ==, 1);
      assert_same (lazy, model);
    }
}

/* A split moves samples before they are computed. */
static void
test_split (void)
{
  g_autoptr (NnDataset) model = core_test_pixels (203, SIDE, SIDE, N_CLASSES, 0.2, 2);
  g_autoptr (NnDataset) train = NULL, validation = NULL, lazy_train = NULL, lazy_validation = NULL;
  const guint *n_writes;

  nn_dataset_split_in_place (make_lazy (model, &n_writes), 0.2, 5, &lazy_train, &lazy_validation);
  for (guint i = 0; i < 203; i++)
    g_assert_cmpuint (n_writes[i], ==, 0);
  nn_dataset_split (model, 0.2, 5, &train, &validation);
  nn_lazy_complete (lazy_train, NULL);
  g_assert_true (nn_lazy_is_complete (lazy_train));
  g_assert_false (nn_lazy_is_complete (lazy_validation));
  assert_same (lazy_train, train);
  nn_lazy_complete (lazy_validation, NULL);
  assert_same (lazy_validation, validation);
}

/* Copies have their pixels. */
static void
test_copies (void)
{
  static const guint32 some[] = { 30, 2, 11 };
  g_autoptr (NnDataset) model = core_test_pixels (40, SIDE, SIDE, N_CLASSES, 0.2, 3);
  g_autoptr (NnDataset) lazy = make_lazy (model, NULL), other = make_lazy (model, NULL);
  g_autoptr (NnDataset) subset = nn_dataset_subset (lazy, some, G_N_ELEMENTS (some));
  g_autoptr (NnDataset) wanted = nn_dataset_subset (model, some, G_N_ELEMENTS (some));
  NnDataset *const parts[] = { lazy, other }, *const models[] = { model, model };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) joined = nn_dataset_concat (parts, 2, &error);
  g_autoptr (NnDataset) wanted_joined = nn_dataset_concat (models, 2, &error);

  g_assert_no_error (error);
  assert_same (subset, wanted);
  assert_same (joined, wanted_joined);
}

typedef struct
{
  NnDataset *lazy;
  const guint32 *indices;
  gsize n;
} Caller;

static gpointer
call (gpointer data)
{
  const Caller *caller = data;

  nn_lazy_write (caller->lazy, caller->indices, caller->n, NULL);
  return NULL;
}

/* Two callers want the same samples. */
static void
test_callers (void)
{
  g_autoptr (NnDataset) model = core_test_pixels (500, SIDE, SIDE, N_CLASSES, 0.2, 4);
  const guint *n_writes;
  g_autoptr (NnDataset) lazy = make_lazy (model, &n_writes);
  guint32 up[500], down[500];
  GThread *threads[2];
  const Caller callers[] = { { lazy, up, 500 }, { lazy, down, 500 } };

  for (guint i = 0; i < 500; i++)
    {
      up[i] = i;
      down[499 - i] = i;
    }
  for (guint t = 0; t < 2; t++)
    threads[t] = g_thread_new ("caller", call, (gpointer) &callers[t]);
  for (guint t = 0; t < 2; t++)
    g_thread_join (threads[t]);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpuint (n_writes[i], ==, 1);
  assert_same (lazy, model);
}

typedef struct
{
  const char *name;
  double ink;
  NnPlan plan;
  NnOptimizerKind optimizer;
  NnBalance balance;
  const char *augment;
} Case;

static const Case cases[] = {
  { "sparse", 0.2, NN_PLAN_BEST, NN_OPTIMIZER_ADAM, NN_BALANCE_NONE, NULL },
  { "sparse-sgd", 0.2, NN_PLAN_BEST, NN_OPTIMIZER_SGD, NN_BALANCE_NONE, NULL },
  { "sparse-oversample", 0.2, NN_PLAN_BEST, NN_OPTIMIZER_RMSPROP, NN_BALANCE_OVERSAMPLE, NULL },
  { "sparse-undersample", 0.2, NN_PLAN_BEST, NN_OPTIMIZER_ADAMW, NN_BALANCE_UNDERSAMPLE, NULL },
  { "sparse-augmented", 0.2, NN_PLAN_BEST, NN_OPTIMIZER_ADAM, NN_BALANCE_NONE, "light" },
  { "dense", 0.9, NN_PLAN_BEST, NN_OPTIMIZER_MOMENTUM, NN_BALANCE_NONE, NULL },
  { "plain", 0.2, NN_PLAN_PLAIN, NN_OPTIMIZER_ADAM, NN_BALANCE_WEIGHTS, NULL },
};

static NnTrainer *
new_trainer (const Case *c, NnDataset *dataset, guint n_threads)
{
  static const guint hidden[] = { 40 };
  NnTrainConfig config = core_test_config (1, hidden, 10);
  const NnTrainerOptions options = { .plan = c->plan };
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer;

  config.optimizer = c->optimizer;
  config.balance = c->balance;
  config.threads = n_threads;
  config.learning_rate = 0.01;
  if (c->augment != NULL)
    g_assert_true (nn_augment_from_string (c->augment, &config.augment, &error));
  trainer = nn_trainer_new_with_options (&config, dataset, &options, &error);
  g_assert_no_error (error);
  return trainer;
}

/* Both take the same steps, to the bit, and measure the same. */
static void
assert_same_steps (NnTrainer *a, NnTrainer *b, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      NnStep x, y;

      g_assert_true (nn_trainer_step (a, &x, &error));
      g_assert_true (nn_trainer_step (b, &y, &error));
      g_assert_cmpuint (x.step, ==, y.step);
      g_assert_true (x.loss == y.loss);
      g_assert_cmpuint (x.n_correct, ==, y.n_correct);
    }
}

static void
test_training (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (NnDataset) model = core_test_pixels (307, SIDE, SIDE, N_CLASSES, c->ink, 5);

  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (NnDataset) lazy = make_lazy (model, NULL), again = make_lazy (model, NULL);
      g_autoptr (NnTrainer) waited = new_trainer (c, model, 1);
      g_autoptr (NnTrainer) early = new_trainer (c, lazy, n_threads), resumed = NULL;
      g_autoptr (GBytes) state = NULL;
      g_autoptr (GError) error = NULL;
      double loss, accuracy, early_loss, early_accuracy;

      assert_same_steps (waited, early, 12);
      state = core_test_save_state (early);
      assert_same_steps (waited, early, 40);
      nn_trainer_measure (waited, model, &loss, &accuracy);
      nn_trainer_measure (early, lazy, &early_loss, &early_accuracy);
      g_assert_true (loss == early_loss && accuracy == early_accuracy);

      /* A run that is resumed inside an epoch computes what is left of it. */
      resumed = new_trainer (c, again, n_threads);
      g_assert_true (nn_trainer_restore_state (resumed, state, &error));
      g_assert_no_error (error);
      g_clear_pointer (&waited, nn_trainer_free);
      waited = new_trainer (c, model, 1);
      g_assert_true (nn_trainer_restore_state (waited, state, &error));
      assert_same_steps (waited, resumed, 40);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/lazy/once", test_once);
  g_test_add_func ("/core/lazy/split", test_split);
  g_test_add_func ("/core/lazy/copies", test_copies);
  g_test_add_func ("/core/lazy/callers", test_callers);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/lazy/training/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_training);
    }
  return g_test_run ();
}
