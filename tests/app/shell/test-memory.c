/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the whole program takes while it trains a large network on MNIST, beside the data. */

#include <string.h>

#include "desk.h"
#include "numeral-data.h"
#include "wait.h"

#define MEGABYTE 1e6
#define MOST 150

static gboolean
has_learned (gpointer trainer)
{
  const NumeralHistory *history = numeral_trainer_get_history (trainer);

  return history && numeral_history_get_n_steps (history) >= 200;
}

/* A line of /proc/self/status, in megabytes. */
static double
status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, name);
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen (name) + 1, NULL) * 1024 / MEGABYTE;
}

static void
test_training (void)
{
  g_autofree char *mnist = numeral_data_find_mnist ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Desk) desk = NULL;
  NumeralLab *lab;
  NumeralTrainer *trainer;
  double data, all;

  if (!mnist)
    {
      g_test_skip ("there is no MNIST");
      return;
    }
  desk = desk_new (1280, 900);
  lab = numeral_window_get_lab (desk->window);
  trainer = numeral_lab_get_trainer (lab);
  config->source = NUMERAL_SOURCE_MNIST;
  config->train.n_hidden = 2;
  config->train.hidden[0] = config->train.hidden[1] = 800;
  config->train.batch_size = 128;
  config->train.epochs = 1000;
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (wait_until (has_learned, trainer, 60));
  wait_for (1);

  data = (double) (numeral_trainer_get_train_data (trainer)->n +
                   numeral_trainer_get_validation_data (trainer)->n) *
         INK_TENSOR_SIZE / MEGABYTE;
  all = status ("VmRSS:");
  g_test_message ("784-800-800-10: %.0f MB beside the data set of %.0f MB, and %.0f MB for a "
                  "moment",
                  all - data, data, status ("VmHWM:") - data);
  g_assert_cmpfloat (all - data, <, MOST);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/memory/training", test_training);
  return g_test_run ();
}
