/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli-verbs.h"

/* The errno of the first write that failed, or 0. */
static int output_errno;

void
cli_output_init (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      {
        /* Opened in the wrong direction, so that using it is still an error. */
        int null = open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);

        if (null != fd && null >= 0)
          close (null);
      }
  signal (SIGPIPE, SIG_IGN);
}

static void
note_failure (void)
{
  if (output_errno == 0)
    output_errno = errno != 0 ? errno : EIO;
}

void
cli_print (const char *format, ...)
{
  va_list args;

  if (output_errno != 0)
    return;
  va_start (args, format);
  errno = 0;
  if (vfprintf (stdout, format, args) < 0)
    note_failure ();
  va_end (args);
}

gboolean
cli_output_ok (void)
{
  return output_errno == 0;
}

void
cli_error (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  /* A message may contain a file name with any characters. */
  for (char *c = message; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  fprintf (stderr, "numeral-cli: %s\n", message);
}

int
cli_output_finish (int status)
{
  errno = 0;
  if (output_errno == 0 && fflush (stdout) != 0)
    note_failure ();
  if (output_errno == 0)
    return status;
  if (output_errno != EPIPE)
    cli_error (_ ("cannot write to the standard output: %s"), g_strerror (output_errno));
  return MAX (status, CLI_FAILED);
}
