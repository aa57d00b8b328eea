/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-json.h"
#include "ink-blank.h"
#include "numeral-sheet.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_RECOGNITION_TEXT,
  CLI_RECOGNITION_JSON,
  CLI_RECOGNITION_CSV,
} CliRecognitionFormat;

/**
 * CliRecognition:
 * @format: of the output
 * @novelty: whether the model measures novelty
 * @turn: degrees clockwise by which the picture that is written next should be turned to be read,
 *   or 0
 * @text: the output so far
 *
 * Writes what was read in files.
 */
typedef struct
{
  CliRecognitionFormat format;
  gboolean novelty;
  int turn;
  GString *text;
  /*< private >*/
  CliJson line;
} CliRecognition;

void cli_recognition_init (CliRecognition *self, CliRecognitionFormat format, gboolean novelty);
void cli_recognition_clear (CliRecognition *self);

/* The first line of a table; "" in other formats. */
const char *cli_recognition_header (CliRecognitionFormat format);

/* A digit or a number. @label: -1 if the file has none */
void cli_recognition_put (CliRecognition *self,
                          const char *source,
                          guint index,
                          int label,
                          const NumeralPrediction *prediction);

/* A file without any digit. */
void cli_recognition_put_blank (CliRecognition *self, const char *source, InkBlank kind);

/* A page. @width: @height: of the picture that the boxes refer to */
void cli_recognition_put_sheet (
    CliRecognition *self, const char *source, const NumeralSheet *sheet, guint width, guint height);

G_END_DECLS
