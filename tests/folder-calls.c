/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-calls.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of the main thread alone. */
static int n_calls;

static void
count (void)
{
  /* The main thread has the id of the process. */
  if (syscall (SYS_gettid) == getpid ())
    n_calls++;
}

int
mkdir (const char *path, mode_t mode)
{
  count ();
  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
rename (const char *from, const char *to)
{
  count ();
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
rmdir (const char *path)
{
  count ();
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

DIR *
opendir (const char *path)
{
  const int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  count ();
  return fd >= 0 ? fdopendir (fd) : NULL;
}

int
folder_calls_get (void)
{
  return n_calls;
}

void
folder_calls_reset (void)
{
  n_calls = 0;
}
