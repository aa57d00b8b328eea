/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-json.h"
#include "numeral-data-report.h"

G_BEGIN_DECLS

/* Prints what a person should know of the data @name on the standard error output, a line for
 * each kind. */
void cli_data_report_print (const NumeralDataReport *report, const char *name);

/* Writes the same as an object, with fixed names. */
void cli_data_report_json (const NumeralDataReport *report, CliJson *json);

G_END_DECLS
