/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"

#define DIGEST_LENGTH 32

static NnDataset *
make_data (gboolean sparse)
{
  return sparse ? core_test_pixels (90, 8, 8, 4, 0.25, 2) : core_test_values (90, 64, 4, 2);
}

static NnTrainConfig
make_config (NnOptimizerKind optimizer, guint threads)
{
  static const guint hidden[] = { 70, 20 };
  NnTrainConfig config = core_test_config (2, hidden, 16);

  config.optimizer = optimizer;
  config.learning_rate = 0.01;
  config.dropout = 0.2;
  config.weight_decay = 0.01;
  config.schedule = NN_SCHEDULE_COSINE;
  config.warmup_epochs = 0.5;
  config.threads = threads;
  return config;
}

static void
train (NnTrainer *trainer, guint n_steps)
{
  g_autoptr (GError) error = NULL;

  for (guint s = 0; s < n_steps; s++)
    {
      NnStep step;

      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
    }
}

/* Saved in the middle of an epoch and taken up by another trainer with other threads, or by one
 * that has already gone elsewhere, a run goes on as if nothing had happened. */
static void
test_resume (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  NnOptimizerKind optimizer = which / 2;
  gboolean sparse = which % 2;
  g_autoptr (NnDataset) dataset = make_data (sparse);
  NnTrainConfig config = make_config (optimizer, 1);
  g_autoptr (NnTrainer) whole = core_test_trainer (&config, dataset);
  g_autoptr (NnNetwork) expected = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;

  nn_trainer_set_learning_rate_scale (whole, 0.5);
  train (whole, 8); /* of six in an epoch */
  state = core_test_save_state (whole);
  train (whole, 9);
  expected = nn_trainer_snapshot (whole);

  for (guint threads = 1; threads <= 3; threads++)
    for (guint before = 0; before <= 7; before += 7)
      {
        g_autoptr (NnTrainer) part = NULL;
        g_autoptr (NnNetwork) network = NULL;
        g_autoptr (GBytes) again = NULL;

        config.threads = threads;
        part = core_test_trainer (&config, dataset);
        train (part, before);
        g_assert_true (nn_trainer_restore_state (part, state, &error));
        g_assert_no_error (error);
        g_assert_cmpuint (nn_trainer_get_step (part), ==, 8);
        again = core_test_save_state (part);
        g_assert_true (g_bytes_equal (again, state));
        train (part, 9);
        network = nn_trainer_snapshot (part);
        g_assert_true (core_test_same (network, expected));
      }
}

/* What a trainer says of a damaged state; it must be as it was before. */
static void
assert_refused (NnTrainer *trainer, const guint8 *data, gsize size, NnError code)
{
  g_autoptr (GBytes) before = core_test_save_state (trainer);
  g_autoptr (GBytes) damaged = g_bytes_new (data, size);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_trainer_restore_state (trainer, damaged, &error));
  core_test_error (&error, code);
  after = core_test_save_state (trainer);
  g_assert_true (g_bytes_equal (before, after));
}

typedef struct
{
  NnTrainer *trainer;
  guint8 *data;
  gsize size, header; /* what stands before parameters and moments */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (NnDataset) dataset = make_data (TRUE);
  NnTrainConfig config = make_config (NN_OPTIMIZER_ADAM, 1);
  g_autoptr (GBytes) state = NULL;

  f->trainer = core_test_trainer (&config, dataset);
  train (f->trainer, 3);
  state = core_test_save_state (f->trainer);
  f->data = g_memdup2 (g_bytes_get_data (state, NULL), g_bytes_get_size (state));
  f->size = g_bytes_get_size (state);
  f->header =
      f->size - DIGEST_LENGTH -
      3 * sizeof (float) * nn_architecture_n_params (nn_trainer_get_architecture (f->trainer));
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  nn_trainer_free (f->trainer);
  g_free (f->data);
}

static void
test_truncated (Fixture *f, gconstpointer unused)
{
  for (gsize size = 0; size < f->header + 40; size++)
    assert_refused (f->trainer, f->data, size, NN_ERROR_TRUNCATED);
  for (gsize size = f->header; size < f->size; size += 997)
    assert_refused (f->trainer, f->data, size, NN_ERROR_TRUNCATED);
  assert_refused (f->trainer, f->data, f->size - 1, NN_ERROR_TRUNCATED);
}

static void
test_extra (Fixture *f, gconstpointer unused)
{
  g_autofree guint8 *longer = g_malloc0 (f->size + 4);

  memcpy (longer, f->data, f->size);
  assert_refused (f->trainer, longer, f->size + 1, NN_ERROR_TRUNCATED);
  assert_refused (f->trainer, longer, f->size + 4, NN_ERROR_TRUNCATED);
}

/* Every bit of the header and the checksum, and some of the rest. The step and the scale of the
 * learning rate, in the last 16 bytes of the header, may be anything: only the checksum knows. */
static void
test_bits (Fixture *f, gconstpointer unused)
{
  for (gsize i = 0; i < f->size; i += i < f->header || i + 1 + DIGEST_LENGTH >= f->size ? 1 : 499)
    for (guint bit = 0; bit < 8; bit++)
      {
        NnError code = i < 12             ? NN_ERROR_FORMAT :
                       i < f->header - 16 ? NN_ERROR_SHAPE :
                                            NN_ERROR_FORMAT;

        f->data[i] ^= (guint8) (1u << bit);
        assert_refused (f->trainer, f->data, f->size, code);
        f->data[i] ^= (guint8) (1u << bit);
      }
}

/* With a checksum that agrees, what must not be is still refused. */
static void
test_sealed (Fixture *f, gconstpointer unused)
{
  const double bad[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) sealed = NULL;

      memcpy (f->data + f->header - sizeof (double), &bad[i], sizeof (double));
      sealed = core_test_seal_state (f->data, f->size);
      assert_refused (f->trainer, g_bytes_get_data (sealed, NULL), f->size, NN_ERROR_FORMAT);
    }
}

/* A state of a run with other settings or other data. */
static void
test_foreign (Fixture *f, gconstpointer unused)
{
  g_autoptr (NnDataset) dataset = make_data (TRUE);
  g_autoptr (NnDataset) fewer = core_test_pixels (89, 8, 8, 4, 0.25, 2);

  for (guint i = 0; i < 8; i++)
    {
      NnTrainConfig config = make_config (NN_OPTIMIZER_ADAM, 1);
      g_autoptr (NnTrainer) other = NULL;

      switch (i)
        {
        case 0:
          config.seed++;
          break;
        case 1:
          config.hidden[0]++;
          break;
        case 2:
          config.n_hidden--;
          break;
        case 3:
          config.activation = NN_ACTIVATION_RELU;
          break;
        case 4:
          config.loss = NN_LOSS_MSE;
          break;
        case 5:
          config.optimizer = NN_OPTIMIZER_ADAMW;
          break;
        case 6:
          config.batch_size++;
          break;
        default:
          break;
        }
      other = core_test_trainer (&config, i == 7 ? fewer : dataset);
      assert_refused (other, f->data, f->size, NN_ERROR_SHAPE);
    }
}

/* The scale multiplies what the schedule says, from the next step on. */
static void
test_scale (void)
{
  g_autoptr (NnDataset) dataset = make_data (FALSE);
  NnTrainConfig config = make_config (NN_OPTIMIZER_SGD, 1), halved;
  g_autoptr (NnTrainer) scaled = NULL;
  g_autoptr (NnTrainer) direct = NULL;
  g_autoptr (NnNetwork) a = NULL;
  g_autoptr (NnNetwork) b = NULL;
  g_autoptr (GError) error = NULL;
  NnStep step;

  config.weight_decay = 0;
  config.schedule = NN_SCHEDULE_CONSTANT;
  config.warmup_epochs = 0;
  halved = config;
  halved.learning_rate = config.learning_rate / 2;

  scaled = core_test_trainer (&config, dataset);
  direct = core_test_trainer (&halved, dataset);
  nn_trainer_set_learning_rate_scale (scaled, 0.5);
  train (scaled, 5);
  train (direct, 5);
  a = nn_trainer_snapshot (scaled);
  b = nn_trainer_snapshot (direct);
  g_assert_true (core_test_same (a, b));
  nn_trainer_step (scaled, &step, &error);
  g_assert_cmpfloat (step.learning_rate, ==, halved.learning_rate);
  nn_trainer_set_learning_rate_scale (scaled, 3);
  nn_trainer_step (scaled, &step, &error);
  g_assert_cmpfloat (step.learning_rate, ==, 3 * config.learning_rate);
  g_assert_no_error (error);
}

/* A state that version 0.1.0 wrote after four steps, base64. */
static const char old_state[] =
    "TlVNU1RBVEUCAAAAAgAAAAQAAAADAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAACAAAAAQAAAAQAAAABAAAAAAAAAO/Nq4lnRSMB"
    "DAAAAAAAAAAXAAAAAAAAAHsUrkfheoQ/mpmZmZmZ6T9mZmZmZmbmPzMzMzMzM+M/SK+8mvLXej57FK5H"
    "4XqUPwAAAAAAANA/AAAAAAAAwD8AAAAAAADgPwAAAAAAAABAAAAAAAAAHEAAAAAAAADgPwAAAAAAAPA/"
    "AAAAAAAA0D8AAAAAAAAAQAAAAAAAAOA/AAAAAAAA6D8AAAAAAAAIQAAAAAAAAMA/AAAAAAAA+D8EAAAA"
    "AAAAAAAAAAAAAPA/oiKMvso8Ur9ifVe+JTWKPsgFFj9JkWI9EcBDvdD+Rr9wURk/QdsPvxfGNj4mjEG/"
    "ylDrOepxbDkoMjO7Et6dPqxwfL5WuwW/5487P40I8b2pAoM/9+yAufxMLDryOiG8Z3Y+vcLV77xtVIs8"
    "FK4OPZ2ONDsCnZy7JxE3vdHLzjyWtSS9VyJTvcth4Lzipau6zVBbu0Rffj0lPx891LcrvM1BArz+Kg89"
    "Mf8cvGO8Oz3bPRS8uPeEvN2w8m8DJj1F+0kIY9HwX/YWmvIpYRhXgz35IVdXcOHT";

static NnTrainConfig
old_config (void)
{
  static const guint hidden[] = { 3 };
  NnTrainConfig config = core_test_config (1, hidden, 4);

  config.activation = NN_ACTIVATION_TANH;
  config.loss = NN_LOSS_MSE;
  config.optimizer = NN_OPTIMIZER_MOMENTUM;
  config.learning_rate = 0.01;
  config.momentum = 0.8;
  config.beta1 = 0.7;
  config.beta2 = 0.6;
  config.epsilon = 1e-7;
  config.weight_decay = 0.02;
  config.dropout = 0.25;
  config.label_smoothing = 0.125;
  config.warmup_epochs = 0.5;
  config.schedule = NN_SCHEDULE_STEP;
  config.step_epochs = 7;
  config.step_factor = 0.5;
  config.balance = NN_BALANCE_WEIGHTS;
  config.seed = G_GUINT64_CONSTANT (0x123456789abcdef);
  config.augment = (NnAugment){ .rotation = 1,
                                .scale = 0.25,
                                .shear = 2,
                                .shift = 0.5,
                                .elastic = 0.75,
                                .smoothness = 3,
                                .stroke = 0.125,
                                .ink = 1.5 };
  config.threads = 1;
  return config;
}

/* What version 0.1.0 saved is resumed, and saved again as the same bytes. */
static void
test_old (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (12, 2, 2, 2, 0.5, 2);
  NnTrainConfig config = old_config ();
  g_autoptr (NnTrainer) trainer = core_test_trainer (&config, dataset);
  g_autoptr (GBytes) state = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  guint8 *data = g_base64_decode (old_state, &size);

  state = g_bytes_new_take (data, size);
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_test_skip ("a state is for the byte order of the machine that wrote it");
      return;
    }
  g_assert_true (nn_trainer_restore_state (trainer, state, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (nn_trainer_get_step (trainer), ==, 4);
  again = core_test_save_state (trainer);
  g_assert_true (g_bytes_equal (again, state));
  train (trainer, 3);
}

/* A different value of @setting, in its range. */
static void
change (const NnSetting *setting, gpointer object)
{
  const double value = nn_setting_get_number (setting, object);

  nn_setting_set_number (setting, object,
                         setting->type == NN_SETTING_REAL ? value + (setting->high - value) / 2 :
                         value > setting->low             ? value - 1 :
                                                            value + 1);
}

/* Every setting with a place in the header has one of its own, and a run with another value of it
 * does not take the state. */
static void
test_places (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (12, 2, 2, 2, 0.5, 2);
  g_autofree guint *taken = g_new0 (guint, NN_STATE_END);
  gsize size;
  guint8 *data = g_base64_decode (old_state, &size);
  g_autoptr (GBytes) state = g_bytes_new_take (data, size);

  for (guint i = 0; i < NN_N_TRAIN_SETTINGS + NN_N_AUGMENT_FIELDS; i++)
    {
      const gboolean part = i >= NN_N_TRAIN_SETTINGS;
      const NnSetting *setting =
          part ? &nn_augment_settings[i - NN_N_TRAIN_SETTINGS] : &nn_train_settings[i];
      NnTrainConfig config = old_config ();
      g_autoptr (NnTrainer) trainer = NULL;
      g_autoptr (GError) error = NULL;

      if (!part && setting->state == NN_STATE_NONE)
        continue;
      if (!part)
        g_assert_cmpuint (taken[setting->state]++, ==, 0);
      change (setting, part ? (gpointer) &config.augment : (gpointer) &config);
      trainer = core_test_trainer (&config, dataset);
      if (nn_trainer_restore_state (trainer, state, &error))
        g_error ("a run with another %s took the state", setting->name);
      core_test_error (&error, NN_ERROR_SHAPE);
    }
  for (guint place = NN_STATE_SEED; place < NN_STATE_END; place++)
    g_assert_cmpuint (taken[place], ==, 1);
}

/* A learning rate that blows up: an error in words, and parameters, step and moments as before the
 * step that failed, so that a smaller rate can go on from there. */
static void
test_divergence (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  static const guint hidden[] = { 40, 30 };
  NnTrainConfig config = core_test_config (2, hidden, 10);
  g_autoptr (NnDataset) dataset = make_data (which % 2);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean failed = FALSE;

  config.activation = NN_ACTIVATION_LEAKY_RELU;
  config.learning_rate = 1000;
  config.weight_decay = 100; /* w -= 1e5 w: grows whatever the loss does */
  config.threads = 1 + which / 2;
  trainer = core_test_trainer (&config, dataset);
  for (guint s = 0; s < 50 && !failed; s++)
    {
      g_autoptr (GBytes) state = core_test_save_state (trainer);
      guint64 at = nn_trainer_get_step (trainer);
      NnStep step;

      failed = !nn_trainer_step (trainer, &step, &error);
      if (failed)
        {
          g_autoptr (GBytes) after = core_test_save_state (trainer);

          g_assert_nonnull (strstr (error->message, "learning rate"));
          core_test_error (&error, NN_ERROR_VALUE);
          g_assert_true (g_bytes_equal (state, after));
          g_assert_cmpuint (nn_trainer_get_step (trainer), ==, at);
          /* It says so again rather than go on. */
          g_assert_false (nn_trainer_step (trainer, &step, &error));
          core_test_error (&error, NN_ERROR_VALUE);
        }
      else
        g_assert_true (isfinite (step.loss));
    }
  g_assert_true (failed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < 2 * NN_N_OPTIMIZERS; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/core/trainer/state/resume/%s/%s", nn_optimizer_name (i / 2),
                           i % 2 ? "sparse" : "dense");

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_resume);
    }
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/core/trainer/state/truncated", test_truncated);
  ADD ("/core/trainer/state/extra", test_extra);
  ADD ("/core/trainer/state/bits", test_bits);
  ADD ("/core/trainer/state/sealed", test_sealed);
  ADD ("/core/trainer/state/foreign", test_foreign);
#undef ADD
  g_test_add_func ("/core/trainer/state/old", test_old);
  g_test_add_func ("/core/trainer/state/places", test_places);
  g_test_add_func ("/core/trainer/learning-rate-scale", test_scale);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/trainer/divergence/%s/%u-threads",
                                               i % 2 ? "sparse" : "dense", 1 + i / 2);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_divergence);
    }
  return g_test_run ();
}
