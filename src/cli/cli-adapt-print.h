/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-adapt-case.h"
#include "cli-json.h"

G_BEGIN_DECLS

/* Prints the figures of one person. @everybody: whose samples everybody's are, such as "mnist" */
void cli_adapt_print (const CliAdaptCase *self, const char *everybody, gboolean as_json);

/* Prints those of several writers, and their means. @cases: (element-type CliAdaptCase) */
void cli_adapt_print_writers (const GPtrArray *cases, const char *everybody, gboolean as_json);

G_END_DECLS
