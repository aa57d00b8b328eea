/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-sample.h"

G_BEGIN_DECLS

/* Private to hand: a row of the table of plain samples, and the statements that read and write
 * rows. */

/* For numeral_hand_row_bind(). */
#define NUMERAL_HAND_ROW_ADD                                                           \
  "INSERT INTO sample (id, created, label, first_label, read_label, probability, ink)" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
/* A sample that is there already is left as it is. */
#define NUMERAL_HAND_ROW_RESTORE NUMERAL_HAND_ROW_ADD " ON CONFLICT (id) DO NOTHING"

/* For numeral_hand_row_read(). ?1: largest number of bytes of ink that is read. */
#define NUMERAL_HAND_ROW_SELECT                                      \
  "SELECT id, created, label, first_label, read_label, probability," \
  " CASE WHEN length(ink) <= ?1 THEN ink END, length(ink) FROM sample "
/* ?2: the number of the sample */
#define NUMERAL_HAND_ROW_GET NUMERAL_HAND_ROW_SELECT "WHERE id = ?2"
/* ?2, ?3, ?4: before, limit, skip of NumeralHandQuery */
#define NUMERAL_HAND_ROW_LIST \
  NUMERAL_HAND_ROW_SELECT "WHERE id < ?2 ORDER BY id DESC LIMIT ?3 OFFSET ?4"
/* ?5: its label */
#define NUMERAL_HAND_ROW_LIST_LABEL \
  NUMERAL_HAND_ROW_SELECT "WHERE label = ?5 AND id < ?2 ORDER BY id DESC LIMIT ?3 OFFSET ?4"
/* A row for each label: label, samples, corrected ones, highest number. ?1: only higher numbers */
#define NUMERAL_HAND_ROW_COUNT                                                           \
  "SELECT label, count(*), sum(label IS NOT coalesce(read_label, first_label)), max(id)" \
  " FROM sample WHERE id > ?1 GROUP BY label"

/* Binds all members of a sample to one of the first two statements; an id of 0 is a new one. @ink:
 * in the place of the sample's; alive until the statement was executed */
void numeral_hand_row_bind (sqlite3_stmt *statement, const NumeralHandSample *sample, GBytes *ink);

/* Executes NUMERAL_HAND_ROW_RESTORE for a sample that has its ink. */
gboolean numeral_hand_row_restore (sqlite3_stmt *statement,
                                   sqlite3 *db,
                                   const char *path,
                                   const NumeralHandSample *sample,
                                   GError **error);

/* Compiles a statement; fails with NUMERAL_HAND_ERROR_DAMAGED if the tables are not right. */
sqlite3_stmt *
numeral_hand_row_compile (sqlite3 *db, const char *path, const char *sql, GError **error);
/* Executes a statement that gives no rows, and resets it. */
gboolean
numeral_hand_row_step (sqlite3_stmt *statement, sqlite3 *db, const char *path, GError **error);

/* (transfer full): the sample of the current row, perhaps a damaged one. */
NumeralHandSample *numeral_hand_row_read (sqlite3_stmt *statement);

G_END_DECLS
