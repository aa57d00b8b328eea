/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "numeral-fail.h"

/* Longer than any passphrase and recovery key. */
#define MAX_BYTES 2048
#define TERMINAL "/dev/tty"
#define CTRL_C 3
#define CTRL_D 4
#define BACKSPACE 8
#define DELETE 127

void
cli_secret_free (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

/* The first line. @name: for messages */
static char *
read_line (int fd, const char *name, GError **error)
{
  char *text = g_malloc0 (MAX_BYTES);
  gsize size = 0;
  gssize n;

  while ((n = read (fd, text + size, MAX_BYTES - 1 - size)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          numeral_fail_errno (error, errno, "%s", name);
          sodium_memzero (text, MAX_BYTES);
          g_free (text);
          return NULL;
        }
      size += (gsize) n;
      if (size == MAX_BYTES - 1)
        break;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return text;
}

char *
cli_secret_read (const char *path, GError **error)
{
  char *text;
  int fd;

  if (g_str_equal (path, "-"))
    return read_line (STDIN_FILENO, _ ("standard input"), error);
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      numeral_fail_errno (error, errno, "%s", path);
      return NULL;
    }
  text = read_line (fd, path, error);
  close (fd);
  return text;
}

gboolean
cli_secret_can_ask (void)
{
  const int fd = g_open (TERMINAL, O_RDWR | O_CLOEXEC | O_NOCTTY, 0);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* Reads letters until the line ends. %FALSE if it was cancelled. */
static gboolean
type_line (int fd, char *text)
{
  gsize size = 0;
  char letter;

  for (;;)
    {
      const gssize n = read (fd, &letter, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0 || letter == CTRL_C || letter == CTRL_D)
        return FALSE;
      if (letter == '\r' || letter == '\n')
        return TRUE;
      if (letter == BACKSPACE || letter == DELETE)
        {
          /* All bytes of the last letter. */
          while (size > 0 && (text[--size] & 0xc0) == 0x80)
            ;
          text[size] = '\0';
        }
      else if (size < MAX_BYTES - 1)
        text[size++] = letter;
    }
}

char *
cli_secret_ask (const char *prompt, GError **error)
{
  const int fd = g_open (TERMINAL, O_RDWR | O_CLOEXEC | O_NOCTTY, 0);
  struct termios before, silent;
  char *text;
  gboolean typed;

  if (fd < 0 || tcgetattr (fd, &before) != 0)
    {
      numeral_fail_errno (error, errno, TERMINAL);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  silent = before;
  /* Without signals, so that the terminal is never left silent. */
  silent.c_lflag &= ~(tcflag_t) (ECHO | ICANON | ISIG);
  text = g_malloc0 (MAX_BYTES);
  tcsetattr (fd, TCSAFLUSH, &silent);
  (void) !write (fd, prompt, strlen (prompt));
  typed = type_line (fd, text);
  tcsetattr (fd, TCSAFLUSH, &before);
  (void) !write (fd, "\n", 1);
  close (fd);
  if (typed)
    return text;
  cli_secret_free (text);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("cancelled"));
  return NULL;
}

gboolean
cli_secret_write (const char *path, const char *text, GError **error)
{
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const gsize size = strlen (text);
  int code = 0;

  if (fd < 0)
    return numeral_fail_errno (error, errno, _ ("%s: could not be written"), path);
  if (write (fd, text, size) != (gssize) size || write (fd, "\n", 1) != 1 || fsync (fd) != 0)
    code = errno != 0 ? errno : EIO;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0)
    return TRUE;
  g_unlink (path);
  return numeral_fail_errno (error, code, _ ("%s: could not be written"), path);
}
