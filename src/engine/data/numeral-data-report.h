/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a file is not among the samples. */
typedef enum
{
  NUMERAL_LEFT_OUT_UNREADABLE, /* damaged, or not a picture or ink of one digit */
  NUMERAL_LEFT_OUT_BLANK,      /* a whole picture or file without ink */
  NUMERAL_LEFT_OUT_UNLABELLED, /* nothing says which digit it is */
  NUMERAL_N_LEFT_OUT,
} NumeralLeftOut;

/* "unreadable", "blank" or "unlabelled". Never translated. */
const char *numeral_left_out_name (NumeralLeftOut why);

/* @name: relative to the folder. @reason: translated. */
typedef struct
{
  NumeralLeftOut why;
  char *name, *reason;
} NumeralLeftOutFile;

/* Files of each kind that are named. */
#define NUMERAL_REPORT_MAX_FILES 5

/**
 * NumeralDataReport:
 * @n_left_out: number of files of a folder that were left out, for each reason
 * @files: (element-type NumeralLeftOutFile): the first NUMERAL_REPORT_MAX_FILES for each reason
 * @notes: (element-type utf8): how the data was read where that is not obvious; translated
 * @empty: a bit for each digit, set if no sample of a folder is of it
 *
 * What a person should know of data that was loaded.
 */
typedef struct
{
  gsize n_left_out[NUMERAL_N_LEFT_OUT];
  GPtrArray *files, *notes;
  guint empty;
} NumeralDataReport;

NumeralDataReport *numeral_data_report_new (void);
void numeral_data_report_free (NumeralDataReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDataReport, numeral_data_report_free)

void numeral_data_report_leave_out (NumeralDataReport *report,
                                    NumeralLeftOut why,
                                    const char *name,
                                    const char *reason);
/* Takes ownership of @note. */
void numeral_data_report_take_note (NumeralDataReport *report, char *note);

gsize numeral_data_report_count (const NumeralDataReport *report);

/* (transfer full) (element-type utf8): sentences for a person, without an end: the notes, what was
 * left out with names and reasons, and the digits without a sample. */
GPtrArray *numeral_data_report_lines (const NumeralDataReport *report);

G_END_DECLS
