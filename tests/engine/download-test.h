/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of downloads share: a server of their own, and what came of asking it. */

#include "numeral-download.h"

G_BEGIN_DECLS

/* Small beside what is downloaded in earnest, and more than one piece of reading. */
#define SIZE_BIG 200000
#define SIZE_SMALL 3000
#define BIG "big.gz"
#define SMALL "small.gz"
/* How long servers are waited for that are known to stall, and all others. */
#define STALL_MS 700
#define PATIENCE_MS 60000

/**
 * DownloadTest:
 * @served: a folder with BIG and SMALL, of which download-server.py speaks
 * @target: where they are downloaded to; not there at first
 * @log: what the server was asked for
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
 * @cancel_at: how many bytes have to be there to cancel
 * @ticks: turns of the main loop's own clock while it was downloading
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

/* Downloads the first @n_files from the mirrors that @behaviours name, parted by spaces. An address
 * stands for itself. */
gboolean download_test_run (
    DownloadTest *fixture, const char *behaviours, gsize n_files, DownloadRun *run, GError **error);

/* The same for BIG, which is there and right in the end. */
void download_test_assert_ok (DownloadTest *fixture, const char *behaviours);

/* Leaves 70000 bytes of BIG. */
void download_test_begin (DownloadTest *fixture, const char *behaviour);

/* Removes what was downloaded, and empties the log. */
void download_test_start_anew (DownloadTest *fixture);

gboolean download_test_has (DownloadTest *fixture, const char *name);
void download_test_put (DownloadTest *fixture, const char *name, gconstpointer data, gsize size);
void download_test_assert_whole (DownloadTest *fixture, const char *name, gsize size);

/* How many bytes BIG.part has, all of them right; -1 without one. */
gssize download_test_count_part (DownloadTest *fixture);

/* Asserts what the server was asked for since the last time. */
void download_test_assert_log (DownloadTest *fixture, const char *expected);

G_END_DECLS
