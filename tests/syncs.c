/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syncs.h"

#include <glib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int n_syncs, n_main_syncs;

static void
count (void)
{
  g_atomic_int_inc (&n_syncs);
  /* The main thread has the id of the process. */
  if (syscall (SYS_gettid) == getpid ())
    g_atomic_int_inc (&n_main_syncs);
}

int
fsync (int fd)
{
  count ();
  return (int) syscall (SYS_fsync, fd);
}

int
fdatasync (int fd)
{
  count ();
  return (int) syscall (SYS_fdatasync, fd);
}

int
syncs_get (void)
{
  return g_atomic_int_get (&n_syncs);
}

int
syncs_get_in_main_thread (void)
{
  return g_atomic_int_get (&n_main_syncs);
}

void
syncs_reset (void)
{
  g_atomic_int_set (&n_syncs, 0);
  g_atomic_int_set (&n_main_syncs, 0);
}
