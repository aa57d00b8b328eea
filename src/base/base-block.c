/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base-block.h"

#include <string.h>

#define N_SUMMARIES (BASE_BLOCK_N_LEAVES + BASE_BLOCK_N_BRANCHES)

/* Different values in a table, and slots of the hash table that finds them. */
#define MAX_TABLE 256
#define N_SLOTS 1024

/* Floats in a line of the processor's cache. */
#define FLOATS_IN_A_LINE 16

/* Fraction bits of a line's slope. */
#define SLOPE_BITS 12
G_STATIC_ASSERT (BASE_BLOCK == 1 << SLOPE_BITS);

typedef enum
{
  EQUAL,
  LINE_8,
  TABLE,
  LINE_16,
  RAW,
} Form;

typedef struct
{
  float min, max;
  double sum;
} Summary;

/* The rest of a summary, where it does not follow from the Summary. */
typedef struct
{
  float min_positive;
  guint32 count;
} Rest;

/* Key i is about @first + i * @slope + @low. */
typedef struct
{
  gint64 first, slope, low, range;
} Line;

/**
 * BaseBlock:
 * @value: of a block of equal values
 * @line: of a block with a line; @line.range is the greatest remainder
 * @summaries: (nullable): [N_SUMMARIES]: the leaves, then the branches; %NULL for equal values
 * @rests: (nullable): [N_SUMMARIES]; %NULL if all values are finite and positive
 * @table: (nullable): [n_table]
 * @codes: (nullable): [BASE_BLOCK]: bytes, 16-bit numbers or floats
 *
 * One allocation with all arrays behind the structure: the summaries, the codes, the rests and the
 * table. The first two have the same place in every block.
 */
struct _BaseBlock
{
  int ref_count;
  Form form;
  gsize size;
  float value;
  guint n_table;
  Line line;
  Summary *summaries;
  Rest *rests;
  float *table;
  gpointer codes;
};

/* A form of the values before it is copied into a block. */
typedef struct
{
  Form form;
  Line line;
  guint n_table;
  float table[MAX_TABLE];
  union
  {
    guint8 bytes[BASE_BLOCK];
    guint16 words[BASE_BLOCK];
  } codes;
} Draft;

/* The bits of a float as an integer whose order is that of the values. */
static inline gint32
key_of (float value)
{
  gint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits ^ ((bits >> 31) & G_MAXINT32);
}

static inline float
value_of (gint32 key)
{
  const gint32 bits = key ^ ((key >> 31) & G_MAXINT32);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline gint64
line_at (const Line *line, guint index)
{
  return line->first + ((line->slope * index) >> SLOPE_BITS);
}

static gboolean
are_equal (const float *values)
{
  return memcmp (values, values + 1, (BASE_BLOCK - 1) * sizeof *values) == 0;
}

/* A line through the ends. %FALSE if a remainder does not fit into 16 bits. */
static gboolean
fit_line (const float *values, Line *line)
{
  const gint64 first = key_of (values[0]), last = key_of (values[BASE_BLOCK - 1]);
  gint64 high = 0;

  *line = (Line){ .first = first, .slope = (last - first) * BASE_BLOCK / (BASE_BLOCK - 1) };
  for (guint i = 0; i < BASE_BLOCK; i++)
    {
      const gint64 rest = key_of (values[i]) - line_at (line, i);

      line->low = MIN (line->low, rest);
      high = MAX (high, rest);
      if (high - line->low > G_MAXUINT16)
        return FALSE;
    }
  line->range = high - line->low;
  return TRUE;
}

static void
write_line (Draft *draft, const float *values)
{
  const Line *line = &draft->line;

  for (guint i = 0; i < BASE_BLOCK; i++)
    {
      const gint64 rest = key_of (values[i]) - line_at (line, i) - line->low;

      if (draft->form == LINE_8)
        draft->codes.bytes[i] = (guint8) rest;
      else
        draft->codes.words[i] = (guint16) rest;
    }
}

/* %FALSE if there are too many different values. Compares bits: NaN has many, and 0 has two. */
static gboolean
make_table (Draft *draft, const float *values)
{
  gint32 keys[N_SLOTS];
  gint16 codes[N_SLOTS];

  memset (codes, -1, sizeof codes);
  draft->n_table = 0;
  for (guint i = 0; i < BASE_BLOCK; i++)
    {
      const gint32 key = key_of (values[i]);
      guint slot = (guint32) key * 2654435761u >> 22;

      while (codes[slot] >= 0 && keys[slot] != key)
        slot = (slot + 1) % N_SLOTS;
      if (codes[slot] < 0)
        {
          if (draft->n_table == MAX_TABLE)
            return FALSE;
          keys[slot] = key;
          codes[slot] = (gint16) draft->n_table;
          draft->table[draft->n_table++] = values[i];
        }
      draft->codes.bytes[i] = (guint8) codes[slot];
    }
  return TRUE;
}

static void
choose_form (Draft *draft, const float *values)
{
  gboolean on_line;

  draft->form = EQUAL;
  draft->n_table = 0;
  if (are_equal (values))
    return;
  on_line = fit_line (values, &draft->line);
  if (on_line && draft->line.range <= G_MAXUINT8)
    draft->form = LINE_8;
  else if (make_table (draft, values))
    {
      draft->form = TABLE;
      return;
    }
  else
    draft->form = on_line ? LINE_16 : RAW;
  draft->n_table = 0;
  if (draft->form != RAW)
    write_line (draft, values);
}

static gsize
codes_size (Form form)
{
  static const gsize sizes[] = { [EQUAL] = 0, [LINE_8] = 1, [TABLE] = 1, [LINE_16] = 2, [RAW] = 4 };

  return BASE_BLOCK * sizes[form];
}

static const BaseSpan *
summary_of (const BaseSpan *leaves, const BaseSpan *branches, guint i)
{
  return i < BASE_BLOCK_N_LEAVES ? &leaves[i] : &branches[i - BASE_BLOCK_N_LEAVES];
}

static guint
values_under (guint i)
{
  return i < BASE_BLOCK_N_LEAVES ? BASE_BLOCK_LEAF : BASE_BLOCK_LEAF * BASE_BLOCK_FAN;
}

static gboolean
needs_rests (const BaseSpan *branches)
{
  for (guint i = 0; i < BASE_BLOCK_N_BRANCHES; i++)
    if (branches[i].count < BASE_BLOCK_LEAF * BASE_BLOCK_FAN || !(branches[i].min > 0))
      return TRUE;
  return FALSE;
}

static void
write_summaries (BaseBlock *block, const BaseSpan *leaves, const BaseSpan *branches)
{
  for (guint i = 0; i < N_SUMMARIES; i++)
    {
      const BaseSpan *span = summary_of (leaves, branches, i);

      block->summaries[i] = (Summary){ span->min, span->max, span->sum };
      if (block->rests != NULL)
        block->rests[i] = (Rest){ span->min_positive, (guint32) span->count };
    }
}

BaseBlock *
base_block_new (const float *values, const BaseSpan *leaves, const BaseSpan *branches)
{
  const gsize rests_size = needs_rests (branches) ? N_SUMMARIES * sizeof (Rest) : 0;
  gsize summaries_size = 0, table_size, size;
  BaseBlock *block;
  Draft draft;
  guint8 *at;

  choose_form (&draft, values);
  table_size = draft.n_table * sizeof (float);
  if (draft.form != EQUAL)
    summaries_size = N_SUMMARIES * sizeof (Summary) + rests_size;
  size = sizeof *block + summaries_size + table_size + codes_size (draft.form);
  block = g_malloc (size);
  *block = (BaseBlock){ .ref_count = 1, .form = draft.form, .size = size, .value = values[0] };
  if (draft.form == EQUAL)
    return block;
  block->summaries = (Summary *) (block + 1);
  block->codes = block->summaries + N_SUMMARIES;
  memcpy (block->codes, draft.form == RAW ? (gconstpointer) values : &draft.codes,
          codes_size (draft.form));
  at = (guint8 *) block->codes + codes_size (draft.form);
  if (rests_size > 0)
    block->rests = (Rest *) (gpointer) at;
  write_summaries (block, leaves, branches);
  block->line = draft.line;
  block->n_table = draft.n_table;
  block->table = (float *) (gpointer) (at + rests_size);
  memcpy (block->table, draft.table, table_size);
  return block;
}

BaseBlock *
base_block_ref (BaseBlock *block)
{
  g_atomic_int_inc (&block->ref_count);
  return block;
}

void
base_block_unref (BaseBlock *block)
{
  if (g_atomic_int_dec_and_test (&block->ref_count))
    g_free (block);
}

gsize
base_block_size (const BaseBlock *block)
{
  return block->size;
}

void
base_block_read (const BaseBlock *block, guint first, guint n, float *values)
{
  const guint8 *bytes = block->codes;
  const guint16 *words = block->codes;
  const Line *line = &block->line;

  switch (block->form)
    {
    case LINE_8:
      for (guint i = 0; i < n; i++)
        values[i] = value_of ((gint32) (line_at (line, first + i) + line->low + bytes[first + i]));
      break;
    case LINE_16:
      for (guint i = 0; i < n; i++)
        values[i] = value_of ((gint32) (line_at (line, first + i) + line->low + words[first + i]));
      break;
    case TABLE:
      for (guint i = 0; i < n; i++)
        values[i] = block->table[bytes[first + i]];
      break;
    case RAW:
      memcpy (values, (const float *) block->codes + first, n * sizeof (float));
      break;
    case EQUAL:
    default:
      for (guint i = 0; i < n; i++)
        values[i] = block->value;
    }
}

float
base_block_get (const BaseBlock *block, guint index)
{
  float value;

  base_block_read (block, index, 1, &value);
  return value;
}

static void
add_equal (const BaseBlock *block, guint n, BaseSpan *span)
{
  BaseSpan all = BASE_SPAN_INIT;

  base_span_add_values (&all, &block->value, 1);
  all.count *= n;
  all.sum *= n;
  base_span_merge (span, &all);
}

static inline void
add_from_block (gconstpointer data, guint level, guint first, guint end, BaseSpan *span)
{
  const BaseBlock *block = data;
  float values[2 * BASE_BLOCK_LEAF];

  if (level == 0 && block->form == RAW)
    base_span_add_values (span, (const float *) block->codes + first, end - first);
  else if (level == 0)
    {
      base_block_read (block, first, end - first, values);
      base_span_add_values (span, values, end - first);
    }
  else
    for (guint i = first; i < end; i++)
      {
        const guint at = level == 1 ? i : BASE_BLOCK_N_LEAVES + i;
        const Summary *summary = &block->summaries[at];
        const Rest *rest = block->rests != NULL ? &block->rests[at] : NULL;

        base_span_merge (span, &(BaseSpan){
                                   .min = summary->min,
                                   .max = summary->max,
                                   .min_positive = rest != NULL ? rest->min_positive : summary->min,
                                   .count = rest != NULL ? rest->count : values_under (at),
                                   .sum = summary->sum,
                               });
      }
}

void
base_block_span (const BaseBlock *block, guint first, guint end, BaseSpan *span)
{
  if (block->form == EQUAL && first < end)
    add_equal (block, end - first, span);
  else
    base_block_walk (block, add_from_block, first, end, span);
}

void
base_block_prefetch (const BaseBlock *block, guint index)
{
  /* Where they are in most blocks: reading the structure itself would wait for it. */
  const Summary *summaries = (const Summary *) (block + 1);
  const float *values = (const float *) (summaries + N_SUMMARIES);
  const guint leaf = index / BASE_BLOCK_LEAF / BASE_BLOCK_FAN * BASE_BLOCK_FAN;

  __builtin_prefetch (block);
  __builtin_prefetch (&summaries[leaf]);
  __builtin_prefetch (&summaries[leaf + BASE_BLOCK_FAN / 2]);
  __builtin_prefetch (&values[index - MIN (index, FLOATS_IN_A_LINE)]);
  __builtin_prefetch (&values[index]);
}
