/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-sheet.h"

#include <math.h>
#include <string.h>

#include "ink-sheet-private.h"

/* Larger pictures are reduced to this first. */
#define MAX_SIDE 1600
/* A picture with a shorter side holds no page. */
#define MIN_SIDE 48
/* Least height of a digit, in pixels, and one from which more pixels do not make it legible. */
#define MIN_DIGIT 7.0
#define GOOD_DIGIT 28.0
/* A component that spans more than this part of a side is no digit of a page. */
#define LARGE 0.5
/* Specks, in heights of digits. */
#define SPECK 0.07
#define SPECK_AREA 0.004
/* A piece on a printed line that is lower than this is a remnant of the line. */
#define REST 0.3
/* Least height of a digit in a cell, as a part of the cell's height. */
#define CELL_DIGIT 0.28
/* Parts of a digit in a cell are nearer to its largest part than this part of the cell's height. */
#define CELL_GAP 0.12
/* The rows and the columns of a sudoku. */
#define SUDOKU 9

typedef struct
{
  InkSheetSignal signal;
  guint *labels;
  GArray *parts; /* of InkSheetPart */
  GPtrArray *levels, *uprights;
  InkSheetTable table;
  double digit; /* height */
  double scale; /* pixels of the picture for a pixel of the plane */
} Work;

static InkSheetPart *
parts_of (const Work *work)
{
  return &g_array_index (work->parts, InkSheetPart, 0);
}

static guint
across (const InkPixelBox *box)
{
  return box->x1 - box->x0 + 1;
}

static guint
down (const InkPixelBox *box)
{
  return box->y1 - box->y0 + 1;
}

/* Finds printed lines, and removes them from the signal. */
static gboolean
remove_rulings (Work *work)
{
  InkPlane *plane = work->signal.plane;
  const gsize n = (gsize) plane->width * plane->height;
  g_autofree guint8 *marks = g_malloc0 (n);

  work->levels = ink_sheet_find_rulings (&work->signal, FALSE, marks);
  work->uprights = ink_sheet_find_rulings (&work->signal, TRUE, marks);
  if (work->levels->len + work->uprights->len == 0)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (marks[i])
      plane->values[i] = 0;
  return ink_sheet_measure_signal (&work->signal);
}

/* Whether a low component lies on a line. */
static gboolean
is_on (const GPtrArray *rulings, gboolean upright, const InkPixelBox *box)
{
  for (guint i = 0; i < rulings->len; i++)
    {
      const InkRuling *ruling = rulings->pdata[i];
      const double along = upright ? (box->y0 + box->y1) / 2.0 : (box->x0 + box->x1) / 2.0;
      const double at = ruling->at[(guint) along], near_by = ruling->thickness / 2 + 3;
      const double from = upright ? box->x0 : box->y0, to = upright ? box->x1 : box->y1;

      if (at >= from - near_by && at <= to + near_by)
        return TRUE;
    }
  return FALSE;
}

static void
find_parts (Work *work)
{
  const InkPlane *plane = work->signal.plane;
  g_autoptr (GArray) found = NULL;

  work->labels = g_new0 (guint, (gsize) plane->width * plane->height);
  found = ink_image_find_components (plane, work->signal.threshold, work->labels);
  work->parts = g_array_new (FALSE, FALSE, sizeof (InkSheetPart));
  for (guint i = 0; i < found->len; i++)
    {
      const InkComponent *component = &g_array_index (found, InkComponent, i);
      const InkPixelBox *box = &component->box;
      const InkSheetPart part = { i + 1, *box, component->area, FALSE, -1, -1 };

      if (component->area >= 4 && MAX (across (box), down (box)) >= 3 &&
          across (box) <= LARGE * plane->width && down (box) <= LARGE * plane->height &&
          2 * component->at_edge < MAX (across (box), down (box)))
        g_array_append_val (work->parts, part);
    }
}

/* Measures the digits, and drops what is too small to be ink. */
static void
drop_specks (Work *work)
{
  double digit = ink_sheet_measure_digits (parts_of (work), work->parts->len);

  for (guint i = work->parts->len; i-- > 0;)
    {
      const InkSheetPart *part = &parts_of (work)[i];
      const guint longer = MAX (across (&part->box), down (&part->box));

      if (longer < SPECK * digit || (double) part->area < SPECK_AREA * digit * digit ||
          (down (&part->box) < REST * digit && is_on (work->levels, FALSE, &part->box)) ||
          (across (&part->box) < REST * digit && longer < 2 * REST * digit &&
           is_on (work->uprights, TRUE, &part->box)))
        g_array_remove_index (work->parts, i);
    }
  work->digit = ink_sheet_measure_digits (parts_of (work), work->parts->len);
}

static guint
count_tall (const Work *work)
{
  guint n = 0;

  for (guint i = 0; i < work->parts->len; i++)
    n += parts_of (work)[i].tall;
  return n;
}

static InkBox
box_in_picture (const Work *work, const InkPixelBox *box)
{
  return (InkBox){ (float) (work->scale * box->x0), (float) (work->scale * box->y0),
                   (float) (work->scale * (box->x1 + 1.0)),
                   (float) (work->scale * (box->y1 + 1.0)) };
}

/* (transfer full): the ink of some parts in their surroundings. @members: [n_labels + 1] for each
 * label of the plane, the label in the new picture */
static InkImage *
cut_out (const Work *work, const InkPixelBox *ink, guint *members, InkPieces *pieces)
{
  const InkPlane *plane = work->signal.plane;
  const guint margin = 3;
  const guint x0 = ink->x0 - MIN (ink->x0, margin), y0 = ink->y0 - MIN (ink->y0, margin);
  const guint x1 = MIN (ink->x1 + margin, plane->width - 1);
  const guint y1 = MIN (ink->y1 + margin, plane->height - 1);
  InkPlane *signal = ink_plane_new (x1 - x0 + 1, y1 - y0 + 1);

  pieces->labels = g_new0 (guint, (gsize) signal->width * signal->height);
  for (guint y = y0; y <= y1; y++)
    for (guint x = x0; x <= x1; x++)
      {
        const gsize from = (gsize) y * plane->width + x;
        const gsize to = (gsize) (y - y0) * signal->width + (x - x0);
        const guint label = work->labels[from];

        /* The soft edges around a piece have no label, and are kept. */
        if (label == 0 || members[label] > 0)
          signal->values[to] = MAX (plane->values[from], 0);
        pieces->labels[to] = members[label];
      }
  for (guint i = 0; i < pieces->n; i++)
    {
      pieces->boxes[i].x0 -= x0;
      pieces->boxes[i].x1 -= x0;
      pieces->boxes[i].y0 -= y0;
      pieces->boxes[i].y1 -= y0;
    }
  return ink_image_new_from_pieces (signal, work->signal.threshold, pieces, x0, y0, work->scale);
}

/* The number at a place; without image where there is no digit. @members: zero before and after */
static InkSheetNumber
number_at (const Work *work, guint line, guint column, double least, guint *members)
{
  InkSheetNumber number = { line, column, { 0, 0, -1, -1 }, FALSE, NULL };
  InkPieces pieces = { NULL, 0, g_new (InkPixelBox, work->parts->len) };
  InkPixelBox box = { G_MAXUINT, G_MAXUINT, 0, 0 };
  gboolean has_digit = FALSE;

  for (guint i = 0; i < work->parts->len; i++)
    {
      const InkSheetPart *part = &parts_of (work)[i];

      if (part->line != (int) line || part->column != (int) column)
        continue;
      has_digit |= part->tall && down (&part->box) >= least;
      pieces.boxes[pieces.n++] = part->box;
      members[part->label] = pieces.n;
      box = ink_pixel_box_union (box, part->box);
    }
  if (has_digit)
    {
      number.box = box_in_picture (work, &box);
      number.image = cut_out (work, &box, members, &pieces);
    }
  for (guint i = 0; i < work->parts->len; i++)
    members[parts_of (work)[i].label] = 0;
  ink_pieces_clear (&pieces);
  return number;
}

static guint
largest_label (const Work *work)
{
  guint largest = 0;

  for (guint i = 0; i < work->parts->len; i++)
    largest = MAX (largest, parts_of (work)[i].label);
  for (gsize i = 0; i < (gsize) work->signal.plane->width * work->signal.plane->height; i++)
    largest = MAX (largest, work->labels[i]);
  return largest;
}

/* Drops what is beside the digit of a cell: rests of lines, and notes. */
static void
keep_digit (Work *work, guint row, guint column, double height)
{
  InkSheetPart *largest = NULL;

  for (guint i = 0; i < work->parts->len; i++)
    {
      InkSheetPart *part = &parts_of (work)[i];

      if (part->line == (int) row && part->column == (int) column &&
          (largest == NULL || part->area > largest->area))
        largest = part;
    }
  for (guint i = 0; i < work->parts->len && largest != NULL; i++)
    {
      InkSheetPart *part = &parts_of (work)[i];
      const double dx =
          MAX ((double) part->box.x0 - largest->box.x1, (double) largest->box.x0 - part->box.x1);
      const double dy =
          MAX ((double) part->box.y0 - largest->box.y1, (double) largest->box.y0 - part->box.y1);

      if (part->line == (int) row && part->column == (int) column && part != largest &&
          MAX (dx, dy) > CELL_GAP * height)
        part->line = part->column = -1;
    }
}

static guint
count_outside (const Work *work)
{
  guint n = 0;

  for (guint i = 0; i < work->parts->len; i++)
    n += parts_of (work)[i].tall && parts_of (work)[i].line < 0;
  return n;
}

static void
take_table (Work *work, InkSheet *sheet)
{
  g_autofree guint *members = g_new0 (guint, largest_label (work) + 1);
  gboolean is_sudoku;
  guint n = 0;

  sheet->n_lines = work->table.levels->len - 1;
  sheet->n_columns = work->table.uprights->len - 1;
  is_sudoku = sheet->n_lines == SUDOKU && sheet->n_columns == SUDOKU;
  sheet->n_numbers = sheet->n_lines * sheet->n_columns;
  sheet->numbers = g_new0 (InkSheetNumber, sheet->n_numbers);
  ink_sheet_place_in_table (&work->table, parts_of (work), work->parts->len);
  sheet->n_outside = count_outside (work);
  for (guint row = 0; row < sheet->n_lines; row++)
    for (guint column = 0; column < sheet->n_columns; column++)
      {
        const InkPixelBox cell = ink_sheet_table_cell (&work->table, row, column);

        if (is_sudoku)
          keep_digit (work, row, column, down (&cell));
        sheet->numbers[n] = number_at (work, row, column, CELL_DIGIT * down (&cell), members);
        sheet->numbers[n].is_digit = is_sudoku;
        if (sheet->numbers[n].image == NULL)
          sheet->numbers[n].box = box_in_picture (work, &cell);
        n++;
      }
}

static void
take_lines (const Work *work, InkSheet *sheet)
{
  g_autofree guint *members = g_new0 (guint, largest_label (work) + 1);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (InkSheetNumber));

  for (guint line = 0; line < sheet->n_lines; line++)
    {
      int last = -1;
      guint column = 0;

      for (guint i = 0; i < work->parts->len; i++)
        if (parts_of (work)[i].line == (int) line)
          last = MAX (last, parts_of (work)[i].column);
      for (int i = 0; i <= last; i++)
        {
          InkSheetNumber number = number_at (work, line, (guint) i, 0, members);

          if (number.image == NULL)
            continue;
          number.column = column++;
          g_array_append_val (numbers, number);
        }
    }
  sheet->n_numbers = numbers->len;
  sheet->numbers = (InkSheetNumber *) (gpointer) g_array_free (g_steal_pointer (&numbers), FALSE);
}

static InkSheet *
read_plane (Work *work, const InkPlane *gray)
{
  g_autoptr (InkSheet) sheet = g_new0 (InkSheet, 1);
  gboolean table;

  if (!ink_sheet_find_signal (gray, &work->signal) || !remove_rulings (work))
    return NULL;
  find_parts (work);
  drop_specks (work);
  if (work->digit < MIN_DIGIT)
    return NULL;
  table = ink_sheet_find_table (work->levels, work->uprights, work->digit, &work->table);
  sheet->n_parts = count_tall (work);
  if (sheet->n_parts > INK_SHEET_MAX_PARTS)
    return g_steal_pointer (&sheet);
  if (table)
    take_table (work, sheet);
  else
    {
      sheet->n_lines = ink_sheet_place_in_lines (parts_of (work), work->parts->len);
      if (sheet->n_lines < 2)
        return NULL;
      take_lines (work, sheet);
    }
  return g_steal_pointer (&sheet);
}

InkSheet *
ink_sheet_new_scaled (
    const guint8 *gray, guint width, guint height, gsize stride, double scale, double *digit)
{
  g_autoptr (InkPlane) plane = NULL;
  const double wanted = *digit;
  guint max_side = MAX_SIDE;
  Work work = { 0 };
  InkSheet *sheet;

  *digit = 0;
  if (MIN (width, height) < MIN_SIDE || MAX (width, height) > INK_IMAGE_MAX_SIDE)
    return NULL;
  if (wanted > 0)
    max_side = (guint) ceil (MAX (width, height) / MAX (floor (wanted / GOOD_DIGIT), 1));
  plane = ink_plane_new_reduced (gray, width, height, stride, max_side);
  work.scale = ceil ((double) MAX (width, height) / max_side);
  *digit = work.scale;
  work.scale *= scale;
  sheet = read_plane (&work, plane);
  *digit *= work.digit;
  ink_sheet_signal_clear (&work.signal);
  ink_sheet_table_clear (&work.table);
  g_free (work.labels);
  g_clear_pointer (&work.parts, g_array_unref);
  g_clear_pointer (&work.levels, g_ptr_array_unref);
  g_clear_pointer (&work.uprights, g_ptr_array_unref);
  return sheet;
}

InkSheet *
ink_sheet_new (const guint8 *gray, guint width, guint height, gsize stride)
{
  double digit = 0;

  return ink_sheet_new_scaled (gray, width, height, stride, 1, &digit);
}

void
ink_sheet_free (InkSheet *sheet)
{
  for (guint i = 0; i < sheet->n_numbers; i++)
    g_clear_pointer (&sheet->numbers[i].image, ink_image_unref);
  g_free (sheet->numbers);
  g_free (sheet);
}
