/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-interrupt.h"

#include <signal.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
static int interrupted;

static void
note_interrupt (int number)
{
  gboolean second = __atomic_exchange_n (&interrupted, 1, __ATOMIC_SEQ_CST) != 0;

  /* signal() and raise() may be called here (POSIX, async-signal-safe functions). */
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_DFL);
  /* Two threads may handle two signals at the same time. */
  if (second)
    raise (number);
}

void
cli_interrupt_catch (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      struct sigaction before;
      struct sigaction action = { .sa_handler = note_interrupt, .sa_flags = SA_RESTART };

      if (sigaction (signals[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN)
        continue;
      /* Block other signals until the handler has returned. */
      sigfillset (&action.sa_mask);
      sigaction (signals[i], &action, NULL);
    }
}

gboolean
cli_interrupted (void)
{
  return __atomic_load_n (&interrupted, __ATOMIC_SEQ_CST) != 0;
}
