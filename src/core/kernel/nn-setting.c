/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-setting.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-error.h"

#define MEMBER(type, setting, object) (*(type *) (void *) ((char *) (object) + (setting)->offset))

/* The layout of NN_SETTING_WIDTHS: the number of widths, then the widths. */
typedef struct
{
  guint n;
  guint width[];
} Widths;

static gpointer
member_of (const NnSetting *setting, gconstpointer object)
{
  return (char *) object + setting->offset;
}

double
nn_setting_get_number (const NnSetting *setting, gconstpointer object)
{
  switch (setting->type)
    {
    case NN_SETTING_REAL:
      return MEMBER (double, setting, object);
    case NN_SETTING_SEED:
      return (double) MEMBER (guint64, setting, object);
    case NN_SETTING_COUNT:
    case NN_SETTING_CHOICE:
      return MEMBER (guint, setting, object);
    case NN_SETTING_WIDTHS:
    case NN_SETTING_TEXT:
    default:
      g_return_val_if_reached (0);
    }
}

void
nn_setting_set_number (const NnSetting *setting, gpointer object, double value)
{
  switch (setting->type)
    {
    case NN_SETTING_REAL:
      MEMBER (double, setting, object) = value;
      break;
    case NN_SETTING_SEED:
      MEMBER (guint64, setting, object) = (guint64) value;
      break;
    case NN_SETTING_COUNT:
    case NN_SETTING_CHOICE:
      MEMBER (guint, setting, object) = (guint) value;
      break;
    case NN_SETTING_WIDTHS:
    case NN_SETTING_TEXT:
    default:
      g_return_if_reached ();
    }
}

/* Uses the short form for people if it reads back as the same number. */
static char *
format_real (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_dtostr (digits, sizeof digits, value);
  return g_strdup (digits);
}

static char *
format_widths (const Widths *widths)
{
  GString *text = g_string_new (widths->n == 0 ? "none" : NULL);

  for (guint i = 0; i < widths->n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", widths->width[i]);
  return g_string_free (text, FALSE);
}

char *
nn_setting_get_text (const NnSetting *setting, gconstpointer object)
{
  switch (setting->type)
    {
    case NN_SETTING_REAL:
      return format_real (MEMBER (double, setting, object));
    case NN_SETTING_COUNT:
      return g_strdup_printf ("%u", MEMBER (guint, setting, object));
    case NN_SETTING_SEED:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, MEMBER (guint64, setting, object));
    case NN_SETTING_CHOICE:
      g_return_val_if_fail (MEMBER (guint, setting, object) < setting->names->n, NULL);
      return g_strdup (setting->names->list[MEMBER (guint, setting, object)]);
    case NN_SETTING_WIDTHS:
      return format_widths (member_of (setting, object));
    case NN_SETTING_TEXT:
    default:
      return setting->text->to_text (member_of (setting, object));
    }
}

static gboolean
not_a_number (const NnSetting *setting, const char *text, GError **error)
{
  if (setting->type == NN_SETTING_REAL)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("%1$s must be a number, not “%2$s”"),
                 _ (setting->title), text);
  else if (setting->type == NN_SETTING_SEED)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 _ ("%1$s must be a whole number from 0 to 2^64 - 1, not “%2$s”"),
                 _ (setting->title), text);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("%1$s must be a whole number, not “%2$s”"),
                 _ (setting->title), text);
  return FALSE;
}

static gboolean
parse_count (const NnSetting *setting, const char *text, guint *count, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL))
    return not_a_number (setting, text, error);
  *count = (guint) value;
  return TRUE;
}

static gboolean
parse_real (const NnSetting *setting, const char *text, double *real, GError **error)
{
  char *end;
  /* Accepts the decimal separator of the locale too. */
  const double value = g_strtod (text, &end);

  if (end == text || *end != '\0')
    return not_a_number (setting, text, error);
  *real = value;
  return TRUE;
}

static gboolean
too_many (const NnSetting *setting, guint n, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("there may be at most %u hidden layers, not %u"), setting->max_items, n);
  return FALSE;
}

static gboolean
parse_widths (const NnSetting *setting, const char *text, Widths *widths, GError **error)
{
  g_auto (GStrv) words = g_strsplit (g_str_equal (text, "none") ? "" : text, ",", -1);
  g_autofree guint *parsed = g_new0 (guint, setting->max_items);
  const guint n = g_strv_length (words);

  if (n == 0 && !g_str_equal (text, "none"))
    return not_a_number (setting, text, error);
  if (n > setting->max_items)
    return too_many (setting, n, error);
  for (guint i = 0; i < n; i++)
    if (!parse_count (setting, g_strstrip (words[i]), &parsed[i], error))
      return FALSE;
  widths->n = n;
  memcpy (widths->width, parsed, setting->max_items * sizeof (guint));
  return TRUE;
}

static char *
list_names (const NnSetting *setting)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < setting->names->n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", setting->names->list[i]);
  return g_string_free (text, FALSE);
}

static gboolean
parse_choice (const NnSetting *setting, const char *text, guint *choice, GError **error)
{
  g_autofree char *known = list_names (setting);

  for (guint i = 0; i < setting->names->n; i++)
    if (g_str_equal (setting->names->list[i], text))
      {
        *choice = i;
        return TRUE;
      }
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("%1$s “%2$s” is unknown; choose one of: %3$s"),
               _ (setting->title), text, known);
  return FALSE;
}

gboolean
nn_setting_set_text (const NnSetting *setting, gpointer object, const char *text, GError **error)
{
  switch (setting->type)
    {
    case NN_SETTING_REAL:
      return parse_real (setting, text, &MEMBER (double, setting, object), error);
    case NN_SETTING_COUNT:
      return parse_count (setting, text, &MEMBER (guint, setting, object), error);
    case NN_SETTING_SEED:
      return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64,
                                         &MEMBER (guint64, setting, object), NULL) ||
             not_a_number (setting, text, error);
    case NN_SETTING_CHOICE:
      return parse_choice (setting, text, &MEMBER (guint, setting, object), error);
    case NN_SETTING_WIDTHS:
      return parse_widths (setting, text, member_of (setting, object), error);
    case NN_SETTING_TEXT:
    default:
      return setting->text->from_text (text, member_of (setting, object), error);
    }
}

void
nn_setting_reset (const NnSetting *setting, gpointer object)
{
  if (setting->type == NN_SETTING_TEXT)
    {
      if (setting->parts != NULL)
        nn_settings_reset (setting->parts, setting->n_parts, member_of (setting, object));
      else
        setting->text->from_text (setting->initial_text, member_of (setting, object), NULL);
    }
  else if (setting->type == NN_SETTING_WIDTHS)
    {
      Widths *widths = member_of (setting, object);

      memset (widths->width, 0, setting->max_items * sizeof (guint));
      widths->n = 1;
      widths->width[0] = (guint) setting->initial;
    }
  else
    nn_setting_set_number (setting, object, setting->initial);
}

gboolean
nn_setting_equal (const NnSetting *setting, gconstpointer a, gconstpointer b)
{
  g_autofree char *left = NULL, *right = NULL;

  switch (setting->type)
    {
    case NN_SETTING_SEED:
      return MEMBER (guint64, setting, a) == MEMBER (guint64, setting, b);
    case NN_SETTING_REAL:
    case NN_SETTING_COUNT:
    case NN_SETTING_CHOICE:
      return nn_setting_get_number (setting, a) == nn_setting_get_number (setting, b);
    case NN_SETTING_WIDTHS:
    case NN_SETTING_TEXT:
    default:
      if (setting->parts != NULL)
        return nn_settings_equal (setting->parts, setting->n_parts, member_of (setting, a),
                                  member_of (setting, b));
      left = nn_setting_get_text (setting, a);
      right = nn_setting_get_text (setting, b);
      return g_strcmp0 (left, right) == 0;
    }
}

/* This form of the comparison rejects NaN. */
static gboolean
in_range (const NnSetting *setting, double value)
{
  const gboolean low =
      setting->flags & NN_SETTING_ABOVE_LOW ? value > setting->low : value >= setting->low;
  const gboolean high =
      setting->flags & NN_SETTING_BELOW_HIGH ? value < setting->high : value <= setting->high;

  return low && high;
}

static gboolean
out_of_range (const NnSetting *setting, GError **error)
{
  g_autofree char *message = nn_setting_format_range (setting);

  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, message);
  return FALSE;
}

gboolean
nn_setting_check (const NnSetting *setting, gconstpointer object, GError **error)
{
  const Widths *widths;

  switch (setting->type)
    {
    case NN_SETTING_REAL:
    case NN_SETTING_COUNT:
      return in_range (setting, nn_setting_get_number (setting, object)) ||
             out_of_range (setting, error);
    case NN_SETTING_CHOICE:
      return MEMBER (guint, setting, object) < setting->names->n || out_of_range (setting, error);
    case NN_SETTING_WIDTHS:
      widths = member_of (setting, object);
      if (widths->n > setting->max_items)
        return too_many (setting, widths->n, error);
      for (guint i = 0; i < widths->n; i++)
        if (!in_range (setting, widths->width[i]))
          return out_of_range (setting, error);
      return TRUE;
    case NN_SETTING_TEXT:
      return nn_settings_find_problem (setting->parts, setting->n_parts,
                                       member_of (setting, object), error) == NULL;
    case NN_SETTING_SEED:
    default:
      return TRUE;
    }
}

gboolean
nn_setting_matters (const NnSetting *setting, gconstpointer object)
{
  return setting->matters == NULL || setting->matters (object);
}

char *
nn_setting_format_range (const NnSetting *setting)
{
  g_autofree char *low = g_strdup_printf ("%.10g", setting->low);
  g_autofree char *high = g_strdup_printf ("%.10g", setting->high);
  g_autofree char *names = NULL;
  const char *title = _ (setting->title);

  if (setting->type == NN_SETTING_CHOICE)
    {
      names = list_names (setting);
      return g_strdup_printf (_ ("%1$s must be one of: %2$s"), title, names);
    }
  if (setting->type == NN_SETTING_WIDTHS)
    return g_strdup_printf (_ ("%1$s must each have from %2$s to %3$s units"), title, low, high);
  if (setting->type == NN_SETTING_COUNT && setting->high >= G_MAXUINT)
    /* Translators: %1$s is a setting, %2$s is a number */
    return g_strdup_printf (_ ("%1$s must be %2$s or more"), title, low);
  if (setting->flags & NN_SETTING_ABOVE_LOW)
    return g_strdup_printf (_ ("%1$s must be above %2$s and at most %3$s"), title, low, high);
  if (setting->flags & NN_SETTING_BELOW_HIGH)
    return g_strdup_printf (_ ("%1$s must be at least %2$s and below %3$s"), title, low, high);
  return g_strdup_printf (_ ("%1$s must be from %2$s to %3$s"), title, low, high);
}

char *
nn_setting_format_label (const NnSetting *setting)
{
  static const char *const units[] = { NULL, "%", N_ ("degrees"), N_ ("pixels"), N_ ("epochs") };
  const char *title = _ (setting->title);

  if (setting->unit == NN_UNIT_NONE)
    return g_strdup (title);
  /* Translators: a setting and its unit: Rotation (degrees) */
  return g_strdup_printf (_ ("%1$s (%2$s)"), title,
                          setting->unit == NN_UNIT_SHARE ? "%" : _ (units[setting->unit]));
}

char *
nn_setting_format_initial (const NnSetting *setting)
{
  switch (setting->type)
    {
    case NN_SETTING_CHOICE:
      return g_strdup (setting->names->list[(guint) setting->initial]);
    case NN_SETTING_TEXT:
      return g_strdup (setting->initial_text);
    case NN_SETTING_REAL:
    case NN_SETTING_COUNT:
    case NN_SETTING_SEED:
    case NN_SETTING_WIDTHS:
    default:
      return format_real (setting->initial);
    }
}

char *
nn_setting_format_help (const NnSetting *setting)
{
  g_autofree char *initial = nn_setting_format_initial (setting);
  g_autofree char *names =
      setting->names != NULL ? list_names (setting) : g_strdup (_ (setting->allowed));
  const char *hint = _ (setting->hint);

  if (names == NULL)
    /* Translators: what an option is for, and its default */
    return g_strdup_printf (_ ("%1$s (default %2$s)"), hint, initial);
  /* Translators: what an option is for, what it may be, and its default */
  return g_strdup_printf (_ ("%1$s: %2$s (default %3$s)"), hint, names, initial);
}

const char *
nn_setting_choice_title (const NnSetting *setting, guint value)
{
  return value < setting->names->n ? _ (setting->titles[value]) : NULL;
}

void
nn_settings_reset (const NnSetting *settings, guint n, gpointer object)
{
  for (guint i = 0; i < n; i++)
    nn_setting_reset (&settings[i], object);
}

gboolean
nn_settings_equal (const NnSetting *settings, guint n, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < n; i++)
    if (!nn_setting_equal (&settings[i], a, b))
      return FALSE;
  return TRUE;
}

const NnSetting *
nn_settings_find_problem (const NnSetting *settings, guint n, gconstpointer object, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const NnSetting *setting = &settings[i];

      if (setting->parts != NULL)
        {
          const NnSetting *part = nn_settings_find_problem (setting->parts, setting->n_parts,
                                                            member_of (setting, object), error);

          if (part != NULL)
            return part;
        }
      else if (!nn_setting_check (setting, object, error))
        return setting;
    }
  return NULL;
}

const NnSetting *
nn_settings_find (const NnSetting *settings, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (settings[i].name, name))
      return &settings[i];
  return NULL;
}
