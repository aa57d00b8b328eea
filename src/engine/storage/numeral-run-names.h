/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names in the folder of a run that are known below the code of runs, too, where it is found out
 * which runs are encrypted. */

/* The file with the settings, and the member of it that has them. */
#define NUMERAL_RECORD_FILE "run.json"
#define NUMERAL_RUN_SETTINGS "settings"
/* The setting that names the source of the samples, and the name of one's own handwriting there. */
#define NUMERAL_RUN_SOURCE "source"
#define NUMERAL_RUN_SOURCE_HANDWRITING "handwriting"
