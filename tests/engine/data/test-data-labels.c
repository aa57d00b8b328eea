/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels that follow from the names of files and their folders. */

#include <string.h>

#include "numeral-data-labels.h"

#define MAX_FILES 12

/* A folder with these files, and the digit of each, or -1. @says: in the reason of the last file
 * without a label. @note: in a note. */
typedef struct
{
  const char *name;
  const char *files[MAX_FILES];
  int digits[MAX_FILES];
  const char *says, *note;
} Folder;

static const Folder folders[] = {
  { "digit", { "3/a.png", "0/b.png" }, { 3, 0 }, NULL, NULL },
  { "nested", { "train/3/a.png", "3/anna/7.png", "3/x/5/a.png" }, { 3, 3, 5 }, NULL, NULL },
  { "prefix",
    { "digit_3/a.png", "class3/b.png", "Label 04/c.png", "5-x/c.png", "run3/d.png" },
    { 3, 3, 4, -1, -1 },
    "neither",
    NULL },
  { "word", { "three/a.png", "Nine/b.png", "none/c.png" }, { 3, 9, -1 }, "neither", NULL },
  { "ten", { "1/a.png", "10/b.png" }, { 1, -1 }, "neither", NULL },
  { "chars74k-folders",
    { "Sample001/img001-00001.png", "Sample010/img010-00003.png", "Sample011/img011-00001.png" },
    { 0, 9, -1 },
    "letter",
    "001" },
  { "chars74k-files",
    { "img001-00001.png", "img004-00012.png", "img010-00001.png" },
    { 0, 3, 9 },
    NULL,
    "001" },
  { "from-zero", { "img000-00001.png", "img004_2.png" }, { 0, 4 }, NULL, "000" },
  { "neither-end", { "img001-00001.png", "img004-00012.png" }, { -1, -1 }, "001", NULL },
  { "both-ends", { "img000-00001.png", "img010-00012.png" }, { -1, -1 }, "000", NULL },
  { "camera", { "img001.png", "img002.png", "img010.png" }, { -1, -1, -1 }, "neither", NULL },
  { "begins",
    { "3_anna.png", "5_anna.png", "3_0012.png", "README.txt" },
    { 3, 5, 3, -1 },
    "neither",
    "beginning" },
  { "ends", { "anna_3.png", "bob-3.png", "anna 1.jpeg" }, { 3, 3, 1 }, NULL, "end" },
  { "exported", { "0_5.png", "1_0.png", "10_4.png" }, { 5, 0, 4 }, NULL, "end" },
  { "alone", { "3.png", "0.bmp", "3 (2).png" }, { 3, 0, 3 }, NULL, NULL },
  { "keyword", { "digit-3-12.png", "digit4.inkml", "a_class_7.png" }, { 3, 4, 7 }, NULL, NULL },
  { "all-ten",
    { "s_0.png", "s_1.png", "s_2.png", "s_3.png", "s_4.png", "s_5.png", "s_6.png", "s_7.png",
      "s_8.png", "s_9.png" },
    { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
    NULL,
    "end" },
  /* Numbers that count. */
  { "counted", { "scan_1.png", "scan_2.png", "scan_3.png" }, { -1, -1, -1 }, "count", NULL },
  { "counted-on", { "scan_8.png", "scan_9.png", "scan_10.png" }, { -1, -1, -1 }, "count", NULL },
  { "counted-alone", { "9.png", "10.png" }, { -1, -1 }, "count", NULL },
  { "counted-first", { "9_a.png", "10_b.png" }, { -1, -1 }, "count", NULL },
  { "counted-keyword", { "digit_9.png", "digit_10.png" }, { -1, -1 }, "count", NULL },
  { "two", { "3_1.png", "4_1.png", "5_2.png" }, { -1, -1, -1 }, "either of two", NULL },
  /* A folder decides for its files alone. */
  { "mixed", { "3/scan_10.png", "4_anna.png", "x.png" }, { 3, 4, -1 }, "neither", "beginning" },
};

static void
test_folder (gconstpointer data)
{
  const Folder *folder = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  g_autofree NumeralLabel *labels = NULL;
  const char *reason = NULL;

  for (guint i = 0; i < MAX_FILES && folder->files[i] != NULL; i++)
    g_ptr_array_add (files, (gpointer) folder->files[i]);
  labels = numeral_labels_find (files, report);
  for (guint i = 0; i < files->len; i++)
    {
      g_test_message ("%s: %d %s", folder->files[i], labels[i].digit,
                      labels[i].reason != NULL ? labels[i].reason : "");
      g_assert_cmpint (labels[i].digit, ==, folder->digits[i]);
      g_assert_true ((labels[i].reason != NULL) == (labels[i].digit < 0));
      if (labels[i].reason != NULL)
        reason = labels[i].reason;
    }
  g_assert_true ((reason != NULL) == (folder->says != NULL));
  if (reason != NULL)
    g_assert_nonnull (strstr (reason, folder->says));
  g_assert_cmpuint (report->notes->len, ==, folder->note != NULL);
  if (folder->note != NULL)
    g_assert_nonnull (strstr (report->notes->pdata[0], folder->note));
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  g_autofree NumeralLabel *labels = numeral_labels_find (files, report);

  g_assert_nonnull (labels);
  g_assert_cmpuint (report->notes->len, ==, 0);
}

/* The first files of each kind are named, and all are counted. */
static void
test_report (void)
{
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i);

      numeral_data_report_leave_out (report, NUMERAL_LEFT_OUT_UNREADABLE, name, "cut off");
    }
  numeral_data_report_leave_out (report, NUMERAL_LEFT_OUT_BLANK, "b\xff.png", "no ink");
  numeral_data_report_take_note (report, g_strdup ("a note"));
  report->empty = 1 << 4 | 1 << 9;
  g_assert_cmpuint (numeral_data_report_count (report), ==, 8);
  g_assert_cmpuint (report->files->len, ==, NUMERAL_REPORT_MAX_FILES + 1);
  lines = numeral_data_report_lines (report);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (lines->pdata[0], ==, "a note");
  g_assert_cmpstr (lines->pdata[1], ==,
                   "7 files cannot be read: 0.png, 1.png, 2.png, 3.png, 4.png (cut off), …");
  g_assert_cmpstr (lines->pdata[2], ==, "1 file is blank: b\357\277\275.png (no ink)");
  g_assert_cmpstr (lines->pdata[3], ==, "there is no sample of: 4, 9");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat ("/data-labels/folder/", folders[i].name, NULL);

      g_test_add_data_func (path, &folders[i], test_folder);
    }
  g_test_add_func ("/data-labels/none", test_none);
  g_test_add_func ("/data-labels/report", test_report);
  return g_test_run ();
}
