/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of downloads: a local server, and the result of a download. */

#include "numeral-download.h"

G_BEGIN_DECLS

/* Smaller than real downloads, but larger than one read. */
#define SIZE_BIG 200000
#define SIZE_SMALL 3000
#define BIG "big.gz"
#define SMALL "small.gz"
/* Timeouts for servers that are known to stall, and for all others. */
#define STALL_MS 700
#define PATIENCE_MS 60000

/**
 * DownloadTest:
 * @served: the folder with BIG and SMALL that download-server.py serves
 * @target: destination folder; it does not exist at first
 * @log: log of the server's requests
 * @big: the bytes of BIG; SMALL is the beginning of it
 */
typedef struct
{
  char *folder;
  char *served;
  char *target;
  char *log;
  GPid server;
  int server_stdin;
  guint port;
  guint8 *big;
  char *sums[2];
  NumeralDownloadFile files[2];
} DownloadTest;

/**
 * DownloadRun:
 * @cancel_at: number of bytes at which the download is cancelled
 * @ticks: number of ticks of a timeout during the download
 */
typedef struct
{
  GCancellable *cancellable;
  guint64 cancel_at;
  guint64 done;
  guint64 total;
  guint n_calls;
  guint ticks;
  gboolean ended;
  gboolean ok;
  GError *error;
} DownloadRun;

void download_test_set_up (DownloadTest *fixture, gconstpointer data);
void download_test_tear_down (DownloadTest *fixture, gconstpointer data);

/* Downloads the first @n_files from the mirrors that @behaviours name, separated by spaces. A
 * name that is an address is used as such. */
gboolean download_test_run (
    DownloadTest *fixture, const char *behaviours, gsize n_files, DownloadRun *run, GError **error);

/* The same for BIG; asserts that it is complete and correct in the end. */
void download_test_assert_ok (DownloadTest *fixture, const char *behaviours);

/* Leaves 70000 bytes of BIG. */
void download_test_begin (DownloadTest *fixture, const char *behaviour);

/* Removes the downloaded files, and empties the log. */
void download_test_start_anew (DownloadTest *fixture);

gboolean download_test_has (DownloadTest *fixture, const char *name);
void download_test_put (DownloadTest *fixture, const char *name, gconstpointer data, gsize size);
void download_test_assert_whole (DownloadTest *fixture, const char *name, gsize size);

/* The number of bytes in BIG.part, all of them correct; -1 without a file. */
gssize download_test_count_part (DownloadTest *fixture);

/* Asserts the requests to the server since the last call. */
void download_test_assert_log (DownloadTest *fixture, const char *expected);

G_END_DECLS
