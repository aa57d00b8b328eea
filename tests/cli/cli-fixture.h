/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Runs the built numeral-cli, whose path is in the environment variable NUMERAL_CLI, and makes
 * small input files for it. All files are in a directory of their own, which cli_fixture_end()
 * removes. */

void cli_fixture_begin (int *argc, char ***argv);
/* Runs the tests, then removes the directory. */
int cli_fixture_end (void);

/**
 * CliRun:
 * @status: exit status, or minus the number of the signal that ended it
 */
typedef struct
{
  int status;
  char *out, *err;
} CliRun;

/* Runs the program to its end. The arguments end with %NULL. */
CliRun *cli_run (const char *first, ...) G_GNUC_NULL_TERMINATED;
CliRun *cli_runv (const char *const *arguments);
/* The same through a shell; "$CLI" is the program. */
CliRun *cli_run_shell (const char *script);
void cli_run_free (CliRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

/* A launcher and its arguments, for a test that observes the running program. */
GSubprocessLauncher *cli_launcher (GSubprocessFlags flags);
GSubprocess *
cli_spawn (GSubprocessLauncher *launcher, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Asserts status 0 and nothing on stderr. */
void cli_assert_ok (const CliRun *run);
/* Asserts the status, nothing on stdout, and one line on stderr "numeral-cli: ..." that contains
 * @says. */
void cli_assert_error (const CliRun *run, int status, const char *says);

/* One line of JSON, an object. */
JsonObject *cli_json (const char *text);
/* (element-type JsonObject): one object a line. */
GPtrArray *cli_json_lines (const char *text);
double cli_json_number (JsonObject *object, const char *member);

/* The "metadata" in the output of "numeral-cli model" for a file. */
JsonObject *cli_metadata (const char *model);

/* A path in the directory; the file need not exist. Valid to the end. */
const char *cli_path (const char *name);
const char *cli_write (const char *name, const void *data, gssize length);
void cli_read (const char *path, char **data, gsize *length);

/* 100 samples of 5 features in two classes with a curved boundary; seeded. */
const char *cli_make_csv (void);
/* UNIPEN: @n_each samples of each of the ten digits by each of @n_writers (numbered from 1);
 * seeded. */
const char *cli_make_unipen (const char *name, guint n_writers, guint n_each, guint32 seed);
/* A directory of IDX files: the train files hold @n_train images, the t10k files @n_test. */
const char *cli_make_idx (const char *name, guint n_train, guint n_test);
/* A model that reads the digits of cli_make_unipen(), trained on the first call. */
const char *cli_make_model (void);

G_END_DECLS
