/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With it, open() would be assembled as open64(), and both are defined here. */
#undef _FILE_OFFSET_BITS
#include "file-calls.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
/* Protected by the mutex. */
static char watched[256];
static int blocked, n_main, n_others;

static void
count (const char *path)
{
  pthread_mutex_lock (&mutex);
  if (*watched != '\0' && path != NULL && strstr (path, watched) != NULL)
    {
      /* The main thread has the id of the process. */
      if (syscall (SYS_gettid) == getpid ())
        n_main++;
      else
        n_others++;
      while (blocked && syscall (SYS_gettid) != getpid ())
        pthread_cond_wait (&cond, &mutex);
    }
  pthread_mutex_unlock (&mutex);
}

#define OPEN(name)                                                  \
  int name (const char *path, int flags, ...)                       \
  {                                                                 \
    mode_t mode = 0;                                                \
    va_list list;                                                   \
                                                                    \
    va_start (list, flags);                                         \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0)                       \
      mode = va_arg (list, mode_t);                                 \
    va_end (list);                                                  \
    count (path);                                                   \
    return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode); \
  }

#define STAT(name, type, flags)                                           \
  int name (const char *path, struct type *status)                        \
  {                                                                       \
    count (path);                                                         \
    return (int) syscall (SYS_newfstatat, AT_FDCWD, path, status, flags); \
  }

/* Programs and libraries with large files call the names with 64. */
OPEN (open)
OPEN (open64)
STAT (stat, stat, 0)
STAT (stat64, stat64, 0)
STAT (lstat, stat, AT_SYMLINK_NOFOLLOW)
STAT (lstat64, stat64, AT_SYMLINK_NOFOLLOW)

int
statx (int folder, const char *path, int flags, unsigned mask, struct statx *status)
{
  count (path);
  return (int) syscall (SYS_statx, folder, path, flags, mask, status);
}

int
access (const char *path, int mode)
{
  count (path);
  return (int) syscall (SYS_faccessat, AT_FDCWD, path, mode);
}

void
file_calls_watch (const char *part)
{
  pthread_mutex_lock (&mutex);
  snprintf (watched, sizeof watched, "%s", part);
  blocked = 1;
  n_main = n_others = 0;
  pthread_mutex_unlock (&mutex);
}

void
file_calls_answer (void)
{
  pthread_mutex_lock (&mutex);
  blocked = 0;
  pthread_cond_broadcast (&cond);
  pthread_mutex_unlock (&mutex);
}

static int
get (const int *n)
{
  int value;

  pthread_mutex_lock (&mutex);
  value = *n;
  pthread_mutex_unlock (&mutex);
  return value;
}

int
file_calls_get_main (void)
{
  return get (&n_main);
}

int
file_calls_get_others (void)
{
  return get (&n_others);
}
