/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the command line of "train" has --generative, which has options of its own. */
gboolean cli_train_generative_is_wanted (int argc, char **argv);

/* "train --generative gan"; returns the exit status. */
int cli_train_generative (int argc, char **argv);

G_END_DECLS
