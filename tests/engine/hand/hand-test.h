/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of the handwriting of a person. */

#include "numeral-hand-db.h"

G_BEGIN_DECLS

/* Strokes with time and pressure that depend on @seed alone. */
InkDrawing *hand_test_drawing (guint seed);
/* A sample that was read as @read, with probability 0.75; or NUMERAL_HAND_UNREAD. */
NumeralHandSample *hand_test_sample (guint seed, int label, int read);
/* Adds @n samples with the labels 0, 1, ... 10, 0, ..., and seeds from 0. */
void hand_test_fill (NumeralHandDb *db, guint n);

/* The drawings have the same bits. */
void hand_test_same_drawing (const InkDrawing *a, const InkDrawing *b);
/* The samples have the same members. */
void hand_test_same (const NumeralHandSample *a, const NumeralHandSample *b);

/* Executes statements on the file through a connection of its own. */
void hand_test_execute (const char *path, const char *sql);
/* The one text that a statement gives, through a connection of its own. */
char *hand_test_query (const char *path, const char *sql);

G_END_DECLS
