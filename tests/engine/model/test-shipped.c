/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>

#include "numeral-model-file.h"

/* The first use of the model that ships, by several threads at once. Resources are registered at
 * their first use, so that each try needs a process of its own. */

#define N_THREADS 4
#define N_TRIES 25

static pthread_barrier_t barrier;

static void *
load (void *unused)
{
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;

  pthread_barrier_wait (&barrier);
  model = numeral_model_load_shipped (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_architecture_n_classes (&model->network->arch), ==, 10);
  return NULL;
}

static void
load_at_once (void)
{
  pthread_t threads[N_THREADS];

  pthread_barrier_init (&barrier, NULL, N_THREADS);
  for (guint i = 0; i < N_THREADS; i++)
    g_assert_cmpint (pthread_create (&threads[i], NULL, load, NULL), ==, 0);
  for (guint i = 0; i < N_THREADS; i++)
    pthread_join (threads[i], NULL);
  pthread_barrier_destroy (&barrier);
}

static void
test_threads (void)
{
  if (g_test_subprocess ())
    {
      load_at_once ();
      return;
    }
  for (guint i = 0; i < N_TRIES; i++)
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/shipped/threads", test_threads);
  return g_test_run ();
}
