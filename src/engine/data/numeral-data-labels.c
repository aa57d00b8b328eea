/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_DIGITS 10
/* Of Chars74K: 10 digits and 52 letters. */
#define N_CHARS74K 62
#define MAX_DIRECT_NUMBER 3

/* A number in the name of a file where a digit may be. */
enum
{
  NO_NUMBER = -1,
  LONG_NUMBER = 10, /* of more than one figure */
};

/* The parts of a name that may be its digit. */
typedef struct
{
  int alone, keyword, first, last;
  char *before; /* the name without its last part */
} Name;

/* What the names of a folder have in common. */
typedef struct
{
  gboolean alone, keyword, first, last, two;
  gboolean counted;
} Rules;

static gboolean
is_keyword (const char *word, gsize length)
{
  static const char *const words[] = { "digit", "digits", "class", "label", "number", "num" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && g_ascii_strncasecmp (word, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

int
numeral_label_of_folder (const char *name)
{
  static const char *const words[N_DIGITS] = { "zero", "one", "two",   "three", "four",
                                               "five", "six", "seven", "eight", "nine" };
  const gsize n_letters = strcspn (name, "0123456789");
  const char *figures = name + n_letters;
  gsize n_word = n_letters;

  for (int digit = 0; digit < N_DIGITS; digit++)
    if (g_ascii_strcasecmp (name, words[digit]) == 0)
      return digit;
  if (*figures == '\0' || strlen (figures) > MAX_DIRECT_NUMBER ||
      strspn (figures, "0123456789") != strlen (figures))
    return -1;
  while (n_word > 0 && strchr ("_- ", name[n_word - 1]) != NULL)
    n_word--;
  if (n_letters > 0 && !is_keyword (name, n_word))
    return -1;
  while (*figures == '0' && figures[1] != '\0')
    figures++;
  return figures[1] == '\0' ? *figures - '0' : -1;
}

/* The number of "Sample004", "img004", as in Chars74K, that @text begins with; -1 without one.
 * @rest: (out): what follows */
static int
number_of_sample (const char *text, const char **rest)
{
  static const char *const words[] = { "sample", "img" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i]);

      if (g_ascii_strncasecmp (text, words[i], length) != 0 ||
          strspn (text + length, "0123456789") != 3)
        continue;
      *rest = text + length + 3;
      return 100 * (text[length] - '0') + 10 * (text[length + 1] - '0') + text[length + 2] - '0';
    }
  return -1;
}

/* The number of a file in Chars74K, whose name has another one: img004-00012.png. */
static int
number_of_sample_file (const char *name)
{
  const char *rest = "";
  const int number = number_of_sample (name, &rest);
  const gsize n_figures = *rest == '-' || *rest == '_' ? strspn (rest + 1, "0123456789") : 0;

  return n_figures > 0 && (rest[1 + n_figures] == '.' || rest[1 + n_figures] == '\0') ? number : -1;
}

/* The label that a path gives at once, or the number of Chars74K in @sample, or -1 in both. */
static int
label_of_path (const char *path, int *sample)
{
  g_auto (GStrv) parts = g_strsplit (path, G_DIR_SEPARATOR_S, -1);
  const guint n = g_strv_length (parts);
  const char *rest = "";

  *sample = -1;
  for (guint i = n - 1; i-- > 0;)
    {
      const int digit = numeral_label_of_folder (parts[i]);

      if (digit >= 0)
        return digit;
      *sample = number_of_sample (parts[i], &rest);
      if (*sample >= 0 && *rest == '\0')
        return -1;
    }
  *sample = number_of_sample_file (parts[n - 1]);
  return -1;
}

/* (transfer full): the name without its folder, its endings and the number of a copy, "(2)". */
static char *
stem_of (const char *path)
{
  char *stem = g_path_get_basename (path);
  char *dot;

  if (g_str_has_suffix (stem, ".gz"))
    stem[strlen (stem) - strlen (".gz")] = '\0';
  dot = strrchr (stem, '.');
  if (dot != NULL && dot != stem)
    *dot = '\0';
  if (g_str_has_suffix (stem, ")"))
    {
      char *open = strrchr (stem, '(');

      if (open != NULL && open != stem && strspn (open + 1, "0123456789") == strlen (open) - 2)
        *open = '\0';
    }
  return g_strchomp (stem);
}

static int
number_of (const char *text, gsize length)
{
  if (length == 0 || strspn (text, "0123456789") < length)
    return NO_NUMBER;
  return length == 1 ? *text - '0' : LONG_NUMBER;
}

static gboolean
is_part (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

static Name
parse_name (const char *path)
{
  g_autofree char *stem = stem_of (path);
  Name name = { NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_NUMBER, NULL };
  gboolean after_keyword = FALSE;
  const char *p = stem;
  guint n = 0;

  while (*p != '\0')
    {
      gsize length = 0;

      if (!is_part (*p))
        {
          p++;
          continue;
        }
      while (is_part (p[length]))
        length++;
      name.last = number_of (p, length);
      if (n == 0)
        name.first = name.last;
      if (after_keyword && name.keyword == NO_NUMBER)
        name.keyword = name.last;
      after_keyword = is_keyword (p, length);
      for (gsize k = 1; k < length && name.keyword == NO_NUMBER; k++)
        if (is_keyword (p, k))
          name.keyword = number_of (p + k, length - k);
      g_free (name.before);
      name.before = g_strndup (stem, (gsize) (p - stem));
      p += length;
      n++;
    }
  if (n == 1)
    {
      name.alone = name.first;
      name.first = name.last = NO_NUMBER;
    }
  return name;
}

/* Whether a number in one place is a digit wherever it occurs. */
static gboolean
is_digit_everywhere (const GArray *names, gsize place)
{
  gboolean any = FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const int number = *(const int *) ((const char *) &g_array_index (names, Name, i) + place);

      if (number == LONG_NUMBER)
        return FALSE;
      any = any || number != NO_NUMBER;
    }
  return any;
}

/* Whether the last numbers count on from 0 or 1 after the same beginning, as a camera and a scanner
 * number files. All ten digits are no accident. */
static gboolean
is_counted (const GArray *names)
{
  const char *before = NULL;
  guint seen = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const Name *name = &g_array_index (names, Name, i);

      if (name->last == NO_NUMBER)
        continue;
      if ((before != NULL && strcmp (before, name->before) != 0) || (seen & 1u << name->last))
        return FALSE;
      before = name->before;
      seen |= 1u << name->last;
    }
  if (seen == (1u << N_DIGITS) - 1)
    return FALSE;
  seen = seen & 1 ? seen : seen >> 1;
  return seen != 0 && (seen & (seen + 1)) == 0;
}

static Rules
find_rules (const GArray *names)
{
  Rules rules = {
    .alone = is_digit_everywhere (names, G_STRUCT_OFFSET (Name, alone)),
    .keyword = is_digit_everywhere (names, G_STRUCT_OFFSET (Name, keyword)),
    .first = is_digit_everywhere (names, G_STRUCT_OFFSET (Name, first)),
    .last = is_digit_everywhere (names, G_STRUCT_OFFSET (Name, last)),
  };

  for (guint i = 0; i < names->len && rules.first && rules.last; i++)
    {
      const Name *name = &g_array_index (names, Name, i);

      rules.two = rules.two || (name->first != NO_NUMBER && name->last != NO_NUMBER &&
                                name->first != name->last);
    }
  rules.counted = rules.last && !rules.first && is_counted (names);
  return rules;
}

static NumeralLabel
apply_rules (const Rules *rules, const Name *name)
{
  if (rules->keyword && name->keyword != NO_NUMBER)
    return (NumeralLabel){ name->keyword, NULL };
  if (rules->alone && name->alone != NO_NUMBER)
    return (NumeralLabel){ name->alone, NULL };
  if (rules->two && (name->first != NO_NUMBER || name->last != NO_NUMBER))
    return (NumeralLabel){ -1, _ ("either of two digits in these names may be the label") };
  if (rules->first && name->first != NO_NUMBER)
    return (NumeralLabel){ name->first, NULL };
  if (rules->last && !rules->counted && name->last != NO_NUMBER)
    return (NumeralLabel){ name->last, NULL };
  if (name->alone != NO_NUMBER || name->keyword != NO_NUMBER || name->first != NO_NUMBER ||
      name->last != NO_NUMBER)
    return (NumeralLabel){ -1, _ ("the numbers in these names may only count the files") };
  return (NumeralLabel){ -1, _ ("neither a folder nor the name says which digit it is") };
}

static void
name_clear (gpointer name)
{
  g_free (((Name *) name)->before);
}

/* Labels the files at @indices by their names. Names with a keyword do not say anything about the
 * others. */
static void
label_by_name (const GPtrArray *files,
               const GArray *indices,
               NumeralLabel *labels,
               NumeralDataReport *report)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  gboolean first = FALSE, last = FALSE;
  Rules rules;

  g_array_set_clear_func (names, name_clear);
  for (guint i = 0; i < indices->len; i++)
    {
      Name name = parse_name (files->pdata[g_array_index (indices, guint, i)]);

      if (name.keyword != NO_NUMBER)
        name.first = name.last = NO_NUMBER;
      g_array_append_val (names, name);
    }
  rules = find_rules (names);
  for (guint i = 0; i < indices->len; i++)
    {
      const Name *name = &g_array_index (names, Name, i);
      NumeralLabel *label = &labels[g_array_index (indices, guint, i)];

      *label = apply_rules (&rules, name);
      first = first || (label->digit >= 0 && rules.first && name->first == label->digit);
      last = last || (label->digit >= 0 && !rules.first && name->last == label->digit);
    }
  if (first)
    numeral_data_report_take_note (report, g_strdup (_ ("the digit at the beginning of a file's "
                                                        "name is its label")));
  if (last)
    numeral_data_report_take_note (report,
                                   g_strdup (
                                       _ ("the digit at the end of a file's name is its label")));
}

/* @seen: a bit for each number that occurs. %NULL if the numbers can be told, with the one that
 * means 0 in @zero. */
static const char *
check_samples (guint64 seen, int *zero)
{
  const gboolean has_0 = seen & 1, has_10 = seen >> N_DIGITS != 0;

  *zero = has_0 ? 0 : 1;
  if (has_0 && has_10)
    return _ ("the numbers begin with 000 and pass 009, so that they are not those of ten digits");
  if (!has_0 && !has_10)
    return _ ("without 000 or 010 nothing says whether 001 means 0 or 1");
  return NULL;
}

/* @samples: [files]: the number of each file, or -1 */
static void
label_samples (const GPtrArray *files,
               const int *samples,
               NumeralLabel *labels,
               NumeralDataReport *report)
{
  const char *reason;
  guint64 seen = 0;
  int zero;

  for (guint i = 0; i < files->len; i++)
    if (samples[i] >= 0)
      seen |= G_GUINT64_CONSTANT (1) << MIN (samples[i], N_CHARS74K);
  if (seen == 0)
    return;
  reason = check_samples (seen, &zero);
  for (guint i = 0; i < files->len; i++)
    if (samples[i] >= 0 && (reason != NULL || samples[i] - zero >= N_DIGITS))
      labels[i] = (NumeralLabel){
        -1, reason != NULL ? reason : _ ("its number is not that of a digit, but of a letter")
      };
    else if (samples[i] >= 0)
      labels[i] = (NumeralLabel){ samples[i] - zero, NULL };
  if (reason == NULL)
    numeral_data_report_take_note (report, g_strdup_printf (_ ("the number %03d in names such as "
                                                               "img%03d means the digit 0"),
                                                            zero, zero));
}

NumeralLabel *
numeral_labels_find (const GPtrArray *files, NumeralDataReport *report)
{
  NumeralLabel *labels = g_new0 (NumeralLabel, MAX (files->len, 1));
  g_autofree int *samples = g_new (int, MAX (files->len, 1));
  g_autoptr (GArray) nameless = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < files->len; i++)
    {
      labels[i].digit = label_of_path (files->pdata[i], &samples[i]);
      if (labels[i].digit < 0 && samples[i] < 0)
        g_array_append_val (nameless, i);
    }
  label_samples (files, samples, labels, report);
  label_by_name (files, nameless, labels, report);
  return labels;
}
