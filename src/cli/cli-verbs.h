/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit statuses, the same for every verb. */
enum
{
  CLI_OK = 0,
  CLI_FAILED = 1, /* something could not be read, computed or written */
  CLI_USAGE = 2,  /* the command line was wrong */
};

/* One function per verb, in the file of its name. argv[0] is the verb; the result is
 * the exit status. */
int cli_adapt (int argc, char **argv);
int cli_average (int argc, char **argv);
int cli_bench (int argc, char **argv);
int cli_calibrate (int argc, char **argv);
int cli_compress (int argc, char **argv);
int cli_convert (int argc, char **argv);
int cli_evaluate (int argc, char **argv);
int cli_explain (int argc, char **argv);
int cli_generate (int argc, char **argv);
int cli_handwriting (int argc, char **argv);
int cli_model (int argc, char **argv);
int cli_novelty (int argc, char **argv);
int cli_privacy (int argc, char **argv);
int cli_project (int argc, char **argv);
int cli_protect (int argc, char **argv);
int cli_recognize (int argc, char **argv);
int cli_train (int argc, char **argv);

G_END_DECLS
